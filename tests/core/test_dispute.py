"""What is said beside handovers: how a claim ends, how an overage ends, who answers for how much, which number is missing."""

from datetime import date, datetime, timedelta, timezone

import pytest

from tallystick.core import dispute, overage
from tallystick.core.amount import Parts
from tallystick.core.dispute import (
    ClosingMovesNothing,
    DisputeState,
    DisputeStep,
    DisputeStepOutOfOrder,
    TallyFrozen,
    UnfoundedMoves,
    check_closing,
    check_not_frozen,
)
from tallystick.core.entry import Entry, Line, Move, PostedEntry
from tallystick.core.liability import (
    AnswersForTooMuch,
    Liability,
    LossKey,
    RecoversTooMuch,
    Share,
    check_recovery,
    lost_by,
    share_out,
)
from tallystick.core.overage import OverageState, OverageStep, OverageStepOutOfOrder
from tallystick.core.pay_order import PayOrderState, PayOrderStep, PayOrderStepSaid, gaps_in, state_of

AT = datetime(2016, 3, 7, 9, tzinfo=timezone(timedelta(hours=8)))
LOST_AT = "2016-03-07T01:00:00+00:00"
THEFT = LossKey("LAMP", "LIGHT", "theft")


def entry(reference: str, *lines: tuple[str, str, str]) -> Entry:
    return Entry(reference, AT, tuple(Line(kind, giver, taker, "LAMP", 1, "LIGHT") for kind, giver, taker in lines))


@pytest.mark.parametrize(
    "asked",
    [
        entry("T1", ("receipt", "KILN", "WAGTAIL")),
        entry("T1", ("loss", "@transit:T1", "@loss:theft")),
        entry("R1", ("reversal", "@transit:T1", "KILN")),
        entry("X1", ("handover", "A", "B"), ("return", "@transit:T1", "KILN")),
    ],
)
def test_whatever_would_move_a_disputed_tally_is_frozen(asked: Entry):
    with pytest.raises(TallyFrozen):
        check_not_frozen(asked, {"T1": "T1-D1"}, standing=())
    check_not_frozen(asked, {"T2": "T2-D1"}, standing=())


def test_what_the_books_hold_at_that_moment_already_is_not_frozen():
    asked = entry("T1", ("receipt", "KILN", "WAGTAIL"))
    check_not_frozen(asked, {"T1": "T1-D1"}, standing=[PostedEntry("T1", AT, ())])
    with pytest.raises(TallyFrozen):
        check_not_frozen(asked, {"T1": "T1-D1"}, standing=[PostedEntry("T1", AT - timedelta(days=2), ())])


def test_every_ending_is_reached_from_an_open_dispute_and_none_leads_on():
    ends = {dispute.next_state(DisputeState.OPEN, step, dispute="T1-D1") for step in DisputeStep}
    assert ends == set(DisputeState) - {DisputeState.OPEN}
    for state in ends:
        for step in DisputeStep:
            with pytest.raises(DisputeStepOutOfOrder):
                dispute.next_state(state, step, dispute="T1-D1")


def test_every_ending_is_reached_from_an_open_overage_and_none_leads_on():
    ends = {overage.next_state(OverageState.OPEN, step, overage="T1-O1") for step in OverageStep}
    assert ends == set(OverageState) - {OverageState.OPEN}
    for state in ends:
        with pytest.raises(OverageStepOutOfOrder):
            overage.next_state(state, OverageStep.CORRECT, overage="T1-O1")


@pytest.mark.parametrize(
    ("step", "is_on_the_road", "moves", "refusal"),
    [
        (DisputeStep.PAY, True, False, ClosingMovesNothing),
        (DisputeStep.WRITE_OFF, True, False, ClosingMovesNothing),
        (DisputeStep.FIND_UNFOUNDED, True, True, UnfoundedMoves),
    ],
)
def test_an_ending_says_what_becomes_of_the_value(step: DisputeStep, is_on_the_road: bool, moves: bool, refusal: type[Exception]):
    with pytest.raises(refusal):
        check_closing(step, tally="T1", is_on_the_road=is_on_the_road, moves=moves)


def shares(*amounts: int, lost: int = 20, standing: tuple[Liability, ...] = ()) -> list[Liability]:
    wanted = [Share(THEFT, "WAGTAIL", one) for one in amounts]
    return share_out("L1", lost_at=LOST_AT, lost={THEFT: lost}, shares=wanted, standing=standing, places={"LAMP": 0})


def test_shares_are_numbered_on_and_never_more_than_was_lost():
    first = shares(12)
    assert [(one.liability, one.amount) for one in first] == [("L1-L1", 12)]
    assert [one.liability for one in shares(5, 3, standing=tuple(first))] == ["L1-L2", "L1-L3"]
    for wanted in ((21,), (12, 9)):
        with pytest.raises(AnswersForTooMuch):
            shares(*wanted)
    with pytest.raises(AnswersForTooMuch):
        shares(9, standing=tuple(first))


def test_another_loss_of_the_same_tally_is_answered_for_by_itself():
    other = Liability("L1-L1", "L1", "2016-04-01T01:00:00+00:00", *THEFT, party="WAGTAIL", amount=Parts(20))
    assert [one.liability for one in shares(20, standing=(other,))] == ["L1-L2"]


def test_what_comes_back_is_at_most_what_is_still_out():
    (owed,) = shares(12)
    check_recovery(owed, 7, recovered=5, places=0)
    with pytest.raises(RecoversTooMuch):
        check_recovery(owed, 8, recovered=5, places=0)


def test_only_losses_count_as_lost():
    moves = [
        Move("loss", "@transit:T1", "@loss:theft", "LAMP", 3, "LIGHT"), Move("loss", "@transit:T1", "@loss:theft", "LAMP", 4, "LIGHT"),
        Move("receipt", "@transit:T1", "WAGTAIL", "LAMP", 90, "LIGHT"),
    ]  # fmt: skip
    assert lost_by(moves) == {THEFT: 7}


def said(step: PayOrderStep, entry: str = "") -> PayOrderStepSaid:
    return PayOrderStepSaid("x-1", step.value, date(2016, 3, 7), entry=entry)


def test_a_pay_order_stands_where_its_steps_left_it_and_a_payment_taken_back_is_none():
    steps = [said(PayOrderStep.ISSUE), said(PayOrderStep.PAY, "H1")]
    assert [state_of(steps[:count]) for count in range(3)] == [PayOrderState.DRAFTED, PayOrderState.ISSUED, PayOrderState.PAID]
    assert state_of(steps, taken_back={"H1"}) == PayOrderState.ISSUED
    assert state_of([*steps, said(PayOrderStep.PAY, "H2")], taken_back={"H1"}) == PayOrderState.PAID


def test_missing_numbers_are_named():
    assert gaps_in([]) == (0, ())
    assert gaps_in([1, 2, 3]) == (3, ())
    assert gaps_in([2, 5]) == (5, (1, 3, 4))
