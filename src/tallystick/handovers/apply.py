"""Acts about handovers become rows."""

from tallystick.core import consignment, dispute, liability, overage, pay_order
from tallystick.core.record import fields_of
from tallystick.handovers.models import (
    ConsignmentLine,
    Dispute,
    DisputeClosing,
    Liability,
    LiabilityRecovery,
    Overage,
    OverageClearing,
    PayOrder,
    PayOrderStep,
)
from tallystick.journal.record_kind import RecordKind


def consignment_rows(act_id: int, record: consignment.Consignment) -> list[ConsignmentLine]:
    return [
        ConsignmentLine(act_id=act_id, place=place, tally=record.tally, **fields_of(line))
        for place, line in enumerate(record.lines)
    ]


def dispute_rows(act_id: int, record: dispute.Dispute) -> list[Dispute]:
    fields = fields_of(record)
    return [Dispute(code=fields.pop("dispute"), act_id=act_id, **fields)]


def dispute_closing_rows(act_id: int, record: dispute.DisputeClosing) -> list[DisputeClosing]:
    fields = fields_of(record)
    return [DisputeClosing(act_id=act_id, dispute_id=fields.pop("dispute"), **fields)]


def overage_rows(act_id: int, record: overage.Overage) -> list[Overage]:
    fields = fields_of(record)
    return [Overage(code=fields.pop("overage"), act_id=act_id, **fields)]


def overage_clearing_rows(act_id: int, record: overage.OverageClearing) -> list[OverageClearing]:
    fields = fields_of(record)
    return [OverageClearing(act_id=act_id, overage_id=fields.pop("overage"), **fields)]


def liability_rows(act_id: int, record: liability.Liability) -> list[Liability]:
    fields = fields_of(record)
    return [Liability(code=fields.pop("liability"), act_id=act_id, **fields)]


def liability_recovery_rows(act_id: int, record: liability.LiabilityRecovery) -> list[LiabilityRecovery]:
    fields = fields_of(record)
    return [LiabilityRecovery(act_id=act_id, liability_id=fields.pop("liability"), **fields)]


def pay_order_rows(act_id: int, record: pay_order.PayOrder) -> list[PayOrder]:
    fields = fields_of(record)
    return [PayOrder(code=fields.pop("pay_order"), act_id=act_id, **fields)]


def pay_order_step_rows(act_id: int, record: pay_order.PayOrderStepSaid) -> list[PayOrderStep]:
    fields = fields_of(record)
    return [PayOrderStep(act_id=act_id, pay_order_id=fields.pop("pay_order"), **fields)]


CONSIGNMENT_PACKED = RecordKind("consignment_packed", consignment.Consignment, consignment_rows, (ConsignmentLine,))
DISPUTE_OPENED = RecordKind("dispute_opened", dispute.Dispute, dispute_rows, (Dispute,))
DISPUTE_CLOSED = RecordKind("dispute_closed", dispute.DisputeClosing, dispute_closing_rows, (DisputeClosing,))
OVERAGE_COUNTED = RecordKind("overage_counted", overage.Overage, overage_rows, (Overage,))
OVERAGE_CLEARED = RecordKind("overage_cleared", overage.OverageClearing, overage_clearing_rows, (OverageClearing,))
LIABILITY_TAKEN = RecordKind("liability_taken", liability.Liability, liability_rows, (Liability,))
LIABILITY_RECOVERED = RecordKind(
    "liability_recovered", liability.LiabilityRecovery, liability_recovery_rows, (LiabilityRecovery,)
)
PAY_ORDER_DRAWN = RecordKind("pay_order_drawn", pay_order.PayOrder, pay_order_rows, (PayOrder,))
PAY_ORDER_STEPPED = RecordKind("pay_order_stepped", pay_order.PayOrderStepSaid, pay_order_step_rows, (PayOrderStep,))
