"""Books made by every earlier release open after `tallystick migrate`, say what they said, and go on."""

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.utils import ConnectionHandler

from tallystick.config.databases import encrypted_file
from tallystick.vault.keys import open_keyring
from tests import books
from tests.upgrades.conftest import KEPT, Earlier

LAYOUT = "SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1, 2, 3"
FORM = "SELECT name, ncol, wr, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_stat%' ORDER BY name"
MORE = "2016-04-01T09:00:00+09:00,H9100,handover,CRANE,WAGTAIL,CNY,5.00,SHOPS,,,after the upgrade"


def test_books_of_the_first_release_are_kept() -> None:
    assert "books-0.1" in {folder.name for folder in KEPT}


def test_keys_of_the_first_release_cost_what_they_cost() -> None:
    for folder in KEPT:
        for kind in ("file", "server"):
            keys = (folder / kind / "keys.json").read_text(encoding="utf-8")
            assert '"time_cost": 3' in keys
            assert '"memory_kib": 65536' in keys


def test_earlier_books_are_left_alone_until_they_are_migrated(earlier: Earlier) -> None:
    before = {path.name: path.read_bytes() for path in earlier.home.iterdir()}
    told = [earlier.tell(*words) for words in (("holdings",), ("verify",), ("import", books.LAMPS))]
    if told[0]["status"] == 0:
        return  # their tables are as they are now
    assert {path.name: path.read_bytes() for path in earlier.home.iterdir()} == before
    assert {(one["status"], one["code"]) for one in told} == {(1, "books_outdated")}
    assert "tallystick migrate" in told[0]["expected"]


def test_earlier_books_say_what_they_said_once_they_are_migrated(earlier: Earlier) -> None:
    assert earlier.tell("migrate")["done"]
    check_answers(earlier)
    assert earlier.tell("migrate")["made"] == []


def check_answers(earlier: Earlier) -> None:
    proof = earlier.tell("verify")
    assert proof["done"], proof["problems"]
    assert {part: proof[part] for part in ("acts", "checkpoints", "head")} == {
        part: earlier.said[part] for part in ("acts", "checkpoints", "head")
    }
    replayed = earlier.tell("replay")
    assert replayed["digest"] == replayed["replayed"] == earlier.said["digest"]
    assert [without_age(one) for one in earlier.tell("holdings")["holdings"]] == earlier.said["holdings"]


def without_age(holding: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in holding.items() if name not in ("since", "or_earlier")}


def test_earlier_books_go_on(earlier: Earlier, tmp_path: Path) -> None:
    earlier.tell("migrate")
    assert earlier.tell("head", "--out", tmp_path / "before.head")["acts"] == earlier.said["acts"]
    assert set(earlier.tell("import", books.LAMPS)["new"].values()) <= {0}
    folder = tmp_path / "lamps"
    shutil.copytree(books.LAMPS, folder)
    with (folder / "moves.csv").open("a", encoding="utf-8") as file:
        file.write(f"{MORE}\n")
    assert earlier.tell("import", folder)["new"]["moves.csv"] == 1
    proof = earlier.tell("verify", "--against", tmp_path / "before.head")
    assert proof["done"], proof["problems"]
    assert (proof["acts"], proof["checkpoints"]) == (earlier.said["acts"] + 1, earlier.said["checkpoints"] + 1)
    assert earlier.tell("head")["follows"] == earlier.said["acts"]
    assert earlier.tell("replay")["done"]


@pytest.mark.django_db
def test_earlier_books_are_laid_out_as_new_ones_are(earlier: Earlier, django_db_blocker: Any) -> None:
    if (earlier.home / "books.db").exists():
        earlier.tell("migrate")
        key = open_keyring(earlier.home, (earlier.home / "passphrase.txt").read_text(encoding="utf-8").strip()).database_key
        described = encrypted_file(earlier.home / "books.db")
        described["OPTIONS"]["key"] = lambda: key
        migrated = ConnectionHandler({"default": described})["default"]
        with django_db_blocker.unblock(), closing(migrated):
            assert [laid_out(migrated, asking) for asking in (LAYOUT, FORM)] == [
                laid_out(connection, asking) for asking in (LAYOUT, FORM)
            ]


def laid_out(books: Any, asking: str) -> list[tuple[Any, ...]]:
    with books.cursor() as cursor:
        cursor.execute(asking)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
