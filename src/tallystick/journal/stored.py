"""Rows as they lie in the database, byte for byte, to be held against the rows that the acts would make.

On SQLite every column is read as text, since its columns would take a number or a text that merely means the same; on
PostgreSQL the columns' types leave one way of writing a value.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import BinaryField, BooleanField, Field, ForeignKey, GeneratedField, IntegerField, Model

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


def mistyped(table: type[Model], *, key: str) -> list[tuple[int, str]]:
    """(key, column) of rows that hold a value of another type than their column is for; ten at most.

    SQLite keeps a text where bytes or a number belong, and gives it back as one; PostgreSQL's columns take no such value.
    `key` is an expression in SQL that gives the act which a row is of.
    """
    if connection.vendor != "sqlite":
        return []
    cases = []
    for field in table._meta.concrete_fields:
        assert field.column is not None, f"{field} has a column"
        types = f"'{_stored_type(field)}'" + (", 'null'" if field.null else "")
        cases.append(f"WHEN typeof({connection.ops.quote_name(field.column)}) NOT IN ({types}) THEN '{field.column}'")
    name = connection.ops.quote_name(table._meta.db_table)
    sql = f"SELECT COALESCE({key}, 0) + 0, CASE {' '.join(cases)} END AS mistyped FROM {name} WHERE mistyped IS NOT NULL LIMIT 10"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def _stored_type(field: "Field[Any, Any]") -> str:
    """What SQLite's typeof() says of a value as we write it."""
    while isinstance(field, ForeignKey | GeneratedField):
        inner = field.output_field if isinstance(field, GeneratedField) else field.target_field
        assert inner is not None, f"{field} is made of a field"
        field = inner
    if isinstance(field, BinaryField):
        return "blob"
    return "integer" if isinstance(field, IntegerField | BooleanField) else "text"


def plain_text(value: Any) -> str | None:
    """A value as text: bytes in hexadecimal, yes and no as 1 and 0, moments in UTC as SQLite keeps them."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime):
        return str(value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))[:-6]  # less +00:00
    return value.isoformat() if isinstance(value, date) else str(value)


def _as_text(field: "Field[Any, Any]") -> str:
    assert field.column is not None, f"{field} has a column"
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
