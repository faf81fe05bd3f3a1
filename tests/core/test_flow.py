"""Flows and swaps say what passed between hands altogether, and nothing appears or disappears on the way."""

from collections import defaultdict

from hypothesis import given, settings

from tallystick.core.flow import ON_THE_ROAD, Flow, Swap, flows_in, middles_in, swaps_in
from tests.core import lamps
from tests.core.tales import HANDS, Tale, Wish, exchange, gift, purchase, reverse, tales


@settings(max_examples=15)
@given(tale=tales())
def test_what_flowed_in_less_what_flowed_out_is_what_every_hand_holds(tale: Tale) -> None:
    held: dict[tuple[str, str, str], int] = defaultdict(int)
    for flow in flows_in(tale.entries):
        held[flow.giver, flow.unit, flow.earmark] -= flow.amount
        held[flow.taker, flow.unit, flow.earmark] += flow.amount
    for swap in swaps_in(tale.entries):
        held[swap.giver, swap.given_unit, swap.given_earmark] -= swap.given
        held[swap.taker, swap.got_unit, swap.got_earmark] += swap.got
    for (holder, unit, earmark), amount in tale.held.items():
        if holder in HANDS:
            assert held[holder, unit, earmark] == amount


@settings(max_examples=15)
@given(tale=tales())
def test_what_is_on_the_road_is_what_the_tallies_carry(tale: Tale) -> None:
    road = sum(flow.amount for flow in flows_in(tale.entries) if flow.taker == ON_THE_ROAD)
    assert road == sum(amount for (holder, _, _), amount in tale.held.items() if holder.startswith("@transit:"))


@settings(max_examples=15)
@given(tale=tales())
def test_only_changers_suppliers_and_the_books_own_stand_in_the_middle(tale: Tale) -> None:
    assert {one for one in middles_in(tale.entries) if not one.startswith("@")} <= {"DESK", "LIGHTWORKS"}


@settings(max_examples=15)
@given(tale=tales())
def test_flows_are_never_below_zero(tale: Tale) -> None:
    assert all(flow.amount > 0 for flow in flows_in(tale.entries))


def test_what_was_taken_back_never_flowed() -> None:
    tale = Tale()
    gift(tale, Wish("OFFICE", "USD", "SHOPS", 100))
    exchange(tale, Wish("OFFICE", "USD", "SHOPS", 60, 1))
    purchase(tale, Wish("OFFICE", "USD", "SHOPS", 40, 2))
    reverse(tale, Wish("OFFICE", "USD", "SHOPS", 0, 1))  # the exchange, one entry before the last
    assert swaps_in(tale.entries) == [Swap("purchase", "OFFICE", "LIGHTWORKS", "SWALLOW", "USD", "SHOPS", 40, "LAMP", "SHOPS", 3)]
    assert flows_in(tale.entries) == [Flow("gift", "PARISH", "OFFICE", "USD", "SHOPS", 100)]


def test_goods_that_were_lost_on_the_road_were_lost_by_who_dispatched_them() -> None:
    flows = flows_in(lamps.entries())
    assert Flow("loss", "KILN", "@loss:breakage", "LAMP", "LIGHT", 30) in flows
    assert Flow("receipt", "KILN", "WAGTAIL", "LAMP", "LIGHT", 2980) in flows
    assert not [flow for flow in flows if flow.kind == "dispatch"], "every tally of the lamps programme has arrived"


def test_lamps_that_were_bought_go_from_who_paid_to_who_keeps_them() -> None:
    lamp_purchase = Swap("purchase", "CRANE", "LIGHTWORKS", "KILN", "CNY", "SHOPS", 750000, "LAMP", "SHOPS", 1250)
    assert lamp_purchase in swaps_in(lamps.entries())
