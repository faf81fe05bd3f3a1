"""What passed between hands since an act, added up by the database: the same as tallystick.core.flow reads from the entries.

Entries are never changed, so what was added up to an act stays true but for the entries that were taken back since: these come with
an amount below zero.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from tallystick.core.custody.pairs import PAIRED
from tallystick.core.entry import Kind
from tallystick.core.flow import ON_THE_ROAD, Flow, Swap
from tallystick.journal.asking import ask
from tallystick.journal.bulk import local_moment
from tallystick.ledger.queries.state import streamed

# Entries that were reversed and their reversals: together they changed nothing.
GONE = """
    SELECT act_id FROM ledger_entry WHERE reverses_id IS NOT NULL
     UNION ALL
    SELECT reverses_id FROM ledger_entry WHERE reverses_id IS NOT NULL
"""
SINCE = f"m.entry_id > %s AND m.entry_id NOT IN ({GONE})"
# What had been counted up to an act and was taken back after it.
UNDONE = """
    m.entry_id IN (SELECT reverses_id FROM ledger_entry WHERE reverses_id IS NOT NULL AND act_id > %s) AND m.entry_id <= %s
"""
# A sum may be more than one number holds, so it is made in two halves of 32 bits.
HALVES = "CAST(SUM({amount} >> 32) AS bigint), CAST(SUM({amount} & 4294967295) AS bigint)"
ROAD = "SELECT taker_id AS transit, MIN(giver_id) AS dispatcher FROM ledger_move WHERE kind = 'dispatch'{among} GROUP BY taker_id"
FLOWS = """
    SELECT f.kind, g.holder, t.holder, g.unit_id, g.earmark_id, f.high, f.low
      FROM (SELECT p.kind, p.giver, p.taker, CAST(SUM(p.amount >> 32) AS bigint) AS high,
                   CAST(SUM(p.amount & 4294967295) AS bigint) AS low
              FROM (SELECT m.kind, COALESCE(r.dispatcher, m.giver_id) AS giver, m.taker_id AS taker, m.amount
                      FROM ledger_move m
                      LEFT JOIN ({road}) r ON r.transit = m.giver_id
                     WHERE {these}
                       AND m.kind NOT IN ('dispatch', 'exchange', 'purchase', 'reassign')
                       AND NOT (m.kind = 'return' AND r.dispatcher IS NOT NULL)) p
             GROUP BY 1, 2, 3) f
      JOIN ledger_account g ON g.id = f.giver
      JOIN ledger_account t ON t.id = f.taker
"""
SWAPS = f"""
    SELECT m.kind, g.holder, x.holder, t.holder, g.unit_id, g.earmark_id, t.unit_id, t.earmark_id,
           {HALVES.format(amount="m.amount")}, {HALVES.format(amount="b.amount")}
      FROM ledger_move m
      JOIN ledger_account g ON g.id = m.giver_id AND g.never_below_zero
      JOIN ledger_account x ON x.id = m.taker_id
      JOIN ledger_move b ON b.entry_id = m.entry_id AND b.kind = m.kind AND b.line <> m.line
      JOIN ledger_account t ON t.id = b.taker_id AND t.never_below_zero
     WHERE {{these}} AND m.kind IN ('exchange', 'purchase', 'reassign')
     GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""
GIFTS = f"""
    SELECT g.holder, t.holder, g.unit_id, g.earmark_id, {HALVES.format(amount="m.amount")}
      FROM ledger_move m
      JOIN ledger_account g ON g.id = m.giver_id
      JOIN ledger_account t ON t.id = m.taker_id
     WHERE {{these}} AND m.kind = 'gift'
     GROUP BY 1, 2, 3, 4
"""
# What is on the road lies in the account of its tally, and is counted to whoever dispatched it.
ON_THE_WAY = r"""
    SELECT g.holder, a.unit_id, a.earmark_id, a.balance
      FROM ledger_account a
     CROSS JOIN ledger_account g
     WHERE a.is_held AND a.holder LIKE '@transit:%%' ESCAPE '\'
       AND g.id = (SELECT MIN(m.giver_id) FROM ledger_move m WHERE m.taker_id = a.id AND m.kind = 'dispatch')
"""
LATEST = """
    SELECT happened_at, utc_offset_minutes FROM ledger_entry WHERE act_id > %s ORDER BY happened_at DESC, act_id DESC LIMIT 1
"""
COUNTS = """
    SELECT (SELECT COUNT(*) FROM ledger_entry WHERE act_id > %s), (SELECT COUNT(*) FROM ledger_move WHERE entry_id > %s)
"""
assert set(PAIRED) == {Kind.EXCHANGE, Kind.PURCHASE, Kind.REASSIGN}


class Extent(NamedTuple):
    """How much stands in the books, and when the last of it happened, by the clock on the wall there."""

    entry_count: int
    move_count: int
    latest: datetime | None


def flows_since(act: int) -> Iterator[Flow]:
    """What the acts past `act` changed in what passed, but for swaps and for what is still on the road; some ends come twice."""
    for sign, (kind, giver, taker, unit, earmark, high, low) in _changes(FLOWS, after=act):
        yield Flow(kind, giver, taker, unit, earmark, sign * whole(high, low))


def gifts_since(act: int) -> Iterator[Flow]:
    """The gifts among them."""
    for sign, (giver, taker, unit, earmark, high, low) in _changes(GIFTS, after=act):
        yield Flow(Kind.GIFT, giver, taker, unit, earmark, sign * whole(high, low))


def swaps_since(act: int) -> Iterator[Swap]:
    """The same of exchanges, purchases and reassignments."""
    for sign, row in _changes(SWAPS, after=act):
        kind, giver, middle, taker, unit, earmark, got_unit, got_earmark, *halves = row
        given, got = sign * whole(*halves[:2]), sign * whole(*halves[2:])
        yield Swap(kind, giver, middle, taker, unit, earmark, given, got_unit, got_earmark, got)


def _changes(sql: str, *, after: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """(1, what came since) and (-1, what was taken back since)."""
    for sign, these, params in ((1, SINCE, (after,)), (-1, UNDONE, (after, after))):
        among = f" AND taker_id IN (SELECT m.giver_id FROM ledger_move m WHERE {these})" if after else ""
        text = sql.format(these=these, road=ROAD.format(among=among))
        yield from ((sign, row) for row in streamed(text, params * text.count(these)))


def whole(high: int, low: int) -> int:
    """The sum of which these are the halves."""
    return (int(high) << 32) + int(low)


def on_the_road() -> Iterator[Flow]:
    """What is on the road, by who sent it."""
    sums: Counter[tuple[str, str, str]] = Counter()
    for giver, unit, earmark, amount in streamed(ON_THE_WAY):
        sums[giver, unit, earmark] += amount
    return (Flow(Kind.DISPATCH, giver, ON_THE_ROAD, unit, earmark, amount) for (giver, unit, earmark), amount in sums.items())


def extent_since(act: int, *, before: Extent) -> Extent:
    """How much stands in the books, where `before` is how much did up to this act."""
    ((entries, moves),) = ask(COUNTS, [act, act])()
    latest = [before.latest] if before.latest else []
    latest += [local_moment(*row) for row in ask(LATEST, [act])()]
    return Extent(before.entry_count + entries, before.move_count + moves, max(reversed(latest), default=None))
