"""The rows that an import leaves, and bare tables to write them into again.

Bare: the product's columns, column types, primary keys and indexes, and no trigger, no check, no foreign key.
"""

from collections.abc import Iterator, Sequence
from typing import Any

TABLES = ("journal_act", "ledger_account", "ledger_entry", "ledger_move")
MOVES = "ledger_move"

Rows = list[tuple[Any, ...]]


def slices(rows: Rows, *, count: int) -> Iterator[Rows]:
    """The rows in `count` parts of equal size, the last as long as it comes out."""
    size = max(1, -(-len(rows) // count))
    return (rows[start : start + size] for start in range(0, size * count, size))


def quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
