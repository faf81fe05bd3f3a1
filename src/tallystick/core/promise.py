"""Promises: what of a grant is outstanding, what of that may be paid now, and what ends a promise.

A promise is kept in its own unit: lamps for lamps, yuan for yuan. It is a gift, so nothing here is ever owed back.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tallystick.core.amount import show_amount
from tallystick.core.grant import Grant
from tallystick.core.refusal import Refusal
from tallystick.core.tranche import Condition, Tranche, equal_tranches

AFTER_RECONCILING = (Condition.RECONCILED, Condition.BOTH)
AFTER_A_VISIT = (Condition.VISITED, Condition.BOTH)


class GrantState(StrEnum):
    OPEN = "open"  # something may be paid now
    WAITING = "waiting"  # what is left waits for its tranche to be released
    PAID = "paid"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Cancellation:
    """That nothing more is paid under a grant; what was paid already is the recipient's and stays."""

    grant: str
    reason: str


@dataclass(frozen=True, slots=True)
class Terms:
    """A grant with all that was said of it: `planned` is empty where nobody made a plan."""

    grant: Grant
    planned: tuple[Tranche, ...] = ()
    released: frozenset[int] = frozenset()
    is_cancelled: bool = False

    @property
    def tranches(self) -> tuple[Tranche, ...]:
        return self.planned or equal_tranches(self.grant.amount, self.grant.tranches)

    @property
    def open_count(self) -> int:
        """How many tranches, from the first on, wait for nothing any more."""
        waits = (
            place
            for place, tranche in enumerate(self.tranches)
            if tranche.condition != Condition.NONE and place + 1 not in self.released
        )
        return next(waits, len(self.tranches))

    @property
    def open_parts(self) -> int:
        """What those tranches come to."""
        return sum(tranche.amount for tranche in self.tranches[: self.open_count])


@dataclass(frozen=True, slots=True)
class Progress:
    """What the books and the visits tell of a grant. `paid` is in the unit promised, and only by payouts that stand."""

    paid: int = 0
    last_paid_on: date | None = None
    is_on_the_road: bool = False  # something that was sent for this grant is not received, lost or returned yet
    last_visited_on: date | None = None


@dataclass(frozen=True, slots=True)
class TrancheNow:
    """A tranche as it stands."""

    number: int
    amount: int
    condition: str
    paid: int
    state: GrantState


class GrantPromisedAlready(Refusal):
    code = "grant_promised_already"
    words = "{grant} was promised already, to {recipient}."
    expected = "a code that no grant has"


class PromiseEmpty(Refusal):
    code = "promise_empty"
    words = "{grant} would promise {asked} {unit}."
    expected = "more than 0"


class PromiseToNoRecipient(Refusal):
    code = "promise_to_no_recipient"
    words = "{party} is a {kind}, and a grant is promised to a recipient."
    expected = "a recipient"


class PromiseWithoutBasis(Refusal):
    code = "promise_without_basis"
    words = "{grant} names no authorisation, and nothing is promised without a lawful basis."
    expected = "an authorisation of these books"


class GrantIsCancelled(Refusal):
    code = "grant_is_cancelled"
    words = "{grant} was cancelled."
    expected = "a grant that stands"


class NothingToCancel(Refusal):
    code = "nothing_to_cancel"
    words = "{grant} is paid in full, so nothing of it is left to cancel."
    expected = "a grant of which something is outstanding"


class PayoutInAnotherUnit(Refusal):
    code = "payout_in_another_unit"
    words = "{grant} was promised in {promised}; this pays {unit}."
    expected = "a payout in {promised}"


class PromiseOverdrawn(Refusal):
    code = "promise_overdrawn"
    words = "{grant} has {outstanding} {unit} outstanding; this pays {asked} {unit}."
    expected = "at most {outstanding} {unit}"


class TrancheNotReleased(Refusal):
    code = "tranche_not_released"
    words = "{grant} has {payable} {unit} released and not paid; this pays {asked} {unit}, and the next tranche waits."
    expected = "at most {payable} {unit}, or the next tranche released before"


class TrancheUnknown(Refusal):
    code = "tranche_unknown"
    words = "{grant} has {count} tranches, and none is number {number}."
    expected = "a tranche from 1 to {count}"


class TrancheReleasedAlready(Refusal):
    code = "tranche_released_already"
    words = "Tranche {number} of {grant} waits for nothing any more."
    expected = "a tranche that waits"


class TrancheBeforeWaits(Refusal):
    code = "tranche_before_waits"
    words = "Tranche {first} of {grant} waits as well, and comes before tranche {number}."
    expected = "tranche {first}"


class TrancheBeforeUnpaid(Refusal):
    code = "tranche_before_unpaid"
    words = "Of the tranches before tranche {number} of {grant}, {paid} of {due} {unit} are paid."
    expected = "payouts of {due} {unit} that stand"


class GrantOnTheRoad(Refusal):
    code = "grant_on_the_road"
    words = "Something that was sent for {grant} is still on the road, so the tranche before is not reconciled."
    expected = "every tally for {grant} received, lost or returned in full"


class VisitNotSeen(Refusal):
    code = "visit_not_seen"
    words = "Nobody was reported to have visited {grant} since its last payout on {paid_on}."
    expected = "a visit on or after {paid_on}"


def outstanding(terms: Terms, paid: int) -> int:
    """What is promised and not paid, in the unit promised."""
    return 0 if terms.is_cancelled else max(terms.grant.amount - paid, 0)


def payable(terms: Terms, paid: int) -> int:
    """What of that may be paid now."""
    return 0 if terms.is_cancelled else max(terms.open_parts - paid, 0)


def state_of(terms: Terms, paid: int) -> GrantState:
    if terms.is_cancelled:
        return GrantState.CANCELLED
    if paid >= terms.grant.amount:
        return GrantState.PAID
    return GrantState.OPEN if payable(terms, paid) else GrantState.WAITING


def tranches_now(terms: Terms, paid: int) -> list[TrancheNow]:
    """Every tranche with what was paid of it: payouts fill the tranches in their order."""
    found, before = [], 0
    for number, tranche in enumerate(terms.tranches, 1):
        mine = min(max(paid - before, 0), tranche.amount)
        before += tranche.amount
        if mine == tranche.amount:
            state = GrantState.PAID
        elif terms.is_cancelled:
            state = GrantState.CANCELLED
        else:
            state = GrantState.OPEN if number <= terms.open_count else GrantState.WAITING
        found.append(TrancheNow(number, tranche.amount, tranche.condition, mine, state))
    return found


def check_payout(terms: Terms, *, unit: str, amount: int, paid: int, places: int) -> None:
    """Refuses a payout under this grant of which `paid` stands already, in the unit promised.

    Raises GrantIsCancelled, PayoutInAnotherUnit, PromiseOverdrawn, TrancheNotReleased. Where nobody made a plan, as for a grant of
    a folder, a payout in another unit is left alone: what it is worth of the promise, nobody said.
    """
    grant = terms.grant
    if terms.is_cancelled:
        raise GrantIsCancelled(grant=grant.grant, column="grant")
    if unit != grant.unit:
        if terms.planned:
            raise PayoutInAnotherUnit(grant=grant.grant, promised=grant.unit, unit=unit, column="unit")
        return
    asked = show_amount(amount, places)
    if amount > outstanding(terms, paid):
        left = show_amount(outstanding(terms, paid), places)
        raise PromiseOverdrawn(grant=grant.grant, outstanding=left, unit=unit, asked=asked, column="amount")
    if amount > payable(terms, paid):
        left = show_amount(payable(terms, paid), places)
        raise TrancheNotReleased(grant=grant.grant, payable=left, unit=unit, asked=asked, column="amount")


def check_cancel(terms: Terms, paid: int) -> None:
    """Refuses, with GrantIsCancelled or NothingToCancel, to cancel what is not outstanding."""
    if terms.is_cancelled:
        raise GrantIsCancelled(grant=terms.grant.grant)
    if not outstanding(terms, paid):
        raise NothingToCancel(grant=terms.grant.grant)


def check_new_promise(grant: Grant, *, kind: str, standing: Grant | None, places: int) -> None:
    """Refuses a promise under a code that is taken, to somebody of a `kind` that is no recipient, without a basis, or of nothing.

    Raises GrantPromisedAlready, PromiseToNoRecipient, PromiseWithoutBasis, PromiseEmpty.
    """
    if standing is not None:
        raise GrantPromisedAlready(grant=grant.grant, recipient=standing.recipient)
    if kind != "recipient":
        raise PromiseToNoRecipient(party=grant.recipient, kind=kind)
    if not grant.authorisation:
        raise PromiseWithoutBasis(grant=grant.grant)
    if grant.amount <= 0:
        raise PromiseEmpty(grant=grant.grant, asked=show_amount(grant.amount, places), unit=grant.unit)
