"""The rivers of the books are those of their moves, with the names and decimals that a page needs."""

from fractions import Fraction

import pytest

from tallystick.core.river.picture import NARROW
from tallystick.reports.river import Rivers, rivers
from tests.books import LAMPS, found, post, take, without_moves

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(db: None) -> None:
    found()
    take(LAMPS)


def test_the_river_in_the_reporting_unit_comes_first(books: None):
    found_rivers = rivers()
    assert [(drawn.river.unit, drawn.is_valued, drawn.places) for drawn in found_rivers.drawn] == [
        ("USD", True, 2),
        ("LAMP", False, 0),
    ]
    assert (found_rivers.entry_count, found_rivers.move_count) == (98, 126)
    assert found_rivers.latest.isoformat() == "2015-06-01T10:00:00+08:00"


def test_what_was_given_is_told_in_the_reporting_unit(books: None):
    whole = rivers().drawn[0].whereabouts
    assert whole.given == 6000000 + Fraction(12500000) * 1200000 / 12300000
    assert whole.difference == 0


def test_earmarks_are_named_by_their_tones(books: None):
    dollars, lamps = rivers().drawn
    assert dollars.earmarks() == {1: ("SHOPS",), 2: ("STALLS",)}
    assert lamps.earmarks() == {1: ("LIGHT",)}


def test_the_narrow_picture_stands_and_folds_more(books: None):
    dollars = rivers().drawn[0]
    assert (dollars.narrow.standing, dollars.wide.standing) == (True, False)
    assert len(dollars.brief.nodes) < len(dollars.course.nodes)
    assert dollars.narrow.width <= NARROW.width


def test_an_entry_that_was_taken_back_runs_nowhere(books: None):
    before = rivers()
    post(
        """
        T1   5 March   dispatch   CRANE → WAGTAIL         CNY 90.00   SHOPS   G05   REH-MONEY
        V1   6 March   reversal   @transit:T1 → CRANE     CNY 90.00   SHOPS   -   -   T1
        """
    )
    after = rivers()
    assert after.drawn == before.drawn
    assert after.move_count == before.move_count + 2


def test_a_river_is_drawn_anew_only_when_something_was_said(books: None):
    before = rivers()
    assert rivers() is before
    post("T1   5 March   dispatch   CRANE → WAGTAIL   CNY 90.00   SHOPS   G05   REH-MONEY")
    after = rivers()
    assert after is not before
    assert after.drawn != before.drawn
    assert rivers() is after


def test_what_is_on_the_road_is_in_the_river(books: None):
    post("T1   5 March   dispatch   CRANE → WAGTAIL   CNY 90.00   SHOPS   G05   REH-MONEY")
    whole = rivers().drawn[0].whereabouts
    assert whole.on_the_road == 9000 * Fraction(2942500, 18193895)


def test_a_programme_in_which_nothing_moved_has_no_river(db: None, tmp_path):
    found()
    take(without_moves(LAMPS, tmp_path / "still"))
    assert rivers().drawn == ()


def test_books_without_a_programme_have_no_river(db: None):
    found()
    assert rivers() == Rivers((), 0, 0, None)
