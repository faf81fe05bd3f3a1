"""Wishes about corridors and custodians: legs, tariffs, agreements, limits, and a transfer before the last is confirmed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from tallystick.bundles.folder.text import read_reference, read_text
from tallystick.bundles.folder.values import show_percent
from tallystick.core.agreement import Agreement, ExposureLimit, Override, OverrideStands, ValueLimit
from tallystick.core.amount import show_apart
from tallystick.core.code_name import CodeTaken
from tallystick.core.corridor import Leg, Tariff
from tallystick.core.party import LaterLimit
from tallystick.corridors.actions import (
    agree_terms,
    give_override,
    set_exposure_limit,
    set_holding_limit,
    set_leg,
    set_tariff,
    set_value_limit,
)
from tallystick.corridors.queries import carriers_on, legs
from tallystick.desk.wishes import Again, Deed, Done, WishKind
from tallystick.ledger.queries.records import programme, units

Facts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class OverrideWish:
    """One transfer that may go before the last is confirmed; why, the reason for the second person says."""

    custodian: str
    reference: str


def add_leg(wish: Leg, deed: Deed) -> Done:
    for text in (wish.from_place, wish.to_place, wish.mode):
        read_text(text)
    set_leg(wish, office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.leg)


def change_tariff(wish: Tariff, deed: Deed) -> Done:
    set_tariff(wish, office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.leg)


def agree_with(wish: Agreement, deed: Deed) -> Done:
    agree_terms(wish, office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.custodian)


def limit_holding(wish: LaterLimit, deed: Deed) -> Done:
    set_holding_limit(wish, office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.party)


def limit_value(wish: ValueLimit, deed: Deed) -> Done:
    set_value_limit(wish, office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.custodian)


def limit_exposure(wish: ExposureLimit, deed: Deed) -> Done:
    set_exposure_limit(wish, office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.upstream)


def allow_transfer(wish: OverrideWish, deed: Deed) -> Done:
    override = Override(read_reference(wish.reference), wish.custodian, reason=deed.reason)
    give_override(override, office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.custodian)


def needs(reason: str) -> Any:
    """For wishes that always need a second person, and for this reason."""

    def second(wish: Any) -> str:
        del wish
        return reason

    return second


def facts_of_leg(wish: Leg) -> Facts:
    return [("leg", wish.leg), ("from", wish.from_place), ("to", wish.to_place), ("by", wish.mode), *_cost(wish, wish.unit)]


def facts_of_tariff(wish: Tariff) -> Facts:
    leg = legs().get(wish.leg)
    return [("leg", wish.leg), *_term(wish), *_cost(wish, leg.unit if leg else "")]


def facts_of_agreement(wish: Agreement) -> Facts:
    return [
        ("custodian", wish.custodian), *_term(wish), ("keeps at most", f"{show_percent(wish.commission_ppm)} %"),
        ("leg", wish.leg), ("depends on", ", ".join(one.upstream for one in wish.upstreams)),
        ("each transfer waits for the last", "yes" if wish.confirm_first else "no"),
        *((f"{one.cause} is borne by", one.bearer) for one in wish.bears),
    ]  # fmt: skip


def facts_of_holding_limit(wish: LaterLimit) -> Facts:
    return [("custodian", wish.party), ("may hold at most", _shown(wish.amount, unit=wish.unit))]


def facts_of_value_limit(wish: ValueLimit) -> Facts:
    return [("custodian", wish.custodian), ("may hold in all units at most", _in_reporting_unit(wish.amount))]


def facts_of_exposure_limit(wish: ExposureLimit) -> Facts:
    return [("upstream", wish.upstream), ("all who depend on it may hold at most", _in_reporting_unit(wish.amount))]


def facts_of_override(wish: OverrideWish) -> Facts:
    return [("custodian", wish.custodian), ("transfer that may go", wish.reference)]


def _term(wish: Tariff | Agreement) -> Iterator[tuple[str, str]]:
    yield "valid from", wish.valid_from.isoformat()
    yield "valid until", wish.valid_until.isoformat() if wish.valid_until else ""


def _cost(wish: Leg | Tariff, unit: str) -> Iterator[tuple[str, str]]:
    yield "commission", f"{show_percent(wish.commission_ppm)} %"
    yield "and for each transfer", _shown(wish.commission_fixed, unit=unit) if wish.commission_fixed else ""
    yield "days", str(wish.days)
    yield "carries at most", _shown(wish.limit_each, unit=unit) if wish.limit_each is not None else ""


def _in_reporting_unit(amount: int | None) -> str:
    opened = programme()
    return _shown(amount, unit=opened.reporting_unit if opened else "")


def _shown(amount: int | None, *, unit: str) -> str:
    """“USD 80000.00”; a unit that is not known is refused before anybody agrees."""
    if amount is None:
        return NO_LIMIT
    known = units().get(unit)
    return f"{unit} {show_apart(amount, known.places)}" if known else f"{unit} {amount}"


def custodian_of(wish: Any) -> Collection[str]:
    return (str(wish.custodian),)


def of_agreement(wish: Agreement) -> Collection[str]:
    return (wish.custodian, *(one.upstream for one in wish.upstreams))


NO_LIMIT = "no limit"
TARIFFS, TERMS, LIMITS = "a tariff is set", "terms are agreed on", "a limit is set"
BEFORE = "a transfer goes before the last one is confirmed"

LEG = WishKind(
    "leg", Leg, add_leg, subject=lambda wish: str(wish.leg), second=needs(TARIFFS), facts=facts_of_leg, refused_as=(CodeTaken,)
)
TARIFF = WishKind(
    "tariff",
    Tariff,
    change_tariff,
    subject=lambda wish: str(wish.leg),
    second=needs(TARIFFS),
    parties=lambda wish: carriers_on(wish.leg),
    facts=facts_of_tariff,
    again=Again.AT_ONCE,
)
AGREEMENT = WishKind(
    "agreement", Agreement, agree_with,
    subject=lambda wish: str(wish.custodian), parties=of_agreement, second=needs(TERMS), facts=facts_of_agreement, again=Again.AT_ONCE,
)  # fmt: skip
HOLDING_LIMIT = WishKind(
    "holding-limit", LaterLimit, limit_holding,
    subject=lambda wish: str(wish.party), parties=lambda wish: (wish.party,), second=needs(LIMITS), facts=facts_of_holding_limit, again=Again.AT_ONCE,
)  # fmt: skip
VALUE_LIMIT = WishKind(
    "value-limit", ValueLimit, limit_value,
    subject=lambda wish: str(wish.custodian), parties=custodian_of, second=needs(LIMITS), facts=facts_of_value_limit, again=Again.AT_ONCE,
)  # fmt: skip
EXPOSURE_LIMIT = WishKind(
    "exposure-limit", ExposureLimit, limit_exposure,
    subject=lambda wish: str(wish.upstream), parties=lambda wish: (wish.upstream,), second=needs(LIMITS),
    facts=facts_of_exposure_limit, again=Again.AT_ONCE,
)  # fmt: skip
OVERRIDE = WishKind(
    "override", OverrideWish, allow_transfer,
    subject=lambda wish: str(wish.custodian), parties=custodian_of, second=needs(BEFORE), facts=facts_of_override,
    refused_as=(OverrideStands,),
)  # fmt: skip
