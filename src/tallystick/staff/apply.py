"""An act that says who signed a deed off becomes a row."""

from tallystick.core.record import fields_of
from tallystick.core.sign_off import SignOff as SignOffRecord
from tallystick.journal.record_kind import RecordKind
from tallystick.staff.models import SignOff


def sign_off_rows(act_id: int, record: SignOffRecord) -> list[SignOff]:
    return [SignOff(act_id=act_id, **fields_of(record))]


SIGNED_OFF = RecordKind("signed_off", SignOffRecord, sign_off_rows, (SignOff,))
