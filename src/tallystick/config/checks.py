"""System checks: what must hold of Python and of the databases before the books are touched."""

from collections.abc import Iterable
from contextlib import closing
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.utils import NotSupportedError

from tallystick.config.sqlcipher.base import cipher_version

TAG = "tallystick"
# Earlier libraries can corrupt a database in WAL mode: https://www.sqlite.org/wal.html#walresetbug
SQLITE_OLDEST = (3, 51, 3)
POSTGRESQL_OLDEST = 15


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
