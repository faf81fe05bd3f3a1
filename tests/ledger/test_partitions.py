"""Moves cut into parts by the month, on PostgreSQL; an encrypted file refuses."""

from pathlib import Path

import pytest
from django.db import connection

from tallystick.ledger.partitions import cutting
from tallystick.ledger.partitions.cutting import BooksNotAlone, cut_anew, cut_from_here, join
from tallystick.ledger.partitions.parts import PartsNeedServer, parts, unguarded_parts
from tests import books
from tests.bundles import tampering
from tests.bundles.test_replay import elsewhere
from tests.ledger.months import (
    FEBRUARY,
    IN_FEBRUARY,
    IN_MARCH,
    JANUARY,
    MARCH,
    MAY,
    bounds,
    counts,
    last_act,
    on_server,
    play_the_spring,
    record_in_january,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lamps(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    record_in_january(monkeypatch)


def test_books_in_a_file_have_no_parts(tmp_path: Path) -> None:
    with elsewhere(tmp_path / "books.db"):
        assert parts() == unguarded_parts() == []
        for cut in (lambda: cut_from_here(MARCH), lambda: cut_anew(MARCH), join):
            with pytest.raises(PartsNeedServer):
                cut()


def test_whoever_is_not_alone_is_told_how_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "_one", lambda sql: 3)
    with pytest.raises(BooksNotAlone, match="sessions open beside it: 3"):
        cutting._check_alone()


@on_server
def test_nothing_is_cut_unless_somebody_asks() -> None:
    assert parts() == unguarded_parts() == []
    assert tampering.run("SELECT relkind::text FROM pg_class WHERE oid = 'ledger_move'::regclass") == [("r",)]


@on_server
def test_the_moves_are_cut_where_the_books_end() -> None:
    end = last_act() + 1
    assert cut_from_here(FEBRUARY)
    assert bounds() == [("before_2026_02", None, end), ("2026_02", end, None)]
    assert counts() == {"before_2026_02": 126, "2026_02": 0}
    books.post(IN_FEBRUARY, recorded_at=FEBRUARY)
    assert counts() == {"before_2026_02": 126, "2026_02": 1}


@on_server
def test_each_month_has_a_part_of_its_own() -> None:
    cut_from_here(FEBRUARY)
    books.post(IN_FEBRUARY, recorded_at=FEBRUARY)
    assert cut_from_here(MARCH)
    books.post(IN_MARCH, recorded_at=MARCH)
    assert counts() == {"before_2026_02": 126, "2026_02": 1, "2026_03": 2}


@on_server
def test_asked_again_in_the_same_month_it_does_nothing() -> None:
    cut_from_here(FEBRUARY)
    before = bounds()
    assert not cut_from_here(FEBRUARY)
    assert not cut_from_here(JANUARY), "a clock that was put back cuts nothing"
    assert bounds() == before


@on_server
def test_a_month_in_which_nothing_moved_leaves_no_part_behind() -> None:
    cut_from_here(FEBRUARY)
    end = last_act() + 1
    assert not cut_from_here(MARCH)
    assert bounds() == [("before_2026_02", None, end), ("2026_03", end, None)]
    assert unguarded_parts() == []


@on_server
def test_the_past_is_cut_by_the_months_in_which_it_was_recorded() -> None:
    play_the_spring()
    first = last_act() - 2
    cut_anew(MAY)
    assert bounds() == [
        ("2026_01", None, first), ("2026_02", first, first + 1), ("2026_03", first + 1, first + 3), ("2026_05", first + 3, None),
    ]  # fmt: skip
    assert counts() == {"2026_01": 126, "2026_02": 1, "2026_03": 2, "2026_05": 0}


@on_server
def test_parts_cut_as_they_came_can_be_cut_anew() -> None:
    cut_from_here(MAY)
    play_the_spring()
    assert counts() == {"before_2026_05": 126, "2026_05": 3}
    cut_anew(MAY)
    assert counts() == {"2026_01": 126, "2026_02": 1, "2026_03": 2, "2026_05": 0}
    assert not cut_from_here(MAY)


@on_server
def test_a_clock_that_ran_ahead_or_back_makes_no_month_of_its_own() -> None:
    books.post(IN_FEBRUARY, recorded_at=MAY)
    books.post(IN_MARCH, recorded_at=FEBRUARY)
    cut_anew(MARCH)
    assert counts() == {"2026_01": 126, "2026_03": 3}, "what was recorded after the first of March lies there, whatever it says"


@on_server
def test_books_in_which_nothing_moved_are_cut_too() -> None:
    with books.undone():
        tampering.unguard(connection, "ledger_move")
        tampering.unguard(connection, "ledger_entry")
        tampering.run("DELETE FROM ledger_move")
        tampering.run("DELETE FROM ledger_entry")
        cut_anew(MARCH)
        assert bounds() == [("2026_03", None, None)]
