"""The database as it answers: whether what it calls committed is on the disk, and what it is."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db import connection

from tallystick.ops.doctor.finding import Finding, doubtful, fine, wrong
from tallystick.ops.doctor.places import bytes_in

# What must hold of a connection to an encrypted file, as the library itself gives it back; FULL is 2, EXTRA is 3.
PRAGMAS = {
    "journal_mode": ("wal",),
    "synchronous": (2, 3),
    "foreign_keys": (1,),
    "recursive_triggers": (1,),
    "secure_delete": (1,),
}
# What must hold of a session on a server; a commit that waits for a standby waits for its own disk first.
SETTINGS = {
    "fsync": ("on",), "full_page_writes": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
}  # fmt: skip
ON_SERVER = "postgresql"


def durability() -> Iterator[Finding]:
    """Whether what was committed outlives a power cut, by the settings that are really in force."""
    on_server = connection.vendor == ON_SERVER
    read, wanted = (_settings(), SETTINGS) if on_server else (_pragmas(), PRAGMAS)
    loose = {name: value for name, value in read.items() if value not in wanted[name]}
    if loose:
        listed = ", ".join(f"{name} is {value}" for name, value in loose.items())
        where = "the server's postgresql.conf, or ALTER SYSTEM" if on_server else "whatever sets it: Tallystick itself does not"
        yield wrong(
            "durability", f"What was committed may be gone after a power cut: {listed}.", advice=f"Put it right in {where}."
        )
    elif sys.platform == "darwin" and not on_server and not _pragma("fullfsync"):
        words = "What was committed is handed to the disk, which on this system may keep it in its own memory for a while."
        yield doubtful("durability", words, advice="Keep the machine on a battery.")
    else:
        by = ", ".join(f"{name} {value}" for name, value in read.items()) if on_server else "a write-ahead log, synchronous FULL"
        yield fine("durability", f"What is committed is on the disk ({by}).")


def server() -> Iterator[Finding]:
    """Which server it is and whether it can be written; nothing of books in a file."""
    if connection.vendor != ON_SERVER:
        return
    words = f"PostgreSQL {_ask('SHOW server_version')}, asked through psycopg {version('psycopg')}"
    if _ask("SELECT pg_is_in_recovery()"):
        yield doubtful(
            "server", f"{words}, is a replica: it can be read and not written.", advice="Record on the server it follows."
        )
    else:
        yield fine("server", f"{words}.")


def size_of(home: Path) -> int:
    """What the books take, in bytes, wherever they lie."""
    return int(_ask("SELECT pg_database_size(current_database())")) if connection.vendor == ON_SERVER else bytes_in(home)


def server_clock() -> datetime | None:
    """The moment it is for the server; None where there is none."""
    if connection.vendor != ON_SERVER:
        return None
    told: datetime = _ask("SELECT clock_timestamp()")
    return told.astimezone(UTC)


def _settings() -> dict[str, Any]:
    return {name: _ask(f"SHOW {name}") for name in SETTINGS}


def _pragmas() -> dict[str, Any]:
    return {name: _pragma(name) for name in PRAGMAS}


def _pragma(name: str) -> Any:
    return _ask(f"PRAGMA {name}")


def _ask(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]
