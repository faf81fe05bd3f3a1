"""Sums of what passed: few for pictures, and for each hand its own, and nothing is lost on the way to either."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.core.flow import Flow, Swap
from tallystick.core.turnover import FOLDED, Gathering, Names, Sums, apart, folded_hand, is_hand

KINDS = {
    "OFFICE": "custodian:fund",
    "HERON": "custodian:agent",
    "CRANE": "custodian:agent",
    "WREN": "custodian:agent",
    "R01": "recipient",
}
CARRIERS = {f"C{number}": "custodian:carrier" for number in range(6)}
STAYS = {"custodian:agent": frozenset({"HERON"}), "recipient": frozenset[str]()}
ENDS = [*KINDS, "@commission:HERON", "@cost:fuel", "@cost:informal payment", "@loss:theft"]

flows = st.builds(
    Flow,
    st.sampled_from(["gift", "handover", "recovery", "payout"]),
    st.sampled_from(ENDS),
    st.sampled_from(ENDS),
    st.sampled_from(["USD", "CNY"]),
    st.sampled_from(["SHOPS", "STALLS"]),
    st.integers(-(2**70), 2**70),
)
swaps = st.builds(
    lambda giver, taker, given, got: Swap("purchase", giver, "MILL", taker, "USD", "SHOPS", given, "LAMP", "SHOPS", got),
    st.sampled_from(list(KINDS)),
    st.sampled_from(list(KINDS)),
    st.integers(1, 2**70),
    st.integers(1, 2**70),
)


def gathered(some_flows: list[Flow], some_swaps: list[Swap]) -> Gathering:
    gathering = Gathering(Names(STAYS, KINDS))
    gathering.run(some_flows)
    gathering.turn(some_swaps)
    return gathering


def held(some_flows: list[Flow], some_swaps: list[Swap]) -> Counter[str]:
    """What each end came to hold, whatever of."""
    sums: Counter[str] = Counter()
    for flow in some_flows:
        sums[flow.giver] -= flow.amount
        sums[flow.taker] += flow.amount
    for swap in some_swaps:
        sums[swap.giver] -= swap.given
        sums[swap.taker] += swap.got
    return sums


def kept(sums: Counter[str], ends: set[str]) -> dict[str, int]:
    return {end: sums[end] for end in ends if sums[end]}


@given(st.lists(flows, max_size=12), st.lists(swaps, max_size=4))
def test_folded_hands_hold_together_what_they_hold_one_by_one(some_flows: list[Flow], some_swaps: list[Swap]):
    sums = gathered(some_flows, some_swaps).sums
    folded = held(list(sums.each_flow()), list(sums.each_swap()))
    names, singly = Names(STAYS, KINDS), Counter[str]()
    for end, amount in held(some_flows, some_swaps).items():
        singly[names[end]] += amount
    assert {end: amount for end, amount in folded.items() if amount} == {end: amount for end, amount in singly.items() if amount}


@given(st.lists(flows, max_size=12), st.lists(swaps, max_size=4))
def test_a_hand_by_itself_holds_what_it_holds_among_all(some_flows: list[Flow], some_swaps: list[Swap]):
    hands = gathered(some_flows, some_swaps).hands
    among_all = held(some_flows, some_swaps)
    for hand, sums in hands.items():
        assert is_hand(hand)
        assert held(list(sums.each_flow()), list(sums.each_swap()))[hand] == among_all[hand]
    assert kept(among_all, set(KINDS)).keys() <= hands.keys()


@given(st.lists(flows, max_size=12), st.lists(swaps, max_size=4), st.integers(0, 12))
def test_sums_of_parts_are_the_sums_of_the_whole(some_flows: list[Flow], some_swaps: list[Swap], at: int):
    whole, first, later = gathered(some_flows, some_swaps), gathered(some_flows[:at], []), gathered(some_flows[at:], some_swaps)
    first.sums.take_in(later.sums)
    assert [*first.sums.each_flow(), *first.sums.each_swap()] == [*whole.sums.each_flow(), *whole.sums.each_swap()]


def test_what_was_taken_back_is_gone():
    sums = Sums()
    sums.flows["gift", "A", "B", "USD", "SHOPS"] += 5
    sums.flows["gift", "A", "B", "USD", "SHOPS"] -= 5
    assert list(sums.each_flow()) == []


@pytest.mark.parametrize(
    ("end", "name"),
    [
        ("HERON", "HERON"),
        ("CRANE", folded_hand("custodian:agent")),
        ("R01", folded_hand("recipient")),
        ("OFFICE", "OFFICE"),
        ("@loss:theft", "@loss"),
        ("@cost:fuel", "@cost"),
        ("@cost:informal payment", "@cost:informal payment"),
    ],
)
def test_an_end_stands_under_its_name(end: str, name: str):
    assert Names(STAYS, KINDS)[end] == name


def test_no_code_of_a_party_can_be_the_name_of_folded_hands():
    assert not FOLDED.isprintable()


def test_the_largest_of_each_unit_stay_apart():
    sizes = {(hand, "USD"): number for number, hand in enumerate(CARRIERS)} | {("C0", "LAMP"): 1}
    stays = apart(sizes, CARRIERS, most=5, shown=2)
    assert stays == {"custodian:carrier": frozenset({"C5", "C4", "C0"})}


def test_nobody_is_folded_where_there_are_few():
    assert apart({(hand, "USD"): 1 for hand in CARRIERS}, CARRIERS, most=6, shown=2) == {}


def test_of_many_recipients_none_stands_apart():
    kinds = {f"R{number}": "recipient" for number in range(4)}
    assert apart({(hand, "USD"): 9 for hand in kinds}, kinds, most=3, shown=2) == {"recipient": frozenset()}
