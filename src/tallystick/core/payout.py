"""Payouts at a counter: what is left of a promise, and above which amount one person is not enough.

What a grant is paid within a week counts together: a payout in two parts is held against the limit as a whole.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tallystick.core.amount import AmountNotPositive, Parts, show_amount
from tallystick.core.custody.decide import UnitUnknown
from tallystick.core.entry import Entry, Kind, Line
from tallystick.core.grant import Grant
from tallystick.core.promise import TrancheUnknown
from tallystick.core.refusal import Refusal
from tallystick.core.slip import SlipStandsOpen, Standing
from tallystick.core.unit import Unit

TOGETHER = timedelta(days=7)
ABOVE_LIMIT = "a payout above what one person may pay"
WITHOUT_CODE = "a payout without a code"


@dataclass(frozen=True, slots=True)
class PayoutLimit:
    """The most of a unit that one person may pay out; above it two are needed. No amount lifts the limit."""

    unit: str
    amount: Parts | None = None


class PastPromise(Refusal):
    code = "past_promise"
    words = "{left} {unit} are left of what was promised under {grant}; this would be {asked} {unit}."
    expected = "at most {left} {unit}"


class LimitNegative(Refusal):
    code = "limit_negative"
    words = "Nobody can pay out {amount} {unit}."
    expected = "0 or more; 0 asks for two people at every payout"


def check_tranche(grant: Grant, tranche: int) -> None:
    """Refuses, with TrancheUnknown, a tranche that the grant does not have."""
    if not 1 <= tranche <= grant.tranches:
        raise TrancheUnknown(grant=grant.grant, count=grant.tranches, number=tranche)


def check_left(grant: Grant, asked: int, *, paid: int, places: int) -> None:
    """Refuses, with AmountNotPositive or PastPromise, to pay nothing, or more than was promised."""
    if asked <= 0:
        raise AmountNotPositive(asked=show_amount(asked, places), unit=grant.unit)
    left = grant.amount - paid
    if asked > left:
        raise PastPromise(
            grant=grant.grant, unit=grant.unit, left=show_amount(max(left, 0), places), asked=show_amount(asked, places)
        )  # fmt: skip


def check_no_slip_open(grant: Grant, standing: Collection[Standing]) -> None:
    """Refuses, with SlipStandsOpen, to pay beside a code that could be shown afterwards and paid again."""
    for one in standing:
        if not one.is_ended:
            raise SlipStandsOpen(slip=one.slip.slip, subject=grant.grant)


def check_limit(limit: PayoutLimit, *, known: Mapping[str, Unit]) -> None:
    """Refuses, with UnitUnknown or LimitNegative, a limit on nothing, or below it."""
    if limit.unit not in known:
        raise UnitUnknown(unit=limit.unit)
    if limit.amount is not None and limit.amount < 0:
        raise LimitNegative(amount=show_amount(limit.amount, known[limit.unit].places), unit=limit.unit)


def needs_second(asked: int, *, paid_lately: int, limit: Parts | None) -> str:
    """Why one person is not enough to pay this, after what the grant was paid within a week; or nothing."""
    return ABOVE_LIMIT if limit is not None and asked + paid_lately > limit else ""


def payout(grant: Grant, amount: int, *, reference: str, giver: str, happened_at: datetime, note: str = "") -> Entry:
    """The entry that pays this much of a grant: to whom, out of which earmark and in which unit, the grant says."""
    line = Line(Kind.PAYOUT, giver, grant.recipient, grant.unit, amount, grant.earmark, grant.grant, grant.authorisation, note)
    return Entry(reference, happened_at, (line,))
