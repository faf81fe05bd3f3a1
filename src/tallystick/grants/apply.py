"""Acts that promise a grant, plan and release its tranches, or cancel it become rows."""

from tallystick.core.grant import Grant as GrantRecord
from tallystick.core.promise import Cancellation as CancellationRecord
from tallystick.core.record import fields_of
from tallystick.core.tranche import TranchePlan
from tallystick.core.tranche import TrancheRelease as TrancheReleaseRecord
from tallystick.grants.models import Cancellation, Grant, Tranche, TrancheRelease
from tallystick.journal.record_kind import RecordKind


def grant_rows(act_id: int, record: GrantRecord) -> list[Grant]:
    fields = fields_of(record)
    return [Grant(code=fields.pop("grant"), act_id=act_id, recipient_id=fields.pop("recipient"), **fields)]


def tranche_rows(act_id: int, record: TranchePlan) -> list[Tranche]:
    return [
        Tranche(grant_id=record.grant, number=number, act_id=act_id, amount=one.amount, condition=one.condition)
        for number, one in enumerate(record.tranches, 1)
    ]


def release_rows(act_id: int, record: TrancheReleaseRecord) -> list[TrancheRelease]:
    return [TrancheRelease(grant_id=record.grant, number=record.number, act_id=act_id, without_visit=record.without_visit)]


def cancellation_rows(act_id: int, record: CancellationRecord) -> list[Cancellation]:
    return [Cancellation(grant_id=record.grant, act_id=act_id, reason=record.reason)]


GRANT_PROMISED = RecordKind("grant_promised", GrantRecord, grant_rows, (Grant,))
TRANCHES_PLANNED = RecordKind("tranches_planned", TranchePlan, tranche_rows, (Tranche,))
TRANCHE_RELEASED = RecordKind("tranche_released", TrancheReleaseRecord, release_rows, (TrancheRelease,))
GRANT_CANCELLED = RecordKind("grant_cancelled", CancellationRecord, cancellation_rows, (Cancellation,))
