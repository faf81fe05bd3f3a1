"""An act that gives a vouch becomes a row."""

from tallystick.core.record import fields_of
from tallystick.core.vouch import Vouch as VouchRecord
from tallystick.journal.record_kind import RecordKind
from tallystick.vetting.models import Vouch


def vouch_rows(act_id: int, record: VouchRecord) -> list[Vouch]:
    fields = fields_of(record)
    return [Vouch(act_id=act_id, recipient_id=fields.pop("recipient"), **fields)]


VOUCH_GIVEN = RecordKind("vouch_given", VouchRecord, vouch_rows, (Vouch,))
