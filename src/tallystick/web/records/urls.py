"""The addresses of earmarks, authorisations, units and parties."""

from django.urls import path

from tallystick.web.records.authorisations import authorisation, authorisations
from tallystick.web.records.earmarks import earmark, earmarks
from tallystick.web.records.parties import parties, party
from tallystick.web.records.units import units

urlpatterns = [
    path("earmarks/", earmarks, name="earmarks"),
    path("earmarks/of/<path:name>", earmark, name="earmark"),
    path("authorisations/", authorisations, name="authorisations"),
    path("authorisations/of/<path:name>", authorisation, name="authorisation"),
    path("units/", units, name="units"),
    path("parties/", parties, name="parties"),
    path("parties/of/<path:name>", party, name="party"),
]
