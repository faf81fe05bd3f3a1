"""The rows that the product leaves, and bare tables to write them into again.

Bare: the product's columns, column types, primary keys and indexes, and no trigger, no check, no foreign key. What the product
has the database work out is a column like any other, and is written as it stands.
"""

from collections.abc import Iterator, Sequence
from typing import Any

ACTS, ACCOUNTS, ENTRIES, MOVES = "journal_act", "ledger_account", "ledger_entry", "ledger_move"
TABLES = (ACTS, ACCOUNTS, ENTRIES, MOVES)
ORDER = {ACTS: "id", ACCOUNTS: "id", ENTRIES: "act_id", MOVES: "entry_id, line"}

Rows = list[tuple[Any, ...]]


def selected(table: str, *, form: str) -> str:
    """The rows of a table in their order; only those that entries left, where the form is `entries`."""
    posted = " WHERE kind = 'entry_posted'" if form == "entries" and table == ACTS else ""
    return f"SELECT * FROM {table}{posted} ORDER BY {ORDER[table]}"


def slices(rows: Rows, *, count: int) -> Iterator[Rows]:
    """The rows in `count` parts of equal size, the last as long as it comes out."""
    size = max(1, -(-len(rows) // count))
    return (rows[start : start + size] for start in range(0, size * count, size))


def quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
