"""The rivers of the books are those of their moves, with the names and decimals that a page needs."""

from fractions import Fraction

import pytest

from tallystick.core.river.picture import NARROW
from tallystick.core.river.whereabouts import Whereabouts
from tallystick.reports.river import DrawnRiver, Waters, rivers, waters
from tests.books import LAMPS, found, post, take, without_moves

pytestmark = pytest.mark.django_db


def drawn() -> tuple[DrawnRiver, ...]:
    return rivers(waters())


def whole(found: Waters) -> Whereabouts:
    return found.whereabouts(found.rivers[0])


@pytest.fixture
def books(db: None) -> None:
    found()
    take(LAMPS)


def test_the_river_in_the_reporting_unit_comes_first(books: None):
    assert [(one.river.unit, one.is_valued, one.places) for one in drawn()] == [
        ("USD", True, 2),
        ("LAMP", False, 0),
    ]
    found_waters = waters()
    assert (found_waters.entry_count, found_waters.move_count) == (98, 126)
    assert found_waters.latest is not None
    assert found_waters.latest.isoformat() == "2015-06-01T10:00:00+08:00"


def test_what_was_given_is_told_in_the_reporting_unit(books: None):
    all_of_it = whole(waters())
    assert all_of_it.given == 6000000 + Fraction(12500000) * 1200000 / 12300000
    assert all_of_it.difference == 0


def test_earmarks_are_named_by_their_tones(books: None):
    dollars, lamps = drawn()
    assert dollars.earmarks() == {1: ("SHOPS",), 2: ("STALLS",)}
    assert lamps.earmarks() == {1: ("LIGHT",)}


def test_the_narrow_picture_stands_and_folds_more(books: None):
    dollars = drawn()[0]
    assert (dollars.narrow.standing, dollars.wide.standing) == (True, False)
    assert len(dollars.brief.nodes) < len(dollars.course.nodes)
    assert dollars.narrow.width <= NARROW.width


def test_an_entry_that_was_taken_back_runs_nowhere(books: None):
    before, entries = drawn(), waters().move_count
    post(
        """
        T1   5 March   dispatch   CRANE → WAGTAIL         CNY 90.00   SHOPS   G05   REH-MONEY
        V1   6 March   reversal   @transit:T1 → CRANE     CNY 90.00   SHOPS   -   -   T1
        """
    )
    assert drawn() == before
    assert waters().move_count == entries + 2


def test_a_river_is_drawn_anew_only_when_something_was_said(books: None):
    before = drawn()
    assert drawn() is before
    post("T1   5 March   dispatch   CRANE → WAGTAIL   CNY 90.00   SHOPS   G05   REH-MONEY")
    after = drawn()
    assert after != before
    assert drawn() is after


def test_what_is_on_the_road_is_in_the_river(books: None):
    post("T1   5 March   dispatch   CRANE → WAGTAIL   CNY 90.00   SHOPS   G05   REH-MONEY")
    assert whole(waters()).on_the_road == 9000 * Fraction(2942500, 18193895)


def test_a_programme_in_which_nothing_moved_has_no_river(db: None, tmp_path):
    found()
    take(without_moves(LAMPS, tmp_path / "still"))
    assert drawn() == ()


def test_books_without_a_programme_have_no_river(db: None):
    found()
    assert (drawn(), waters().entry_count, waters().latest) == ((), 0, None)
