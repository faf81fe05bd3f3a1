"""The addresses of custodians and corridors."""

from django.urls import path

from tallystick.web.corridors import asking
from tallystick.web.corridors.page import custodian, custodians, leg_list, upstreams

urlpatterns = [
    path("custodians", custodians, name="custodians"),
    path("custodians/agreement", asking.agreement, name="agreement"),
    path("custodians/holding-limit", asking.holding_limit, name="holding-limit"),
    path("custodians/value-limit", asking.value_limit, name="value-limit"),
    path("custodians/override", asking.override, name="override"),
    path("custodians/of/<path:name>", custodian, name="custodian"),
    path("upstreams", upstreams, name="upstreams"),
    path("upstreams/limit", asking.exposure_limit, name="exposure-limit"),
    path("legs", leg_list, name="legs"),
    path("legs/new", asking.leg, name="leg"),
    path("legs/tariff", asking.tariff, name="tariff"),
]
