"""The pages of custodians, of those who share an upstream, and of legs with their tariffs."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tallystick.core.party import CUSTODIAN_KINDS
from tallystick.corridors.queries import ways
from tallystick.ledger.queries.records import programme, units
from tallystick.reports.custodians import custodian as custodian_near
from tallystick.reports.custodians import group_standings, standings
from tallystick.web.corridors.shown import Shower
from tallystick.web.page import page
from tallystick.web.parties.page import MOST, Asked, may

KINDS = tuple(f"custodian:{kind}" for kind in CUSTODIAN_KINDS)
WAYS_MOST = 200


@page
def custodians(request: HttpRequest) -> HttpResponse:
    """Custodians by code, each with what it holds, may hold, and agreed to."""
    asked, shower = Asked.of(request, kinds=KINDS), _shower()
    codes = asked.codes()
    rows = [shower.custodian(one) for one in standings(codes[:MOST], day=shower.now.date())]
    context = {"rows": rows, "asked": asked, "more": asked.more(codes), "may": may(request, "party", "agreement")}
    return render(request, "web/corridors/custodians.html", context)


@page
def custodian(request: HttpRequest, name: str) -> HttpResponse:
    """One custodian from near."""
    shower = _shower()
    found = custodian_near(name, day=shower.now.date())
    if found is None:
        raise Http404
    standing = found.standing
    context: dict[str, Any] = {
        "one": shower.custodian(standing), "history": shower.history(standing.terms.agreements),
        "shares": shower.shares(found), "losses": shower.losses(found),
        "behind": [group.upstream for group in found.groups if group.upstream in standing.terms.upstreams],
        "depending": [member for group in found.groups if group.upstream == name for member in group.members if member != name],
        "overrides": found.overrides,
        "may": may(request, "agreement", "holding-limit", "value-limit", "override"),
    }  # fmt: skip
    return render(request, "web/corridors/custodian.html", context)


@page
def upstreams(request: HttpRequest) -> HttpResponse:
    """All who depend on one, and what lies with them together."""
    shower = _shower()
    groups = [shower.group(one) for one in group_standings()[:WAYS_MOST]]
    return render(request, "web/corridors/upstreams.html", {"groups": groups, "may": may(request, "exposure-limit", "agreement")})


@page
def leg_list(request: HttpRequest) -> HttpResponse:
    """Every leg with its tariff of today, and those before and after."""
    shower, search = _shower(), request.GET.get("search", "").strip()
    found = [way for way in ways().values() if search.upper() in way.leg.leg.upper()]
    context = {
        "ways": [shower.way(way) for way in found[:WAYS_MOST]], "search": search, "left_out": max(0, len(found) - WAYS_MOST),
        "may": may(request, "leg", "tariff"),
    }  # fmt: skip
    return render(request, "web/corridors/legs.html", context)


def _shower() -> Shower:
    opened = programme()
    return Shower(units(), reporting_unit=opened.reporting_unit if opened else "", now=timezone.now())
