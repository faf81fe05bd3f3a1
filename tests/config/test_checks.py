"""The system checks: each is quiet on the books as they are, and each is provoked once."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import connection, connections
from django.db.utils import NotSupportedError
from sqlcipher3 import dbapi2 as sqlcipher

from tallystick.config import checks
from tallystick.config.databases import postgresql
from tallystick.ops.fitness import BooksUnfit, check_fitness
from tests.config.conftest import Books
from tests.postgres import start_cluster

Alias = Callable[[str, Books], Any]


def found() -> list[str]:
    return sorted(f"{message.id} {message.msg}" for message in run_checks(tags=["tallystick"], databases=list(connections)))


@pytest.mark.django_db
def test_the_books_as_they_are_pass_every_check() -> None:
    assert found() == []


@pytest.mark.django_db
@pytest.mark.parametrize("mode", [None, "DEFERRED", "EXCLUSIVE"])
def test_a_transaction_that_does_not_begin_by_locking_is_refused(mode: str | None, alias: Alias, books: Books) -> None:
    books["OPTIONS"]["transaction_mode"] = mode
    alias("laptop", books)
    assert found() == [f"tallystick.E001 The database laptop opens its transactions {mode or 'DEFERRED'}."]


@pytest.mark.django_db
def test_djangos_own_sqlite_is_refused_because_it_does_not_encrypt(alias: Alias, tmp_path: Path) -> None:
    alias("laptop", {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "plain.db")})
    assert [message.split()[0] for message in found()] == ["tallystick.E001", "tallystick.E003"]
    assert f"SQLite {sqlite3.sqlite_version}, which cannot encrypt" in found()[1]


def library_of(version: tuple[int, int, int]) -> SimpleNamespace:
    dotted = ".".join(map(str, version))
    return SimpleNamespace(connect=sqlcipher.connect, sqlite_version=dotted, sqlite_version_info=version)


@pytest.mark.django_db
@pytest.mark.parametrize(("version", "count"), [((3, 51, 2), 1), ((3, 9, 9), 1), ((3, 51, 3), 0), ((4, 0, 0), 0)])
def test_a_library_that_can_corrupt_the_books_is_refused(
    version: tuple[int, int, int], count: int, alias: Alias, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alias("laptop", books), "Database", library_of(version), raising=False)
    assert len(found()) == count
    assert all("tallystick.E003 The database laptop" in message for message in found())


class Server:
    """A connection to a server of one version."""

    vendor = "postgresql"
    alias = "office"

    def __init__(self, version: int) -> None:
        self.version = version

    @property
    def pg_version(self) -> int:
        if self.version < 140000:
            raise NotSupportedError(f"PostgreSQL 14 or later is required (found {self.version / 10000}).")
        return self.version


@pytest.mark.parametrize(("version", "named"), [(130008, "13.0008"), (140021, "14"), (150000, ""), (180001, "")])
def test_a_server_that_is_too_old_is_refused(version: int, named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "connections", SimpleNamespace(all=lambda: [Server(version)]))
    messages = checks.check_server(databases=["office"])
    assert [message.id for message in messages] == ["tallystick.E004"] * bool(named)
    assert all(named in message.msg for message in messages)


def test_a_server_nobody_asked_for_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "connections", SimpleNamespace(all=lambda: [Server(130008)]))
    assert checks.check_server(databases=None) == []


@pytest.mark.django_db
def test_a_server_that_may_lose_what_it_says_is_done_is_refused(
    engine: str, alias: Alias, run_tallystick: Any, home: Path
) -> None:
    if engine != "postgres":
        return
    cluster = start_cluster(durable=False)
    try:
        alias("office", postgresql(cluster.url("postgres")))
        (said,) = found()
        assert said.startswith("tallystick.E005 The database office lies on a server that may lose what it says is done: ")
        assert said.endswith(" fsync, full_page_writes, synchronous_commit are off.")
        told = run_tallystick("init", "--rehearsal", home=home, environment={"TALLYSTICK_DATABASE_URL": cluster.make_database()})
    finally:
        cluster.stop()
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (1, "", 1)
    assert told.stderr.startswith("The books are not opened (tallystick.E005): ")
    assert not list(home.iterdir()), "what was begun is taken away"


@pytest.mark.django_db
def test_a_connection_that_waits_for_no_disk_is_refused(engine: str) -> None:
    if engine != "postgres":
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    with pytest.raises(BooksUnfit, match=r"may lose what it says is done: synchronous_commit is off\."):
        check_fitness(databases=["default"])
    assert checks.check_server_keeps(databases=None) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragma", "loose"),
    [
        ("synchronous = NORMAL", "synchronous is"),
        ("synchronous = OFF; PRAGMA foreign_keys = OFF", "synchronous, foreign_keys are"),
        ("secure_delete = OFF", "secure_delete is"),
        ("recursive_triggers = OFF", "recursive_triggers is"),
        ("synchronous = EXTRA", ""),
    ],
)
def test_a_file_that_does_not_keep_what_it_is_given_is_refused(pragma: str, loose: str, alias: Alias, books: Books) -> None:
    books["OPTIONS"]["init_command"] = f"PRAGMA {pragma}"
    connection = alias("laptop", books)
    assert found() == [], "books that are not there are not made"
    assert not Path(books["NAME"]).exists()
    connection.ensure_connection()
    said = f"tallystick.E006 The database laptop does not keep what it is given: {loose} set otherwise."
    assert found() == ([said] if loose else [])


@pytest.mark.django_db
def test_a_replays_scratch_may_be_quick(engine: str, alias: Alias, books: Books) -> None:
    if engine == "postgres":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers = OFF")
        try:
            assert [message.split()[0] for message in found()] == ["tallystick.E006"]
            alias(checks.SOURCE, books)
            assert found() == []
        finally:
            cursor.execute("PRAGMA recursive_triggers = ON")


@pytest.mark.django_db
def test_what_the_checks_find_is_said_in_one_sentence(alias: Alias, books: Books) -> None:
    check_fitness(databases=["default"])
    books["OPTIONS"]["transaction_mode"] = "DEFERRED"
    alias("laptop", books)
    with pytest.raises(BooksUnfit) as refused:
        check_fitness(databases=["default"])
    assert (
        str(refused.value) == "The books are not opened (tallystick.E001): The database laptop opens its transactions DEFERRED."
    )
    assert refused.value.expectation() == 'Set OPTIONS["transaction_mode"] to "IMMEDIATE"'


@pytest.mark.parametrize(
    ("flags", "status", "said"), [((), 0, ""), (("-O",), 1, "tallystick.E002"), (("-OO",), 1, "tallystick.E002")]
)
def test_python_without_assertions_is_refused(flags: tuple[str, ...], status: int, said: str) -> None:
    command = [sys.executable, *flags, "-m", "django", "check", "--tag", "tallystick"]
    run = subprocess.run(command, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, text=True)
    assert run.returncode == status
    assert said in run.stderr
