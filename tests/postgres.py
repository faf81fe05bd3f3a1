"""A throw-away PostgreSQL cluster, started from the machine's own server programs and gone when the tests are.

`python -m tests.postgres` says whether this machine has those programs.
"""

import itertools
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

OWNER = "tallystick"
OLDEST = 15
READY_SECONDS = 60
LINGUISTIC = ("--locale-provider=icu", "--icu-locale=en")
# The product refuses a server that is set like this; a test of that refusal wants one.
HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def find_programs() -> Path | None:
    """The folder with `initdb` and `postgres` of the newest version that the books run on; None where there is none."""
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    if pg_config := shutil.which("pg_config"):
        folders.append(Path(subprocess.check_output([pg_config, "--bindir"], text=True).strip()))
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).resolve().parent)
    newest = max(folders, key=_version, default=None)
    return newest if newest and _version(newest) >= OLDEST else None


def _version(folder: Path) -> int:
    """The major version of the server in `folder`, 0 where there is none."""
    if not (folder / "initdb").exists() or not (folder / "postgres").exists():
        return 0
    said = subprocess.check_output([folder / "postgres", "--version"], text=True)
    match = re.search(r"\d+", said)
    return int(match[0]) if match else 0


@dataclass
class Cluster:
    """A running cluster, reached through a socket in its own folder: no port to be taken, nothing the network can see."""

    folder: Path
    collation: str
    command: list[Any]
    owner: dict[str, Any]
    server: subprocess.Popen[bytes]
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def url(self, database: str) -> str:
        return f"postgresql://{OWNER}@{quote(str(self.folder), safe='')}/{database}"

    def make_database(self) -> str:
        """The address of a new, empty database."""
        import psycopg

        name = f"books_{next(self.numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Takes a database away that `make_database` made, whoever is still connected to it."""
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)".encode())

    def halt(self, how: signal.Signals) -> None:
        """Stops the server and leaves its folder as it is: SIGINT is what `pg_ctl stop -m fast` sends, SIGQUIT `-m immediate`."""
        if self.server.poll() is None:
            self.server.send_signal(how)
            self.server.wait(timeout=READY_SECONDS)

    def resume(self) -> None:
        """Starts a server that was halted, and waits until it takes connections again."""
        self.server = _serve(self.command, self.folder, owner=self.owner)
        _wait_until_ready(self)

    def stop(self) -> None:
        """Stops the server at once and removes the folder; safe to call twice."""
        self.halt(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)


def start_cluster(*, durable: bool = True, linguistic: bool = True) -> Cluster:
    """A new cluster, ready for connections.

    `linguistic` sorts text as English dictionaries do, as most installations out there do; without it text sorts by code
    point, as SQLite does. A cluster that is not `durable` may lose what it says is done.
    """
    programs = find_programs()
    assert programs is not None, "no PostgreSQL server programs on this machine"
    folder = Path(tempfile.mkdtemp(prefix="tally-"))
    owner = _server_owner(folder)
    try:
        collation = _make_cluster(programs, folder, owner=owner, linguistic=linguistic)
        settings = ("listen_addresses=", f"unix_socket_directories={folder}", *(() if durable else HASTE))
        command = [programs / "postgres", "-D", folder / "data", *(word for one in settings for word in ("-c", one))]
        server = _serve(command, folder, owner=owner)
        cluster = Cluster(folder=folder, collation=collation, command=command, owner=owner, server=server)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    try:
        _wait_until_ready(cluster)
    except BaseException:
        cluster.stop()
        raise
    return cluster


def _make_cluster(programs: Path, folder: Path, *, owner: dict[str, Any], linguistic: bool) -> str:
    """Runs initdb; gives the collation back in words. A server built without ICU sorts by code point whatever was asked."""
    plain = [programs / "initdb", "-D", folder / "data", "--auth=trust", f"--username={OWNER}", "--encoding=UTF8", "--no-sync"]
    plain.append("--locale=C.UTF-8")
    made = None
    for collation, words in (("ICU en", LINGUISTIC), ("code point", ()))[not linguistic :]:
        made = subprocess.run([*plain, *words], cwd=folder, capture_output=True, text=True, check=False, **owner)
        if made.returncode == 0:
            return collation
        shutil.rmtree(folder / "data", ignore_errors=True)
    raise AssertionError(f"initdb: {made and made.stderr}")


def _serve(command: list[Any], folder: Path, *, owner: dict[str, Any]) -> subprocess.Popen[bytes]:
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True, **owner)


def _wait_until_ready(cluster: Cluster) -> None:
    programs = Path(cluster.command[0]).parent
    given_up_at = time.monotonic() + READY_SECONDS
    while subprocess.run([programs / "pg_isready", "--quiet", "-h", cluster.folder], check=False).returncode != 0:
        log = (cluster.folder / "log").read_text(errors="replace")
        assert cluster.server.poll() is None, f"PostgreSQL stopped while starting: {log}"
        assert time.monotonic() < given_up_at, f"PostgreSQL was not ready in {READY_SECONDS} seconds: {log}"
        time.sleep(0.05)


def _server_owner(folder: Path) -> dict[str, Any]:
    """How to start the server's programs: they refuse to run as root, so root lends them to `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return {}
    import pwd

    names = {user.pw_name: user for user in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def say_whether_found() -> int:
    if find_programs() is None:
        print(f"No server programs of PostgreSQL {OLDEST} or newer on this machine: its half of the tests is left out.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(say_whether_found())
