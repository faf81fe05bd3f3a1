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
from tallystick.grants.models import Tranche
from tallystick.handovers.models import ConsignmentLine
from tallystick.journal.snapshot import snapshot
from tallystick.ledger.queries.state import account_rows, entry_rows
from tallystick.people.models import HoldingLimit

BETWEEN_FIELDS, BETWEEN_ROWS = "\x1f", "\x1e"
PLACE_WITHIN: dict[type[Model], tuple[str, ...]] = {
    HoldingLimit: ("place",), ConsignmentLine: ("place",), Tranche: ("number",), AgreedLoss: ("place",), AgreedUpstream: ("place",),
}  # fmt: skip
"""What orders the rows of tables of which one act makes several."""


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
    fields = [field.attname for field in table._meta.concrete_fields if field.attname != "act_id"]
    order = ["act__office", "act__number", *PLACE_WITHIN.get(table, ())]
    rows = table._default_manager.using(using).order_by(*order)
    return rows.values_list("act__office", "act__number", *fields).iterator(chunk_size=5000)


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
