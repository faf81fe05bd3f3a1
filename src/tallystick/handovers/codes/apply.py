"""Acts about slips, and about how much one person may pay out, become rows."""

from tallystick.core.payout import PayoutLimit as PayoutLimitRecord
from tallystick.core.record import fields_of
from tallystick.core.slip import Exhaustion as ExhaustionRecord
from tallystick.core.slip import Redemption as RedemptionRecord
from tallystick.core.slip import Ruling as RulingRecord
from tallystick.core.slip import Slip as SlipRecord
from tallystick.handovers.slips import Exhaustion, PayoutLimit, Redemption, Ruling, Slip
from tallystick.journal.record_kind import RecordKind


def slip_rows(act_id: int, record: SlipRecord) -> list[Slip]:
    fields = fields_of(record)
    return [Slip(code=fields.pop("slip"), act_id=act_id, **fields)]


def redemption_rows(act_id: int, record: RedemptionRecord) -> list[Redemption]:
    fields = fields_of(record)
    return [Redemption(slip_id=fields.pop("slip"), act_id=act_id, **fields)]


def exhaustion_rows(act_id: int, record: ExhaustionRecord) -> list[Exhaustion]:
    fields = fields_of(record)
    return [Exhaustion(slip_id=fields.pop("slip"), act_id=act_id, **fields)]


def ruling_rows(act_id: int, record: RulingRecord) -> list[Ruling]:
    return [Ruling(act_id=act_id, slip_id=record.slip, ruling=record.ruling)]


def payout_limit_rows(act_id: int, record: PayoutLimitRecord) -> list[PayoutLimit]:
    return [PayoutLimit(act_id=act_id, unit=record.unit, amount=record.amount)]


CODE_ISSUED = RecordKind("code_issued", SlipRecord, slip_rows, (Slip,))
CODE_REDEEMED = RecordKind("code_redeemed", RedemptionRecord, redemption_rows, (Redemption,))
CODE_EXHAUSTED = RecordKind("code_exhausted", ExhaustionRecord, exhaustion_rows, (Exhaustion,))
CODE_RULED = RecordKind("code_ruled", RulingRecord, ruling_rows, (Ruling,))
PAYOUT_LIMIT_SET = RecordKind("payout_limit_set", PayoutLimitRecord, payout_limit_rows, (PayoutLimit,))
