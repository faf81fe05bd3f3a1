"""The page “Whose hands now”."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tallystick.core.programme import Programme
from tallystick.journal.queries import Head, head_of, is_rehearsal, offices
from tallystick.reports.holdings import open_tallies, programme, whose_hands
from tallystick.reports.river import Rivers, rivers
from tallystick.web.hands.closing import COLUMNS, closings
from tallystick.web.hands.holdings import custodian_rows, other_groups, tally_rows
from tallystick.web.hands.rivers import river_shown
from tallystick.web.hands.shores import shore_table, whole_of
from tallystick.web.page import page


@dataclass(frozen=True, slots=True)
class HeadShown:
    """Where an office's journal ends."""

    office: str
    number: int
    digest: str


@page
def whose_hands_now(request: HttpRequest) -> HttpResponse:
    """Who holds what, for which earmark, since when; what is on the road; how it got there; and that the books close."""
    now = timezone.now()
    opened = programme()
    context: dict[str, object] = {
        "now": now,
        "programme": opened,
        "rehearsal": is_rehearsal() or (opened is not None and opened.rehearsal),
        "heads": [_head(head_of(office)) for office in offices()],
    }
    if opened is not None:
        context |= _custody(now) | _rivers(rivers(), opened)
    return render(request, "web/hands/whose_hands_now.html", context)


def _head(head: Head) -> HeadShown:
    return HeadShown(head.office, head.number, head.digest.hex()[:16])


def _custody(now: datetime) -> dict[str, object]:
    holdings = whose_hands()
    return {
        "custodians": custodian_rows(holdings, now=now),
        "others": other_groups(holdings, now=now),
        "tallies": tally_rows(open_tallies(), now=now),
        "closings": closings(holdings),
        "closing_columns": [title for _, title in COLUMNS],
    }


def _rivers(found: Rivers, opened: Programme) -> dict[str, object]:
    main = next((drawn for drawn in found.drawn if drawn.river.unit == opened.reporting_unit), None)
    return {
        "whole": whole_of(main) if main else None,
        "rivers": [(river_shown(drawn), shore_table(drawn)) for drawn in found.drawn],
        "entry_count": found.entry_count,
        "move_count": found.move_count,
        "latest": found.latest,
    }
