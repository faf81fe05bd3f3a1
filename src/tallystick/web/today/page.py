"""The page “Today”: what waits, what is late, what may still leave, and what became of the rest.

The river under it is drawn by a page of its own, which a script asks for when somebody comes to where it stands: nobody waits for the picture who wants the figures.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tallystick.core.role import SEES_SINGLE_HANDS
from tallystick.journal.queries import is_rehearsal
from tallystick.ledger.apply.stock import keep_sums, keep_up
from tallystick.ledger.queries.records import units
from tallystick.reports.headroom import headrooms
from tallystick.reports.river import Waters, waters
from tallystick.reports.today import hands_by_age, late_tallies
from tallystick.reports.turnout import losses, turnouts
from tallystick.web.asker import asker_of
from tallystick.web.desk.page import waiting_rows
from tallystick.web.page import page
from tallystick.web.today.ages import MOST_HANDS, ages_shown
from tallystick.web.today.months import months_shown
from tallystick.web.today.rows import headroom_rows, late_rows, loss_rows

MOST_LATE, MOST_WAITING = 10, 5


@page
def today(request: HttpRequest) -> HttpResponse:
    """For staff; a sponsor, who may not see single hands, is led to what was delivered."""
    by, now = asker_of(request), timezone.now()
    if not by.roles & SEES_SINGLE_HANDS:
        return redirect("delivered")
    found = waters()
    keep_up(found.stock)
    opened = found.opened
    waiting = waiting_rows(by)
    context: dict[str, Any] = {
        "now": now,
        "programme": opened,
        "rehearsal": is_rehearsal() or (opened is not None and opened.rehearsal),
        "waiting": waiting[:MOST_WAITING],
        "waiting_count": len(waiting),
    }
    if opened is not None:
        context |= _figures(found, now)
        keep_sums()
    return render(request, "web/today/today.html", context)


def _figures(found: Waters, now: datetime) -> dict[str, Any]:
    valuation, known = found.valuation, units()
    places = known[valuation.reporting_unit].places
    late = late_tallies(now)
    turned = turnouts(valuation)
    return {
        "unit": valuation.reporting_unit,
        "hands": ages_shown(hands_by_age(valuation, now=now, most=MOST_HANDS), places=places, units=known),
        "late": late_rows(late[:MOST_LATE]),
        "late_more": max(0, len(late) - MOST_LATE),
        "headrooms": headroom_rows(headrooms(valuation).values(), units=known, today=now.date()),
        "months": months_shown(turned, places=places, units=known),
        "losses": loss_rows(losses(valuation), places=places, units=known),
    }
