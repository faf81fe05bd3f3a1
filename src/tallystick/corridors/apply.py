"""Acts that set a leg or a tariff, and those that say what was agreed with custodians, become rows."""

from django.db.models import Model

from tallystick.core import agreement as said
from tallystick.core.corridor import Leg as LegRecord
from tallystick.core.corridor import Tariff as TariffRecord
from tallystick.core.record import fields_of
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
from tallystick.journal.record_kind import RecordKind


def leg_rows(act_id: int, record: LegRecord) -> list[Model]:
    fields = fields_of(record)
    return [Leg(code=fields.pop("leg"), act_id=act_id, **fields)]


def tariff_rows(act_id: int, record: TariffRecord) -> list[Model]:
    fields = fields_of(record)
    return [Tariff(act_id=act_id, leg_id=fields.pop("leg"), **fields)]


def agreement_rows(act_id: int, record: said.Agreement) -> list[Model]:
    fields = fields_of(record)
    custodian, bears, upstreams = fields.pop("custodian"), fields.pop("bears"), fields.pop("upstreams")
    losses = [
        AgreedLoss(act_id=act_id, place=place, custodian_id=custodian, cause=one.cause, bearer=one.bearer)
        for place, one in enumerate(bears)
    ]
    behind = [
        AgreedUpstream(act_id=act_id, place=place, custodian_id=custodian, upstream_id=one.upstream)
        for place, one in enumerate(upstreams)
    ]
    return [Agreement(act_id=act_id, custodian_id=custodian, **fields), *losses, *behind]


def value_limit_rows(act_id: int, record: said.ValueLimit) -> list[Model]:
    return [ValueLimit(act_id=act_id, custodian_id=record.custodian, amount=record.amount)]


def exposure_limit_rows(act_id: int, record: said.ExposureLimit) -> list[Model]:
    return [ExposureLimit(act_id=act_id, upstream_id=record.upstream, amount=record.amount)]


def override_rows(act_id: int, record: said.Override) -> list[Model]:
    return [Override(reference=record.reference, act_id=act_id, custodian_id=record.custodian, reason=record.reason)]


LEG_SET = RecordKind("leg_set", LegRecord, leg_rows, (Leg,))
TARIFF_SET = RecordKind("tariff_set", TariffRecord, tariff_rows, (Tariff,))
AGREEMENT_MADE = RecordKind("agreement_made", said.Agreement, agreement_rows, (Agreement, AgreedLoss, AgreedUpstream))
VALUE_LIMIT_SET = RecordKind("value_limit_set", said.ValueLimit, value_limit_rows, (ValueLimit,))
EXPOSURE_LIMIT_SET = RecordKind("exposure_limit_set", said.ExposureLimit, exposure_limit_rows, (ExposureLimit,))
OVERRIDE_GIVEN = RecordKind("override_given", said.Override, override_rows, (Override,))
