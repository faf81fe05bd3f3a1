"""Where SQLite keeps the rows that are written one at a time: each commit touches as few pages as it can."""

import pytest
from django.db import connection

from tallystick.journal.immutable import WRITTEN_ONCE, unguarded

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", [*WRITTEN_ONCE, "ledger_account"])
def test_no_index_stands_beside_a_table_for_its_key(table: str) -> None:
    if connection.vendor != "sqlite":
        return  # a server keeps an index for every key
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM pragma_index_list('{table}') WHERE origin = 'pk'")
        beside = [name for (name,) in cursor.fetchall()]
        cursor.execute(f"SELECT wr FROM pragma_table_list WHERE name = '{table}'")
        ((is_without_rowid,),) = cursor.fetchall()
    assert bool(beside) == bool(is_without_rowid), f"{table}: {beside}"  # there the table itself goes by that name
    assert is_without_rowid == (table in ("journal_checkpoint", "ledger_move"))


def test_tables_that_were_laid_anew_are_guarded() -> None:
    assert unguarded(connection) == []
