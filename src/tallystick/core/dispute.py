"""Disputes: a claim about a tally, which keeps everything of it where it lies until the claim is closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from tallystick.core.amount import Parts, show_amount
from tallystick.core.custody.book import TRANSIT
from tallystick.core.entry import Entry, PostedEntry
from tallystick.core.refusal import Refusal


class DisputeState(StrEnum):
    OPEN = "open"
    PAID = "paid"
    RECOVERED = "recovered"
    WRITTEN_OFF = "written off"
    UNFOUNDED = "unfounded"


class DisputeStep(StrEnum):
    PAY = "pay"  # whoever was to take it has it after all: a receipt
    RECOVER = "recover"  # whoever gave it has it back: a return
    WRITE_OFF = "write off"  # nobody has it: a loss, which two agree to
    FIND_UNFOUNDED = "find unfounded"  # nothing was wrong: the tally goes on as before


NEXT_STATE = {
    (DisputeState.OPEN, DisputeStep.PAY): DisputeState.PAID,
    (DisputeState.OPEN, DisputeStep.RECOVER): DisputeState.RECOVERED,
    (DisputeState.OPEN, DisputeStep.WRITE_OFF): DisputeState.WRITTEN_OFF,
    (DisputeState.OPEN, DisputeStep.FIND_UNFOUNDED): DisputeState.UNFOUNDED,
}
"""A dispute ends in one of four ways, and nothing leads out of any of them."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """Somebody claims that an amount of a tally is not as the papers say."""

    dispute: str
    tally: str
    claimed_by: str  # a party
    claimed_on: date
    unit: str
    amount: Parts
    reason: str


@dataclass(frozen=True, slots=True)
class DisputeClosing:
    """How a dispute ended, and the entry that settled it, where one was posted."""

    dispute: str
    step: str  # a DisputeStep
    closed_on: date
    entry: str = ""
    entry_at: str = ""  # as the entry says it; empty where `entry` names one that stood already
    note: str = ""


class TallyFrozen(Refusal):
    code = "tally_frozen"
    words = "{tally} is in dispute: as long as {dispute} is open, nothing of it is received, lost, returned or taken back."
    expected = "{dispute} closed as paid, recovered, written off or unfounded"


class TallyUnknown(Refusal):
    code = "tally_unknown"
    words = "Nothing was dispatched under {tally}."
    expected = "the reference of a dispatch"


class TallyTakenBack(Refusal):
    code = "tally_taken_back"
    words = "The dispatch {tally} was taken back, so there is nothing left of it to speak of."
    expected = "a tally that stands"


class NotOnTally(Refusal):
    code = "not_on_tally"
    words = "{tally} carried no {what}."
    expected = "a unit of the tally"


class DisputeUnknown(Refusal):
    code = "dispute_unknown"
    words = "No dispute is called {dispute}."
    expected = "a dispute of the tally"


class DisputedAlready(Refusal):
    code = "disputed_already"
    words = "{tally} is in dispute already: {dispute} is open."
    expected = "that one closed first"


class ClaimTooLarge(Refusal):
    code = "claim_too_large"
    words = "{asked} {unit} are claimed of {tally}, which carried {sent} {unit}."
    expected = "at most {sent} {unit}"


class EndingUnknown(Refusal):
    code = "ending_unknown"
    words = "“{step}” is none of the ways in which {what} ends."
    expected = "one of {known}"


class DisputeStepOutOfOrder(Refusal):
    code = "dispute_step_out_of_order"
    words = "{dispute} is {state}, and a dispute is closed once."
    expected = "an open dispute"


class ClosingMovesNothing(Refusal):
    code = "closing_moves_nothing"
    words = "{tally} still has value on the road, and closing it like this has to say what became of it."
    expected = "how much of it, or the claim found to be unfounded"


class UnfoundedMoves(Refusal):
    code = "unfounded_moves"
    words = "A claim that is unfounded changes nothing, so nothing moves with it."
    expected = "no amounts, or another ending"


class SettledAlready(Refusal):
    code = "settled_already"
    words = "{reference} stood in the books already, word for word, so it settles nothing now."
    expected = "an entry of its own"


E = TypeVar("E", bound=StrEnum)


def read_ending(text: str, *, of: type[E], what: str) -> E:
    """The step of this name; raises EndingUnknown."""
    if text not in set(of):
        raise EndingUnknown(step=text, what=what, known=", ".join(of))
    return of(text)


def next_state(state: DisputeState, step: DisputeStep, *, dispute: str) -> DisputeState:
    """Raises DisputeStepOutOfOrder."""
    if (state, step) not in NEXT_STATE:
        raise DisputeStepOutOfOrder(dispute=dispute, state=state)
    return NEXT_STATE[state, step]


def state_of(closing: DisputeClosing | None) -> DisputeState:
    """Where a dispute stands, by how it was closed, if it was."""
    return DisputeState.OPEN if closing is None else NEXT_STATE[DisputeState.OPEN, DisputeStep(closing.step)]


def check_claim(dispute: Dispute, *, sent: Mapping[str, int], places: int, is_open: str) -> None:
    """Refuses a second claim beside an open one, and one for more than the tally carried; `sent` is by unit.

    Raises DisputedAlready, NotOnTally, ClaimTooLarge.
    """
    if is_open:
        raise DisputedAlready(tally=dispute.tally, dispute=is_open)
    if dispute.unit not in sent:
        raise NotOnTally(tally=dispute.tally, what=dispute.unit)
    if not 0 < dispute.amount <= sent[dispute.unit]:
        raise ClaimTooLarge(
            tally=dispute.tally, unit=dispute.unit,
            asked=show_amount(dispute.amount, places), sent=show_amount(sent[dispute.unit], places),
        )  # fmt: skip


def check_closing(step: DisputeStep, *, tally: str, is_on_the_road: bool, moves: bool) -> None:
    """Refuses an ending that leaves open what became of the value, and one without ground that moves some.

    Raises UnfoundedMoves, ClosingMovesNothing.
    """
    if step is DisputeStep.FIND_UNFOUNDED:
        if moves:
            raise UnfoundedMoves
    elif is_on_the_road and not moves:
        raise ClosingMovesNothing(tally=tally)


def check_not_frozen(entry: Entry, disputed: Mapping[str, str], *, standing: Sequence[PostedEntry]) -> None:
    """Refuses, with TallyFrozen, an entry that would move anything of a tally in dispute; `disputed` is by tally.

    `standing` is what the books hold under the entry's reference: what is there already changes nothing and passes.
    """
    touched = {entry.reference}
    for line in entry.lines:
        touched.update(end.removeprefix(TRANSIT) for end in (line.giver, line.taker) if end.startswith(TRANSIT))
    frozen = sorted(touched & disputed.keys())
    if frozen and not any(posted.happened_at == entry.happened_at for posted in standing):
        raise TallyFrozen(tally=frozen[0], dispute=disputed[frozen[0]], column="entry")
