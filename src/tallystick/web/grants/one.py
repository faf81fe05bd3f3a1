"""The page of one grant: the promise, its tranches and the next step, payouts, visits, covenants, and who signed what off."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tallystick.core.amount import show_amount
from tallystick.core.promise import GrantState, Terms, VisitNotSeen, outstanding, payable, state_of, tranches_now
from tallystick.core.refusal import Refusal
from tallystick.core.release import check_release
from tallystick.core.role import PAGES
from tallystick.core.unit import Unit
from tallystick.core.visit import Visit
from tallystick.grants.queries import progress_of, reason_of_cancelling, released_without_visit, terms_of
from tallystick.ledger.queries.payouts import Payout, paid_under, payouts_of
from tallystick.ledger.queries.records import units
from tallystick.staff.queries import sign_offs
from tallystick.ventures.queries import CovenantNow, covenants_of, last_visited_on, visits_of
from tallystick.web.asker import has_role, may_ask
from tallystick.web.entries.page import signed
from tallystick.web.figures import amount, day
from tallystick.web.grants.words import CONDITIONS, COVENANTS, GIFT, STATES
from tallystick.web.page import page

MOST = 200
"""Payouts and visits that the page shows; the latest."""


@dataclass(frozen=True, slots=True)
class TrancheRow:
    number: int
    amount: str
    paid: str
    condition: str
    state: str
    state_name: str


@dataclass(frozen=True, slots=True)
class PayoutRow:
    reference: str
    day: str
    giver: str
    unit: str
    amount: str
    authorisation: str
    note: str
    stands: bool


@dataclass(frozen=True, slots=True)
class VisitRow:
    day: str
    trading: bool
    takings: str
    jobs: str
    informal: str
    shock: str
    helped: str


@dataclass(frozen=True, slots=True)
class CovenantRow:
    code: str
    what: str
    how_many: int
    passes_to: str
    state: str
    seen: list[tuple[str, int, str, str]]  # day, passed on by then, to whom, note


@page
def grant(request: HttpRequest, code: str) -> HttpResponse:
    """One grant as it stands."""
    terms = terms_of(code)
    if terms is None:
        raise Http404
    known = units()
    places = known[terms.grant.unit].places
    sums = paid_under([code])
    paid = sums.get((code, terms.grant.unit), 0)
    payouts, visits = payouts_of(code, most=MOST + 1), visits_of(code, most=MOST + 1)
    state = state_of(terms, paid)
    context: dict[str, Any] = {
        "grant": terms.grant,
        "gift": GIFT,
        "state": STATES[state],
        "state_name": state,
        "promised": amount(terms.grant.amount, places),
        "paid": amount(paid, places),
        "outstanding": amount(outstanding(terms, paid), places),
        "payable": amount(payable(terms, paid), places),
        "paid_otherwise": _otherwise(sums, terms, known=known),
        "is_planned": bool(terms.planned),
        "tranches": _tranches(terms, paid, places=places),
        "payouts": [_payout(one, known) for one in payouts[:MOST]],
        "visits": [_visit(one, known) for one in visits[:MOST]],
        "has_more": len(payouts) > MOST or len(visits) > MOST,
        "covenants": [_covenant(one) for one in covenants_of(code)],
        "cancelled_because": reason_of_cancelling(code),
        "without_visit": list(released_without_visit(code).items()),
        "sign_offs": [signed(one) for one in sign_offs(code)],
        "may_ask": has_role(request, *PAGES["promise"].write),
        "claim": _claim(terms, paid, places=places) if may_ask(request, "claim_code") else None,
        "may_visit": may_ask(request, "visit"),
        "may_cancel": state in (GrantState.OPEN, GrantState.WAITING),
    }
    return render(request, "web/grants/grant.html", context | _next_step(terms, places=places))


def _next_step(terms: Terms, *, places: int) -> dict[str, Any]:
    """The tranche that waits first, and what keeps it, if anything does."""
    number = terms.open_count + 1
    if terms.is_cancelled or number > len(terms.tranches):
        return {"waits": 0}
    progress = progress_of(terms, last_visited_on=last_visited_on(terms.grant.grant))
    try:
        check_release(terms, number, progress=progress, places=places)
    except Refusal as refusal:
        return {"waits": number, "kept_by": refusal, "kept_by_visit": isinstance(refusal, VisitNotSeen)}
    return {"waits": number, "kept_by": None}


def _claim(terms: Terms, paid: int, *, places: int) -> tuple[int, str] | None:
    """(tranche, amount as a form takes it) of what may be claimed next, where anything may."""
    claimed = ((one.number, one.amount - one.paid) for one in tranches_now(terms, paid) if one.state is GrantState.OPEN)
    return next(((number, show_amount(left, places)) for number, left in claimed), None)


def _tranches(terms: Terms, paid: int, *, places: int) -> list[TrancheRow]:
    return [
        TrancheRow(
            one.number, amount(one.amount, places), amount(one.paid, places), condition=str(CONDITIONS[one.condition]),
            state=str(STATES[one.state]), state_name=one.state,
        )
        for one in tranches_now(terms, paid)
    ]  # fmt: skip


def _otherwise(sums: dict[tuple[str, str], int], terms: Terms, *, known: dict[str, Unit]) -> list[tuple[str, str]]:
    """(unit, amount) of what was paid in other units than the one promised, which the promise does not count."""
    return [
        (unit, amount(paid, known[unit].places)) for (_, unit), paid in sorted(sums.items()) if unit != terms.grant.unit and paid
    ]


def _payout(one: Payout, known: dict[str, Unit]) -> PayoutRow:
    return PayoutRow(
        one.reference, day(one.happened_at), one.giver, one.unit, amount(one.amount, known[one.unit].places),
        one.authorisation, one.note, stands=one.stands,
    )  # fmt: skip


def _visit(one: Visit, known: dict[str, Unit]) -> VisitRow:
    def shown(parts: int | None) -> str:
        return "" if parts is None else f"{one.unit} {amount(parts, known[one.unit].places)}"

    return VisitRow(
        day(one.visited_on), one.trading, shown(one.takings_month), _count(one.jobs), shown(one.informal_payments_month),
        one.shock, _count(one.helped_others),
    )  # fmt: skip


def _count(count: int | None) -> str:
    return "" if count is None else str(count)


def _covenant(one: CovenantNow) -> CovenantRow:
    said = one.covenant
    looks = [(day(seen.seen_on), seen.passed_on, seen.passes_to, seen.note) for seen in one.seen]
    return CovenantRow(said.covenant, said.what, said.how_many, said.passes_to, str(COVENANTS[one.state]), looks)
