"""The books held against what their acts say: entries and moves as stored, balances reckoned anew from the moves."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model

from tallystick.core.custody.book import Key
from tallystick.core.custody.ends import stands_above_zero
from tallystick.core.entry import PostedEntry
from tallystick.journal.bulk import among
from tallystick.journal.stored import Row, mistyped, outside, plain_text, stored_rows
from tallystick.ledger.models import Account, Entry, Move
from tallystick.ledger.queries.state import streamed
from tallystick.people.queries import parties

ENTRY_FIELDS = ("act", "office", "reference", "happened_at", "utc_offset_minutes", "recorded_at", "reverses")
MOVE_FIELDS = (
    "line", "kind", "giver", "giver's unit", "giver's earmark", "taker", "taker's unit", "taker's earmark",
    "amount", "named", "grant", "authorisation", "note",
)  # fmt: skip
MOVES = """
    SELECT m.entry_id, {line}, {kind}, g.holder, g.unit_id, g.earmark_id, t.holder, t.unit_id, t.earmark_id,
           {amount}, {named}, {grant}, {authorisation}, {note}
      FROM ledger_move m
      LEFT JOIN ledger_account g ON g.id = m.giver_id
      LEFT JOIN ledger_account t ON t.id = m.taker_id
     WHERE m.entry_id BETWEEN %s AND %s
     ORDER BY m.entry_id, m.line
"""
# Each account beside what came into it and what went out of it, and the last act that moved it. Both sums are made of two halves of
# 32 bits: what passes through an account may be more than one number holds, and SQLite adds nothing up beyond that. The two
# directions are added up by themselves: put together first, all moves would have to be sorted twice over in memory.
PASSED = """
    SELECT {end} AS account, SUM(amount >> 32) AS high, SUM(amount & 4294967295) AS low, MAX(entry_id) AS last
      FROM ledger_move GROUP BY {end}
"""
BALANCES = f"""
    SELECT a.holder, a.unit_id, a.earmark_id, {{above}}, a.balance,
           came.high, came.low, came.last, went.high, went.low, went.last
      FROM ledger_account a
      LEFT JOIN ({PASSED.format(end="taker_id")}) came ON came.account = a.id
      LEFT JOIN ({PASSED.format(end="giver_id")}) went ON went.account = a.id
"""
LAST_MOVED = "(SELECT MAX(m.entry_id) FROM ledger_move m WHERE ledger_account.id IN (m.giver_id, m.taker_id))"


class WrongBalance(NamedTuple):
    """An account that does not stand as its moves leave it; `last_act` is the last act that moved it."""

    account: Key
    words: str
    last_act: int | None


def stored_entries(first: int, last: int) -> dict[int, Row]:
    """The entries' rows as stored, by act, for the acts between `first` and `last`."""
    return dict(stored_rows(Entry, key="act_id", first=first, last=last))


def stored_moves(first: int, last: int) -> Iterator[tuple[int, Row]]:
    """(act, the move as stored, its accounts written out) for the acts between `first` and `last`, in order."""
    end = " || ''" if connection.vendor == "sqlite" else ""
    columns = {name: f"m.{name}{end}" for name in ("line", "kind", "amount", "named", "authorisation", "note")}
    columns["grant"] = f'm."grant"{end}'
    for row in streamed(MOVES.format(**columns), (first, last)):
        yield row[0], tuple(map(plain_text, row[1:]))


def said_entry(act_id: int, office: str, *, recorded_at: datetime, posted: PostedEntry, first: dict[str, int]) -> Row:
    """The row that an entry's act makes; `first` gives the first entry under each reversed reference."""
    offset = posted.happened_at.utcoffset()
    assert offset is not None, f"{posted.reference} has no offset"
    minutes = int(offset.total_seconds()) // 60
    reverses = first.get(posted.reverses) if posted.reverses else None
    said = (act_id, office, posted.reference, posted.happened_at, minutes, recorded_at, reverses)
    return tuple(map(plain_text, said))


def said_moves(posted: PostedEntry) -> list[Row]:
    """The rows that an entry's act makes of its moves, in the form of `stored_moves`."""
    return [
        (
            str(line), move.kind, move.giver, move.unit, move.earmark, move.taker, move.unit, move.earmark,
            str(move.amount), move.named, move.grant, move.authorisation, move.note,
        )
        for line, move in enumerate(posted.moves)
    ]  # fmt: skip


def first_entries(references: Sequence[str]) -> dict[str, int]:
    """The act of the first entry under each of these references."""
    if not references:
        return {}
    condition, value = among(references)
    sql = f"SELECT reference, MIN(act_id) FROM ledger_entry WHERE reference {condition} GROUP BY reference"
    return dict(streamed(sql, (value,)))


def mistyped_rows() -> dict[str, list[tuple[int, str]]]:
    """By table, (act, column) of rows that hold a value of another type than their column is for; an account's act is its last."""
    keys: tuple[tuple[type[Model], str], ...] = ((Entry, "act_id"), (Move, "entry_id"), (Account, LAST_MOVED))
    return {table._meta.db_table: mistyped(table, key=key) for table, key in keys}


def strays(last: int) -> list[str]:
    """In words, entries and moves that belong to none of the acts 1 to `last`."""
    found = []
    for table, key in (("ledger_entry", "act_id"), ("ledger_move", "entry_id")):
        found += [f"{table} has a row of act {value}, which no act is" for value in outside(table, key=key, last=last)]
    return found


def wrong_balances() -> Iterator[WrongBalance]:
    """The accounts that do not stand as their moves leave them, or that no move ever touched."""
    kinds = {code: party.kind for code, party in parties().items()}
    above = "a.never_below_zero || ''" if connection.vendor == "sqlite" else "a.never_below_zero"
    for holder, unit, earmark, stands, balance, *passed in streamed(BALANCES.format(above=above)):
        last = max(filter(None, (passed[2], passed[5])), default=None)
        total = None if last is None else _sum(passed[:2]) - _sum(passed[3:5])
        words = _wrong(balance, total, stands=plain_text(stands), wanted=plain_text(stands_above_zero(holder, kinds)))
        if words:
            yield WrongBalance((holder, unit, earmark), words, last)


def _sum(halves: Sequence[Any]) -> int:
    """The sum that two halves of 32 bits stand for; nothing where no move went this way."""
    high, low = (int(half or 0) for half in halves)
    return (high << 32) + low


def _wrong(balance: Any, total: Any, *, stands: str | None, wanted: str | None) -> str:
    if total is None:
        return "stands in the books, and no move ever touched it"
    if str(balance) != str(total):
        return f"has a balance of {balance} smallest parts; its moves add up to {total}"
    if stands != wanted:
        return f"has never_below_zero at {stands}; what its holder is makes it {wanted}"
    return ""
