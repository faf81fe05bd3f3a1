"""What tests of moves in parts share: the hours in which things were recorded, the lamps programme, and what the books say."""

import functools
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from tallystick.bundles.digest import state_digest
from tallystick.bundles.giving import give_folder
from tallystick.ledger.partitions import cutting
from tallystick.ledger.partitions.parts import parts
from tallystick.reports.holdings import open_tallies, whose_hands
from tests import books
from tests.bundles import tampering

JANUARY = datetime(2026, 1, 20, 9, tzinfo=UTC)
FEBRUARY = datetime(2026, 2, 3, 9, tzinfo=UTC)
MARCH = datetime(2026, 3, 1, 0, 5, tzinfo=UTC)
MAY = datetime(2026, 5, 1, 0, 5, tzinfo=UTC)
IN_FEBRUARY = "H1   3 March   handover   CRANE → WAGTAIL   CNY 100.00   SHOPS"
IN_MARCH = """
    T1   5 March   dispatch   CRANE → WAGTAIL   CNY 500.00   SHOPS   G03   REH-MONEY
    H2   6 March   handover   CRANE → WAGTAIL   CNY 10.00    SHOPS
"""


def on_server(test: Callable[..., None]) -> Callable[..., None]:
    """What a server alone can do; books in a file have nothing to be tried."""

    @functools.wraps(test)
    def tried(*given: Any, **named: Any) -> None:
        if connection.vendor == "postgresql":
            test(*given, **named)

    return tried


def record_in_january(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lamps programme, taken in in January; whoever else is connected to the test server is of no concern here."""
    monkeypatch.setattr(cutting, "OTHERS", "SELECT 0")
    books.found()
    books.take(books.LAMPS)


def bounds() -> list[tuple[str, int | None, int | None]]:
    return [(part.name.removeprefix("ledger_move_"), part.first, part.before) for part in parts()]


def counts() -> dict[str, int]:
    """How many moves lie in each part."""
    listed = [part.name for part in parts()]
    return {name.removeprefix("ledger_move_"): tampering.run(f'SELECT COUNT(*) FROM "{name}"')[0][0] for name in listed}


def last_act() -> int:
    return int(tampering.run("SELECT MAX(id) FROM journal_act")[0][0])


def play_the_spring() -> None:
    """Two more months of work."""
    books.post(IN_FEBRUARY, recorded_at=FEBRUARY)
    books.post(IN_MARCH, recorded_at=MARCH)
    books.sign(signed_at=MARCH)


def told(folder: Path) -> dict[str, Any]:
    """Everything that the books say when they are asked, and a folder of them."""
    with transaction.atomic():
        give_folder(folder)
    return {
        "digest": state_digest(),
        "holdings": whose_hands(),
        "tallies": open_tallies(),
        "proof": books.proof(),
        "folder": {path.name: path.read_bytes() for path in sorted(folder.iterdir())},
    }


def furnished() -> dict[str, Any]:
    """The names and meanings of what the table of moves has besides its rows."""
    constraints = "SELECT conname, contype, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'ledger_move'::regclass"
    indexes = "SELECT indexname, replace(indexdef, ' ON ONLY ', ' ON ') FROM pg_indexes WHERE tablename = 'ledger_move'"
    columns = "SELECT attname, atttypid::regtype::text, attnotnull FROM pg_attribute WHERE attrelid = 'ledger_move'::regclass"
    triggers = "SELECT tgname, tgtype, tgenabled FROM pg_trigger WHERE tgrelid = 'ledger_move'::regclass"
    return {sql: sorted(tampering.run(f"{sql}{more}")) for sql, more in
            ((constraints, ""), (indexes, ""), (columns, " AND attnum > 0 AND NOT attisdropped"), (triggers, ""))}  # fmt: skip
