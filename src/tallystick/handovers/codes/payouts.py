"""Payouts at a counter: by a recipient's code, or without one by two people; and above which amount two are needed."""

from datetime import datetime

from django.db import transaction

from tallystick.core.amount import Parts
from tallystick.core.grant import Grant, GrantUnknown
from tallystick.core.moment import read_moment
from tallystick.core.payout import TOGETHER, PayoutLimit, check_left, check_limit, check_no_slip_open, needs_second, payout
from tallystick.core.slip import Purpose, Redemption
from tallystick.core.unit import Unit
from tallystick.grants.queries import grants
from tallystick.handovers.actions import hand_over
from tallystick.handovers.codes.actions import Confirming, check_usable, ours, redemption_of
from tallystick.handovers.codes.apply import CODE_REDEEMED, PAYOUT_LIMIT_SET
from tallystick.handovers.codes.queries import payout_limits, slip_named, slips_for
from tallystick.journal.actions import lock_stream
from tallystick.journal.reach import within_reach
from tallystick.journal.records import say_records
from tallystick.ledger.post import Posted
from tallystick.ledger.queries.payouts import paid_between, paid_in
from tallystick.ledger.queries.records import units
from tallystick.ledger.queries.state import entries_of

CLAIM = frozenset({Purpose.CLAIM})


@within_reach()
@transaction.atomic
def pay_by_code(slip: str, shown: str, *, giver: str, office: str, confirming: Confirming) -> Posted:
    """Pay what a slip is good for and use it up, under the slip's name as reference; said again word for word it changes nothing,
    unless it was taken back since.

    Raises what `check_usable` does, PastPromise, EntriesRefused.
    """
    lock_stream(office)
    found = ours(slip)
    standing = found.standing
    if standing.taken_back_by or not _is_the_same(standing.used, confirming):
        check_usable(found, shown, purposes=CLAIM, confirming=confirming)
    said, grant = standing.slip, promise(standing.slip.subject)
    assert said.amount is not None, "a claim has an amount"
    if standing.used is None:
        _check_left(grant, said.amount)
    entry = payout(grant, said.amount, reference=slip, giver=giver, happened_at=read_moment(confirming.happened_at))
    posted = hand_over([entry], office=office, recorded_at=confirming.recorded_at, keeps_promises=True)
    if posted.entries:
        redemption = redemption_of(said, confirming=confirming, entry=slip)
        say_records([redemption], CODE_REDEEMED, head=lock_stream(office), recorded_at=confirming.recorded_at)
    return posted


@within_reach()
@transaction.atomic
def pay_without_code(
    grant: str, amount: Parts, *, reference: str, giver: str, happened_at: str, note: str, office: str, recorded_at: datetime
) -> Posted:
    """Pay out where no code can be shown; said again word for word it changes nothing.

    Raises GrantUnknown, SlipStandsOpen, PastPromise, EntriesRefused.
    """
    lock_stream(office)
    promised = promise(grant)
    if not list(entries_of(reference=reference)):
        check_no_slip_open(promised, slips_for(grant, purposes=CLAIM))
        _check_left(promised, amount)
    entry = payout(promised, amount, reference=reference, giver=giver, happened_at=read_moment(happened_at), note=note)
    return hand_over([entry], office=office, recorded_at=recorded_at, keeps_promises=True)


@within_reach()
@transaction.atomic
def set_payout_limit(unit: str, amount: Parts | None, *, office: str, recorded_at: datetime) -> None:
    """From now on two are needed to pay out more of this unit than that; without an amount, one is enough again.

    Raises LimitNegative, UnitUnknown.
    """
    head = lock_stream(office)
    limit = PayoutLimit(unit, amount)
    check_limit(limit, known=units())
    say_records([limit], PAYOUT_LIMIT_SET, head=head, recorded_at=recorded_at)


def why_two(slip: str, *, happened_at: str, office: str) -> str:
    """Why one person is not enough to pay what this slip is good for; or nothing."""
    found = slip_named(slip)
    if found is None or found.standing.slip.amount is None:
        return ""
    grant = promise(found.standing.slip.subject)
    limit = payout_limits(office).get(grant.unit)
    if limit is None:
        return ""
    at = read_moment(happened_at)
    lately = paid_between(grant.grant, unit=grant.unit, first=at - TOGETHER, last=at + TOGETHER)
    return needs_second(found.standing.slip.amount, paid_lately=lately, limit=limit.amount)


def promise(grant: str) -> Grant:
    """The grant of this code. Raises GrantUnknown."""
    promised = grants(codes=[grant]).get(grant)
    if promised is None:
        raise GrantUnknown(grant=grant)
    return promised


def _check_left(grant: Grant, amount: int) -> None:
    known: dict[str, Unit] = units()
    check_left(grant, amount, paid=paid_in(grant.grant, unit=grant.unit), places=known[grant.unit].places)


def _is_the_same(used: Redemption | None, confirming: Confirming) -> bool:
    """Whether a slip served already by this very wish, which is said once more."""
    told = (confirming.confirmed_by, confirming.happened_at)
    return used is not None and bool(used.entry) and (used.confirmed_by, used.happened_at) == told
