"""What lies under the books fills up, fails, is closed to writing or damaged: each is a refusal, and nothing else is."""

from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.utils import ConnectionHandler
from sqlcipher3 import dbapi2 as driver

from tallystick.config.databases import encrypted_file
from tallystick.core.refusal import Refusal
from tallystick.journal import medium
from tallystick.journal.medium import BooksDamaged, BooksReadOnly, DiskFailing, DiskFull, refused_by_medium
from tallystick.ops.opening import HomeUnwritable
from tests.journal.ailing import closed, damaged, failing, no_file_of_ours, no_folder, no_room

Room = namedtuple("Room", "total used free")


def put_away_badly(path: Path) -> None:
    try:
        no_room(path)
    finally:
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (no_room, DiskFull),
        (closed, BooksReadOnly),
        (no_folder, BooksReadOnly),
        (damaged, BooksDamaged),
        (no_file_of_ours, BooksDamaged),
        (failing, DiskFailing),
    ],
)
def test_what_the_file_meets_is_a_refusal(trouble: Callable[[Path], None], kind: type[Refusal], tmp_path: Path) -> None:
    with pytest.raises(driver.DatabaseError) as met:
        trouble(tmp_path / "db")
    assert type(refused_by_medium(met.value)) is kind


@pytest.mark.django_db
def test_a_disk_that_fails_because_it_is_full_is_full(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(driver.OperationalError) as met:
        failing(tmp_path / "db")
    monkeypatch.setattr(medium, "disk_usage", lambda folder: Room(100, 90, 10))
    assert type(refused_by_medium(met.value)) is (DiskFull if engine == "sqlcipher" else DiskFailing)

    def unknown(folder: Path) -> Room:
        raise OSError

    monkeypatch.setattr(medium, "disk_usage", unknown)
    assert type(refused_by_medium(met.value)) is DiskFailing


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "kind"),
    [("53100", DiskFull), ("58030", DiskFailing), ("25006", BooksReadOnly), ("XX001", BooksDamaged), ("XX002", BooksDamaged)],
)
def test_what_the_server_meets_is_a_refusal(engine: str, state: str, kind: type[Refusal]) -> None:
    if engine != "postgres":
        return
    with pytest.raises(DatabaseError) as met, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'as a disk would' USING ERRCODE = '{state}'; END $$")
    assert type(refused_by_medium(met.value)) is kind
    assert type(refused_by_medium(met.value.__cause__ or met.value)) is kind


def test_what_was_met_while_putting_away_hides_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError) as met:
        put_away_badly(tmp_path / "db")
    assert type(refused_by_medium(met.value)) is DiskFull


@pytest.mark.django_db
def test_a_fault_of_ours_is_no_refusal() -> None:
    with pytest.raises(IntegrityError) as met, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO journal_act (id) VALUES (1)")
    assert refused_by_medium(met.value) is None
    assert refused_by_medium(ValueError()) is None


@pytest.mark.django_db
def test_a_home_that_takes_no_file_is_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    books = encrypted_file(tmp_path / "file" / "books.db")
    with pytest.raises(HomeUnwritable, match="Not a directory"):
        ConnectionHandler({"default": books})["default"].ensure_connection()
