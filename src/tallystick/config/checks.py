"""System checks: what must hold of Python and of the databases before the books are touched."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import NotSupportedError

from tallystick.config.sqlcipher.base import cipher_version

TAG = "tallystick"
SOURCE = "source"  # the real books, where `default` is a replay's scratch
# Earlier libraries can corrupt a database in WAL mode: https://www.sqlite.org/wal.html#walresetbug
SQLITE_OLDEST = (3, 51, 3)
POSTGRESQL_OLDEST = 15
# What each of these must be on every connection to an embedded database; of `synchronous` 2 is FULL and 3 is EXTRA.
SQLITE_KEPT = {"synchronous": (2, 3), "secure_delete": (1,), "foreign_keys": (1,), "recursive_triggers": (1,)}
# A server that leaves one of them off may lose, when the power goes, what it said was done, or the whole database.
POSTGRESQL_KEPT = ("fsync", "full_page_writes", "synchronous_commit")


def _connections(vendor: str) -> Iterable[Any]:
    return [connection for connection in connections.all() if connection.vendor == vendor]


@register(TAG)
def check_transaction_mode(**_: Any) -> list[CheckMessage]:
    """SQLite has no row locks, so an action must hold the one write lock from the moment it begins to gather."""
    return [
        Error(
            f"The database {connection.alias} opens its transactions {mode or 'DEFERRED'}.",
            hint='Set OPTIONS["transaction_mode"] to "IMMEDIATE".',
            id="tallystick.E001",
        )
        for connection in _connections("sqlite")
        if (mode := connection.settings_dict["OPTIONS"].get("transaction_mode")) != "IMMEDIATE"
    ]


@register(TAG)
def check_assertions(**_: Any) -> list[CheckMessage]:
    """Every promise the code makes about itself is an assert, and -O strips them all."""
    if __debug__:
        return []
    return [Error("Python runs with -O, which removes the checks on the books.", hint="Run it without -O.", id="tallystick.E002")]


@register(TAG)
def check_library(**_: Any) -> list[CheckMessage]:
    """The library under an embedded database must encrypt, and must not have the fault that corrupts a write-ahead log."""
    return [
        Error(
            f"The database {connection.alias} would use SQLite {version}, {cipher or 'which cannot encrypt'}.",
            hint=f"The books need SQLCipher on SQLite {_dotted(SQLITE_OLDEST)} or newer, as the package sqlcipher3 brings it.",
            id="tallystick.E003",
        )
        for connection in _connections("sqlite")
        for version, cipher in [_library(connection.Database)]
        if not cipher or connection.Database.sqlite_version_info < SQLITE_OLDEST
    ]


@register(TAG, Tags.database)
def check_server(*, databases: Iterable[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The tables and the bulk writes use what PostgreSQL has since version 15."""
    asked = [connection for connection in _connections("postgresql") if connection.alias in (databases or ())]
    return [
        Error(
            f"The database {connection.alias} lies on a server that is too old: {fault}.",
            hint=f"The books need PostgreSQL {POSTGRESQL_OLDEST} or newer.",
            id="tallystick.E004",
        )
        for connection in asked
        if (fault := _server_fault(connection))
    ]


@register(TAG, Tags.database)
def check_server_keeps(*, databases: Iterable[str] | None = None, **_: Any) -> list[CheckMessage]:
    """What the server says is done must be done, also when the power goes; it can be told not to care."""
    asked = [connection for connection in _connections("postgresql") if connection.alias in (databases or ())]
    return [
        Error(
            f"The database {connection.alias} lies on a server that may lose what it says is done: {_listed(off)} off.",
            hint=f"Set {', '.join(POSTGRESQL_KEPT)} on, for the server and for this database.",
            id="tallystick.E005",
        )
        for connection in asked
        if (off := _settings_off(connection))
    ]


@register(TAG, Tags.database)
def check_file_keeps(*, databases: Iterable[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The same of an embedded database: a setting of the office's own must not undo what the product sets on every connection."""
    asked = [connection for connection in _connections("sqlite") if connection.alias in (databases or ())]
    return [
        Error(
            f"The database {connection.alias} does not keep what it is given: {_listed(loose)} set otherwise.",
            hint='Take the setting out of OPTIONS["init_command"].',
            id="tallystick.E006",
        )
        for connection in asked
        if _is_kept(connection) and (loose := _settings_loose(connection))
    ]


def _library(driver: Any) -> tuple[str, str]:
    """The version of SQLite behind a driver and, where it has one, that of SQLCipher."""
    with closing(driver.connect(":memory:")) as connection:
        return driver.sqlite_version, cipher_version(connection)


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _server_fault(connection: Any) -> str:
    """What is wrong with the server's version, or nothing. The oldest ones Django itself turns away while connecting."""
    try:
        version = connection.pg_version // 10000
    except NotSupportedError as fault:
        return str(fault).rstrip(".")
    return f"PostgreSQL {version}" if version < POSTGRESQL_OLDEST else ""


def _settings_off(connection: Any) -> list[str]:
    """Which of the settings that keep what was done are off for this connection."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM pg_settings WHERE name = ANY(%s) AND setting = 'off' ORDER BY name", [list(POSTGRESQL_KEPT)]
        )
        return [name for (name,) in cursor.fetchall()]


def _settings_loose(connection: Any) -> list[str]:
    """Which settings of this connection are not as the books need them."""
    with connection.cursor() as cursor:
        return [name for name, good in SQLITE_KEPT.items() if cursor.execute(f"PRAGMA {name}").fetchone()[0] not in good]


def _is_kept(connection: Any) -> bool:
    """Whether these books are there and outlive the process: asking others would make a file, or find a replay's scratch."""
    is_scratch = connection.alias == DEFAULT_DB_ALIAS and SOURCE in connections
    return not is_scratch and (connection.is_in_memory_db() or Path(connection.settings_dict["NAME"]).exists())


def _listed(names: list[str]) -> str:
    return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'}"
