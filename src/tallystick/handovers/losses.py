"""Losses with who answers for them, and what comes back of what was lost."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tallystick.core.amount import Parts
from tallystick.core.entry import Entry, PostedEntry
from tallystick.core.liability import (
    LiabilityRecovery,
    LiabilityUnknown,
    LossKey,
    LossUnknown,
    Share,
    check_recovery,
    lost_by,
    share_out,
    utc_of,
)
from tallystick.handovers.actions import hand_over
from tallystick.handovers.apply import LIABILITY_RECOVERED, LIABILITY_TAKEN
from tallystick.handovers.queries import Answered, liabilities
from tallystick.handovers.standing import check_known
from tallystick.journal.actions import lock_stream
from tallystick.journal.reach import within_reach
from tallystick.journal.records import say_records
from tallystick.ledger.post import Posted
from tallystick.ledger.queries.records import units
from tallystick.ledger.queries.state import entries_of
from tallystick.ledger.queries.tallies import taken_back


@within_reach()
@transaction.atomic
def post_with_shares(entry: Entry, shares: Sequence[Share], *, office: str, recorded_at: datetime) -> Posted:
    """Post an entry that may lose something, and say who answers for it; where it stood already, nothing more is said.

    Raises EntriesRefused, PartyUnknown, AnswersForTooMuch.
    """
    posted = hand_over([entry], office=office, recorded_at=recorded_at)
    if posted.entries and shares:
        _say(posted.entries[0], shares, office=office, recorded_at=recorded_at)
    return posted


@within_reach()
@transaction.atomic
def answer(loss: str, lost_at: str, *, shares: Sequence[Share], office: str, recorded_at: datetime) -> None:
    """Say who answers for a loss that stands. Raises LossUnknown, PartyUnknown, AnswersForTooMuch."""
    lock_stream(office)
    _say(loss_standing(loss, lost_at), shares, office=office, recorded_at=recorded_at)


@within_reach()
@transaction.atomic
def recover(entry: Entry, liability: str, *, office: str, recorded_at: datetime) -> Posted:
    """Post a recovery, by which less is left of what somebody answers for.

    Raises LiabilityUnknown, RecoversTooMuch, EntriesRefused.
    """
    lock_stream(office)
    owed = liability_standing(liability)
    amount = sum(line.amount for line in entry.lines)
    posted = hand_over([entry], office=office, recorded_at=recorded_at)
    if posted.entries:
        check_recovery(owed.liability, amount, recovered=owed.recovered, places=units()[owed.liability.unit].places)
        said = LiabilityRecovery(liability, entry.reference, Parts(amount))
        say_records([said], LIABILITY_RECOVERED, head=lock_stream(office), recorded_at=recorded_at)
    return posted


def loss_standing(loss: str, lost_at: str) -> PostedEntry:
    """The entry under this reference that lost something at this moment. Raises LossUnknown."""
    found = [one for one in entries_of(reference=loss) if utc_of(one.happened_at) == lost_at and lost_by(one.moves)]
    if not found or taken_back({loss}):
        raise LossUnknown(reference=loss)
    return found[0]


def liability_standing(code: str) -> Answered:
    """What somebody answers for under this code, of a loss that stands. Raises LiabilityUnknown."""
    found = liabilities(code=code) if code else []
    if not found or taken_back({found[0].liability.loss}):
        raise LiabilityUnknown(liability=code)
    return found[0]


def unanswered(entry: PostedEntry, answered: Sequence[Answered]) -> dict[LossKey, int]:
    """What of a loss nobody was said to answer for yet."""
    lost, lost_at = lost_by(entry.moves), utc_of(entry.happened_at)
    for one, _ in answered:
        if (one.loss, one.lost_at) == (entry.reference, lost_at):
            lost[one.key] -= one.amount
    return {key: left for key, left in lost.items() if left}


def _say(entry: PostedEntry, shares: Sequence[Share], *, office: str, recorded_at: datetime) -> None:
    """Decide the shares of one loss and say them, an act each."""
    check_known([share.party for share in shares if share.party])
    standing = [one.liability for one in liabilities(losses=[entry.reference])]
    said = share_out(
        entry.reference, lost_at=utc_of(entry.happened_at), lost=lost_by(entry.moves), shares=shares, standing=standing,
        places={code: unit.places for code, unit in units().items()},
    )  # fmt: skip
    say_records(said, LIABILITY_TAKEN, head=lock_stream(office), recorded_at=recorded_at)
