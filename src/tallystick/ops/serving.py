"""`tallystick serve`: the page on this machine, and nowhere else, with whoever does the long work beside it."""

import gc
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from django.core.wsgi import get_wsgi_application
from django.db import connections
from waitress import create_server

from tallystick.core.refusal import Refusal
from tallystick.errands.upload import REQUEST_BYTES_MAX
from tallystick.journal.engine import is_server
from tallystick.journal.queries import is_rehearsal
from tallystick.ops.terminal import banner, print_json, say, warn
from tallystick.ops.workers import Workers
from tallystick.staff.queries import has_members
from tallystick.vault.keys import Keyring

HOST = "127.0.0.1"
THREADS = 4
WAITING_MAX = 128  # that are let in, and not answered yet
LOOK_SECONDS = 1.0  # between two looks whether the workers are there
NEVER = 1 << 40  # bytes: what is not laid down in a file before it comes to so much never is
GARBAGE = 50_000, 10, 50
"""When Python looks for garbage while it serves: soon for what requests leave behind (some 0.3 MB each), so that it does not add up
to hundreds of megabytes; seldom for all there is, which stops everybody for a third of a second in large books."""
NOBODY = "Nobody can sign in to it yet. In another terminal: tallystick staff add NAME --role lead, with the same --home."


class PortTaken(Refusal):
    code = "port_taken"
    words = "Nothing can be served on port {port} of this machine: {reason}."
    expected = "another --port, or none, and a free one is found"


class WorkersWithoutServer(Refusal):
    code = "workers_without_server"
    words = "These books lie in a file, which one process serves."
    expected = "books in PostgreSQL, or no --workers"


class TeamUnequipped(Refusal):
    code = "team_unequipped"
    words = "What serves pages from several processes is not installed, or not to be had on this system."
    expected = "pip install 'tallystick[postgres]', on Linux or macOS"


def begin_serving() -> None:
    """What is there when a process begins to serve stays as long as it does, and need not be looked through for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


def say_address(address: str) -> None:
    say(f"The page is at {address} (stop with Ctrl-C)")


def show_address(address: str, *, as_json: bool) -> None:
    """Say where the page is."""
    if as_json:
        print_json({"done": True, "rehearsal": is_rehearsal(), "address": address, "members": has_members()})
        return
    banner(rehearsal=is_rehearsal())
    if not has_members():
        warn(NOBODY)
    say_address(address)


def serve_page(home: Path, keyring: Keyring, *, port: int, told: Callable[[str], None]) -> None:
    """Serve until interrupted, with one worker, on a free port where `port` is 0; `told` hears the address. Raises PortTaken.

    What comes and goes is kept in memory: waitress would lay larger requests and answers down in files that anybody may read.
    """
    with _listening(port) as listening, _kept(Workers(home, keyring, count=1)):
        server = create_server(
            get_wsgi_application(), sockets=[listening], threads=THREADS, ident="tallystick",
            max_request_body_size=2 * REQUEST_BYTES_MAX, inbuf_overflow=NEVER, outbuf_overflow=NEVER,
        )  # fmt: skip
        begin_serving()
        told(_address(listening))
        try:
            server.run()
        finally:
            server.close()


def serve_team(home: Path, keyring: Keyring, *, port: int, told: Callable[[str], None], count: int) -> None:
    """The same with so many processes for pages, and so many workers. Raises PortTaken, WorkersWithoutServer, TeamUnequipped."""
    if not is_server():
        raise WorkersWithoutServer
    if os.name == "nt" or find_spec("gunicorn") is None:
        raise TeamUnequipped
    from tallystick.ops.team import run_team

    with _listening(port) as listening:
        workers = Workers(home, keyring, count=count)
        listening.listen(WAITING_MAX)  # whoever hears the address may come before the first process is there
        told(_address(listening))
        connections.close_all()  # what a process has open when it forks, both would talk on
        begin_serving()
        try:
            run_team(listening, workers, count=count)
        finally:
            workers.end()


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
        except OSError as problem:
            raise PortTaken(port=port, reason=problem.strerror) from problem
        yield listening


@contextmanager
def _kept(workers: Workers) -> Iterator[None]:
    """Somebody sees to it that the workers are there, until they are to end."""
    over = threading.Event()

    def look() -> None:
        workers.keep()
        while not over.wait(LOOK_SECONDS):
            workers.keep()

    looking = threading.Thread(target=look, name="workers", daemon=True)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()
        workers.end()


def _address(listening: socket.socket) -> str:
    return f"http://{HOST}:{listening.getsockname()[1]}/"
