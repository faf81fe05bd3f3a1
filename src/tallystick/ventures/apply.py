"""Acts that say what a venture is, report a visit, tell an end, give a covenant or say what was seen of one become rows."""

from tallystick.core.covenant import Covenant as CovenantRecord
from tallystick.core.covenant import CovenantSeen as CovenantSeenRecord
from tallystick.core.record import fields_of
from tallystick.core.venture import Venture as VentureRecord
from tallystick.core.venture import VentureEnd as EndRecord
from tallystick.core.visit import Visit as VisitRecord
from tallystick.journal.record_kind import RecordKind
from tallystick.ventures.models import Covenant, CovenantSeen, Venture, VentureEnd, Visit


def visit_rows(act_id: int, record: VisitRecord) -> list[Visit]:
    fields = fields_of(record)
    return [Visit(act_id=act_id, grant_id=fields.pop("grant"), **fields)]


def covenant_rows(act_id: int, record: CovenantRecord) -> list[Covenant]:
    fields = fields_of(record)
    return [Covenant(code=fields.pop("covenant"), act_id=act_id, grant_id=fields.pop("grant"), **fields)]


def covenant_seen_rows(act_id: int, record: CovenantSeenRecord) -> list[CovenantSeen]:
    fields = fields_of(record)
    return [CovenantSeen(act_id=act_id, covenant_id=fields.pop("covenant"), **fields)]


def venture_rows(act_id: int, record: VentureRecord) -> list[Venture]:
    fields = fields_of(record)
    return [Venture(act_id=act_id, grant_id=fields.pop("grant"), **fields)]


def end_rows(act_id: int, record: EndRecord) -> list[VentureEnd]:
    fields = fields_of(record)
    return [VentureEnd(act_id=act_id, grant_id=fields.pop("grant"), **fields)]


VISIT_REPORTED = RecordKind("visit_reported", VisitRecord, visit_rows, (Visit,))
COVENANT_GIVEN = RecordKind("covenant_given", CovenantRecord, covenant_rows, (Covenant,))
COVENANT_SEEN = RecordKind("covenant_seen", CovenantSeenRecord, covenant_seen_rows, (CovenantSeen,))
VENTURE_DESCRIBED = RecordKind("venture_described", VentureRecord, venture_rows, (Venture,))
VENTURE_ENDED = RecordKind("venture_ended", EndRecord, end_rows, (VentureEnd,))
