"""Wishes about grants: a promise, a tranche released, a grant cancelled, and a covenant given or looked at.

A grant is a gift. Nothing here makes anybody owe anything: not money, not interest, not a share.
"""

from collections.abc import Collection
from dataclasses import dataclass

from tallystick.bundles.folder.text import read_code, read_name, read_optional_code, read_party, read_text
from tallystick.core.amount import Parts, show_apart
from tallystick.core.covenant import Covenant, CovenantGivenAlready, CovenantSeen
from tallystick.core.grant import Grant
from tallystick.core.promise import Cancellation, GrantIsCancelled, GrantPromisedAlready, TrancheReleasedAlready
from tallystick.core.record import fields_of
from tallystick.core.tranche import Condition, Tranche, TranchePlan, TrancheRelease
from tallystick.core.wish import check_reason
from tallystick.desk.wishes import Again, Deed, Done, WishKind
from tallystick.grants.actions import cancel, promise, release_tranche
from tallystick.grants.queries import grants
from tallystick.journal.actions import lock_stream
from tallystick.ledger.queries.payouts import paid_under
from tallystick.ledger.queries.records import units
from tallystick.vault.keys import unlocked
from tallystick.ventures.actions import give_covenant, see_covenant
from tallystick.ventures.queries import covenant_of, last_visited_on

WITHOUT_VISIT = "a tranche is released without the visit that it waits for"
TRANCHE_FACTS = {
    Condition.NONE: "tranche paid without waiting",
    Condition.RECONCILED: "tranche once the one before is reconciled",
    Condition.VISITED: "tranche after a visit",
    Condition.BOTH: "tranche once the one before is reconciled and visited",
}


@dataclass(frozen=True, slots=True)
class PromiseWish:
    """A grant to be promised, with its tranches."""

    grant: str
    recipient: str
    venture: str
    earmark: str
    authorisation: str
    unit: str
    amount: Parts
    tranches: tuple[Tranche, ...]


def make_promise(wish: PromiseWish, deed: Deed) -> Done:
    """Promise it. Raises what a code or a text is refused for, and what grants.actions.promise raises."""
    read_code(wish.grant)
    read_party(wish.recipient)
    read_name(wish.venture)
    fields = fields_of(wish)
    plan = TranchePlan(wish.grant, fields.pop("tranches"))
    promise(Grant(**fields, tranches=len(plan.tranches)), plan, office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.grant)


def release(wish: TrancheRelease, deed: Deed) -> Done:
    """Release it, by what the visits tell. Raises ReasonMissing, and what grants.actions.release_tranche raises."""
    if wish.without_visit is not None:
        check_reason(wish.without_visit)
        read_text(wish.without_visit)
    lock_stream(deed.office)
    visited_on = last_visited_on(wish.grant)
    release_tranche(wish, last_visited_on=visited_on, office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.grant)


def cancel_grant(wish: Cancellation, deed: Deed) -> Done:
    """Cancel it. Raises ReasonMissing, and what grants.actions.cancel raises."""
    check_reason(wish.reason)
    read_text(wish.reason)
    cancel(wish, office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.grant)


def give(wish: Covenant, deed: Deed) -> Done:
    """Say the covenant. Raises what a code or a text is refused for, and what ventures.actions.give_covenant raises."""
    read_code(wish.covenant)
    read_name(wish.what)
    read_optional_code(wish.passes_to)
    give_covenant(wish, office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.grant)


def see(wish: CovenantSeen, deed: Deed) -> Done:
    """Say what was seen. Raises what a text is refused for, and what ventures.actions.see_covenant raises."""
    read_text(wish.note)
    covenant = see_covenant(wish, office=deed.office, recorded_at=deed.recorded_at)
    return Done(covenant.grant)


def two_without_visit(wish: TrancheRelease) -> str:
    """One person releases what its conditions allow; that a visit cannot be made, nobody says alone."""
    return WITHOUT_VISIT if wish.without_visit is not None else ""


def two_where_something_was_paid(wish: Cancellation) -> str:
    """One person cancels what nobody was paid of. Looked at under the lock, so that no payout comes between."""
    lock_stream(unlocked().office)
    return "something was paid under the grant already" if any(paid_under([wish.grant]).values()) else ""


def facts_of_promise(wish: PromiseWish) -> list[tuple[str, str]]:
    said = [
        ("grant, as a gift", wish.grant), ("recipient", wish.recipient), ("venture", wish.venture), ("earmark", wish.earmark),
        ("authorisation", wish.authorisation), ("promised", _shown(wish.amount, wish.unit)),
    ]  # fmt: skip
    return said + [(TRANCHE_FACTS[Condition(one.condition)], _shown(one.amount, wish.unit)) for one in wish.tranches]


def facts_of_release(wish: TrancheRelease) -> list[tuple[str, str]]:
    return [
        ("grant, as a gift", wish.grant),
        ("tranche released", str(wish.number)),
        ("why no visit can be made", wish.without_visit or ""),
    ]


def facts_of_cancelling(wish: Cancellation) -> list[tuple[str, str]]:
    return [("grant cancelled", wish.grant), ("what was paid stays", _paid_shown(wish.grant)), ("why", wish.reason)]


def facts_of_covenant(wish: Covenant) -> list[tuple[str, str]]:
    return [
        ("covenant, which is no debt", wish.covenant), ("grant, as a gift", wish.grant), ("to be passed on", wish.what),
        ("how many", str(wish.how_many)), ("to the next person", wish.passes_to),
    ]  # fmt: skip


def facts_of_covenant_seen(wish: CovenantSeen) -> list[tuple[str, str]]:
    return [
        ("covenant, which is no debt", wish.covenant), ("seen on", wish.seen_on.isoformat()),
        ("passed on by then", str(wish.passed_on)), ("to the next person", wish.passes_to), ("note", wish.note),
    ]  # fmt: skip


def recipient_of(grant: str) -> Collection[str]:
    return [one.recipient for one in grants(codes=[grant]).values()]


def parties_of_covenant_seen(wish: CovenantSeen) -> Collection[str]:
    covenant = covenant_of(wish.covenant)
    return recipient_of(covenant.grant) if covenant else ()


def _paid_shown(grant: str) -> str:
    return ", ".join(_shown(paid, unit) for (_, unit), paid in sorted(paid_under([grant]).items()) if paid)


def _shown(parts: int, unit: str) -> str:
    """“CNY 8,000.00”."""
    known = units().get(unit)
    return unit if known is None else f"{unit} {show_apart(parts, known.places)}"


PROMISE = WishKind(
    "promise", PromiseWish, make_promise,
    subject=lambda wish: str(wish.grant), parties=lambda wish: (wish.recipient,), facts=facts_of_promise,
    refused_as=(GrantPromisedAlready,),
)  # fmt: skip
RELEASE = WishKind(
    "release", TrancheRelease, release,
    subject=lambda wish: str(wish.grant), parties=lambda wish: recipient_of(wish.grant), facts=facts_of_release,
    second=two_without_visit, refused_as=(TrancheReleasedAlready,),
)  # fmt: skip
CANCELLATION = WishKind(
    "cancellation", Cancellation, cancel_grant,
    subject=lambda wish: str(wish.grant), parties=lambda wish: recipient_of(wish.grant),
    second=two_where_something_was_paid, facts=facts_of_cancelling, refused_as=(GrantIsCancelled,),
)  # fmt: skip
COVENANT = WishKind(
    "covenant", Covenant, give,
    subject=lambda wish: str(wish.grant), parties=lambda wish: recipient_of(wish.grant), facts=facts_of_covenant,
    refused_as=(CovenantGivenAlready,),
)  # fmt: skip
COVENANT_SEEN = WishKind(
    "covenant_seen", CovenantSeen, see,
    subject=lambda wish: str(wish.covenant), parties=parties_of_covenant_seen, facts=facts_of_covenant_seen, again=Again.AT_ONCE,
)  # fmt: skip
