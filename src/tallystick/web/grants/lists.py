"""The list of grants, and what promises hold back of what is in hand."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tallystick.core.promise import GrantState
from tallystick.core.role import PAGES
from tallystick.ledger.queries.records import earmarks, units
from tallystick.reports import grants as reports
from tallystick.web.asker import has_role
from tallystick.web.figures import amount, whole
from tallystick.web.grants.words import GIFT, STATES
from tallystick.web.page import page
from tallystick.web.paging import is_number

ROWS = 50


@dataclass(frozen=True, slots=True)
class Row:
    grant: str
    recipient: str
    venture: str
    earmark: str
    unit: str
    promised: str
    paid: str
    outstanding: str
    state: str
    state_name: str


@dataclass(frozen=True, slots=True)
class HeldBackRow:
    unit: str
    grant_count: int
    outstanding: str
    in_hand: str


@dataclass(frozen=True, slots=True)
class EarmarkRows:
    """`left` is what would be in hand once every promise were paid; below zero, more is promised than is there."""

    earmark: str
    rows: list[HeldBackRow]
    outstanding: str
    in_hand: str
    left: str
    is_below: bool
    unvalued: str
    is_valued: bool  # whether the earmark has a rate for any of its units


@page
def grants(request: HttpRequest) -> HttpResponse:
    """Every grant that fits, the latest promised first."""
    asked = {name: request.GET.get(name, "").strip() for name in ("earmark", "recipient", "state")}
    state = GrantState(asked["state"]) if asked["state"] in set(GrantState) else None
    before = request.GET.get("before", "")
    found = reports.grants_listed(
        most=ROWS + 1, before=int(before) if is_number(before) else 0,
        earmark=asked["earmark"], recipient=asked["recipient"], state=state,
    )  # fmt: skip
    known = units()
    context: dict[str, Any] = {
        "rows": [_row(one, known[one.unit].places) for one in found[:ROWS]],
        "older": _older(request, found[ROWS - 1].place) if len(found) > ROWS else "",
        "is_first": not before,
        "asked": asked,
        "is_filtered": any(asked.values()),
        "earmarks": sorted(earmarks()),
        "states": list(STATES.items()),
        "gift": GIFT,
        "may_promise": has_role(request, *PAGES["promise"].write),
    }
    return render(request, "web/grants/grants.html", context)


@page
def promised(request: HttpRequest) -> HttpResponse:
    """What is promised and not yet paid, beside what is in hand, earmark by earmark."""
    found = reports.promised()
    context: dict[str, Any] = {"gift": GIFT}
    if found is not None:
        context |= {"reporting_unit": found.reporting_unit, "earmarks": [_earmark(one, found.places) for one in found.earmarks]}
    return render(request, "web/grants/promised.html", context)


def _row(one: reports.Listed, places: int) -> Row:
    return Row(
        one.grant, one.recipient, one.venture, one.earmark, one.unit, promised=amount(one.amount, places),
        paid=amount(one.paid, places), outstanding=amount(one.outstanding, places),
        state=str(STATES[one.state]), state_name=one.state,
    )  # fmt: skip


def _older(request: HttpRequest, place: int) -> str:
    query = request.GET.copy()
    query["before"] = str(place)
    return query.urlencode()


def _earmark(one: reports.EarmarkPromised, places: int) -> EarmarkRows:
    rows = [
        HeldBackRow(row.unit, row.grant_count, amount(row.outstanding, row.places), amount(row.in_hand, row.places))
        for row in one.rows
    ]
    return EarmarkRows(
        one.earmark, rows, outstanding=whole(one.outstanding, places), in_hand=whole(one.in_hand, places),
        left=whole(one.left, places), is_below=one.left < 0, unvalued=", ".join(one.unvalued),
        is_valued=len(one.unvalued) < len(one.rows),
    )  # fmt: skip
