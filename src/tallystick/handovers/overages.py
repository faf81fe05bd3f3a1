"""Overages are written on a tally and cleared."""

from datetime import date, datetime

from django.db import transaction

from tallystick.core.amount import AmountNotPositive, Parts, show_amount
from tallystick.core.dispute import NotOnTally, SettledAlready
from tallystick.core.entry import Entry
from tallystick.core.overage import Overage, OverageClearing, OverageStep, OverageUnknown, next_state, state_of
from tallystick.handovers.actions import hand_over
from tallystick.handovers.apply import OVERAGE_CLEARED, OVERAGE_COUNTED
from tallystick.handovers.queries import Counted, overages
from tallystick.handovers.standing import check_known, tally_standing
from tallystick.journal.actions import lock_stream
from tallystick.journal.reach import within_reach
from tallystick.journal.records import say_records
from tallystick.ledger.post import Posted
from tallystick.ledger.queries.records import units


@within_reach()
@transaction.atomic
def count_overage(
    tally: str, *, unit: str, earmark: str, amount: int, counted_by: str, counted_on: date, note: str,
    office: str, recorded_at: datetime,
) -> str:  # fmt: skip
    """Write on a tally what was counted above the waybill; the overage's code.

    Raises TallyUnknown, TallyTakenBack, PartyUnknown, NotOnTally, AmountNotPositive.
    """
    head = lock_stream(office)
    story, earlier = tally_standing(tally), overages(tally=tally)
    check_known([counted_by])
    if (unit, earmark) not in {(line.unit, line.earmark) for line in story.lines}:
        raise NotOnTally(tally=tally, what=f"{unit} ({earmark})")
    if amount <= 0:
        raise AmountNotPositive(asked=show_amount(amount, units()[unit].places), unit=unit)
    said = Overage(f"{tally}-O{len(earlier) + 1}", tally, unit, earmark, Parts(amount), counted_by, counted_on, note)
    say_records([said], OVERAGE_COUNTED, head=head, recorded_at=recorded_at)
    return said.overage


@within_reach()
@transaction.atomic
def clear_overage(
    overage: str, step: OverageStep, *, cleared_on: date, entry: Entry | None, note: str, office: str, recorded_at: datetime
) -> Posted | None:
    """End an overage; the giver's correction is posted in the same deed, under a reference of its own.

    Raises OverageUnknown, OverageStepOutOfOrder, SettledAlready, EntriesRefused.
    """
    head = lock_stream(office)
    found = overage_named(overage)
    next_state(state_of(found.clearing), step, overage=overage)
    assert (entry is not None) == (step is OverageStep.CORRECT), "a correction is an entry, and nothing else is"
    said = OverageClearing(overage, step.value, cleared_on, "" if entry is None else entry.reference, note)
    say_records([said], OVERAGE_CLEARED, head=head, recorded_at=recorded_at)
    if entry is None:
        return None
    posted = hand_over([entry], office=office, recorded_at=recorded_at)
    if not posted.entries:
        raise SettledAlready(reference=entry.reference)
    return posted


def overage_named(code: str) -> Counted:
    """The overage of this code. Raises OverageUnknown."""
    found = overages(code=code) if code else []
    if not found:
        raise OverageUnknown(overage=code)
    return found[0]
