"""Whatever is asked for by its code is traced through the books as they stand."""

import pytest

from tallystick.core.trace.grant import GrantTrace, Origin, trace_grant
from tallystick.core.trace.steps import EarmarkTrace, TallyTrace
from tallystick.reports.trace import NothingToTrace, trace
from tests.books import LAMPS, found, post, take
from tests.core import lamps

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(db: None) -> None:
    found()
    take(LAMPS)


def test_an_earmark_is_followed_from_its_gift(books: None):
    traced = trace("SHOPS")
    assert isinstance(traced.trace, EarmarkTrace)
    assert traced.trace.steps[0].giver == "HAEBARAGI"
    assert {one.grant for one in traced.trace.reached} == {"G01", "G02", "G03", "G04", "G05"}
    assert traced.places["FERT"] == 3


def test_a_grant_of_one_earmark_is_traced_back_to_its_gift(books: None):
    traced = trace("G01").trace
    assert isinstance(traced, GrantTrace)
    assert traced.origins == (Origin("HAEBARAGI", "USD", "SHOPS", 325732),)


def test_a_grant_whose_lamps_another_earmark_bought_is_traced_through_both(books: None):
    traced = trace("G11").trace
    assert isinstance(traced, GrantTrace)
    assert [origin.holder for origin in traced.origins] == ["HAEBARAGI"]


def test_every_grant_is_traced_as_the_moves_of_the_folder_say(books: None):
    for number in range(1, 13):
        grant = f"G{number:02}"
        assert trace(grant).trace == trace_grant(lamps.entries(), grant=grant)


def test_a_tally_is_followed_over_the_road(books: None):
    traced = trace("T0056").trace
    assert isinstance(traced, TallyTrace)
    assert [step.kind for step in traced.steps] == ["dispatch", "receipt", "loss"]
    assert not traced.still_open


def test_a_tally_on_the_road_says_what_it_carries(books: None):
    post("T1   5 March   dispatch   CRANE → WAGTAIL   CNY 90.00   SHOPS   G05   REH-MONEY")
    traced = trace("T1").trace
    assert isinstance(traced, TallyTrace)
    assert (traced.giver, traced.carrier, traced.still_open) == ("CRANE", "WAGTAIL", {("CNY", "SHOPS"): 9000})


def test_a_tally_whose_dispatch_was_taken_back_shows_both(books: None):
    post(
        """
        T1   5 March   dispatch   CRANE → WAGTAIL         CNY 90.00   SHOPS   G05   REH-MONEY
        V1   6 March   reversal   @transit:T1 → CRANE     CNY 90.00   SHOPS   -   -   T1
        """
    )
    traced = trace("T1").trace
    assert isinstance(traced, TallyTrace)
    assert [step.kind for step in traced.steps] == ["dispatch", "reversal"]
    assert not traced.still_open


def test_a_grant_that_got_nothing_yet_has_an_empty_trace(books: None):
    post("T1   5 March   dispatch   CRANE → WAGTAIL   CNY 90.00   SHOPS   G05   REH-MONEY")
    traced = trace("G05").trace
    assert isinstance(traced, GrantTrace)
    assert [one.amount for one in traced.reached] == [1500000], "what is on the road has not reached anyone"


@pytest.mark.parametrize("code", ["H0005", "HERON", "", "NOWHERE"])
def test_what_is_neither_earmark_nor_grant_nor_tally_is_refused(books: None, code: str):
    with pytest.raises(NothingToTrace) as refusal:
        trace(code)
    assert refusal.value.facts == {"asked": code}
