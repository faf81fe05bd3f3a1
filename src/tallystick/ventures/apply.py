"""Acts that report a visit, give a covenant or say what was seen of one become rows."""

from tallystick.core.covenant import Covenant as CovenantRecord
from tallystick.core.covenant import CovenantSeen as CovenantSeenRecord
from tallystick.core.record import fields_of
from tallystick.core.visit import Visit as VisitRecord
from tallystick.journal.record_kind import RecordKind
from tallystick.ventures.models import Covenant, CovenantSeen, Visit


def visit_rows(act_id: int, record: VisitRecord) -> list[Visit]:
    fields = fields_of(record)
    return [Visit(act_id=act_id, grant_id=fields.pop("grant"), **fields)]


def covenant_rows(act_id: int, record: CovenantRecord) -> list[Covenant]:
    fields = fields_of(record)
    return [Covenant(code=fields.pop("covenant"), act_id=act_id, grant_id=fields.pop("grant"), **fields)]


def covenant_seen_rows(act_id: int, record: CovenantSeenRecord) -> list[CovenantSeen]:
    fields = fields_of(record)
    return [CovenantSeen(act_id=act_id, covenant_id=fields.pop("covenant"), **fields)]


VISIT_REPORTED = RecordKind("visit_reported", VisitRecord, visit_rows, (Visit,))
COVENANT_GIVEN = RecordKind("covenant_given", CovenantRecord, covenant_rows, (Covenant,))
COVENANT_SEEN = RecordKind("covenant_seen", CovenantSeenRecord, covenant_seen_rows, (CovenantSeen,))
