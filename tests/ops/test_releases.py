"""Books are opened by a release that knows their tables, by no other; bringing them up to it is a command of its own."""

import json
from collections.abc import Callable, Iterator
from subprocess import CompletedProcess
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tallystick.journal.migrated import migrated
from tallystick.ops.releases import BooksAhead, BooksOutdated, check_release
from tests import books

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def office(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with books.standing(django_db_blocker):
        books.found()
        yield


def test_the_changes_that_a_release_knows_are_those_that_django_finds() -> None:
    assert migrated() == ([], [])
    with books.undone():
        MigrationRecorder(connection).flush()
        wanted = {".".join(step) for step in MigrationLoader(connection).graph.nodes}
        assert set(migrated().outstanding) == wanted


def test_books_of_this_release_are_opened() -> None:
    check_release("default", may_be_outdated=False)


def test_books_of_an_earlier_release_are_opened_by_whoever_brings_them_up() -> None:
    with books.undone():
        MigrationRecorder(connection).record_unapplied("journal", "0002_written_once")
        check_release("default", may_be_outdated=True)
        with pytest.raises(BooksOutdated, match=r"1 change\(s\)"):
            check_release("default", may_be_outdated=False)


@pytest.mark.parametrize("may_be_outdated", [True, False])
def test_books_of_a_later_release_are_not_opened(may_be_outdated: bool) -> None:
    with books.undone():
        MigrationRecorder(connection).record_applied("ledger", "9999_of_tomorrow")
        with pytest.raises(BooksAhead, match=r"ledger\.9999_of_tomorrow"):
            check_release("default", may_be_outdated=may_be_outdated)


def test_books_of_this_release_are_brought_nowhere(tell: Callable[..., CompletedProcess[str]]) -> None:
    assert json.loads(tell("migrate", "--json").stdout) == {"done": True, "rehearsal": True, "made": []}
    assert "Nothing was changed." in tell("migrate").stdout
