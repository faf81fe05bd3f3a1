"""Which release the books are of: their tables have had every change that this one knows, and none that it does not know."""

from collections.abc import Iterator
from pathlib import Path
from pkgutil import iter_modules

from django.apps import apps
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from tallystick.core.refusal import Refusal

Step = tuple[str, str]
"""A change of the tables: the room whose tables they are, and the name of the change."""


class BooksOutdated(Refusal):
    code = "books_outdated"
    words = "These books were made by an earlier release; {count} change(s) of their tables are still to come."
    expected = "tallystick migrate, once, and before it a copy of the books"


class BooksAhead(Refusal):
    code = "books_ahead"
    words = "These books were opened by a later release: this one does not know {step}."
    expected = "that release or a later one"


def check_release(alias: str, *, may_be_outdated: bool) -> None:
    """Refuses books that this release does not know as they are. Raises BooksAhead, and BooksOutdated unless those are wanted."""
    applied, known = applied_steps(alias), set(known_steps())
    unknown = sorted(applied - known)
    if unknown:
        raise BooksAhead(step=".".join(unknown[0]))
    if known - applied and not may_be_outdated:
        raise BooksOutdated(count=len(known - applied))


def known_steps() -> Iterator[Step]:
    """Every change of tables that this release knows; the files are listed, not loaded, since every command asks."""
    for config in apps.get_app_configs():
        for module in iter_modules([str(Path(config.path) / "migrations")]):
            if module.name[0].isdigit():
                yield config.label, module.name


def applied_steps(alias: str) -> set[Step]:
    """The changes that the books in this database have had."""
    installed = {config.label for config in apps.get_app_configs()}
    return {step for step in MigrationRecorder(connections[alias]).applied_migrations() if step[0] in installed}
