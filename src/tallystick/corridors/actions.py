"""Setting legs, tariffs and limits, agreeing with custodians, and allowing one transfer before the last is confirmed."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from tallystick.authorisations.queries import authorisations
from tallystick.core.agreement import Agreement, ExposureLimit, Override, ValueLimit, check_agreement, check_override
from tallystick.core.amount import check_not_negative
from tallystick.core.authorisation import AuthorisationUnknown
from tallystick.core.corridor import Leg, LegUnknown, Tariff, check_new_leg, check_tariff
from tallystick.core.custody.decide import UnitUnknown
from tallystick.core.custody.ends import PartyUnknown
from tallystick.core.party import LaterLimit, Party, check_custodian
from tallystick.core.unit import Unit
from tallystick.corridors.apply import (
    AGREEMENT_MADE,
    EXPOSURE_LIMIT_SET,
    LEG_SET,
    OVERRIDE_GIVEN,
    TARIFF_SET,
    VALUE_LIMIT_SET,
)
from tallystick.corridors.queries import legs, overrides, terms_of
from tallystick.journal.actions import lock_stream
from tallystick.journal.records import say_records
from tallystick.ledger.post import ProgrammeNotOpened
from tallystick.ledger.queries.records import programme, units
from tallystick.ledger.queries.state import entries_of
from tallystick.people.apply import LIMIT_SET
from tallystick.people.queries import parties


@transaction.atomic
def set_leg(leg: Leg, *, office: str, recorded_at: datetime) -> None:
    """Raises UnitUnknown, AuthorisationUnknown, CodeNameUnfit, CodeTaken, ShareUnfit, DaysUnfit, AmountNegative."""
    head = lock_stream(office)
    check_new_leg(leg, legs(), places=_unit(leg.unit).places)
    if leg.authorisation and leg.authorisation not in authorisations():
        raise AuthorisationUnknown(authorisation=leg.authorisation)
    say_records([leg], LEG_SET, head=head, recorded_at=recorded_at)


@transaction.atomic
def set_tariff(tariff: Tariff, *, office: str, recorded_at: datetime) -> None:
    """Raises LegUnknown, TermBackwards, ShareUnfit, DaysUnfit, AmountNegative."""
    head = lock_stream(office)
    leg = _leg(tariff.leg)
    check_tariff(tariff, leg, places=_unit(leg.unit).places)
    say_records([tariff], TARIFF_SET, head=head, recorded_at=recorded_at)


@transaction.atomic
def agree_terms(agreement: Agreement, *, office: str, recorded_at: datetime) -> None:
    """Raises PartyUnknown, LegUnknown, and what core/agreement.py refuses."""
    head = lock_stream(office)
    check_agreement(agreement, _parties([agreement.custodian, *(one.upstream for one in agreement.upstreams)]))
    if agreement.leg:
        _leg(agreement.leg)
    say_records([agreement], AGREEMENT_MADE, head=head, recorded_at=recorded_at)


@transaction.atomic
def set_holding_limit(limit: LaterLimit, *, office: str, recorded_at: datetime) -> None:
    """Raises PartyUnknown, NotACustodian, UnitUnknown, AmountNegative."""
    head = lock_stream(office)
    check_custodian(_parties([limit.party])[limit.party])
    check_not_negative(limit.amount, unit=limit.unit, places=_unit(limit.unit).places)
    say_records([limit], LIMIT_SET, head=head, recorded_at=recorded_at)


@transaction.atomic
def set_value_limit(limit: ValueLimit, *, office: str, recorded_at: datetime) -> None:
    """Raises PartyUnknown, NotACustodian, AmountNegative, ProgrammeNotOpened."""
    head = lock_stream(office)
    check_custodian(_parties([limit.custodian])[limit.custodian])
    _check_in_reporting_unit(limit.amount)
    say_records([limit], VALUE_LIMIT_SET, head=head, recorded_at=recorded_at)


@transaction.atomic
def set_exposure_limit(limit: ExposureLimit, *, office: str, recorded_at: datetime) -> None:
    """Raises PartyUnknown, NotACustodian, AmountNegative, ProgrammeNotOpened."""
    head = lock_stream(office)
    check_custodian(_parties([limit.upstream])[limit.upstream])
    _check_in_reporting_unit(limit.amount)
    say_records([limit], EXPOSURE_LIMIT_SET, head=head, recorded_at=recorded_at)


@transaction.atomic
def give_override(override: Override, *, office: str, recorded_at: datetime) -> None:
    """Raises PartyUnknown, NothingToOverride, OverrideStands."""
    head = lock_stream(office)
    _parties([override.custodian])
    posted = {posted.reference for posted in entries_of(reference=override.reference)}
    taken = posted | overrides([override.reference]).keys()
    check_override(override, terms_of([override.custodian]).get(override.custodian), taken=taken)
    say_records([override], OVERRIDE_GIVEN, head=head, recorded_at=recorded_at)


def _parties(codes: Collection[str]) -> dict[str, Party]:
    """These parties. Raises PartyUnknown for the first that there is not."""
    known = parties(codes=codes)
    for code in codes:
        if code not in known:
            raise PartyUnknown(party=code)
    return known


def _unit(code: str) -> Unit:
    known = units()
    if code not in known:
        raise UnitUnknown(unit=code)
    return known[code]


def _leg(code: str) -> Leg:
    known = legs()
    if code not in known:
        raise LegUnknown(leg=code)
    return known[code]


def _check_in_reporting_unit(amount: int | None) -> None:
    opened = programme()
    if opened is None:
        raise ProgrammeNotOpened
    check_not_negative(amount, unit=opened.reporting_unit, places=_unit(opened.reporting_unit).places)
