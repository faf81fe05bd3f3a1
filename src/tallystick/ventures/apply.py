"""An act that reports a visit becomes a row."""

from tallystick.core.record import fields_of
from tallystick.core.visit import Visit as VisitRecord
from tallystick.journal.record_kind import RecordKind
from tallystick.ventures.models import Visit


def visit_rows(act_id: int, record: VisitRecord) -> list[Visit]:
    fields = fields_of(record)
    return [Visit(act_id=act_id, grant_id=fields.pop("grant"), **fields)]


VISIT_REPORTED = RecordKind("visit_reported", VisitRecord, visit_rows, (Visit,))
