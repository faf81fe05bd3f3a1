"""How a claim about a tally freezes it, and how it ends."""

from datetime import datetime, timedelta, timezone

import pytest

from tallystick.core.dispute import (
    ClosingMovesNothing,
    DisputeState,
    DisputeStep,
    DisputeStepOutOfOrder,
    TallyFrozen,
    UnfoundedMoves,
    check_closing,
    check_not_frozen,
    next_state,
)
from tallystick.core.entry import Entry, Line, PostedEntry

AT = datetime(2016, 3, 7, 9, tzinfo=timezone(timedelta(hours=8)))


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
    ends = {next_state(DisputeState.OPEN, step, dispute="T1-D1") for step in DisputeStep}
    assert ends == set(DisputeState) - {DisputeState.OPEN}
    for state in ends:
        for step in DisputeStep:
            with pytest.raises(DisputeStepOutOfOrder):
                next_state(state, step, dispute="T1-D1")


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
