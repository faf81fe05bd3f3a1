"""An earmark's units are worth what the earmark itself gave and got for them, exactly, or nothing is said."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.core.flow import Flow, Swap, flows_in, swaps_in
from tallystick.core.valuation import Valuation, rounded, valuation_of
from tests.core import lamps
from tests.core.tales import Tale, tales


def lamps_valued() -> Valuation:
    entries = lamps.entries()
    return valuation_of(swaps_in(entries), flows=flows_in(entries), goods=lamps.goods(), reporting_unit="USD")


def valued(*swaps: Swap, flows: tuple[Flow, ...] = ()) -> Valuation:
    return valuation_of(swaps, flows=flows, goods={"LAMP", "FERT"}, reporting_unit="USD")


def swap(given: str, got: str, *, kind: str = "exchange", into: str = "SHOPS") -> Swap:
    """`swap("10 USD", "61 CNY")`, in the hand of Heron."""
    (given_parts, given_unit), (got_parts, got_unit) = given.split(), got.split()
    return Swap(kind, "HERON", "DESK", "HERON", given_unit, "SHOPS", int(given_parts), got_unit, into, int(got_parts))


def test_yuan_of_several_exchanges_have_their_weighted_average() -> None:
    bought = valued(swap("10 USD", "61 CNY"), swap("30 USD", "180 CNY"))
    assert bought.rate(unit="CNY", earmark="SHOPS") == Fraction(40, 241)


def test_each_earmark_of_the_lamps_programme_has_its_own_yuan() -> None:
    valuation = lamps_valued()
    assert valuation.value(18193895, unit="CNY", earmark="SHOPS") == 2942500
    assert valuation.value(1991340, unit="CNY", earmark="STALLS") == 325000
    assert valuation.value(1, unit="CNY", earmark="LIGHT") is None


def test_won_that_were_a_gift_are_worth_the_dollars_they_became() -> None:
    assert lamps_valued().value(12300000, unit="KRW", earmark="STALLS") == 1200000


def test_a_rate_is_carried_on_from_won_to_dollars_to_yuan_to_fertiliser() -> None:
    assert lamps_valued().value(1200, unit="FERT", earmark="STALLS") == Fraction(330000) * 325000 / 1991340


def test_the_reporting_unit_is_worth_itself_under_any_earmark() -> None:
    assert lamps_valued().value(7, unit="USD", earmark="LIGHT") == 7


def test_lamps_given_in_kind_have_no_price_and_bought_ones_of_another_earmark_do_not_lend_them_one() -> None:
    valuation = lamps_valued()
    assert valuation.value(1, unit="LAMP", earmark="LIGHT") is None
    assert valuation.value(1250, unit="LAMP", earmark="SHOPS") == 750000 * Fraction(2942500, 18193895)


def test_goods_that_were_bought_and_given_in_kind_have_no_price() -> None:
    bought = swap("10 USD", "5 LAMP", kind="purchase")
    assert valued(bought).rate(unit="LAMP", earmark="SHOPS") == 2
    in_kind = Flow("gift", "LAMPMAKER", "HERON", "LAMP", "SHOPS", 1)
    assert valued(bought, flows=(in_kind,)).rate(unit="LAMP", earmark="SHOPS") is None
    reassigned = swap("3 LAMP", "3 LAMP", kind="reassign", into="LIGHT")
    bought_for_light = bought._replace(given_earmark="LIGHT", got_earmark="LIGHT")
    assert valued(bought_for_light, reassigned).rate(unit="LAMP", earmark="LIGHT") is None


def test_money_that_was_also_a_gift_keeps_the_rate_of_its_exchanges() -> None:
    gift = Flow("gift", "PARISH", "HERON", "CNY", "SHOPS", 500)
    assert valued(swap("10 USD", "60 CNY"), flows=(gift,)).rate(unit="CNY", earmark="SHOPS") == Fraction(1, 6)


def test_euros_reach_dollars_through_yuan() -> None:
    valuation = valued(swap("10 EUR", "80 CNY"), swap("40 CNY", "6 USD"))
    assert valuation.rate(unit="CNY", earmark="SHOPS") == Fraction(6, 40)
    assert valuation.rate(unit="EUR", earmark="SHOPS") == Fraction(12, 10)


def test_yuan_partly_got_for_what_has_no_rate_are_worth_the_part_that_has() -> None:
    valuation = valued(swap("10 USD", "60 CNY"), swap("7000 KRW", "40 CNY"))
    assert valuation.rate(unit="CNY", earmark="SHOPS") == Fraction(1, 6)
    assert valuation.rate(unit="KRW", earmark="SHOPS") == Fraction(40, 6) / 7000


def test_units_that_never_met_the_reporting_unit_have_no_rate() -> None:
    assert valued(swap("10 EUR", "80 CNY")).rates == {}


@settings(max_examples=15)
@given(tale=tales())
def test_no_rate_is_below_zero_and_none_depends_on_the_order_of_the_swaps(tale: Tale) -> None:
    swaps, flows = swaps_in(tale.entries), flows_in(tale.entries)
    rates = valuation_of(swaps, flows=flows, goods={"LAMP"}, reporting_unit="USD").rates
    assert all(type(rate) is Fraction and rate > 0 for rate in rates.values())
    assert valuation_of(swaps[::-1], flows=flows, goods={"LAMP"}, reporting_unit="USD").rates == rates


@settings(max_examples=15)
@given(values=st.lists(st.fractions(max_denominator=1000)))
def test_a_column_and_its_difference_add_up_to_the_total_that_is_shown(values: list[Fraction]) -> None:
    column = rounded(values)
    assert sum(column.parts) + column.difference == column.total
    assert abs(column.total - sum(values)) <= Fraction(1, 2)
    assert all(abs(part - value) <= Fraction(1, 2) for part, value in zip(column.parts, values, strict=True))


def test_three_thirds_of_a_cent_are_shown_with_their_difference() -> None:
    assert rounded([Fraction(1, 3)] * 3) == ((0, 0, 0), 1, 1)
