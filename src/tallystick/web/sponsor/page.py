"""The page “What was delivered”: aggregates alone. No code, no place, and nothing behind which fewer than five grants stand."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tallystick.core.aggregates import GRANTS_MIN
from tallystick.core.unit import Unit
from tallystick.ledger.apply.stock import keep_sums, keep_up
from tallystick.ledger.queries.records import units
from tallystick.reports.aggregates import Aggregates, aggregates
from tallystick.reports.river import waters
from tallystick.web.figures import amount, grouped
from tallystick.web.hands.words import KNOWN
from tallystick.web.page import page
from tallystick.web.today.months import month_words


@dataclass(frozen=True, slots=True)
class DeliveredRow:
    """An empty amount is one that is not told."""

    unit: str
    name: str
    amount: str
    grants: str
    up_to: str


@dataclass(frozen=True, slots=True)
class CauseRow:
    cause: str
    value: str


@page
def delivered(request: HttpRequest) -> HttpResponse:
    """Up to the end of the last month that can be told."""
    whole, known = waters(), units()
    keep_up(whole.stock)
    context: dict[str, Any] = {"least": GRANTS_MIN}
    if whole.opened is not None:
        found = aggregates(whole.valuation, before=timezone.now().strftime("%Y-%m"))
        context |= _shown(found, known, reporting_unit=whole.opened.reporting_unit)
        keep_sums()
    return render(request, "web/sponsor/delivered.html", context)


def _shown(found: Aggregates, units: dict[str, Unit], *, reporting_unit: str) -> dict[str, Any]:
    places = units[reporting_unit].places
    return {
        "unit": reporting_unit,
        "rows": [
            DeliveredRow(
                one.unit,
                units[one.unit].name,
                "" if one.amount is None else amount(one.amount, units[one.unit].places),
                "" if one.amount is None else grouped(one.grant_count),
                month_words(one.month) if one.month else "",
            )
            for one in found.delivered
        ],
        "kept_percent": found.kept_percent,
        "up_to": month_words(found.month) if found.month else "",
        "causes": [
            CauseRow(str(KNOWN.get(one.cause, one.cause)), "" if one.value is None else amount(one.value, places))
            for one in found.lost
        ],
    }
