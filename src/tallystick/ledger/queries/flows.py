"""What passed between hands altogether, added up by the database: the same as tallystick.core.flow reads from the entries.

Entries are never changed, so what was added up once is kept, and the next look reads only the entries since. What is kept
belongs to the last act that was seen: where the books hold another in its place, everything is read anew.
"""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from tallystick.core.custody.pairs import PAIRED
from tallystick.core.entry import Kind
from tallystick.core.flow import ON_THE_ROAD, Flow, Swap
from tallystick.journal.asking import ask
from tallystick.journal.bulk import local_moment
from tallystick.journal.snapshot import snapshot
from tallystick.ledger.queries.holdings import open_tallies
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
ROAD = "SELECT taker_id AS transit, MIN(giver_id) AS dispatcher FROM ledger_move WHERE kind = 'dispatch'{among} GROUP BY taker_id"
FLOWS = """
    SELECT f.kind, g.holder, t.holder, g.unit_id, g.earmark_id, SUM(f.amount)
      FROM (SELECT m.kind, COALESCE(r.dispatcher, m.giver_id) AS giver, m.taker_id AS taker, SUM(m.amount) AS amount
              FROM ledger_move m
              LEFT JOIN ({road}) r ON r.transit = m.giver_id
             WHERE {these}
               AND m.kind NOT IN ('dispatch', 'exchange', 'purchase', 'reassign')
               AND NOT (m.kind = 'return' AND r.dispatcher IS NOT NULL)
             GROUP BY 1, 2, 3) f
      JOIN ledger_account g ON g.id = f.giver
      JOIN ledger_account t ON t.id = f.taker
     GROUP BY 1, 2, 3, 4, 5
"""
SWAPS = """
    SELECT m.kind, g.holder, x.holder, t.holder, g.unit_id, g.earmark_id, t.unit_id, t.earmark_id, SUM(m.amount), SUM(b.amount)
      FROM ledger_move m
      JOIN ledger_account g ON g.id = m.giver_id AND g.never_below_zero
      JOIN ledger_account x ON x.id = m.taker_id
      JOIN ledger_move b ON b.entry_id = m.entry_id AND b.kind = m.kind AND b.line <> m.line
      JOIN ledger_account t ON t.id = b.taker_id AND t.never_below_zero
     WHERE {these} AND m.kind IN ('exchange', 'purchase', 'reassign')
     GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""
LAST = "SELECT id, digest FROM journal_act ORDER BY id DESC LIMIT 1"
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


class Passed(NamedTuple):
    """What passed in the books, the entries that were reversed left out, in code point order of its ends; and their size.

    `flows` are everything but exchanges, purchases and reassignments, which are the `swaps`.
    """

    flows: list[Flow]
    swaps: list[Swap]
    extent: Extent


class Traded(NamedTuple):
    """What gives units their rates: the gifts, and what was exchanged, bought or reassigned."""

    gifts: list[Flow]
    swaps: list[Swap]


Sums = dict[tuple[str, ...], tuple[int, ...]]


class _Counted(NamedTuple):
    """The sums up to one act, by their ends; nobody changes them."""

    last: int
    digest: bytes
    flows: Sums
    swaps: Sums
    extent: Extent


NOTHING = _Counted(0, b"", {}, {}, Extent(0, 0, None))
_kept: dict[str, _Counted] = {}  # by the name of the database: what was counted in it last


def passed() -> Passed:
    """What passed up to now; reads the entries since the last time that this process asked."""
    with snapshot():
        counted = _count_on()
        open_now = _still_open()
    flows = [
        Flow(kind, giver, taker, unit, earmark, *sums) for (kind, giver, taker, unit, earmark), sums in counted.flows.items()
    ]
    return Passed(sorted([*flows, *open_now]), _swaps(counted), counted.extent)


def traded() -> Traded:
    """The few of these that a valuation asks for; as quick as what was said since is short."""
    with snapshot():
        counted = _count_on()
    gifts = [
        Flow(kind, giver, taker, unit, earmark, *sums)
        for (kind, giver, taker, unit, earmark), sums in counted.flows.items()
        if kind == Kind.GIFT
    ]
    return Traded(sorted(gifts), _swaps(counted))


def _count_on() -> _Counted:
    """The sums up to now, kept for the next who asks."""
    books = str(connection.settings_dict["NAME"])
    counted = _go_on(_still_true(_kept.get(books, NOTHING)))
    _kept[books] = counted
    return counted


def _swaps(counted: _Counted) -> list[Swap]:
    return sorted(Swap._make((*ends[:6], given, *ends[6:], got)) for ends, (given, got) in counted.swaps.items())


def _still_true(counted: _Counted) -> _Counted:
    """What was counted, where the books still hold the act up to which it was; nothing otherwise."""
    rows = ask("SELECT digest FROM journal_act WHERE id = %s", [counted.last])()
    return counted if [bytes(digest) for (digest,) in rows] == [counted.digest] else NOTHING


def _go_on(counted: _Counted) -> _Counted:
    """The sums with what was said since."""
    rows = ask(LAST)()
    if not rows or rows[0][0] == counted.last:
        return counted
    after = counted.last
    last, digest = rows[0]
    flows, swaps = _add_up(counted.flows, FLOWS, after=after), _add_up(counted.swaps, SWAPS, after=after)
    return _Counted(last, bytes(digest), flows, swaps, _extent(counted.extent, after=after))


def _add_up(sums: Sums, sql: str, *, after: int) -> Sums:
    """These sums with the entries since, and without those that were taken back since; what comes to nothing is left out."""
    width = 2 if sql == SWAPS else 1
    added = dict(sums)
    for sign, these, params in ((1, SINCE, (after,)), (-1, UNDONE, (after, after))):
        if not after and sign < 0:
            continue
        among = f" AND taker_id IN (SELECT m.giver_id FROM ledger_move m WHERE {these})" if after else ""
        text = sql.format(these=these, road=ROAD.format(among=among))
        for row in streamed(text, params * text.count(these)):
            ends, amounts = row[:-width], row[-width:]
            before = added.get(ends, (0,) * width)
            added[ends] = tuple(one + sign * int(amount) for one, amount in zip(before, amounts, strict=True))
    return {ends: amounts for ends, amounts in added.items() if any(amounts)}


def _still_open() -> list[Flow]:
    """What is on the road, by who sent it."""
    sums: dict[tuple[str, str, str], int] = defaultdict(int)
    for tally in open_tallies():
        sums[tally.giver, tally.unit, tally.earmark] += tally.amount
    return [Flow(Kind.DISPATCH, giver, ON_THE_ROAD, unit, earmark, amount) for (giver, unit, earmark), amount in sums.items()]


def _extent(extent: Extent, *, after: int) -> Extent:
    ((entries, moves),) = ask(COUNTS, [after, after])()
    latest = [extent.latest] if extent.latest else []
    latest += [local_moment(*row) for row in ask(LATEST, [after])()]
    return Extent(extent.entry_count + entries, extent.move_count + moves, max(reversed(latest), default=None))
