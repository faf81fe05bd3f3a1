"""What passed between hands altogether, added up by the database: the same as tallystick.core.flow reads from the entries."""

from datetime import datetime
from typing import NamedTuple

from django.db import connection

from tallystick.core.custody.pairs import PAIRED
from tallystick.core.entry import Kind
from tallystick.core.flow import ON_THE_ROAD, Flow, Swap
from tallystick.ledger.queries.book import local_moment
from tallystick.ledger.queries.state import streamed

# Entries that were reversed and their reversals: together they changed nothing.
GONE = """
    SELECT act_id FROM ledger_entry WHERE reverses_id IS NOT NULL
     UNION ALL
    SELECT reverses_id FROM ledger_entry WHERE reverses_id IS NOT NULL
"""
ROAD = "SELECT taker_id AS transit, MIN(giver_id) AS dispatcher FROM ledger_move WHERE kind = 'dispatch' GROUP BY taker_id"
FLOWS = f"""
    SELECT f.kind, g.holder, t.holder, g.unit_id, g.earmark_id, SUM(f.amount)
      FROM (SELECT m.kind, COALESCE(r.dispatcher, m.giver_id) AS giver, m.taker_id AS taker, SUM(m.amount) AS amount
              FROM ledger_move m
              LEFT JOIN ({ROAD}) r ON r.transit = m.giver_id
             WHERE m.kind NOT IN ('dispatch', 'exchange', 'purchase', 'reassign')
               AND NOT (m.kind = 'return' AND r.dispatcher IS NOT NULL)
               AND m.entry_id NOT IN ({GONE})
             GROUP BY 1, 2, 3) f
      JOIN ledger_account g ON g.id = f.giver
      JOIN ledger_account t ON t.id = f.taker
     GROUP BY 1, 2, 3, 4, 5
"""
STILL_OPEN = f"""
    SELECT g.holder, a.unit_id, a.earmark_id, SUM(a.balance)
      FROM ledger_account a
      JOIN ({ROAD}) r ON r.transit = a.id
      JOIN ledger_account g ON g.id = r.dispatcher
     WHERE a.is_held
     GROUP BY 1, 2, 3
"""
SWAPS = f"""
    SELECT o.kind, g.holder, x.holder, t.holder, g.unit_id, g.earmark_id, SUM(o.amount), t.unit_id, t.earmark_id, SUM(b.amount)
      FROM ledger_move o
      JOIN ledger_account g ON g.id = o.giver_id AND g.never_below_zero
      JOIN ledger_account x ON x.id = o.taker_id
      JOIN ledger_move b ON b.entry_id = o.entry_id AND b.kind = o.kind AND b.line <> o.line
      JOIN ledger_account t ON t.id = b.taker_id AND t.never_below_zero
     WHERE o.kind IN ('exchange', 'purchase', 'reassign') AND o.entry_id NOT IN ({GONE})
     GROUP BY o.kind, g.holder, x.holder, t.holder, g.unit_id, g.earmark_id, t.unit_id, t.earmark_id
"""
EXTENT = """
    SELECT (SELECT COUNT(*) FROM ledger_entry), (SELECT COUNT(*) FROM ledger_move), e.happened_at, e.utc_offset_minutes
      FROM ledger_entry e ORDER BY e.happened_at DESC, e.act_id DESC LIMIT 1
"""
assert set(PAIRED) == {Kind.EXCHANGE, Kind.PURCHASE, Kind.REASSIGN}


class Extent(NamedTuple):
    """How much stands in the books, and when the last of it happened, by the clock on the wall there."""

    entry_count: int
    move_count: int
    latest: datetime | None


def flows() -> list[Flow]:
    """Everything but exchanges, purchases and reassignments, in code point order of its ends; what was reversed is left out."""
    found = [Flow._make((*row[:5], int(row[5]))) for row in streamed(FLOWS)]
    found += [Flow(Kind.DISPATCH, row[0], ON_THE_ROAD, row[1], row[2], int(row[3])) for row in streamed(STILL_OPEN)]
    return sorted(found)


def swaps() -> list[Swap]:
    """Exchanges, purchases and reassignments, in code point order of their ends; what was reversed is left out."""
    return sorted(Swap._make((*row[:6], int(row[6]), *row[7:9], int(row[9]))) for row in streamed(SWAPS))


def extent() -> Extent:
    """The size of the books."""
    with connection.cursor() as cursor:
        cursor.execute(EXTENT)
        row = cursor.fetchone()
    return Extent(0, 0, None) if row is None else Extent(row[0], row[1], local_moment(row[2], row[3]))
