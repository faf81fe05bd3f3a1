"""Reading the whole of the books in a stream: every move with its entry, every account."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, connections

from tallystick.core.entry import Move, PostedEntry
from tallystick.journal.bulk import among, local_moment, read_moment

BYTE_ORDER = {"sqlite": "COLLATE BINARY", "postgresql": 'COLLATE "C"'}
CHUNK = 5_000  # rows

# CROSS JOIN keeps SQLite to the order that is written, which is also the one that is asked for: nothing has to be sorted.
STATE = """
    SELECT a.office, a.number, e.office, e.reference, {happened_at}, e.utc_offset_minutes, {recorded_at}, r.reference,
           m.line, m.kind, g.holder, t.holder, g.unit_id, t.unit_id, g.earmark_id, t.earmark_id,
           m.amount, m.named, m.grant, m.authorisation, m.note
      FROM journal_act a
     CROSS JOIN ledger_entry e
     CROSS JOIN ledger_move m
      JOIN ledger_account g ON g.id = m.giver_id
      JOIN ledger_account t ON t.id = m.taker_id
      LEFT JOIN ledger_entry r ON r.act_id = e.reverses_id
     WHERE e.act_id = a.id AND m.entry_id = e.act_id
     ORDER BY a.office, a.number, m.line
"""
# SQLite keeps moments as text in UTC; to write that text otherwise is less work than to make a moment of it and write that.
MOMENT = {"sqlite": "REPLACE({column}, ' ', 'T') || '+00:00'", "postgresql": "{column}"}
ACCOUNTS = """
    SELECT holder, unit_id, earmark_id, never_below_zero, balance FROM ledger_account
     ORDER BY holder {order}, unit_id {order}, earmark_id {order}
"""
IN_ORDER = """
    SELECT e.act_id, e.reference, e.happened_at, e.utc_offset_minutes, r.reference,
           m.kind, g.holder, t.holder, g.unit_id, m.amount, g.earmark_id, m.named, m.grant, m.authorisation, m.note
      FROM {tables}
      JOIN ledger_account g ON g.id = m.giver_id
      JOIN ledger_account t ON t.id = m.taker_id
      LEFT JOIN ledger_entry r ON r.act_id = e.reverses_id
     WHERE m.entry_id = e.act_id {also}
     ORDER BY e.act_id, m.line
"""
ENTRIES_FIRST = "ledger_entry e CROSS JOIN ledger_move m"
MOVES_FIRST = "ledger_move m CROSS JOIN ledger_entry e"
# A move's two accounts are for one earmark, so the giver's alone says which.
OF_EARMARK = "AND m.giver_id IN (SELECT a.id FROM ledger_account a WHERE a.earmark_id = %s)"
# The day by the clock on the wall where it happened; SQLite would round a fraction of a second up into the next one.
BY_DAY = {
    "sqlite": "SELECT act_id FROM ledger_entry"
    " ORDER BY date(substr(happened_at, 1, 19), utc_offset_minutes || ' minutes'), act_id",
    "postgresql": "SELECT act_id FROM ledger_entry"
    " ORDER BY CAST(happened_at AT TIME ZONE 'UTC' + utc_offset_minutes * INTERVAL '1 minute' AS date), act_id",
}


def streamed(sql: str, params: tuple[Any, ...] = (), *, using: str = "default") -> Iterator[tuple[Any, ...]]:
    """The rows of a SELECT, fetched in chunks; on PostgreSQL by a cursor of the server's, so that memory stays small."""
    connection = connections[using]
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


def entry_rows(*, using: str = "default") -> Iterator[tuple[Any, ...]]:
    """Every move with what its entry says, in the order of the acts; moments as UTC text."""
    moment = MOMENT[connections[using].vendor]
    columns = {name: moment.format(column=f"e.{name}") for name in ("happened_at", "recorded_at")}
    rows = streamed(STATE.format(**columns), using=using)
    if connections[using].vendor == "sqlite":
        return rows
    return ((*row[:4], read_moment(row[4]).isoformat(), row[5], read_moment(row[6]).isoformat(), *row[7:]) for row in rows)


def account_rows(*, using: str = "default") -> Iterator[tuple[Any, ...]]:
    """Every account by its natural key, in byte order."""
    return streamed(ACCOUNTS.format(order=BYTE_ORDER[connections[using].vendor]), using=using)


def all_entries(*, using: str = "default") -> Iterator[PostedEntry]:
    """Every entry, oldest act first."""
    return entries_read(streamed(IN_ORDER.format(tables=ENTRIES_FIRST, also=""), using=using))


def entries_by_day() -> Iterator[tuple[int, PostedEntry]]:
    """(act, entry) by the day on which it happened there, and within a day in the order of the acts.

    Only the acts' numbers are sorted, and entries fetched some thousands at a time: a database that sorts in memory, as
    SQLite does here, would otherwise hold every move in it.
    """
    numbers = (row[0] for row in streamed(BY_DAY[connection.vendor]))
    while acts := list(islice(numbers, CHUNK)):
        condition, value = among(acts)
        read = entries_read(streamed(IN_ORDER.format(tables=ENTRIES_FIRST, also=f"AND e.act_id {condition}"), (value,)))
        entries = dict(zip(sorted(acts), read, strict=True))
        yield from ((act, entries[act]) for act in acts)


def entries_of(*, earmark: str = "", reference: str = "", grant: str = "") -> Iterator[PostedEntry]:
    """The entries of this reference, or only the moves of this earmark or citing this grant."""
    if earmark:
        return entries_read(streamed(IN_ORDER.format(tables=MOVES_FIRST, also=OF_EARMARK), (earmark,)))
    if reference:
        return entries_read(streamed(IN_ORDER.format(tables=ENTRIES_FIRST, also="AND e.reference = %s"), (reference,)))
    return entries_read(streamed(IN_ORDER.format(tables=MOVES_FIRST, also="AND NOT (m.grant = '') AND m.grant = %s"), (grant,)))


def entries_read(rows: Iterable[tuple[Any, ...]]) -> Iterator[PostedEntry]:
    """Entries put together from rows of IN_ORDER's columns, ordered by entry and line."""
    current: int | None = None
    head: tuple[Any, ...] = ()
    moves: list[Move] = []
    for row in rows:
        if row[0] != current:
            if current is not None:
                yield _entry(head, moves)
            current, head, moves = row[0], row[1:5], []
        moves.append(Move(row[5], row[6], row[7], row[8], row[9], row[10], row[11], row[12], row[13], row[14]))
    if current is not None:
        yield _entry(head, moves)


def _entry(head: tuple[Any, ...], moves: list[Move]) -> PostedEntry:
    reference, happened_at, offset, reverses = head
    return PostedEntry(reference, local_moment(happened_at, offset), tuple(moves), reverses or "")
