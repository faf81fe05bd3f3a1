"""Whether the tables of these books are those that this release of Tallystick knows."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from pkgutil import iter_modules
from typing import NamedTuple

from django.apps import apps
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

Step = tuple[str, str]
"""A change of the tables: the room whose tables they are, and the name of the change."""


class Migrated(NamedTuple):
    """Changes that the tables have still to have, and changes they had under a release that came after this one."""

    outstanding: list[str]
    unknown: list[str]


def migrated(*, using: str = "default") -> Migrated:
    """How far the tables of the database `using` have come; asks it once and changes nothing."""
    rooms = {config.label for config in apps.get_app_configs()}
    had = {step for step in MigrationRecorder(connections[using]).applied_migrations() if step[0] in rooms}
    return Migrated(_named(_known() - had), _named(had - _known()))


@cache
def _known() -> frozenset[Step]:
    """Every change that this release knows; the files are listed, not loaded, since a monitoring program asks for ever."""
    return frozenset(
        (config.label, module.name)
        for config in apps.get_app_configs()
        for module in iter_modules([str(Path(config.path) / "migrations")])
        if module.name[0].isdigit()
    )


def _named(steps: Iterable[Step]) -> list[str]:
    return sorted(f"{room}.{name}" for room, name in steps)
