"""An act that sets a leg's tariff becomes a row."""

from tallystick.core.corridor import Leg as LegRecord
from tallystick.core.record import fields_of
from tallystick.corridors.models import Leg
from tallystick.journal.record_kind import RecordKind


def leg_rows(act_id: int, record: LegRecord) -> list[Leg]:
    fields = fields_of(record)
    return [Leg(code=fields.pop("leg"), act_id=act_id, **fields)]


LEG_SET = RecordKind("leg_set", LegRecord, leg_rows, (Leg,))
