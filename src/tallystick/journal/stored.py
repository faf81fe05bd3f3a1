"""Rows as they lie in the database, byte for byte, to be held against the rows that the acts would make.

On SQLite every column is read as text, since its columns would take a number or a text that merely means the same; on
PostgreSQL the columns' types leave one way of writing a value.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import BinaryField, Field, Model

from tallystick.journal.bulk import stored_moment

CHUNK = 5_000  # rows
Row = tuple[str | None, ...]


def stored_rows(table: type[Model], *, key: str, first: int, last: int) -> Iterator[tuple[int, Row]]:
    """(key, every column as text) of the rows whose `key` column lies between `first` and `last`, in its order."""
    columns = ", ".join(_as_text(field) for field in table._meta.concrete_fields)
    name = connection.ops.quote_name(key)
    sql = (
        f"SELECT {name} + 0, {columns} FROM {connection.ops.quote_name(table._meta.db_table)}"
        f" WHERE {name} BETWEEN %s AND %s ORDER BY {name}"
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, [first, last])
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                yield row[0], tuple(map(plain_text, row[1:]))


def row_of(instance: Model) -> Row:
    """The row that this instance would be stored as, in the form of `stored_rows`."""
    return tuple(plain_text(getattr(instance, field.attname)) for field in instance._meta.concrete_fields)


def outside(table: str, *, key: str, last: int) -> list[int]:
    """Values of `key` in rows that belong to none of the acts 1 to `last`; ten at most."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key} FROM {table} WHERE {key} < 1 OR {key} > %s ORDER BY {key} LIMIT 10", [last])
        return [value for (value,) in cursor]


def plain_text(value: Any) -> str | None:
    """A value as text: bytes in hexadecimal, yes and no as 1 and 0, moments as the database at hand keeps them."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime):
        return str(stored_moment(value if value.tzinfo else value.replace(tzinfo=UTC)))
    return value.isoformat() if isinstance(value, date) else str(value)


def _as_text(field: "Field[Any, Any]") -> str:
    name = connection.ops.quote_name(field.column)
    if connection.vendor != "sqlite":
        return name
    return f"LOWER(HEX({name}))" if isinstance(field, BinaryField) else f"{name} || ''"


def differing(stored: Row, said: Row, *, columns: Sequence[str]) -> str:
    """In words, the first column in which a stored row is not what was said."""
    for column, lies, wanted in zip(columns, stored, said, strict=True):
        if lies != wanted:
            return f"{column} stands as “{lies}” where the act says “{wanted}”"
    return ""
