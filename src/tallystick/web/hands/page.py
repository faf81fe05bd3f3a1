"""The page “Whose hands now”, and the pages of whatever is too long for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tallystick.journal.queries import heads, is_rehearsal
from tallystick.ledger.apply.stock import keep_up
from tallystick.reports.holdings import open_count, open_tallies, own_holdings, whose_hands
from tallystick.reports.river import Waters, waters
from tallystick.web.hands.closing import COLUMNS, closings
from tallystick.web.hands.holdings import CUSTODIANS, OTHERS, hand_rows, own_rows, tally_rows
from tallystick.web.hands.seeking import filter_of, hands_leaf, where_of
from tallystick.web.hands.shores import whole_of
from tallystick.web.page import page
from tallystick.web.paging import is_number, leaf, turn_of

TALLIES_SHOWN = 10  # on the first page, which has a link to the others


@dataclass(frozen=True, slots=True)
class HeadShown:
    """Where an office's journal ends."""

    office: str
    number: int
    digest: str


@page
def whose_hands_now(request: HttpRequest) -> HttpResponse:
    """Who holds what, for which earmark, since when; what is on the road; and that the books close."""
    now = timezone.now()
    found = waters()
    keep_up(found.stock)
    context = told(found, now=now)
    context["heads"] = [HeadShown(office, number, digest.hex()[:16]) for office, number, digest in heads()]
    if found.opened is not None:
        context |= _custodians(request, now=now) | _road(now) | _closing(found)
    return render(request, "web/hands/whose_hands_now.html", context)


@page
def everyone_else(request: HttpRequest) -> HttpResponse:
    """Others than custodians who stand in the books, of the sort that `of` names; a donor stands below zero by what it gave."""
    now, sort = timezone.now(), request.GET.get("of", "recipient")
    if sort not in OTHERS:
        raise Http404
    context: dict[str, Any] = {"now": now, "sort": sort, "title": OTHERS[sort], "others": _others(sort)}
    if sort == "books":
        turn = turn_of(request, fits=is_number)
        listed = leaf(request, own_holdings(where_of(turn)), turn=turn, place=lambda one: str(one[0]))
        context |= {"rows": own_rows([one for _, one in listed.rows], now=now), "leaf": listed}
    else:
        sought = filter_of(request, kinds=[sort])
        found = hands_leaf(request, sought)
        codes = [hand.code for hand in found.rows]
        context |= {"rows": hand_rows(whose_hands(of=codes), order=codes, now=now), "leaf": found, "sought": sought}
        context["kept"] = [("of", sort)]
    return render(request, "web/hands/everyone_else.html", context)


def told(found: Waters, *, now: datetime) -> dict[str, Any]:
    """What the pages of the books at large say at their head."""
    opened = found.opened
    return {
        "now": now,
        "programme": opened,
        "rehearsal": is_rehearsal() or (opened is not None and opened.rehearsal),
        "entry_count": found.entry_count,
        "move_count": found.move_count,
        "latest": found.latest,
    }


def _custodians(request: HttpRequest, *, now: datetime) -> dict[str, Any]:
    sought = filter_of(request, kinds=CUSTODIANS)
    found = hands_leaf(request, sought)
    codes = [hand.code for hand in found.rows]
    return {"custodians": hand_rows(whose_hands(of=codes), order=codes, now=now), "leaf": found, "sought": sought}


def _road(now: datetime) -> dict[str, Any]:
    first = tally_rows(open_tallies(most=TALLIES_SHOWN), now=now)
    return {"tallies": first, "tally_count": open_count(), "others": _others()}


def _others(current: str = "") -> list[tuple[str, str, bool]]:
    return [(sort, str(title), sort == current) for sort, title in OTHERS.items()]


def _closing(found: Waters) -> dict[str, Any]:
    main = found.main()
    return {
        "whole": whole_of(main, found.whereabouts(main), places=found.places[main.unit]) if main else None,
        "river_count": len(found.rivers),
        "closings": closings(found.stock.lying, places=found.places),
        "closing_columns": [title for _, title in COLUMNS],
    }
