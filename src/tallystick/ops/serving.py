"""`tallystick serve`: the page on this machine, and nowhere else."""

import socket
from collections.abc import Callable

from django.core.wsgi import get_wsgi_application
from waitress import create_server

from tallystick.core.refusal import Refusal
from tallystick.journal.queries import is_rehearsal
from tallystick.ops.terminal import banner, print_json, say, warn
from tallystick.staff.queries import has_members

HOST = "127.0.0.1"
THREADS = 4
NOBODY = "Nobody can sign in to it yet. In another terminal: tallystick staff add NAME --role lead, with the same --home."


class PortTaken(Refusal):
    code = "port_taken"
    words = "Nothing can be served on port {port} of this machine: {reason}."
    expected = "another --port, or none, and a free one is found"


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


def serve_page(*, port: int, told: Callable[[str], None]) -> None:
    """Serve until interrupted, on a free port where `port` is 0; `told` hears the address. Raises PortTaken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as problem:
        listening.close()
        raise PortTaken(port=port, reason=problem.strerror) from problem
    server = create_server(get_wsgi_application(), sockets=[listening], threads=THREADS, ident="tallystick")
    told(f"http://{HOST}:{listening.getsockname()[1]}/")
    try:
        server.run()
    finally:
        server.close()
        listening.close()
