"""What came first leaves first, so every payout can be followed back to its gift, and nothing appears or disappears on the way."""

from collections import defaultdict
from fractions import Fraction
from time import perf_counter

from hypothesis import given, settings

from tallystick.core.entry import Move, PostedEntry
from tallystick.core.flow import taken_back
from tallystick.core.trace.grant import GrantTrace, Kept, Origin, trace_grant
from tallystick.core.trace.hands import hands_in
from tallystick.core.trace.lots import play
from tallystick.core.trace.steps import Reached, trace_earmark, trace_tally
from tests.core import lamps
from tests.core.tales import GRANTS, HANDS, OPENED, WITHOUT_SWAPS, Tale, Wish, dispatch, gift, handover, pay_out, reverse, tales


@settings(max_examples=15)
@given(tale=tales())
def test_every_lot_is_made_of_the_parts_that_it_came_from(tale: Tale) -> None:
    lots = play(tale.entries)
    taken: dict[int, int] = defaultdict(int)
    for place, lot in enumerate(lots):
        if lot.parts:
            assert sum(part.end - part.start for part in lot.parts) == lot.amount
        assert all(part.lot < place for part in lot.parts)
        for part in lot.parts:
            taken[part.lot] += part.end - part.start
    assert all(amount <= lots[place].amount for place, amount in taken.items())


@settings(max_examples=15)
@given(tale=tales())
def test_only_who_may_stand_below_zero_lets_value_into_the_books(tale: Tale) -> None:
    origins = {lot.account[0] for lot in play(tale.entries) if lot.move is None}
    assert not origins & set(HANDS)
    assert not [holder for holder in origins if holder.startswith("@transit:")]


@settings(max_examples=15)
@given(tale=tales())
def test_the_shares_of_all_grants_fit_into_every_move(tale: Tale) -> None:
    shares: dict[tuple, int] = defaultdict(int)
    amounts = {}
    for grant in GRANTS:
        for step in trace_grant(tale.entries, grant=grant).steps:
            assert 0 < step.share <= step.amount
            key = (step.reference, step.happened_at, step.kind, step.giver, step.taker, step.unit, step.earmark)
            shares[key] += step.share
            amounts[key] = amounts.get(key, 0) + step.amount if grant == "G1" else max(amounts.get(key, 0), step.amount)
    assert all(share <= amounts[key] for key, share in shares.items())


@settings(max_examples=15)
@given(tale=tales())
def test_as_much_leaves_each_hand_for_a_grant_as_came_into_it(tale: Tale) -> None:
    for grant in GRANTS:
        came: dict[tuple[str, str, str], int] = defaultdict(int)
        for step in trace_grant(tale.entries, grant=grant).steps:
            came[step.taker, step.unit, step.earmark] += step.share
            came[step.giver, step.unit, step.earmark] -= step.share
        assert not [key for key, amount in came.items() if amount and (key[0] in HANDS or key[0].startswith("@transit:"))]


@settings(max_examples=15)
@given(tale=tales(WITHOUT_SWAPS))
def test_what_is_traced_back_to_the_gifts_is_what_was_paid_out(tale: Tale) -> None:
    for grant in GRANTS:
        trace = trace_grant(tale.entries, grant=grant)
        origins: dict[str, int] = defaultdict(int)
        for origin in trace.origins:
            origins[origin.unit] += origin.amount
        reached: dict[str, int] = defaultdict(int)
        for one in trace.reached:
            reached[one.unit] += one.amount
        assert origins == reached


@settings(max_examples=15)
@given(tale=tales())
def test_no_hand_keeps_more_for_the_grants_than_it_kept(tale: Tale) -> None:
    gone = taken_back(tale.entries)
    standing = [entry for place, entry in enumerate(tale.entries) if place not in gone]
    hands = {(hand.holder, hand.unit, hand.earmark): hand for hand in hands_in(standing)}
    sums: dict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
    for grant in GRANTS:
        for kept in trace_grant(tale.entries, grant=grant).kept:
            assert min(kept.commission, kept.cost, kept.lost) >= 0
            sums[kept.holder, kept.unit, kept.earmark] += kept.commission + kept.cost + kept.lost
    assert all(amount <= hands[key].kept for key, amount in sums.items())


@settings(max_examples=15)
@given(tale=tales())
def test_what_a_hand_holds_is_what_came_in_and_neither_left_nor_is_on_the_road(tale: Tale) -> None:
    for hand in hands_in(tale.entries):
        assert hand.holder in HANDS
        assert hand.holds == tale.held[hand.holder, hand.unit, hand.earmark]
        assert hand.on_the_road >= 0


@settings(max_examples=15)
@given(tale=tales())
def test_what_a_tally_still_carries_is_what_its_account_holds(tale: Tale) -> None:
    for reference in tale.roads:
        trace = trace_tally(tale.entries, reference=reference)
        assert trace is not None
        carried = {key[1:]: amount for key, amount in tale.held.items() if key[0] == f"@transit:{reference}" and amount}
        assert trace.still_open == carried


def test_the_noodle_shop_is_traced_back_to_its_sponsor() -> None:
    trace = trace_grant(lamps.entries(), grant="G01")
    assert trace.reached == (Reached("G01", "R01", "CNY", 2000000),)
    assert trace.origins == (Origin("HAEBARAGI", "USD", "SHOPS", 325732),)
    way = [(step.reference, step.share) for step in trace.steps]
    assert way[:6] == [
        ("E0001", 325732),
        ("H0005", 325732),
        ("H0006", 325732),
        ("X0007", 325732),
        ("X0007", 2000000),
        ("H0008", 2000000),
    ]
    assert way[6:] == [(reference, 1000000) for reference in ("T0010", "T0010", "P0011", "T0035", "T0035", "P0036")]


def test_what_each_hand_kept_for_the_noodle_shop_is_told() -> None:
    kept = {(one.holder, one.unit): one for one in trace_grant(lamps.entries(), grant="G01").kept}
    magpie = Fraction(307500 * 325732, 3250000 - 307500)
    assert kept["MAGPIE", "USD"] == Kept("MAGPIE", "USD", "SHOPS", 325732, magpie, Fraction(0), Fraction(0))
    assert kept["HERON", "CNY"].commission == Fraction(2000000, 9), "a tenth of what came in is a ninth of what went on"
    assert kept["SWALLOW", "CNY"].commission == 105264, "the books tie it to the grant"


def test_a_truck_is_traced_through_its_purchase_with_the_customs_paid_for_it() -> None:
    trace = trace_grant(lamps.entries(), grant="G04")
    assert [step.share for step in trace.steps if step.kind == "purchase"] == [880000, 1]
    kept = {(one.holder, one.unit): one for one in trace.kept}
    assert kept["CRANE", "CNY"].cost == 64000 + 30000
    assert kept["WAGTAIL", "CNY"] == Kept("WAGTAIL", "CNY", "SHOPS", 0, Fraction(0), Fraction(12000), Fraction(0))


def test_lamps_come_from_the_lamp_maker_first_and_then_from_what_another_earmark_bought() -> None:
    def donors(grant: str) -> dict[str, int]:
        return {origin.holder: origin.amount for origin in trace_grant(lamps.entries(), grant=grant).origins}

    assert donors("G09") == {"GWANGMYEONG": 1000}
    later = donors("G11")
    assert later.keys() == {"HAEBARAGI"}, "the lamp maker's own had gone by then"
    steps = trace_grant(lamps.entries(), grant="G11").steps
    assert [step.share for step in steps if step.kind == "reassign"] == [980, 980]


def test_an_earmark_is_followed_from_its_gift_to_what_it_reached() -> None:
    trace = trace_earmark(lamps.entries(), earmark="STALLS")
    assert (trace.steps[0].kind, trace.steps[0].giver) == ("gift", "PARISH")
    assert [(one.grant, one.unit, one.amount) for one in trace.reached] == [
        ("G06", "CNY", 250000), ("G07", "FERT", 1200), ("G08", "CNY", 190000), ("G12", "CNY", 310000),
    ]  # fmt: skip
    office = next(hand for hand in trace.hands if (hand.holder, hand.unit) == ("OFFICE", "KRW"))
    assert (office.came_in, office.passed_on, office.cost, office.holds) == (12500000, 12300000, 15000, 185000)


def test_a_tally_that_came_short_is_all_accounted_for() -> None:
    trace = trace_tally(lamps.entries(), reference="T0056")
    assert trace is not None
    assert (trace.giver, trace.carrier, trace.still_open) == ("CRANE", "WAGTAIL", {})
    assert [(step.kind, step.share) for step in trace.steps] == [("dispatch", 1100000), ("receipt", 1080000), ("loss", 20000)]


def test_a_reference_that_never_was_dispatched_is_no_tally() -> None:
    assert trace_tally(lamps.entries(), reference="H0005") is None


def test_a_payout_that_was_taken_back_is_traced_nowhere() -> None:
    tale = Tale()
    gift(tale, Wish("OFFICE", "USD", "SHOPS", 100))
    pay_out(tale, Wish("OFFICE", "USD", "SHOPS", 40))
    reverse(tale, Wish("OFFICE", "USD", "SHOPS"))
    pay_out(tale, Wish("OFFICE", "USD", "SHOPS", 30))
    trace = trace_grant(tale.entries, grant="G1")
    assert trace.reached == (Reached("G1", "R1", "USD", 30),)
    assert [(step.kind, step.share) for step in trace.steps] == [("gift", 30), ("payout", 30)]


def test_a_reversal_takes_back_the_very_value_that_was_moved_by_mistake() -> None:
    tale = Tale()
    gift(tale, Wish("HERON", "USD", "SHOPS", 50))
    gift(tale, Wish("OFFICE", "USD", "SHOPS", 9))
    handover(tale, Wish("OFFICE", "USD", "SHOPS", 9))  # to Heron, by mistake
    reverse(tale, Wish("OFFICE", "USD", "SHOPS"))
    pay_out(tale, Wish("OFFICE", "USD", "SHOPS", 9))
    steps = trace_grant(tale.entries, grant="G1").steps
    assert [(step.reference, step.share) for step in steps if step.kind == "gift"] == [("E1", 9)]


def test_a_dispatch_that_was_taken_back_was_never_on_the_road() -> None:
    tale = Tale()
    gift(tale, Wish("OFFICE", "USD", "SHOPS", 50))
    dispatch(tale, Wish("OFFICE", "USD", "SHOPS", 50))
    reverse(tale, Wish("OFFICE", "USD", "SHOPS"))
    assert [(hand.holds, hand.on_the_road) for hand in hands_in(tale.entries)] == [(50, 0)]
    assert trace_tally(tale.entries, reference="T1").still_open == {}


def test_lines_of_one_entry_may_stand_in_any_order() -> None:
    """The commission and the handover are written before the gift and the exchange that they are taken from."""
    moves = (
        Move("handover", "OFFICE", "HERON", "CNY", 500, "SHOPS"),
        Move("exchange", "@changer:OFFICE", "OFFICE", "CNY", 600, "SHOPS"),
        Move("exchange", "OFFICE", "@changer:OFFICE", "USD", 90, "SHOPS"),
        Move("commission", "OFFICE", "@commission:OFFICE", "USD", 10, "SHOPS"),
        Move("gift", "PARISH", "OFFICE", "USD", 100, "SHOPS"),
    )
    entries = [PostedEntry("E1", OPENED, moves)]
    assert [lot.account[0] for lot in play(entries) if lot.move is None] == ["PARISH"]


def test_a_grant_that_got_nothing_has_an_empty_trace() -> None:
    assert trace_grant(lamps.entries(), grant="G99") == GrantTrace("G99", (), (), (), ())


def test_ten_thousand_moves_are_traced_at_once() -> None:
    moves = 10_000
    entries = [PostedEntry("E0", OPENED, (Move("gift", "PARISH", "OFFICE", "USD", 10**12, "SHOPS"),))]
    for number in range(moves // 4):
        chain = (("handover", "OFFICE", "HERON"), ("handover", "HERON", "SWALLOW"), ("payout", "SWALLOW", "R1"))
        for kind, giver, taker in chain:
            amount = 1000 + number % 7
            grant = "G1" if kind == "payout" else ""
            entries.append(
                PostedEntry(f"{kind}{taker}{number}", OPENED, (Move(kind, giver, taker, "USD", amount, "SHOPS", "", grant),))
            )
        kept = Move("commission", "OFFICE", "@commission:OFFICE", "USD", 1 + number % 3, "SHOPS")
        entries.append(PostedEntry(f"C{number}", OPENED, (kept,)))
    started = perf_counter()
    trace = trace_grant(entries, grant="G1")
    assert trace.origins[0].amount == trace.reached[0].amount
    assert perf_counter() - started < 2, "ten times what it takes on a small laptop"
