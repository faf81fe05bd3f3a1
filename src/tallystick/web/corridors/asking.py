"""The pages that ask for terms, limits, legs and tariffs; every one of them waits for a second person."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from tallystick.desk.wishes import Done
from tallystick.web.corridors.forms import (
    AgreementForm,
    ExposureLimitForm,
    HoldingLimitForm,
    LegForm,
    OverrideForm,
    TariffForm,
    ValueLimitForm,
)
from tallystick.web.page import desk
from tallystick.web.wishing import Wishing, wishing


def to_custodian(done: Done) -> tuple[str, dict[str, Any]]:
    return "custodian", {"name": done.subject}


def to_legs(done: Done) -> tuple[str, dict[str, Any]]:
    del done
    return "legs", {}


def to_upstreams(done: Done) -> tuple[str, dict[str, Any]]:
    del done
    return "upstreams", {}


LEG = Wishing("leg", LegForm, title=_("A leg"), goes_to=to_legs, lead=_("One hop of a corridor, and what it costs."))
TARIFF = Wishing(
    "tariff", TariffForm, title=_("A tariff"), goes_to=to_legs,
    lead=_("What a leg costs from a day on. Of the tariffs that hold on a day, the last one agreed on counts."),
)  # fmt: skip
AGREEMENT = Wishing(
    "agreement", AgreementForm, title=_("An agreement with a custodian"), goes_to=to_custodian,
    lead=_("On what terms a custodian holds value for us. From its first day on every entry is held against it."),
)  # fmt: skip
HOLDING_LIMIT = Wishing(
    "holding-limit", HoldingLimitForm, title=_("A holding limit"), goes_to=to_custodian,
    lead=_("The most of one unit that a custodian may hold at once. It takes the place of the limit before."),
)  # fmt: skip
VALUE_LIMIT = Wishing(
    "value-limit", ValueLimitForm, title=_("A limit in value"), goes_to=to_custodian,
    lead=_("The most that a custodian may hold in all units together. What has no rate of its own is not counted."),
)  # fmt: skip
EXPOSURE_LIMIT = Wishing(
    "exposure-limit", ExposureLimitForm, title=_("A limit for all who share an upstream"), goes_to=to_upstreams,
    lead=_("If a bank falls, so do the agents who keep their money there. This is the most that may lie with all of them."),
)  # fmt: skip
OVERRIDE = Wishing(
    "override", OverrideForm, title=_("Allow one transfer"), goes_to=to_custodian,
    lead=_("One transfer that may go to a custodian who has not confirmed the last one. It takes a reason and a second person."),
)  # fmt: skip


@desk
def leg(request: HttpRequest) -> HttpResponse:
    """One leg more."""
    return wishing(request, LEG)


@desk
def tariff(request: HttpRequest) -> HttpResponse:
    """A tariff for a leg that there is."""
    return wishing(request, TARIFF)


@desk
def agreement(request: HttpRequest) -> HttpResponse:
    """Terms with a custodian."""
    return wishing(request, AGREEMENT)


@desk
def holding_limit(request: HttpRequest) -> HttpResponse:
    """A limit in one unit."""
    return wishing(request, HOLDING_LIMIT)


@desk
def value_limit(request: HttpRequest) -> HttpResponse:
    """A limit in the reporting unit."""
    return wishing(request, VALUE_LIMIT)


@desk
def exposure_limit(request: HttpRequest) -> HttpResponse:
    """A limit for all behind whom one stands."""
    return wishing(request, EXPOSURE_LIMIT)


@desk
def override(request: HttpRequest) -> HttpResponse:
    """A transfer before the last one is confirmed."""
    return wishing(request, OVERRIDE)
