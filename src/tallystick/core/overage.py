"""Overages: what was counted above the waybill.

The books cannot receive what was not sent: value would appear from nowhere. So an overage is no entry. It is written on the tally,
stays there in sight, and ends in one of three ways: the giver had written too little, and a handover from its hand, agreed to by
two, makes that up; it went back to the giver, who never wrote it off; or a second count did not find it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tallystick.core.amount import Parts
from tallystick.core.refusal import Refusal


class OverageState(StrEnum):
    OPEN = "open"
    CORRECTED = "corrected"
    SENT_BACK = "sent back"
    MISCOUNTED = "miscounted"


class OverageStep(StrEnum):
    CORRECT = "correct"  # the giver had written too little: an entry from its hand
    SEND_BACK = "send back"
    COUNT_AGAIN = "count again"


NEXT_STATE = {
    (OverageState.OPEN, OverageStep.CORRECT): OverageState.CORRECTED,
    (OverageState.OPEN, OverageStep.SEND_BACK): OverageState.SENT_BACK,
    (OverageState.OPEN, OverageStep.COUNT_AGAIN): OverageState.MISCOUNTED,
}


@dataclass(frozen=True, slots=True)
class Overage:
    """More was counted than the waybill says."""

    overage: str
    tally: str
    unit: str
    earmark: str
    amount: Parts  # above the waybill
    counted_by: str  # a party
    counted_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class OverageClearing:
    """How an overage ended; `entry` is the giver's correction, where there was one."""

    overage: str
    step: str  # an OverageStep
    cleared_on: date
    entry: str = ""
    note: str = ""


class OverageUnknown(Refusal):
    code = "overage_unknown"
    words = "No overage is called {overage}."
    expected = "an overage of the tally"


class OverageStepOutOfOrder(Refusal):
    code = "overage_step_out_of_order"
    words = "{overage} is {state}, and an overage is cleared once."
    expected = "an open overage"


def next_state(state: OverageState, step: OverageStep, *, overage: str) -> OverageState:
    """Raises OverageStepOutOfOrder."""
    if (state, step) not in NEXT_STATE:
        raise OverageStepOutOfOrder(overage=overage, state=state)
    return NEXT_STATE[state, step]


def state_of(clearing: OverageClearing | None) -> OverageState:
    """Where an overage stands, by how it was cleared, if it was."""
    return OverageState.OPEN if clearing is None else NEXT_STATE[OverageState.OPEN, OverageStep(clearing.step)]
