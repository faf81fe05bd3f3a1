"""Giving the books out: everything that was taken in, in the order in which it was said, and nothing half written."""

from pathlib import Path

import pytest

from tallystick.bundles.folder.writing import TargetExists
from tallystick.bundles.giving import NothingToExport, give_folder
from tests import books
from tests.bundles import full_stall

pytestmark = pytest.mark.django_db


def rows(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()[1:]


def test_books_without_a_programme_have_nothing_to_give(tmp_path: Path) -> None:
    books.found()
    with pytest.raises(NothingToExport):
        give_folder(tmp_path / "given")
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_taken_is_left_alone(tmp_path: Path) -> None:
    full_stall.keep(tmp_path / "stall")
    before = {path.name: path.read_bytes() for path in (tmp_path / "stall").iterdir()}
    with pytest.raises(TargetExists):
        give_folder(tmp_path / "stall")
    assert {path.name: path.read_bytes() for path in (tmp_path / "stall").iterdir()} == before


def test_every_move_is_given_and_told_of(tmp_path: Path) -> None:
    full_stall.keep(tmp_path / "stall")
    told: list[int] = []
    assert give_folder(tmp_path / "given", told=told.append) == 8 == sum(told)
    assert len(rows(tmp_path / "given" / "moves.csv")) == 8


def test_what_was_posted_later_stands_at_the_end(tmp_path: Path) -> None:
    full_stall.keep(tmp_path / "stall")
    give_folder(tmp_path / "given")
    taken, given = rows(tmp_path / "stall" / "moves.csv"), rows(tmp_path / "given" / "moves.csv")
    assert given[: len(taken)] == taken
    assert given[len(taken) + 1] == "2016-03-04T09:00:00+09:00,V9,reversal,BANK,HERON,USD,50.00,SHOPS,,,H9: typed twice"
    assert given[len(taken) + 2] == "2016-03-05T09:00:00+09:00,T9,dispatch,HERON,BANK,USD,20.00,SHOPS,G01,REH,a second tranche"


def test_every_other_file_is_given_as_it_was_taken(tmp_path: Path) -> None:
    full_stall.keep(tmp_path / "stall")
    give_folder(tmp_path / "given")
    for file in (tmp_path / "stall").iterdir():
        if file.name != "moves.csv":
            assert (tmp_path / "given" / file.name).read_bytes() == file.read_bytes(), file.name


def test_what_was_given_makes_the_same_books_elsewhere(tmp_path: Path) -> None:
    with books.undone():
        full_stall.keep(tmp_path / "stall")
        give_folder(tmp_path / "one.xlsx")
        give_folder(tmp_path / "one")
    books.found()
    books.take(tmp_path / "one.xlsx")
    give_folder(tmp_path / "two")
    for file in (tmp_path / "one").iterdir():
        assert (tmp_path / "two" / file.name).read_bytes() == file.read_bytes(), file.name
    assert books.proof().holds
