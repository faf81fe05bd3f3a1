"""Tables whose rows are written once: triggers, on either database, refuse every UPDATE and DELETE."""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations import RunPython

WRITTEN_ONCE = ("journal_act", "journal_checkpoint", "ledger_entry", "ledger_move")
"""Every table that is guarded so; `tallystick verify` looks whether the guards still stand."""


def written_once(*tables: str) -> RunPython:
    """A migration step that guards these tables."""
    return RunPython(_step(tables, guard), _step(tables, unguard))


def guard(connection: BaseDatabaseWrapper, table: str) -> None:
    """Put up the triggers of one table."""
    with connection.cursor() as cursor:
        for statement in GUARDS[connection.vendor]:
            cursor.execute(statement.format(table=table))


def unguard(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the triggers of one table down: a migration that undoes itself, and tests that tamper."""
    with connection.cursor() as cursor:
        for statement in UNGUARDS[connection.vendor]:
            cursor.execute(statement.format(table=table))


def unguarded(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables of WRITTEN_ONCE that have lost a trigger."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING[connection.vendor])
        standing = {name for (name,) in cursor.fetchall()}
    names = TRIGGERS[connection.vendor]
    return [table for table in WRITTEN_ONCE if not all(name.format(table=table) in standing for name in names)]


def _step(tables: tuple[str, ...], change: Callable[[BaseDatabaseWrapper, str], None]) -> Callable[[Any, Any], None]:
    def step(apps: Any, editor: Any) -> None:
        for table in tables:
            change(editor.connection, table)

    return step


GUARDS = {
    "sqlite": (
        "CREATE TRIGGER {table}_never_updated BEFORE UPDATE ON {table}"
        " BEGIN SELECT RAISE(ABORT, '{table} is written once: its rows are never changed'); END",
        "CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table}"
        " BEGIN SELECT RAISE(ABORT, '{table} is written once: its rows are never deleted'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION tallystick_written_once() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION '% is written once: its rows are never changed or deleted', TG_TABLE_NAME"
        " USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION tallystick_written_once()",
        "CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION tallystick_written_once()",
    ),
}
UNGUARDS = {
    "sqlite": ("DROP TRIGGER IF EXISTS {table}_never_updated", "DROP TRIGGER IF EXISTS {table}_never_deleted"),
    "postgresql": (
        "DROP TRIGGER IF EXISTS {table}_never_changed ON {table}",
        "DROP TRIGGER IF EXISTS {table}_never_emptied ON {table}",
    ),
}
TRIGGERS = {
    "sqlite": ("{table}_never_updated", "{table}_never_deleted"),
    "postgresql": ("{table}_never_changed", "{table}_never_emptied"),
}
STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
}
