"""Acts that open a programme, define a unit or open an earmark become rows."""

from tallystick.core.earmark import Earmark as EarmarkRecord
from tallystick.core.programme import Programme as ProgrammeRecord
from tallystick.core.record import fields_of
from tallystick.core.unit import Unit as UnitRecord
from tallystick.journal.record_kind import RecordKind
from tallystick.ledger.models import Earmark, Programme, Unit


def programme_rows(act_id: int, record: ProgrammeRecord) -> list[Programme]:
    fields = fields_of(record)
    return [Programme(act_id=act_id, reporting_unit_id=fields.pop("reporting_unit"), **fields)]


def unit_rows(act_id: int, record: UnitRecord) -> list[Unit]:
    fields = fields_of(record)
    return [Unit(code=fields.pop("unit"), act_id=act_id, **fields)]


def earmark_rows(act_id: int, record: EarmarkRecord) -> list[Earmark]:
    return [Earmark(code=record.earmark, act_id=act_id, donor_id=record.donor, unit_id=record.unit, purpose=record.purpose)]


UNIT_DEFINED = RecordKind("unit_defined", UnitRecord, unit_rows, (Unit,))
PROGRAMME_OPENED = RecordKind("programme_opened", ProgrammeRecord, programme_rows, (Programme,))
EARMARK_OPENED = RecordKind("earmark_opened", EarmarkRecord, earmark_rows, (Earmark,))
