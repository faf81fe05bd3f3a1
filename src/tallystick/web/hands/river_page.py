"""The pages “How it got there” and “Hand by hand”."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tallystick.core.river.course import STAGES
from tallystick.ledger.apply.stock import keep_up
from tallystick.reports.river import rivers, shores, waters
from tallystick.web.hands.page import told
from tallystick.web.hands.rivers import river_shown
from tallystick.web.hands.seeking import Choice, filter_of, hands_leaf
from tallystick.web.hands.shores import shore_table
from tallystick.web.page import page

RIVER = "river"


@page
def how_it_got_there(request: HttpRequest) -> HttpResponse:
    """How value ran from donors to recipients: a picture for each measure it runs in, and the same as a table."""
    found = waters()
    keep_up(found.stock)
    context = told(found, now=timezone.now())
    context["rivers"] = [river_shown(drawn) for drawn in rivers(found)]
    return render(request, "web/hands/how_it_got_there.html", context)


@page
def hand_by_hand(request: HttpRequest) -> HttpResponse:
    """What came to every hand on the river that `river` names and what became of it, nobody folded; a leaf of the hands."""
    found = waters()
    keep_up(found.stock)
    names = [river.unit for river in found.rivers]
    asked = request.GET.get(RIVER, names[0] if names else "")
    if names and asked not in names:
        raise Http404
    context = told(found, now=timezone.now())
    context["rivers"] = [Choice(name, name, name == asked) for name in names]
    if names:
        sought = filter_of(request, kinds=STAGES, holding=False)
        listed = hands_leaf(request, sought)
        ashore = shores([hand.code for hand in listed.rows], unit=asked, found=found)
        table = shore_table(ashore, places=found.places[asked])
        context |= {"sought": sought, "leaf": listed, "shores": table, "river": asked, "kept": [(RIVER, asked)]}
    return render(request, "web/hands/hand_by_hand.html", context)
