"""The addresses of tallies."""

from django.urls import path

from tallystick.web.tallies import asking
from tallystick.web.tallies.lists import on_the_road, tallies
from tallystick.web.tallies.story import tally

urlpatterns = [
    path("on-the-road", on_the_road, name="on-the-road"),
    path("tallies", tallies, name="tallies"),
    path("tallies/dispatch", asking.dispatch, name="dispatch"),
    path("tallies/handover", asking.handover, name="handover"),
    path("tallies/of/<path:name>", tally, name="tally"),
    path("tallies/receipt/<path:name>", asking.receipt, name="tally-receipt"),
    path("tallies/loss/<path:name>", asking.road_loss, name="tally-loss"),
    path("tallies/return/<path:name>", asking.give_back, name="tally-return"),
    path("tallies/packing/<path:name>", asking.packing, name="tally-packing"),
    path("tallies/dispute/<path:name>", asking.dispute, name="tally-dispute"),
    path("tallies/closing/<path:name>", asking.closing, name="dispute-closing"),
    path("tallies/overage/<path:name>", asking.overage, name="tally-overage"),
    path("tallies/clearing/<path:name>", asking.clearing, name="overage-clearing"),
]
