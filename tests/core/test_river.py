"""A river says the same as the books that it was made from."""

from collections import defaultdict
from fractions import Fraction

from hypothesis import given, settings

from tallystick.core.flow import Flow, Swap, flows_in, swaps_in
from tallystick.core.river.stream import INTO, LOSS, OUT_OF, RECOVERED, Shore, Stream, rivers_of
from tallystick.core.river.whereabouts import Whereabouts, whereabouts_of
from tallystick.core.valuation import valuation_of
from tests.core.rivers import KINDS, dollars, lamp_rivers, river_of, rivers_in
from tests.core.tales import Tale, tales


@settings(max_examples=15)
@given(tale=tales())
def test_every_shore_of_every_river_adds_up(tale: Tale) -> None:
    for river in rivers_in(flows_in(tale.entries), swaps_in(tale.entries)):
        for shore in river.shores.values():
            assert shore.came_in + shore.difference == (
                shore.passed_on + shore.commission + shore.cost + shore.informal + shore.lost + shore.on_the_road + shore.holds
            )


@settings(max_examples=15)
@given(tale=tales())
def test_what_was_given_is_somewhere(tale: Tale) -> None:
    for river in rivers_in(flows_in(tale.entries), swaps_in(tale.entries)):
        whole = whereabouts_of(river, KINDS)
        assert whole.given + whole.difference == (
            whole.in_hands + whole.on_the_road + whole.reached + whole.turned
            + whole.commission + whole.cost + whole.informal + whole.lost
        )  # fmt: skip


@settings(max_examples=15)
@given(tale=tales())
def test_what_the_rivers_hold_is_what_the_books_hold(tale: Tale) -> None:
    flows, swaps = flows_in(tale.entries), swaps_in(tale.entries)
    valuation = valuation_of(swaps, flows=flows, goods={"LAMP"}, reporting_unit="USD")
    expected: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for (holder, unit, earmark), amount in tale.held.items():
        value = valuation.value(amount, unit=unit, earmark=earmark)
        river, value = (unit, Fraction(amount)) if value is None else ("USD", value)
        if holder in KINDS:
            expected[river, holder] += value
    for river in rivers_of(flows, swaps=swaps, valuation=valuation):
        for holder in KINDS:
            assert river.shores.get(holder, Shore(holder)).holds == expected[river.unit, holder]


def test_the_lamps_programme_has_a_river_of_dollars_and_one_of_lamps() -> None:
    dollar_river, lamp_river = lamp_rivers()
    assert (dollar_river.unit, lamp_river.unit) == ("USD", "LAMP")
    assert Stream("HAEBARAGI", "OFFICE", "SHOPS", Fraction(6000000)) in dollar_river.streams
    assert Stream("KILN", "WAGTAIL", "LIGHT", Fraction(2980)) in lamp_river.streams
    assert lamp_river.shores["KILN"].holds == 20


def test_what_was_bought_for_another_earmark_leaves_one_river_and_enters_the_other() -> None:
    dollar_river, lamp_river = lamp_rivers()
    left = next(stream for stream in dollar_river.streams if stream.taker == f"{INTO}LIGHT")
    assert (left.giver, left.amount) == ("KILN", 750000 * Fraction(2942500, 18193895))
    assert Stream(f"{OUT_OF}SHOPS", "KILN", "LIGHT", Fraction(1250)) in lamp_river.streams


def test_exchanges_stay_in_their_hands_and_leave_only_a_difference() -> None:
    shores = lamp_rivers()[0].shores
    assert "DESK" not in shores
    assert shores["YANBANK"].difference < 0 < shores["DANBANK"].difference
    assert sum(shore.difference for shore in shores.values()) == 0, "the average is the earmark's own"


def test_goods_that_were_bought_and_given_in_kind_run_in_their_own_river() -> None:
    flows = [dollars("gift", "PARISH → OFFICE", amount=100), Flow("gift", "LAMPMAKER", "HERON", "LAMP", "SHOPS", 7)]
    bought = Swap("purchase", "OFFICE", "LIGHTWORKS", "HERON", "USD", "SHOPS", 40, "LAMP", "SHOPS", 5)
    dollar_river, lamp_river = rivers_in(flows, [bought])
    assert Stream("OFFICE", f"{INTO}LAMP", "SHOPS", Fraction(40)) in dollar_river.streams
    assert Stream(f"{OUT_OF}USD", "HERON", "SHOPS", Fraction(5)) in lamp_river.streams
    assert whereabouts_of(dollar_river, KINDS) == Whereabouts(given=Fraction(100), in_hands=Fraction(60), turned=Fraction(40))
    assert whereabouts_of(lamp_river, KINDS) == Whereabouts(given=Fraction(12), in_hands=Fraction(12))


def test_a_recovery_lessens_the_loss_and_one_from_elsewhere_comes_back_out() -> None:
    river = river_of(
        dollars("gift", "PARISH → OFFICE", amount=100),
        dollars("loss", "OFFICE → @loss:theft", amount=30),
        dollars("recovery", "@loss:theft → OFFICE", amount=10),
        dollars("recovery", "@loss:theft → HERON", amount=5),
    )
    assert Stream("OFFICE", LOSS, "SHOPS", Fraction(20)) in river.streams
    assert Stream(RECOVERED, "HERON", "SHOPS", Fraction(5)) in river.streams
    assert river.shores["HERON"].holds == 5


def test_informal_payments_run_apart_from_other_costs() -> None:
    river = river_of(
        dollars("gift", "PARISH → OFFICE", amount=100),
        dollars("cost", "OFFICE → @cost:fuel", amount=3),
        dollars("cost", "OFFICE → @cost:customs", amount=4),
        dollars("cost", "OFFICE → @cost:informal payment", amount=5),
    )
    assert (river.shores["OFFICE"].cost, river.shores["OFFICE"].informal) == (7, 5)


def test_books_without_moves_have_no_river() -> None:
    assert rivers_in([]) == []
