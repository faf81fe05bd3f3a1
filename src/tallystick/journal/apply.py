"""Acts become rows: the journal's own, and the office that an opening act names."""

from collections.abc import Sequence
from typing import Any

from tallystick.core.office import OfficeOpened
from tallystick.journal.bulk import insert_rows
from tallystick.journal.engine import is_server
from tallystick.journal.models import Act, Office
from tallystick.journal.queries import StoredAct
from tallystick.journal.record_kind import RecordKind


def write_acts(acts: Sequence[StoredAct]) -> None:
    """Write the acts as they are; one statement."""
    rows: Sequence[tuple[Any, ...]] = acts
    if not is_server():  # its driver looks for an adapter for every `bytes`, which costs more than a copy
        rows = [
            (key, office, number, kind, bytearray(body), bytearray(digest)) for key, office, number, kind, body, digest in acts
        ]
    insert_rows(Act._meta.db_table, ("id", "office", "number", "kind", "body", "digest"), rows=rows)


def office_rows(act_id: int, opened: OfficeOpened) -> list[Any]:
    return [Office(code=opened.office, act_id=act_id, public_key=bytes.fromhex(opened.public_key), rehearsal=opened.rehearsal)]


OFFICE_OPENED = RecordKind("office_opened", OfficeOpened, office_rows, (Office,))
