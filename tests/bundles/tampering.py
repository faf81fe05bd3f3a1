"""A hand in the database: every table and column that acts are told in, and ways to change them that no rule of the books would allow."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import Field, Model, UniqueConstraint

from tallystick.journal.immutable import WRITTEN_ONCE, guard, unguard
from tests.books import undone
from tests.bundles.full_handovers import STEPS

FAR = 1_000_000
FURTHER = 10_000  # where a column holds no number above 32,767
Row = dict[str, Any]

# One office's own affair, of which no proof and no digest says anything: who signs in, what waits for somebody, errands and their
# files, and wrong codes that were counted.
NO_ACTS = {"Member", "MemberRole", "CachedValue", "ApiClient", "Draft", "Errand", "FilePiece", "SlipTry"}
RECKONED = (
    "ledger_stocktaking",
    "ledger_turnover",
    "ledger_runningsum",
)  # from the moves, only so that pages are quick: nothing stands on them
TABLES: dict[str, type[Model]] = {
    model._meta.db_table: model
    for config in apps.get_app_configs()
    if config.name.startswith("tallystick.")
    for model in config.get_models()
    if model.__name__ not in NO_ACTS and model._meta.db_table not in RECKONED
}


def fields(table: str) -> "list[Field[Any, Any]]":
    """The columns that can be written to, by their fields."""
    return [field for field in TABLES[table]._meta.concrete_fields if not field.generated]


COLUMNS = [(name, field.column) for name in TABLES for field in fields(name)]
ACT_OF = {"journal_act": "id", "journal_checkpoint": "number", "ledger_move": "entry_id", "ledger_account": ""}
"""The column that says which act a row is of, where it is not act_id; an account has none."""
TOUCHING = "SELECT DISTINCT entry_id FROM ledger_move WHERE giver_id = %s OR taker_id = %s"


@contextmanager
def tampered(*tables: str) -> Iterator[Callable[[], None]]:
    """The guards of these tables are down in this block, until what it hands out is called; at its end everything is put back."""
    guarded = [table for table in tables if table in WRITTEN_ONCE]

    def put_guards_up() -> None:
        for table in guarded:
            guard(connection, table)

    with undone():
        for table in guarded:
            unguard(connection, table)
        yield put_guards_up


def run(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []


def rows(table: str) -> list[Row]:
    """Every row, oldest act first."""
    names = [field.column for field in fields(table)]
    listed = ", ".join(f'"{name}"' for name in names)
    order = f'"{ACT_OF.get(table) or ("id" if table == "ledger_account" else "act_id")}", 1, 2'
    return [dict(zip(names, row, strict=True)) for row in run(f'SELECT {listed} FROM "{table}" ORDER BY {order}')]


def keys(table: str) -> list[str]:
    """The columns of the primary key."""
    return [field.column for field in TABLES[table]._meta.pk_fields]


def acts_concerned(table: str, row: Row) -> set[int]:
    """The acts that a change of this row concerns: the one that made it, or those that moved an account."""
    if table == "ledger_account":
        return {act for (act,) in run(TOUCHING, row["id"], row["id"])}
    return {row[ACT_OF.get(table, "act_id")]}


def acts_beside(table: str, acts: set[int], *, column: str = "", value: Any = None) -> set[int]:
    """Other acts that may be named first: an act not at its place shows beside it, a row moved to another act shows there."""
    beside = {act + step for act in acts for step in (-1, 1)} if table == "journal_act" and column in ("", "id") else set()
    return beside | ({value} if column == ACT_OF.get(table, "act_id") else set())


def differing_columns(table: str, pair: tuple[Row, Row]) -> list[str]:
    """The columns beside the key in which two rows say different things."""
    one, other = pair
    return [column for column in one if column not in keys(table) and one[column] != other[column]]


def exchange(table: str, pair: tuple[Row, Row], *, columns: list[str]) -> None:
    """Each takes over what the other says in these columns."""
    one, other = pair
    aside = {field.column: fresh(field, one[field.column]) for field in fields(table)}
    update(table, one, **{column: aside[column] for column in columns})
    update(table, other, **{column: one[column] for column in columns})
    update(table, one, **{column: other[column] for column in columns})


def update(table: str, row: Row, **values: Any) -> None:
    places = ", ".join(f'"{column}" = %s' for column in values)
    where = " AND ".join(f'"{key}" = %s' for key in keys(table))
    run(f'UPDATE "{table}" SET {places} WHERE {where}', *values.values(), *(row[key] for key in keys(table)))


def delete(table: str, row: Row) -> None:
    where = " AND ".join(f'"{key}" = %s' for key in keys(table))
    run(f'DELETE FROM "{table}" WHERE {where}', *(row[key] for key in keys(table)))


def insert(table: str, row: Row) -> None:
    names, places = ", ".join(f'"{name}"' for name in row), ", ".join(["%s"] * len(row))
    run(f'INSERT INTO "{table}" ({names}) VALUES ({places})', *row.values())


def first_taken(changes: Iterable[Any]) -> bool:
    """Try these changes (callables without arguments) until the database takes one; whether it took any."""
    for change in changes:
        try:
            with transaction.atomic():
                change()
        except DatabaseError:
            continue
        return True
    return False


def others(field: "Field[Any, Any]", value: Any) -> Sequence[Any]:
    """Values that are not this one, the nearest first."""
    if value is None:
        return ("x", date(2014, 3, 1)) if field.get_internal_type() in ("TextField", "DateField") else (1,)
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int):
        return value + 1, value - 1, value + (FURTHER if field.get_internal_type() == "SmallIntegerField" else FAR)
    if field.name == "step":
        return tuple(step for step in STEPS if step != value)
    if isinstance(value, str):
        return value[:-1] + chr(ord(value[-1:] or "w") + 1), value + "x", "x"
    if isinstance(value, datetime):
        return (value + timedelta(microseconds=1),)
    if isinstance(value, date):
        return (value + timedelta(days=1),)
    data = bytearray(bytes(value) or b"\1")
    data[len(data) // 2] ^= 1
    return (bytes(data),)


def fresh(field: "Field[Any, Any]", value: Any) -> Any:
    """A value that no row has, where the database takes each once."""
    together = [one.fields[0] for one in field.model._meta.constraints if isinstance(one, UniqueConstraint)]
    is_once = field.unique or field in field.model._meta.pk_fields or field.name in together
    return others(field, value)[-1] if is_once and value is not None else value
