"""The papers as pages of their own, to be printed from the browser: without scripts, the size chosen by a link."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tallystick.core.pay_order import PayOrderStep
from tallystick.handovers.queries import packed_lines
from tallystick.ledger.queries.records import units
from tallystick.ledger.queries.state import entries_of
from tallystick.ledger.queries.tallies import taken_back, tally_story
from tallystick.staff.queries import sign_offs
from tallystick.web.figures import day
from tallystick.web.page import page
from tallystick.web.papers.sheets import authorisations_of, code_picture, goods_lines, money_lines
from tallystick.web.pay_orders.page import order_here, row_of

QUARTER = "quarter"
ISSUE = "pay_order_issue"


@page
def waybill(request: HttpRequest, name: str) -> HttpResponse:
    """The paper that goes with the goods of a tally."""
    story = tally_story(name)
    if story is None:
        raise Http404
    lines = goods_lines(story.dispatch, packed_lines(name), known=units())
    if not lines:
        raise Http404
    context = {
        "title": _("Waybill"), "reference": name, "giver": story.giver, "carrier": story.carrier, "lines": lines,
        "dispatched": day(story.dispatched_at), "authorisations": authorisations_of(story.dispatch), "code": code_picture(name),
        "is_gone": bool(story.taken_back_by), "back": ("tally", name),
    }  # fmt: skip
    return _sheet(request, template="web/papers/waybill.html", context=context)


@page
def cash_receipt(request: HttpRequest, name: str) -> HttpResponse:
    """The paper that whoever takes money puts a mark on; of a tally's dispatch, a handover or a payout."""
    standing = list(entries_of(reference=name))
    lines = money_lines(standing[0], known=units()) if standing else []
    if not lines:
        raise Http404
    context = {
        "title": _("Cash receipt"), "reference": name, "lines": lines, "giver": lines[0].giver, "taker": lines[0].taker,
        "happened": day(standing[0].happened_at), "code": code_picture(name), "is_gone": bool(taken_back({name})),
        "back": ("entry", name),
    }  # fmt: skip
    return _sheet(request, template="web/papers/cash_receipt.html", context=context)


@page
def pay_order(request: HttpRequest, name: str) -> HttpResponse:
    """The order itself; a void one says so across it."""
    found = order_here(name)
    one = row_of(found, units())
    signed = [said for said in sign_offs(name) if said.wish == ISSUE]
    issued = next((day(said.said_on) for said in found.steps if said.step == PayOrderStep.ISSUE), "")
    context = {
        "title": _("Pay order"), "reference": str(one.number), "one": one, "office": found.order.office, "issued": issued,
        "signed": signed[-1] if signed else None, "is_gone": one.is_void, "back": ("pay-order", name),
    }  # fmt: skip
    return _sheet(request, template="web/papers/pay_order.html", context=context)


def _sheet(request: HttpRequest, *, template: str, context: dict[str, Any]) -> HttpResponse:
    is_quarter = request.GET.get("sheet") == QUARTER
    return render(request, template, context | {"is_quarter": is_quarter})
