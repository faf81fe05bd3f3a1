"""The database backend: Django's SQLite backend, thin, over the SQLCipher library instead of the system's SQLite.

Each connection is handed the raw key before anything else. The key comes from a callable and goes straight to the library:
it stands in no setting, no message and no log of statements. OPTIONS may hold, besides what Django's own backend knows:
`key`, a callable that gives 32 bytes (the unlocked keyring's database key where none is named), and `query_only`, true for a
database that this process must not change.
"""

import datetime as dt
import decimal
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import tee
from pathlib import Path
from typing import Any, cast

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base as sqlite
from django.db.backends.sqlite3._functions import register as register_functions  # type: ignore[import-untyped]
from django.db.backends.sqlite3.features import DatabaseFeatures as SQLiteFeatures
from django.db.backends.sqlite3.operations import DatabaseOperations as SQLiteOperations
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor as SQLiteSchemaEditor
from django.db.models import Model
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as driver

from tallystick.core.refusal import Refusal
from tallystick.ops.opening import writing_in
from tallystick.vault import keys

BUSY_SECONDS = 20
CACHE_KIB = 64 * 1024
STATEMENTS_MAX = 1_000  # compiled; of a hundred, which is what it keeps unless told, the driver drops the newest ones first

PRAGMAS = (
    ("synchronous", "FULL"),  # a commit is on the disk when it returns, also through a power cut
    ("secure_delete", "ON"),
    ("foreign_keys", "ON"),
    ("recursive_triggers", "ON"),  # without it INSERT OR REPLACE deletes a row past the triggers that refuse a DELETE
    ("legacy_alter_table", "OFF"),
    ("temp_store", "MEMORY"),  # nothing spills to an unencrypted file
    ("cache_size", str(-CACHE_KIB)),  # below zero it counts KiB
)


class BooksUnreadable(Refusal):
    code = "books_unreadable"
    words = "{file} does not open with these keys: it was written under others, or its first page is damaged."
    expected = "the books that belong to the keys beside them"


class DiskUnfit(Refusal):
    code = "disk_unfit"
    words = "{file} lies on a disk that cannot keep a write-ahead log beside it."
    expected = "a disk of this machine, not a folder of the network"


class Cursor(driver.Cursor):  # type: ignore[misc]
    """A cursor that takes Django's two styles of parameters, as Django's own for SQLite does."""

    def convert_query(self, query: str, *, param_names: Sequence[str] | None = None) -> str:
        return (
            sqlite.SQLiteCursorWrapper.convert_query(self, query, param_names=param_names) if param_names else _with_marks(query)
        )

    def execute(self, query: str, params: Any = None) -> Any:
        if params is None:
            return super().execute(query)
        names = list(params) if isinstance(params, Mapping) else None
        return super().execute(self.convert_query(query, param_names=names), params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        if isinstance(param_list, list | tuple):
            params, rows = (param_list[0] if param_list else None), iter(param_list)
        else:
            first, rows = tee(iter(param_list))
            params = next(first, None)
            del first  # a tee that is held keeps every row it has seen
        names = list(params) if params and isinstance(params, Mapping) else None
        return super().executemany(self.convert_query(query, param_names=names), rows)


@lru_cache(maxsize=512)
def _with_marks(query: str) -> str:
    """A statement with SQLite's marks for parameters in place of Django's."""
    return str(sqlite.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"))


class DatabaseFeatures(SQLiteFeatures):
    """What Django asks of the system's SQLite, answered for the library in use."""

    can_alter_table_drop_column = True
    can_return_columns_from_insert = True
    can_return_rows_from_bulk_insert = True


class DatabaseOperations(SQLiteOperations):
    def force_group_by(self) -> list[str]:
        return []  # a workaround for libraries before 3.39


class DatabaseSchemaEditor(SQLiteSchemaEditor):
    """Tables whose key is of several columns are kept in the order of that key, with no index beside them."""

    def table_sql(self, model: type[Model]) -> tuple[str, Any]:
        sql, params = super().table_sql(model)
        return (f"{sql} WITHOUT ROWID" if model._meta.pk_fields[1:] else sql), params


class DatabaseWrapper(sqlite.DatabaseWrapper):
    """A connection to an encrypted file."""

    init_commands: list[str]  # set by Django from OPTIONS

    display_name = "SQLCipher"
    Database = driver
    # Only a key of the type INTEGER, in so many letters, is where SQLite keeps the row; any other has an index of its own beside it.
    data_types = {**sqlite.DatabaseWrapper.data_types, "BigIntegerField": "integer"}
    SchemaEditorClass = DatabaseSchemaEditor
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        self._key_of_books: Callable[[], bytes] = params.pop("key", None) or unlocked_database_key
        self._query_only = bool(params.pop("query_only", False))
        params["detect_types"] = driver.PARSE_DECLTYPES | driver.PARSE_COLNAMES
        params.setdefault("timeout", BUSY_SECONDS)
        params.setdefault("cached_statements", STATEMENTS_MAX)
        return params

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if not self.is_in_memory_db():
            _make_private_file(conn_params["database"])
        connection = driver.connect(**conn_params)
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: Any) -> None:
        _hand_over_key(connection, self._key_of_books())
        if not cipher_version(connection):
            raise ImproperlyConfigured("The SQLite library in use cannot encrypt: it would write the books for all to read.")
        _check_key(connection, self.settings_dict["NAME"])
        _keep_write_ahead_log(connection, self.settings_dict["NAME"])
        for name, value in PRAGMAS:
            connection.execute(f"PRAGMA {name} = {value}").close()
        register_functions(connection)
        for command in filter(None, (command.strip() for command in self.init_commands)):
            connection.execute(command).close()
        if self._query_only:
            connection.execute("PRAGMA query_only = ON").close()

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)


def unlocked_database_key() -> bytes:
    return keys.unlocked().database_key


def cipher_version(connection: Any) -> str:
    """The version of SQLCipher behind a connection; empty where the library is plain SQLite, which ignores a key."""
    row = connection.execute("PRAGMA cipher_version").fetchone()
    return row[0] if row else ""


def _hand_over_key(connection: Any, key: bytes) -> None:
    assert len(key) == keys.KEY_BYTES, "a raw key has 32 bytes"
    # SQLCipher would write its own lines about a wrong key to the terminal; BooksUnreadable says it once, in words.
    connection.execute("PRAGMA cipher_log_level = NONE").close()
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"").close()


def _check_key(connection: Any, name: object) -> None:
    try:
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError as fault:
        if fault.sqlite_errorcode != driver.SQLITE_NOTADB:
            raise
        raise BooksUnreadable(file=name) from None


def _keep_write_ahead_log(connection: Any, name: object) -> None:
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode not in ("wal", "memory"):
        raise DiskUnfit(file=name)


def _make_private_file(name: object) -> None:
    # SQLite would create it readable for all; the files beside it (-wal, -shm) take over its mode.
    path = Path(os.fspath(cast(str, name)))
    if str(path).startswith("file:"):
        return
    with writing_in(path.parent):
        if not path.exists():
            path.touch(mode=0o600)


def _register_types() -> None:
    """Teach the driver the same column types and Python types that Django teaches the standard library's."""
    driver.register_converter("bool", b"1".__eq__)
    driver.register_converter("date", sqlite.decoder(parse_date))
    driver.register_converter("time", sqlite.decoder(parse_time))
    driver.register_converter("datetime", sqlite.decoder(parse_datetime))
    driver.register_converter("timestamp", sqlite.decoder(parse_datetime))
    driver.register_adapter(type(None), {}.get)  # None for None: found at once, where the search for one is slower than the row
    driver.register_adapter(decimal.Decimal, str)
    driver.register_adapter(dt.date, sqlite.adapt_date)
    driver.register_adapter(dt.datetime, sqlite.adapt_datetime)


_register_types()
