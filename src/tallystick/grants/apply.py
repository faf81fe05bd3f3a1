"""An act that promises a grant becomes a row."""

from tallystick.core.grant import Grant as GrantRecord
from tallystick.core.record import fields_of
from tallystick.grants.models import Grant
from tallystick.journal.record_kind import RecordKind


def grant_rows(act_id: int, record: GrantRecord) -> list[Grant]:
    fields = fields_of(record)
    return [Grant(code=fields.pop("grant"), act_id=act_id, recipient_id=fields.pop("recipient"), **fields)]


GRANT_PROMISED = RecordKind("grant_promised", GrantRecord, grant_rows, (Grant,))
