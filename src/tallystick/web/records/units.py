"""The page of the units that these books count in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tallystick.core.unit import UnitKind
from tallystick.ledger.queries.records import units as known_units
from tallystick.reports.holdings import programme
from tallystick.web.page import page


@page
def units(request: HttpRequest) -> HttpResponse:
    """Every unit: money by itself, goods by themselves."""
    known = sorted(known_units().values(), key=lambda unit: unit.unit)
    opened = programme()
    context = {
        "money": [unit for unit in known if unit.kind == UnitKind.MONEY],
        "goods": [unit for unit in known if unit.kind == UnitKind.GOODS],
        "reporting_unit": opened.reporting_unit if opened else "",
    }
    return render(request, "web/records/units.html", context)
