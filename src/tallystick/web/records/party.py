"""The page of a party: what it is, what it may hold, and what it has."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tallystick.core.party import is_custodian
from tallystick.ledger.queries.records import units
from tallystick.ledger.queries.whole import standing_of
from tallystick.people.queries import parties
from tallystick.web.asker import may_ask, may_read
from tallystick.web.figures import amount, money
from tallystick.web.hands.words import one_of
from tallystick.web.page import page


@page
def party_whole(request: HttpRequest, name: str) -> HttpResponse:
    """One party: what it is, what it may hold, and what it holds."""
    one = parties(codes=[name]).get(name)
    if one is None:
        raise Http404
    known, is_recipient = units(), one.kind == "recipient"
    context: dict[str, Any] = {
        "party": one,
        "kind": one_of(one.kind),
        "is_donor": one.kind == "donor",
        "is_custodian": is_custodian(one.kind),
        "may_read_vouches": is_recipient and may_read(request, "vouches-of"),
        "may_promise": is_recipient and may_ask(request, "promise"),
        "limits": [money(limit.unit, amount(limit.amount, known[limit.unit].places)) for limit in one.holding_limit],
        "rows": [
            (earmark, unit, amount(-parts if one.kind == "donor" else parts, known[unit].places))
            for unit, earmark, parts in standing_of(name)
        ],
    }
    return render(request, "web/records/party.html", context)
