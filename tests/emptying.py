"""Emptying the tables after a test that committed: in the product triggers refuse it, and rightly so."""

from django.db.backends.base.operations import BaseDatabaseOperations

from tallystick.journal.immutable import WRITTEN_ONCE, guard, unguard

flush_guarded = BaseDatabaseOperations.execute_sql_flush


def let_tests_empty_tables() -> None:
    """From now on Django's flush, which ends every test with real commits, takes the guards down and puts them up again."""
    BaseDatabaseOperations.execute_sql_flush = _flush  # type: ignore[method-assign]


def _flush(operations: BaseDatabaseOperations, sql_list: list[str]) -> None:
    connection = operations.connection
    standing = [table for table in WRITTEN_ONCE if table in connection.introspection.table_names()]
    for table in standing:
        unguard(connection, table)
    flush_guarded(operations, sql_list)
    for table in standing:
        guard(connection, table)
