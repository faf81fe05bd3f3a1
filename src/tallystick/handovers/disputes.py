"""Disputes are opened and closed: an open one freezes its tally, a closing may post the entry that settles it in the same deed."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from tallystick.core.amount import Parts
from tallystick.core.dispute import (
    Dispute,
    DisputeClosing,
    DisputeState,
    DisputeStep,
    DisputeUnknown,
    SettledAlready,
    check_claim,
    check_closing,
    next_state,
    state_of,
)
from tallystick.core.entry import Entry
from tallystick.core.liability import Share, utc_of
from tallystick.handovers.apply import DISPUTE_CLOSED, DISPUTE_OPENED
from tallystick.handovers.losses import post_with_shares
from tallystick.handovers.queries import Disputed, disputes
from tallystick.handovers.standing import check_known, tally_standing
from tallystick.journal.actions import lock_stream
from tallystick.journal.reach import within_reach
from tallystick.journal.records import say_records
from tallystick.ledger.post import Posted
from tallystick.ledger.queries.records import units


@within_reach()
@transaction.atomic
def open_dispute(
    tally: str, *, claimed_by: str, claimed_on: date, unit: str, amount: int, reason: str, office: str, recorded_at: datetime
) -> str:
    """Freeze a tally for a claim; the dispute's code. Raises TallyUnknown, PartyUnknown, and what check_claim raises."""
    head = lock_stream(office)
    story, earlier = tally_standing(tally), disputes(tally=tally)
    check_known([claimed_by])
    is_open = next((one.dispute.dispute for one in earlier if one.closing is None), "")
    said = Dispute(f"{tally}-D{len(earlier) + 1}", tally, claimed_by, claimed_on, unit, Parts(amount), reason)
    sent = story.sent_by_unit()
    check_claim(said, sent=sent, places=units()[unit].places if unit in sent else 0, is_open=is_open)
    say_records([said], DISPUTE_OPENED, head=head, recorded_at=recorded_at)
    return said.dispute


@within_reach()
@transaction.atomic
def close_dispute(
    dispute: str, step: DisputeStep, *, closed_on: date, entry: Entry | None, shares: Sequence[Share], note: str,
    office: str, recorded_at: datetime,
) -> Posted | None:  # fmt: skip
    """End a dispute, and post the entry of its tally that settles it; what was posted, if anything was.

    The closing is said first: from there on the tally is free. Raises DisputeUnknown, DisputeStepOutOfOrder, UnfoundedMoves,
    ClosingMovesNothing, SettledAlready, EntriesRefused, PartyUnknown, AnswersForTooMuch.
    """
    head = lock_stream(office)
    found = dispute_named(dispute)
    next_state(state_of(found.closing), step, dispute=dispute)
    story = tally_standing(found.dispute.tally)
    check_closing(step, tally=story.reference, is_on_the_road=story.is_on_the_road, moves=entry is not None)
    named = ("", "") if entry is None else (entry.reference, utc_of(entry.happened_at))
    said = DisputeClosing(dispute, step.value, closed_on, *named, note=note)
    say_records([said], DISPUTE_CLOSED, head=head, recorded_at=recorded_at)
    if entry is None:
        return None
    posted = post_with_shares(entry, shares, office=office, recorded_at=recorded_at)
    if not posted.entries:
        raise SettledAlready(reference=entry.reference)
    return posted


def dispute_named(code: str) -> Disputed:
    """The dispute of this code. Raises DisputeUnknown."""
    found = disputes(code=code) if code else []
    if not found:
        raise DisputeUnknown(dispute=code)
    return found[0]


def is_open(one: Disputed) -> bool:
    return state_of(one.closing) is DisputeState.OPEN
