"""The state digest: one number for everything the acts became, the same on every database.

Tables without rows are not in it, so that it stays the same when a later release has more of them. Rows are read in the order of the acts that made them (office, number), accounts by their natural key, and hashed field by
field. Places at which these books took acts in, and other keys of one database's own, are left out.
"""

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import Model

from tallystick.bundles.registry import RECORD_KINDS
from tallystick.corridors.models import AgreedLoss, AgreedUpstream
from tallystick.grants.models import Tranche, TrancheRelease
from tallystick.handovers.models import ConsignmentLine
from tallystick.journal.snapshot import snapshot
from tallystick.ledger.queries.state import account_rows, entry_rows
from tallystick.people.models import HoldingLimit
from tallystick.staff.models import SignOff

BETWEEN_FIELDS, BETWEEN_ROWS = "\x1f", "\x1e"
PLACE_WITHIN: dict[type[Model], tuple[str, ...]] = {
    HoldingLimit: ("place",), ConsignmentLine: ("place",), Tranche: ("number",), AgreedLoss: ("place",), AgreedUpstream: ("place",),
}  # fmt: skip
"""What orders the rows of tables of which one act makes several."""
LATER_FIELDS: dict[type[Model], tuple[str, ...]] = {
    SignOff: ("asked_drawn_by", "agreed_drawn_by", "content_digest"), TrancheRelease: ("without_visit",),
}  # fmt: skip
"""Fields that tables have only since a later release: where nothing stands in them the digest is what it was."""


def state_digest(*, using: str = "default") -> str:
    """SHA-256, hexadecimal, over the state of the books in the database `using`."""
    digest = sha256(b"tallystick/state/1\n")

    def take(name: str, rows: Iterable[tuple[Any, ...]]) -> None:
        for place, row in enumerate(rows):
            if place == 0:
                digest.update(f"{name}{BETWEEN_ROWS}".encode())
            fields = [value if type(value) is str else _text(value) for value in row]  # most are text: no call for those
            digest.update((BETWEEN_FIELDS.join(fields) + BETWEEN_ROWS).encode())

    with snapshot(using=using):
        for kind in RECORD_KINDS.values():
            for table in kind.tables:
                take(table._meta.db_table, _record_rows(table, using=using))
        take("entries", entry_rows(using=using))
        take("accounts", account_rows(using=using))
    return digest.hexdigest()


def _record_rows(table: type[Model], *, using: str) -> Iterable[tuple[Any, ...]]:
    later = LATER_FIELDS.get(table, ())
    fields = [field.attname for field in table._meta.concrete_fields if field.attname not in ("act_id", *later)]
    order = ["act__office", "act__number", *PLACE_WITHIN.get(table, ())]
    rows = table._default_manager.using(using).order_by(*order)
    found = rows.values_list("act__office", "act__number", *fields, *later).iterator(chunk_size=5000)
    return (_as_before(row, later) for row in found) if later else found


def _as_before(row: tuple[Any, ...], later: tuple[str, ...]) -> tuple[Any, ...]:
    """The row with those of its later fields in which something stands, each with its name."""
    count = len(row) - len(later)
    return row[:count] + tuple(f"{name}={said}" for name, said in zip(later, row[count:], strict=True) if said is not None)


def _text(value: Any) -> str:
    if value is None:
        return "\x00"
    if type(value) is int:
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return str(value)
