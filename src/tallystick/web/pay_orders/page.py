"""The pages of pay orders."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tallystick.core.pay_order import PayOrderState, PayOrderStep, gaps_in, state_of
from tallystick.core.unit import Unit
from tallystick.desk.wishes import Done
from tallystick.handovers.queries import Ordered, pay_order_numbers, pay_orders
from tallystick.ledger.queries.records import units
from tallystick.staff.queries import sign_offs
from tallystick.vault.keys import unlocked
from tallystick.web.asker import may_ask
from tallystick.web.entries.page import signed
from tallystick.web.figures import amount, day
from tallystick.web.page import desk, page
from tallystick.web.pay_orders.forms import OrderForm, PaymentForm, StepForm, VoidForm
from tallystick.web.wishing import Wishing, wishing

MOST = 200
STATES = {
    PayOrderState.DRAFTED.value: _("drawn, not issued"),
    PayOrderState.ISSUED.value: _("issued, to be paid"),
    PayOrderState.PAID.value: _("paid"),
    PayOrderState.VOID.value: _("void"),
}
STEPS = {
    PayOrderStep.ISSUE.value: _("issued"),
    PayOrderStep.PAY.value: _("paid"),
    PayOrderStep.MAKE_VOID.value: _("made void"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A pay order as pages show it."""

    code: str
    number: int
    payer: str
    payee: str
    unit: str
    amount: str
    earmark: str
    grant: str
    purpose: str
    drawn: str
    state: str
    is_drafted: bool
    is_issued: bool
    is_void: bool
    entry: str  # that paid it
    why: str  # it is void


@page
def orders(request: HttpRequest) -> HttpResponse:
    """This office's pay orders, the latest first, and whether a number is missing."""
    office, known = unlocked().office, units()
    before = request.GET.get("before", "")
    found = pay_orders(office=office, before=int(before) if before.isdecimal() and len(before) < 10 else None, most=MOST + 1)
    rows = [row_of(one, known) for one in found[:MOST]]
    return render(
        request,
        "web/pay_orders/pay_orders.html",
        {
            "rows": rows, "older": rows[-1].number if len(found) > MOST else 0, "numbers": gaps_in(pay_order_numbers(office)),
            "may_draw": may_ask(request, "pay_order"),
        },
    )  # fmt: skip


@page
def order(request: HttpRequest, name: str) -> HttpResponse:
    """One pay order, its steps, and what can be done with it."""
    found = order_here(name)
    steps = [
        (str(STEPS[one.step]), day(one.said_on), one.entry, one.reason, one.entry in found.taken_back) for one in found.steps
    ]
    context = {
        "one": row_of(found, units()), "steps": steps, "sign_offs": [signed(one) for one in sign_offs(name)],
        "may_issue": may_ask(request, "pay_order_issue"), "may_pay": may_ask(request, "pay_order_payment"),
    }  # fmt: skip
    return render(request, "web/pay_orders/pay_order.html", context)


def to_order(done: Done) -> tuple[str, dict[str, Any]]:
    """Where the pay order is shown."""
    return "pay-order", {"name": done.subject}


@desk
def drawing(request: HttpRequest) -> HttpResponse:
    """A pay order drawn."""
    lead = _(
        "A written order to a custodian to pay. It takes the next number when it is drawn, and keeps it even where it is made void."
    )
    return wishing(request, Wishing("pay_order", OrderForm, title=_("Draw a pay order"), goes_to=to_order, lead=lead))


@desk
def issuing(request: HttpRequest, name: str) -> HttpResponse:
    """A pay order issued."""
    lead = _("Whoever agrees is the second signature under it.")
    return _step(request, name, wish="pay_order_issue", form=StepForm, title=_("Issue a pay order"), lead=lead)


@desk
def payment(request: HttpRequest, name: str) -> HttpResponse:
    """A pay order paid."""
    lead = _("The entry stands in the books already, and pays just what the order says.")
    return _step(request, name, wish="pay_order_payment", form=PaymentForm, title=_("A pay order was paid"), lead=lead)


@desk
def void(request: HttpRequest, name: str) -> HttpResponse:
    """A pay order made void."""
    lead = _("The order is kept with its number and the reason.")
    return _step(request, name, wish="pay_order_void", form=VoidForm, title=_("Make a pay order void"), lead=lead)


def _step(request: HttpRequest, name: str, *, wish: str, form: Any, title: object, lead: object) -> HttpResponse:
    order = order_here(name).order
    value = amount(order.amount, units()[order.unit].places)
    about = f"{_('No.')} {order.number} · {order.payer} → {order.payee} · {order.unit} {value}"
    made = partial(form, order=order)
    return wishing(request, Wishing(wish, made, title=title, goes_to=to_order, lead=lead, about=about))


def order_here(name: str) -> Ordered:
    """The pay order of this code, where this office drew it; nothing is here otherwise."""
    found = pay_orders(office=unlocked().office, code=name)
    if not found:
        raise Http404
    return found[0]


def row_of(one: Ordered, known: dict[str, Unit]) -> Row:
    state = state_of(one.steps, taken_back=one.taken_back)
    paid = [said.entry for said in one.steps if said.step == PayOrderStep.PAY and said.entry not in one.taken_back]
    why = [said.reason for said in one.steps if said.step == PayOrderStep.MAKE_VOID]
    order = one.order
    return Row(
        order.pay_order, order.number, order.payer, order.payee, order.unit, amount(order.amount, known[order.unit].places),
        order.earmark, order.grant, order.purpose, day(order.drawn_on), str(STATES[state.value]),
        is_drafted=state is PayOrderState.DRAFTED, is_issued=state is PayOrderState.ISSUED, is_void=state is PayOrderState.VOID,
        entry=paid[-1] if paid else "", why=why[-1] if why else "",
    )  # fmt: skip
