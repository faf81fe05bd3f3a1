"""Acts, checkpoints, entries and moves are written once: the database itself refuses to change, delete or replace them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tallystick.journal.immutable import WRITTEN_ONCE, guard, unguard, unguarded
from tests import books

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def lamps(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with books.standing(django_db_blocker):
        books.found()
        books.take(books.LAMPS)
        yield


def refused(sql: str) -> bool:
    """Whether the database refuses this as something written once, and nothing has changed."""
    before = contents()
    with pytest.raises(IntegrityError, match="is written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return contents() == before


def contents() -> list[object]:
    with connection.cursor() as cursor:
        rows = []
        for table in WRITTEN_ONCE:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
            rows.append([[bytes(one) if isinstance(one, memoryview) else one for one in row] for row in cursor.fetchall()])
        return rows


@pytest.mark.parametrize("table", WRITTEN_ONCE)
def test_no_row_is_ever_changed(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 1")
        columns = [column[0] for column in cursor.description]
    for column in columns:
        assert refused(f'UPDATE {table} SET "{column}" = "{column}"')


@pytest.mark.parametrize("table", WRITTEN_ONCE)
def test_no_row_is_ever_deleted(table: str) -> None:
    assert refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", WRITTEN_ONCE)
def test_no_row_is_ever_replaced(table: str) -> None:
    keys = {"journal_act": "id", "journal_checkpoint": "office, number", "ledger_entry": "act_id"}.get(table, "entry_id, line")
    last = keys.rpartition(", ")[2]
    if connection.vendor == "sqlite":
        assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        assert refused(f"REPLACE INTO {table} SELECT * FROM {table}")
        assert refused(f"UPDATE OR REPLACE {table} SET {last} = {last}")
    else:
        change = f"{last} = EXCLUDED.{last}"
        assert refused(f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({keys}) DO UPDATE SET {change}")


@pytest.mark.parametrize("table", WRITTEN_ONCE)
def test_no_table_is_ever_emptied(table: str) -> None:
    if connection.vendor == "sqlite":
        assert refused(f"DELETE FROM {table} WHERE true")  # SQLite's own shortcut for emptying a table
    else:
        assert refused(f"TRUNCATE {table} CASCADE")


def test_guards_come_down_and_go_up_again() -> None:
    for table in WRITTEN_ONCE:
        unguard(connection, table)
        assert unguarded(connection) == [table]
        guard(connection, table)
        assert unguarded(connection) == []


def test_a_guard_switched_off_is_no_guard() -> None:
    if connection.vendor == "sqlite":
        return  # a trigger of SQLite stands or does not
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_move DISABLE TRIGGER ledger_move_never_changed")
        assert unguarded(connection) == ["ledger_move"]
        cursor.execute("ALTER TABLE ledger_move ENABLE REPLICA TRIGGER ledger_move_never_changed")
        assert unguarded(connection) == ["ledger_move"]
        cursor.execute("ALTER TABLE ledger_move ENABLE TRIGGER ledger_move_never_changed")
        cursor.execute(
            "CREATE OR REPLACE TRIGGER ledger_entry_never_changed BEFORE UPDATE OR DELETE ON ledger_entry"
            " FOR EACH ROW WHEN (OLD.office = '') EXECUTE FUNCTION tallystick_written_once()"
        )
        assert unguarded(connection) == ["ledger_entry"]


def test_what_is_written_once_is_written_by_an_import() -> None:
    assert [len(rows) for rows in contents()] == [206, 2, 98, 126]
