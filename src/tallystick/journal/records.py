"""Acts that carry one record each, written as rows; the same whether they are said here or replayed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from tallystick.core.canonical import encode
from tallystick.core.record import content_of
from tallystick.journal.actions import append, head_after
from tallystick.journal.bulk import insert_instances
from tallystick.journal.queries import Head
from tallystick.journal.record_kind import RecordKind


def say_records(records: Sequence[Any], kind: RecordKind, *, head: Head, recorded_at: datetime) -> Head:
    """Say these records, all of one kind, one act each, and write their rows; the head that they leave."""
    if not records:
        return head
    acts = append(head, kind.name, contents=[encode(content_of(record)) for record in records], recorded_at=recorded_at)
    apply_records(kind, [(act.id, record) for act, record in zip(acts, records, strict=True)])
    return head_after(head, acts)


def apply_records(kind: RecordKind, said: Iterable[tuple[int, Any]]) -> None:
    """Write the rows of acts of one kind: (act id, record) each."""
    rows: dict[type[Model], list[Model]] = defaultdict(list)
    for act_id, record in said:
        for row in kind.rows(act_id, record):
            rows[type(row)].append(row)
    for table in kind.tables:
        insert_instances(table, rows[table])
