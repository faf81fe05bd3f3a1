"""The pages of custodians, of those who share an upstream, and of legs with their tariffs."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tallystick.core.party import CUSTODIAN_KINDS
from tallystick.corridors.queries import legs, ways
from tallystick.ledger.queries.records import programme, units
from tallystick.reports.custodians import GroupStanding, group_standings, standings
from tallystick.reports.custodians import custodian as custodian_near
from tallystick.web.corridors.shown import Shower
from tallystick.web.page import page
from tallystick.web.paging import cut, leaf, turn_of
from tallystick.web.parties.page import MOST, Asked, may

KINDS = tuple(f"custodian:{kind}" for kind in CUSTODIAN_KINDS)


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
    shower, turn = _shower(), turn_of(request)
    listed = leaf(request, cut(group_standings(), turn, place=_upstream), turn=turn, place=_upstream)
    context = {"groups": [shower.group(one) for one in listed.rows], "leaf": listed}
    return render(request, "web/corridors/upstreams.html", context | {"may": may(request, "exposure-limit", "agreement")})


@page
def leg_list(request: HttpRequest) -> HttpResponse:
    """Every leg with its tariff of today, and those before and after."""
    shower, search, turn = _shower(), request.GET.get("search", "").strip(), turn_of(request)
    codes = [code for code in legs() if search.upper() in code.upper()]
    listed = leaf(request, cut(codes, turn, place=str), turn=turn, place=str)
    found = ways(listed.rows).values() if listed.rows else ()
    context = {
        "ways": [shower.way(way) for way in found], "leaf": listed, "search": search, "may": may(request, "leg", "tariff"),
    }  # fmt: skip
    return render(request, "web/corridors/legs.html", context)


def _upstream(group: GroupStanding) -> str:
    return group.group.upstream


def _shower() -> Shower:
    opened = programme()
    return Shower(units(), reporting_unit=opened.reporting_unit if opened else "", now=timezone.now())
