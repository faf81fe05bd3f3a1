"""An act that makes a party, or sets a limit to what it may hold, becomes rows."""

from django.db.models import Model

from tallystick.core.party import LaterLimit as LaterLimitRecord
from tallystick.core.party import Party as PartyRecord
from tallystick.journal.record_kind import RecordKind
from tallystick.people.models import HoldingLimit, LaterLimit, Party


def party_rows(act_id: int, record: PartyRecord) -> list[Model]:
    limits = [
        HoldingLimit(party_id=record.party, unit=limit.unit, act_id=act_id, place=place, amount=limit.amount)
        for place, limit in enumerate(record.holding_limit)
    ]
    return [Party(code=record.party, act_id=act_id, kind=record.kind, place=record.place, note=record.note), *limits]


def later_limit_rows(act_id: int, record: LaterLimitRecord) -> list[Model]:
    return [LaterLimit(act_id=act_id, party_id=record.party, unit=record.unit, amount=record.amount)]


PARTY_MADE = RecordKind("party_made", PartyRecord, party_rows, (Party, HoldingLimit))
LIMIT_SET = RecordKind("limit_set", LaterLimitRecord, later_limit_rows, (LaterLimit,))
