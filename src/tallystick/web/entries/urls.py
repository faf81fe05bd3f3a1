"""The addresses of entries."""

from django.urls import path

from tallystick.web.entries.listing import entries
from tallystick.web.entries.page import commission, cost, entry, exchange, gift, lines, purchase, reassign, reversal

urlpatterns = [
    path("entries/gift", gift, name="gift"),
    path("entries/reversal", reversal, name="reversal"),
    path("entries/purchase", purchase, name="purchase"),
    path("entries/exchange", exchange, name="exchange"),
    path("entries/commission", commission, name="commission"),
    path("entries/cost", cost, name="cost"),
    path("entries/reassign", reassign, name="reassign"),
    path("entries/lines", lines, name="lines"),
    path("entries/", entries, name="entries"),
    path("entries/of/<path:name>", entry, name="entry"),
]
