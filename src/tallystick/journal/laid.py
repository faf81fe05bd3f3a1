"""How SQLite lays tables out: a migration step that writes them anew, in the form in which new books have them."""

from typing import Any

from django.db.migrations.operations import RunPython

from tallystick.journal.immutable import WRITTEN_ONCE, guard


def lay_anew(app: str, *names: str) -> RunPython:
    """Writes these models' tables anew, rows and all, and puts up their guards again. PostgreSQL's are left as they are."""

    def step(apps: Any, editor: Any) -> None:
        if editor.connection.vendor != "sqlite":
            return
        for name in names:
            model = apps.get_model(app, name)
            editor._remake_table(model)
            if model._meta.db_table in WRITTEN_ONCE:
                guard(editor.connection, model._meta.db_table)

    return RunPython(step, RunPython.noop)
