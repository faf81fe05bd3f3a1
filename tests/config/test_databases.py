"""Which databases an environment asks for, and what is said of one that cannot be had."""

import os
import stat
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tallystick.config import databases as module
from tallystick.config.databases import DatabaseUrlUnreadable, PostgresDriverMissing, databases
from tests.config.conftest import Books

Connect = Callable[[Books], Any]
URL = "postgresql://amina:s3cr%40t@books.example:5433/lamps?sslmode=verify-full"


def test_by_default_the_books_are_an_encrypted_file_in_the_home() -> None:
    wanted = databases({"TALLYSTICK_HOME": "/srv/office"})
    assert list(wanted) == ["default"]
    assert wanted["default"]["ENGINE"] == "tallystick.config.sqlcipher"
    assert wanted["default"]["NAME"] == "/srv/office/books.db"
    assert wanted["default"]["OPTIONS"] == {"transaction_mode": "IMMEDIATE"}


def test_without_a_home_the_books_are_in_the_persons_own_folder() -> None:
    assert databases({})["default"]["NAME"] == str(Path.home() / ".tallystick" / "books.db")
    assert databases({"TALLYSTICK_HOME": ""}) == databases({})


def test_tests_run_on_a_file_too_because_a_database_in_memory_is_not_encrypted() -> None:
    assert databases({"TALLYSTICK_HOME": "/srv/office"})["default"]["TEST"]["NAME"] == "/srv/office/test-books.db"


def test_a_url_names_a_postgresql_database() -> None:
    wanted = databases({"TALLYSTICK_HOME": "/srv/office", "TALLYSTICK_DATABASE_URL": URL})["default"]
    assert wanted["ENGINE"] == "django.db.backends.postgresql"
    assert (wanted["NAME"], wanted["HOST"], wanted["PORT"]) == ("lamps", "books.example", 5433)
    assert (wanted["USER"], wanted["PASSWORD"]) == ("amina", "s3cr@t")
    assert wanted["OPTIONS"] == {"sslmode": "verify-full", "options": "-c jit=off -c plan_cache_mode=force_generic_plan"}


def test_a_url_may_name_a_socket_and_use_the_short_scheme() -> None:
    wanted = databases({"TALLYSTICK_DATABASE_URL": "postgres://amina@%2Frun%2Fpostgresql/lamps"})["default"]
    assert (wanted["HOST"], wanted["NAME"]) == ("/run/postgresql", "lamps")


@pytest.mark.parametrize(
    "url",
    [
        "mysql://amina:s3cret@books.example/lamps",
        "sqlite:///books.db",
        "amina:s3cret@books.example/lamps",
        "postgresql://amina:s3cret@books.example:port/lamps",
        "postgresql://amina:s3cret@books.example",
        "postgresql://amina:s3cret@[books.example/lamps",
        "postgresql",
    ],
)
def test_a_url_of_no_postgresql_database_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(DatabaseUrlUnreadable) as refused:
        databases({"TALLYSTICK_DATABASE_URL": url})
    shown = f"{refused.value} {refused.value!r} {refused.value.expectation()}"
    assert "s3cret" not in shown
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None if name == "psycopg" else find_spec(name))
    with pytest.raises(PostgresDriverMissing) as refused:
        databases({"TALLYSTICK_DATABASE_URL": URL})
    assert refused.value.expectation() == "pip install 'tallystick[postgres]'"


def test_a_scratch_stands_in_front_of_the_real_books_which_are_only_read() -> None:
    wanted = databases({"TALLYSTICK_HOME": "/srv/office", "TALLYSTICK_SCRATCH": "/run/scratch.db"})
    assert {name: books["NAME"] for name, books in wanted.items()} == {
        "default": "/run/scratch.db",
        "source": "/srv/office/books.db",
    }
    assert wanted["source"]["OPTIONS"]["query_only"] is True
    assert "query_only" not in wanted["default"]["OPTIONS"]


def test_a_scratch_stands_in_front_of_a_server_which_is_only_read() -> None:
    environment = {"TALLYSTICK_DATABASE_URL": f"{URL}&options=-c%20work_mem%3D8MB", "TALLYSTICK_SCRATCH": "/run/scratch.db"}
    wanted = databases(environment)
    assert wanted["default"]["ENGINE"] == "tallystick.config.sqlcipher"
    assert (
        wanted["source"]["OPTIONS"]["options"]
        == "-c work_mem=8MB -c jit=off -c plan_cache_mode=force_generic_plan -c default_transaction_read_only=on"
    )


def test_a_scratch_opens_only_in_the_process_that_made_it(connect: Connect, tmp_path: Path) -> None:
    from tallystick.config.sqlcipher.base import BooksUnreadable

    environment = {"TALLYSTICK_HOME": str(tmp_path), "TALLYSTICK_SCRATCH": str(tmp_path / "scratch.db")}
    mine = databases(environment)["default"]
    for statement in ("CREATE TABLE said (words text)", "INSERT INTO said VALUES ('once')", "SELECT words FROM said"):
        connect(mine).cursor().execute(statement)
    assert stat.S_IMODE((tmp_path / "scratch.db").stat().st_mode) == 0o600
    with pytest.raises(BooksUnreadable):
        connect(databases(environment)["default"])
    with pytest.raises(BooksUnreadable):
        connect(module.encrypted_file(tmp_path / "scratch.db"))


def test_a_servers_books_opened_for_reading_cannot_be_changed(connect: Connect, engine: str) -> None:
    if engine != "postgres":
        return
    from django.db import DatabaseError

    books = module.postgresql(os.environ["TALLYSTICK_DATABASE_URL"])
    with connect(module.read_only(books)).cursor() as cursor, pytest.raises(DatabaseError, match="read-only"):
        cursor.execute("CREATE TABLE said (words text)")
