"""The addresses of parties, and of what books are begun with."""

from django.urls import path

from tallystick.web.parties.page import beginnings, earmark, open_programme, party, party_list, unit

urlpatterns = [
    path("programme", beginnings, name="beginnings"),
    path("programme/open", open_programme, name="programme"),
    path("programme/unit", unit, name="unit"),
    path("programme/earmark", earmark, name="earmark"),
    path("parties", party_list, name="parties"),
    path("parties/new", party, name="party"),
]
