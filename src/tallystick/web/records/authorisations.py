"""The pages of authorisations: every lawful basis with what may still leave under it, and one of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tallystick.ledger.apply.stock import keep_sums, keep_up
from tallystick.ledger.queries.records import units
from tallystick.reports.headroom import drawn_by_basis, headrooms
from tallystick.reports.river import waters
from tallystick.web.figures import amount, day, money
from tallystick.web.page import page
from tallystick.web.today.rows import headroom_row, headroom_rows


@page
def authorisations(request: HttpRequest) -> HttpResponse:
    """Every basis in the order in which they were recorded."""
    found = waters()
    keep_up(found.stock)
    headroom = headrooms(found.valuation).values() if found.opened else ()
    rows = headroom_rows(headroom, units=units(), today=timezone.now().date())
    keep_sums()
    return render(request, "web/records/authorisations.html", {"headrooms": rows})


@page
def authorisation(request: HttpRequest, name: str) -> HttpResponse:
    """What a basis allows, on whose word, and what left the house under it."""
    found = waters()
    keep_up(found.stock)
    one = headrooms(found.valuation).get(name) if found.opened else None
    if one is None:
        raise Http404
    known = units()
    drawn = [(earmark, money(unit, amount(parts, known[unit].places))) for unit, earmark, parts in drawn_by_basis().get(name, ())]
    context = {
        "one": headroom_row(one, units=known, today=timezone.now().date()),
        "basis": one.basis,
        "since": day(one.basis.valid_from),
        "drawn": drawn,
    }
    return render(request, "web/records/authorisation.html", context)
