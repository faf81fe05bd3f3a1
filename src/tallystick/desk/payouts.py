"""Wishes to pay out: by a code, without one, and above which amount one person is not enough."""

from collections.abc import Collection
from dataclasses import dataclass, field

from tallystick.core.amount import Parts, show_apart
from tallystick.core.moment import by_the_clock_there
from tallystick.core.payout import WITHOUT_CODE
from tallystick.desk.codes import check_issuer_apart
from tallystick.desk.wishes import Again, Deed, Done, WishKind
from tallystick.grants.queries import grants
from tallystick.handovers.codes.actions import Confirming
from tallystick.handovers.codes.payouts import pay_by_code, pay_without_code, set_payout_limit, why_two
from tallystick.handovers.codes.queries import slip_named
from tallystick.ledger.queries.records import units
from tallystick.vault.keys import unlocked


@dataclass(frozen=True, slots=True)
class PayoutByCodeWish:
    """What a slip is good for, paid by a custodian; `shown` proves that the code was shown to whoever asks, and is not the code."""

    slip: str
    shown: str
    giver: str
    happened_at: str


@dataclass(frozen=True, slots=True)
class PayoutWithoutCodeWish:
    """A payout to a recipient who can show no code."""

    reference: str
    happened_at: str
    grant: str
    giver: str
    amount: Parts = field(metadata={"unit_of": "grant"})
    note: str = ""


@dataclass(frozen=True, slots=True)
class PayoutLimitWish:
    """The most of a unit that one person may pay out; no amount lifts the limit."""

    unit: str
    amount: Parts | None = None


def pay_code(wish: PayoutByCodeWish, deed: Deed) -> Done:
    """Pay it and use the slip up. Raises what pay_by_code does, and NotTwoPeople."""
    check_issuer_apart(wish.slip, deed)
    confirming = Confirming(deed.asked_by, wish.happened_at, deed.recorded_at, agreed_by=deed.agreed_by)
    return Done(wish.slip, pay_by_code(wish.slip, wish.shown, giver=wish.giver, office=deed.office, confirming=confirming))


def pay_plainly(wish: PayoutWithoutCodeWish, deed: Deed) -> Done:
    """Pay it. Raises what pay_without_code does."""
    posted = pay_without_code(
        wish.grant, wish.amount, reference=wish.reference, giver=wish.giver, happened_at=wish.happened_at, note=wish.note,
        office=deed.office, recorded_at=deed.recorded_at,
    )  # fmt: skip
    return Done(wish.reference, posted)


def limit_payouts(wish: PayoutLimitWish, deed: Deed) -> Done:
    """Say the limit. Raises what set_payout_limit does."""
    set_payout_limit(wish.unit, wish.amount, office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.unit)


def parties_by_code(wish: PayoutByCodeWish) -> Collection[str]:
    found = slip_named(wish.slip)
    return {wish.giver, found.standing.slip.holder} if found else {wish.giver}


def parties_without_code(wish: PayoutWithoutCodeWish) -> Collection[str]:
    return {wish.giver, *(one.recipient for one in grants(codes=[wish.grant]).values())}


def two_above_limit(wish: PayoutByCodeWish) -> str:
    """Two where it is more than one person may pay."""
    return why_two(wish.slip, happened_at=wish.happened_at, office=unlocked().office)


def two_without_code(wish: PayoutWithoutCodeWish) -> str:
    """Two, since nobody proves to be the one who was promised it."""
    del wish
    return WITHOUT_CODE


def two_for_a_limit(wish: PayoutLimitWish) -> str:
    """Two, or whoever wants to pay more would say that they may."""
    del wish
    return "the limit of payouts by one person is changed"


def facts_of_code(wish: PayoutByCodeWish) -> list[tuple[str, str]]:
    found = slip_named(wish.slip)
    if found is None:
        return [("slip", wish.slip)]
    said = found.standing.slip
    return [
        ("slip", wish.slip),
        ("good for", said.subject),
        ("tranche", str(said.tranche)),
        ("happened at", by_the_clock_there(wish.happened_at)),
    ]


def facts_without_code(wish: PayoutWithoutCodeWish) -> list[tuple[str, str]]:
    return [("good for", wish.grant), ("happened at", by_the_clock_there(wish.happened_at)), ("note", wish.note)]


def facts_of_limit(wish: PayoutLimitWish) -> list[tuple[str, str]]:
    if wish.amount is None:
        return [("unit", wish.unit), ("one person pays at most", "∞")]
    return [("unit", wish.unit), ("one person pays at most", show_apart(wish.amount, units()[wish.unit].places))]


PAYOUT_BY_CODE = WishKind(
    "payout_by_code", PayoutByCodeWish, pay_code,
    subject=lambda wish: str(wish.slip), parties=parties_by_code, second=two_above_limit, facts=facts_of_code, again=Again.ANEW,
)  # fmt: skip
PAYOUT_WITHOUT_CODE = WishKind(
    "payout_without_code", PayoutWithoutCodeWish, pay_plainly,
    subject=lambda wish: str(wish.reference), parties=parties_without_code, second=two_without_code, facts=facts_without_code,
)  # fmt: skip
PAYOUT_LIMIT = WishKind(
    "payout_limit", PayoutLimitWish, limit_payouts,
    subject=lambda wish: str(wish.unit), second=two_for_a_limit, facts=facts_of_limit, again=Again.AT_ONCE,
)  # fmt: skip
