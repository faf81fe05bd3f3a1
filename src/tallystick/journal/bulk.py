"""Many rows in one statement, on either database: COPY where there is one, executemany where the database is in-process."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from operator import attrgetter
from typing import Any

import orjson
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import CharField, Field, ForeignKey, IntegerField, Model, TextField

from tallystick.journal.asking import change, hand, is_together
from tallystick.journal.engine import is_server

COPY_FROM = 60  # rows; below this a plain INSERT is quicker than opening a COPY


def insert_rows(table: str, columns: tuple[str, ...], *, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write `rows` (tuples in the order of `columns`) into `table`."""
    if not rows:
        return
    target, one = _insertion(table, columns)
    if not is_server():
        with hand() as cursor:
            cursor.executemany(f"INSERT INTO {target} VALUES {one}", rows)
    elif len(rows) < COPY_FROM or is_together():
        change(f"INSERT INTO {target} VALUES {', '.join([one] * len(rows))}", [v for row in rows for v in row], rows=len(rows))
    else:
        with connection.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


@cache
def _insertion(table: str, columns: tuple[str, ...]) -> tuple[str, str]:
    """The table with its columns, quoted, and the places for one row."""
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    return f"{quote(table)} ({', '.join(map(quote, columns))})", f"({', '.join(['%s'] * len(columns))})"


def insert_instances(table: type[Model], instances: Sequence[Model]) -> None:
    """Write instances of one model, none of them stored yet, keys and all."""
    if not instances:
        return
    columns = []
    for field in table._meta.concrete_fields:
        column = list(map(attrgetter(field.attname), instances))
        if not _is_kept_as_it_is(field):
            column = [field.get_db_prep_save(value, connection) for value in column]
        columns.append(column)
    insert_rows(table._meta.db_table, tuple(columns_of(table)), rows=list(zip(*columns, strict=True)))


def _is_kept_as_it_is(field: "Field[Any, Any]") -> bool:
    """Whether a value of this field goes into the database as Python holds it."""
    while isinstance(field, ForeignKey):
        field = field.target_field
    return isinstance(field, CharField | TextField | IntegerField)


def columns_of(table: type[Model]) -> list[str]:
    """The columns of a table, in the order of the model's fields."""
    return [field.column for field in table._meta.concrete_fields if field.column is not None]


def among(values: Iterable[Any]) -> tuple[str, Any]:
    """The end of a condition “column is among these”, and its one parameter, however many values there are."""
    if not is_server():
        return "IN (SELECT value FROM json_each(%s))", orjson.dumps(list(values)).decode()
    return "= ANY(%s)", list(values)


def stored_moment(moment: datetime) -> Any:
    """A moment as the database keeps it: PostgreSQL knows the zone, SQLite keeps UTC as text (Django's own form)."""
    return moment_writer()(moment)


def moment_writer() -> Callable[[datetime], Any]:
    """What turns a moment into what the database at hand keeps, for whoever has many."""
    return _same_moment if is_server() else _utc_text


def _same_moment(moment: datetime) -> datetime:
    return moment


def _utc_text(moment: datetime) -> str:
    offset = moment.utcoffset()
    assert offset is not None, "a moment in the books has an offset"
    return (moment.replace(tzinfo=None) - offset).isoformat(" ")


def read_moment(stored: Any) -> datetime:
    """The moment that `stored_moment` wrote, in UTC; the driver for SQLite gives it without a zone."""
    if isinstance(stored, str):
        stored = datetime.fromisoformat(stored)
    assert isinstance(stored, datetime), f"{stored!r} is no stored moment"
    return stored.replace(tzinfo=UTC) if stored.tzinfo is None else stored.astimezone(UTC)


def local_moment(happened_at: Any, offset_minutes: int) -> datetime:
    """A stored moment by the clock on the wall where it happened."""
    moment = read_moment(happened_at)
    zone = UTC if offset_minutes == 0 else timezone(timedelta(minutes=offset_minutes))
    return moment.astimezone(zone)
