"""The grants as a list, and what promises hold back; whatever the list reckons is what the moves say."""

import itertools
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tallystick import reports
from tallystick.core.promise import GrantState, state_of
from tallystick.grants.queries import paid_of, terms_of
from tallystick.reports.grants import HeldBack, Listed, grants_listed, outstanding_grants, promised
from tests import books
from tests.promising import cancelled, fund, payout
from tests.promising import promised as promise
from tests.questions import Questions

pytestmark = pytest.mark.django_db


@pytest.fixture
def funded(tmp_path: Path) -> None:
    fund(tmp_path)


def listed(**asked: Any) -> list[str]:
    return [one.grant for one in grants_listed(most=100, **asked)]


def check_against_the_moves(rows: list[Listed]) -> None:
    for row in rows:
        terms = terms_of(row.grant)
        assert terms is not None
        assert (row.paid, row.released, row.is_cancelled) == (paid_of(terms), terms.open_parts, terms.is_cancelled), row.grant
        assert row.state == state_of(terms, row.paid)


def test_the_lamps_are_listed_as_their_moves_say():
    books.found()
    books.take(books.LAMPS)
    rows = grants_listed(most=100)
    assert [row.grant for row in rows] == [f"G{number:02d}" for number in range(12, 0, -1)]
    check_against_the_moves(rows)
    assert [(row.grant, row.outstanding) for row in rows if row.state is GrantState.OPEN] == [("G11", 20), ("G05", 3_000_000)]


@pytest.mark.usefixtures("funded")
def test_a_recipient_of_several_grants_is_reckoned_grant_by_grant():
    promise("G20", (5_000, "none"), (5_000, "reconciled"), (1_000, "none"))
    promise("G21", (5_000, "none"))
    books.post(payout("P1", "G20"))
    books.post(payout("P2", "G01", amount="USD 1.00"))
    books.post(payout("P3", "G02", amount="CNY 3.00", to="R02"))
    books.post("V3   6 March   reversal   R02 → HERON   CNY 3.00   SHOPS   -   -   P3")
    cancelled("G21")
    rows = grants_listed(most=100)
    check_against_the_moves(rows)
    assert {row.grant: row.paid for row in rows if row.paid} == {"G20": 5_000}


@pytest.mark.usefixtures("funded")
def test_the_list_is_filtered_by_earmark_recipient_and_state_and_goes_on_where_it_stopped():
    promise("G20", (5_000, "none"), (5_000, "reconciled"))
    promise("G21", (5_000, "none"))
    promise("G22", (5_000, "none"))
    books.post(f"{payout('P1', 'G20')}\n{payout('P2', 'G21')}")
    cancelled("G22")
    assert listed(earmark="LIGHT") == ["G11", "G10", "G09"]
    assert listed(recipient="R01") == ["G22", "G21", "G20", "G01"]
    assert [listed(recipient="R01", state=state) for state in GrantState] == [["G01"], ["G20"], ["G21"], ["G22"]]
    assert listed(recipient="R99") == []
    first = grants_listed(most=2, recipient="R01")
    assert listed(recipient="R01", before=first[-1].place) == ["G20", "G01"]


@pytest.mark.usefixtures("funded")
def test_what_is_promised_stands_beside_what_is_in_hand():
    """The earmark LIGHT was given 3,000 lamps and promises as many; one grant of it is paid in part, one is cancelled."""
    books.post(payout("P1", "G09", amount="LAMP 400", to="R08"))
    books.post("T1   6 March   dispatch   HERON → CRANE   LAMP 100   LIGHT   G10   REH-GOODS")
    cancelled("G11")
    found = promised()
    assert found is not None
    light = next(one for one in found.earmarks if one.earmark == "LIGHT")
    assert light.rows == (HeldBack("LAMP", 0, grant_count=2, outstanding=1_600, in_hand=2_600),)
    assert light.unvalued == ("LAMP",), "what came as a gift in kind has no price"


@pytest.mark.usefixtures("funded")
def test_both_sides_are_summed_up_at_the_earmarks_own_rates():
    """100 dollars became 620 yuan; HERON was given 1,000 dollars and 50,000 yuan."""
    books.post("""
        X1   4 March   exchange   HERON → @changer:HERON   USD 100.00   SHOPS
        X1   4 March   exchange   @changer:HERON → HERON   CNY 620.00   SHOPS
    """)
    found = promised()
    assert found is not None
    shops = next(one for one in found.earmarks if one.earmark == "SHOPS")
    assert (found.reporting_unit, shops.unvalued) == ("USD", ("TRUCK25",))
    assert shops.in_hand == 90_000 + Fraction(100, 620) * 5_062_000
    assert shops.outstanding == Fraction(100, 620) * 12_000_000
    assert shops.left < 0


@pytest.mark.usefixtures("funded")
def test_what_is_added_up_from_look_to_look_is_what_a_first_look_finds():
    deeds: list[Callable[[], object]] = [
        lambda: promise("G20", (5_000, "none"), (5_000, "reconciled")),
        lambda: books.post(payout("P1", "G20")),
        lambda: promise("G21", (5_000, "none")),
        lambda: books.post(payout("P3", "G02", amount="CNY 3.00", to="R02")),
        lambda: books.post("V3   6 March   reversal   R02 → HERON   CNY 3.00   SHOPS   -   -   P3"),
        lambda: cancelled("G21"),
        lambda: books.post(payout("P4", "G09", amount="LAMP 1000", to="R08")),
    ]
    seen = []
    for deed in deeds:
        deed()
        went_on = promised()
        outstanding_grants.forget()
        reports.grants._kept.clear()
        assert promised() == went_on
        seen.append(went_on)
    assert [before == after for before, after in itertools.pairwise(seen)] == [False] * (len(deeds) - 1)


def test_books_without_a_programme_promise_nothing():
    books.found()
    assert promised() is None


@pytest.mark.usefixtures("funded")
def test_the_list_and_the_sums_ask_as_often_for_two_grants_as_for_twenty():
    promised()  # which adds up all that moved so far, and goes on from there
    counts = []
    for first, last in ((20, 22), (30, 48)):
        for number in range(first, last):
            promise(f"G{number}", (500, "none"), recipient=f"R0{1 + number % 9}")
        with Questions() as asked:
            assert len(grants_listed(most=100)) > 13
            promised()
        counts.append(len(asked))
    assert counts[0] == counts[1]
