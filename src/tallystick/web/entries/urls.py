"""The addresses of entries."""

from django.urls import path

from tallystick.web.entries.page import entry, gift, reversal

urlpatterns = [
    path("entries/gift", gift, name="gift"),
    path("entries/reversal", reversal, name="reversal"),
    path("entries/of/<path:name>", entry, name="entry"),
]
