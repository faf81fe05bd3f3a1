"""Reading legs, tariffs and what was agreed with custodians as core records, in the order in which they were said."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from tallystick.core.agreement import Agreement as AgreementRecord
from tallystick.core.agreement import Bears, Group, Terms, Upstream
from tallystick.core.agreement import Override as OverrideRecord
from tallystick.core.amount import Parts
from tallystick.core.corridor import Leg as LegRecord
from tallystick.core.corridor import Tariff as TariffRecord
from tallystick.core.corridor import Way
from tallystick.corridors.models import (
    AgreedLoss,
    AgreedUpstream,
    Agreement,
    ExposureLimit,
    Leg,
    Override,
    Tariff,
    ValueLimit,
)
from tallystick.journal.asking import ask
from tallystick.journal.bulk import among

FIELDS = (
    "code", "from_place", "to_place", "mode", "commission_ppm", "commission_fixed", "unit", "days", "limit_each", "authorisation",
)  # fmt: skip
TARIFF = ("leg_id", "valid_from", "commission_ppm", "commission_fixed", "days", "valid_until", "limit_each")
AGREEMENT = ("act_id", "custodian_id", "valid_from", "commission_ppm", "confirm_first", "valid_until", "leg")
AGREED = """
    SELECT EXISTS (SELECT 1 FROM corridors_agreement) OR EXISTS (SELECT 1 FROM corridors_valuelimit)
        OR EXISTS (SELECT 1 FROM corridors_exposurelimit)
"""


def legs(*, using: str = "default") -> dict[str, LegRecord]:
    rows = Leg.objects.using(using).order_by("act_id").values_list(*FIELDS)
    return {row[0]: LegRecord(*row) for row in rows}


def ways(codes: Iterable[str] | None = None) -> dict[str, Way]:
    """Every leg, or those of these codes that there are, with the tariffs that were set for it since."""
    codes = None if codes is None else list(codes)
    tariffs = defaultdict(list)
    for row in _of(Tariff.objects, "leg_id", codes=codes).order_by("act_id").values_list(*TARIFF):
        tariffs[row[0]].append(TariffRecord(*row))
    rows = _of(Leg.objects, "code", codes=codes).order_by("act_id").values_list(*FIELDS)
    return {row[0]: Way(LegRecord(*row), tuple(tariffs[row[0]])) for row in rows}


def carriers_on(leg: str) -> list[str]:
    """The custodians with whom it was ever agreed that they carry on this leg."""
    return list(Agreement.objects.filter(leg=leg).values_list("custodian_id", flat=True).distinct())


def anything_agreed() -> bool:
    """Whether any agreement or limit in value stands in these books."""
    return bool(ask(AGREED)()[0][0])


def terms_of(custodians: Iterable[str]) -> dict[str, Terms]:
    """What was agreed with each of these custodians with whom anything was."""
    codes = list(custodians)
    bears, upstreams = defaultdict(list), defaultdict(list)
    for act, cause, bearer in _rows(AgreedLoss, codes).order_by("act_id", "place").values_list("act_id", "cause", "bearer"):
        bears[act].append(Bears(cause, bearer))
    for act, upstream in _rows(AgreedUpstream, codes).order_by("act_id", "place").values_list("act_id", "upstream_id"):
        upstreams[act].append(Upstream(upstream))
    agreements: dict[str, list[AgreementRecord]] = defaultdict(list)
    for act, custodian, since, ppm, confirm_first, until, leg in (
        _rows(Agreement, codes).order_by("act_id").values_list(*AGREEMENT)
    ):
        behind = tuple(upstreams[act])
        one = AgreementRecord(custodian, since, ppm, confirm_first, until, leg, bears=tuple(bears[act]), upstreams=behind)
        agreements[custodian].append(one)
    limits = dict(_rows(ValueLimit, codes).order_by("act_id").values_list("custodian_id", "amount"))
    return {
        code: Terms(code, tuple(agreements[code]), _parts(limits.get(code)))
        for code in codes
        if code in agreements or code in limits
    }


def groups_of(upstreams: Iterable[str] | None = None) -> dict[str, Group]:
    """Those of these custodians, or all, of whom others depend or for whom a limit was set, each with who depends on it."""
    codes = None if upstreams is None else list(upstreams)
    named = _of(AgreedUpstream.objects, "upstream_id", codes=codes)
    last = dict(
        Agreement.objects.filter(custodian_id__in=named.values("custodian_id"))
        .order_by("act_id")
        .values_list("custodian_id", "act_id")
    )
    members: dict[str, set[str]] = defaultdict(set)
    for act, upstream, custodian in named.values_list("act_id", "upstream_id", "custodian_id"):
        if last[custodian] == act:
            members[upstream].add(custodian)
    limits = dict(_of(ExposureLimit.objects, "upstream_id", codes=codes).order_by("act_id").values_list("upstream_id", "amount"))
    return {
        code: Group(code, tuple(sorted(members[code] | {code})), _parts(limits.get(code)))
        for code in sorted(members.keys() | limits.keys())
    }


def overrides(references: Iterable[str]) -> dict[str, OverrideRecord]:
    """The transfers among these references that two people allowed."""
    return {one.reference: _override(one) for one in _of(Override.objects, "reference", codes=list(references))}


def overrides_to(custodian: str) -> list[OverrideRecord]:
    """Every transfer to this custodian that two people allowed, the latest first."""
    return [_override(one) for one in Override.objects.filter(custodian_id=custodian).order_by("-act_id")]


def _override(row: Override) -> OverrideRecord:
    return OverrideRecord(row.reference, row.custodian_id, row.reason)


def _rows(table: Any, custodians: Collection[str]) -> "QuerySet[Any]":
    return _of(table.objects, "custodian_id", codes=custodians)


def _of(rows: Any, column: str, *, codes: Collection[str] | None) -> "QuerySet[Any]":
    """The rows whose `column` is one of these codes, or all."""
    if codes is None:
        return rows.all()  # type: ignore[no-any-return]
    condition, value = among(codes)
    return rows.extra(where=[f"{column} {condition}"], params=[value])  # type: ignore[no-any-return]


def _parts(amount: int | None) -> Parts | None:
    return None if amount is None else Parts(amount)
