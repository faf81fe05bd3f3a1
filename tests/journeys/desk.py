"""A desk with a `tallystick` command on it: every command a process of its own, every home with its own database."""

import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.home import books_in, passphrase_in
from tests.postgres import Cluster

TALLYSTICK = Path(sys.executable).parent / "tallystick"
Told = subprocess.CompletedProcess[bytes]


copies = itertools.count()  # of databases, on every desk of the one server


class Desk:
    """`run` a command in a home; `copy` a home with all that is in it, which is quicker than making it again."""

    def __init__(self, base: Path, cluster: Cluster | None) -> None:
        self.base = base
        self._cluster = cluster
        self._databases: dict[Path, str] = {}
        self._numbers = itertools.count()

    def new(self) -> Path:
        """A home that is not there yet."""
        home = self.base / f"books-{next(self._numbers)}"
        if self._cluster is not None:
            self._databases[home] = self._cluster.make_database()
        return home

    def copy(self, home: Path) -> Path:
        """Another home with the same keys and the same books."""
        twin = self.base / f"books-{next(self._numbers)}"
        shutil.copytree(home, twin)
        if self._cluster is not None:
            self._databases[twin] = self._copy_database(self._databases[home])
        return twin

    def _copy_database(self, address: str) -> str:
        import psycopg

        assert self._cluster is not None
        held, copied = address.rpartition("/")[2], f"copy_{next(copies)}"
        with psycopg.connect(self._cluster.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {copied} TEMPLATE {held}".encode())
        return self._cluster.url(copied)

    def environment(self, home: Path, **more: str) -> dict[str, str]:
        mine = {name: value for name, value in os.environ.items() if not name.startswith(("TALLYSTICK_", "DJANGO_"))}
        return mine | passphrase_in(self.base) | books_in(self._databases.get(home)) | more

    def run(self, *words: object, home: Path, environment: dict[str, str] | None = None, **how: Any) -> Told:
        """What `tallystick WORDS --home HOME` told; `environment` goes over the usual one, and an empty text takes away."""
        given = {name: value for name, value in self.environment(home, **environment or {}).items() if value}
        how = {"capture_output": True, "stdin": subprocess.DEVNULL, "timeout": 300, "check": False} | how
        return subprocess.run([str(TALLYSTICK), *map(str, words), "--home", str(home)], env=given, **how)

    def start(self, *words: object, home: Path, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        """A command that goes on until it is stopped."""
        command = [str(TALLYSTICK), *map(str, words), "--home", str(home)]
        mine = self.environment(home, **environment or {})
        return subprocess.Popen(command, env=mine, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def lines(told: Told) -> list[str]:
    """What was said on standard output, the rehearsal banner first."""
    assert told.returncode == 0, told.stderr.decode()
    return told.stdout.decode().splitlines()


def folder_bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
