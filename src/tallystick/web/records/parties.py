"""The pages of parties: all of them a leaf at a time, and one with what it holds."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tallystick.core.party import PARTY_KINDS
from tallystick.ledger.queries.records import units
from tallystick.ledger.queries.whole import standing_of
from tallystick.people.queries import parties as known_parties
from tallystick.people.queries import parties_after
from tallystick.web.figures import amount, money
from tallystick.web.hands.words import one_of
from tallystick.web.leaf import ROWS, address_after, after
from tallystick.web.page import page


@page
def parties(request: HttpRequest) -> HttpResponse:
    """Every party of a kind, or of all, in the order of their codes."""
    kind = request.GET.get("kind", "")
    found = parties_after(after(request), kind=kind if kind in PARTY_KINDS else "", most=ROWS + 1)
    rows = [(one.party, one_of(one.kind), one.place) for one in found[:ROWS]]
    context: dict[str, Any] = {
        "rows": rows,
        "kinds": [(one, one_of(one)) for one in PARTY_KINDS],
        "kind": kind,
        "next": address_after(request, rows[-1][0]) if len(found) > ROWS else "",
        "first": address_after(request, None) if after(request) else "",
    }
    return render(request, "web/records/parties.html", context)


@page
def party(request: HttpRequest, name: str) -> HttpResponse:
    """One party: what it is, what it may hold, and what it holds."""
    one = known_parties(codes=[name]).get(name)
    if one is None:
        raise Http404
    known = units()
    context: dict[str, Any] = {
        "party": one,
        "kind": one_of(one.kind),
        "is_donor": one.kind == "donor",
        "limits": [money(limit.unit, amount(limit.amount, known[limit.unit].places)) for limit in one.holding_limit],
        "rows": [
            (earmark, unit, amount(-parts if one.kind == "donor" else parts, known[unit].places))
            for unit, earmark, parts in standing_of(name)
        ],
    }
    return render(request, "web/records/party.html", context)
