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
    """The tables of WRITTEN_ONCE that have lost a trigger, or have another in its place."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING[connection.vendor])
        standing = {said for (said,) in cursor.fetchall()}
    triggers = TRIGGERS[connection.vendor]
    return [table for table in WRITTEN_ONCE if not all(said.format(table=table) in standing for said in triggers)]


def _step(tables: tuple[str, ...], change: Callable[[BaseDatabaseWrapper, str], None]) -> Callable[[Any, Any], None]:
    def step(apps: Any, editor: Any) -> None:
        for table in tables:
            change(editor.connection, table)

    return step


REFUSE = (
    " BEGIN RAISE EXCEPTION '% is written once: its rows are never changed or deleted', TG_TABLE_NAME"
    " USING ERRCODE = 'integrity_constraint_violation'; END "
)
GUARDS = {
    "sqlite": (
        "CREATE TRIGGER {table}_never_updated BEFORE UPDATE ON {table}"
        " BEGIN SELECT RAISE(ABORT, '{table} is written once: its rows are never changed'); END",
        "CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table}"
        " BEGIN SELECT RAISE(ABORT, '{table} is written once: its rows are never deleted'); END",
    ),
    "postgresql": (
        f"CREATE OR REPLACE FUNCTION tallystick_written_once() RETURNS trigger LANGUAGE plpgsql AS $${REFUSE}$$",
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
# How the standing triggers are told, and how ours are: by their whole text, so that one which does nothing is no guard.
STANDING = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger'",
    # Before (2), for each row (1), a DELETE (8), an UPDATE (16), a TRUNCATE (32); on, and under no condition.
    "postgresql": "SELECT concat_ws(' ', c.relname, t.tgname, t.tgtype, p.prosrc)"
    " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
    " WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND t.tgqual IS NULL AND t.tgattr::text = ''",
}
TRIGGERS = {
    "sqlite": GUARDS["sqlite"],
    "postgresql": (
        f"{{table}} {{table}}_never_changed {2 + 1 + 8 + 16} {REFUSE}",
        f"{{table}} {{table}}_never_emptied {2 + 32} {REFUSE}",
    ),
}
