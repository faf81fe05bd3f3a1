"""The addresses of earmarks, authorisations and parties, one by one."""

from django.urls import path

from tallystick.web.records.authorisations import authorisation, authorisations
from tallystick.web.records.earmarks import earmark_whole, earmarks
from tallystick.web.records.party import party_whole

urlpatterns = [
    path("earmarks/", earmarks, name="earmarks"),
    path("earmarks/of/<path:name>", earmark_whole, name="earmark-whole"),
    path("authorisations/", authorisations, name="authorisations"),
    path("authorisations/of/<path:name>", authorisation, name="authorisation"),
    path("parties/of/<path:name>", party_whole, name="party-whole"),
]
