"""What some custodians have in hand, what is on the road to them, and what they kept; a fixed number of questions for any number."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

import orjson

from tallystick.core.custody.rules import NOT_PASSED_ON, Dealings
from tallystick.core.entry import Kind
from tallystick.journal.asking import ask
from tallystick.journal.bulk import among
from tallystick.journal.engine import is_server
from tallystick.ledger.queries.book import ROADS
from tallystick.ledger.queries.flows import HALVES, whole
from tallystick.ledger.queries.holdings import NUMBER_MAX, OPEN_TALLIES, OnTheRoad, account_by_account, held_now

HELD = "SELECT holder, unit_id, earmark_id, balance FROM ledger_account WHERE is_held AND holder {among}"
PAIRS = {
    True: "SELECT u.custodian, u.since FROM unnest(%s::text[], %s::date[]) AS u(custodian, since)",
    False: "SELECT json_extract(value, '$[0]') AS custodian, json_extract(value, '$[1]') AS since FROM json_each(%s)",
}
# The day by the clock on the wall where it happened, as BY_DAY in state.py has it.
DAY = {
    True: "CAST(e.happened_at AT TIME ZONE 'UTC' + e.utc_offset_minutes * INTERVAL '1 minute' AS date)",
    False: "date(substr(e.happened_at, 1, 19), e.utc_offset_minutes || ' minutes')",
}
AMOUNT = HALVES.format(amount="m.amount")
# What was given on out of a hand, by kind, and what came back into it. What was taken back later never happened.
DEALT = f"""
    WITH p AS ({{pairs}})
    SELECT p.custodian, p.since, a.unit_id, a.earmark_id, m.kind, {AMOUNT}, COUNT(*)
      FROM p
      JOIN ledger_account a ON a.holder = p.custodian
      JOIN ledger_move m ON m.giver_id = a.id
      JOIN ledger_entry e ON e.act_id = m.entry_id
     WHERE {{day}} >= p.since AND m.kind <> 'reversal' AND NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = m.entry_id)
     GROUP BY 1, 2, 3, 4, 5
     UNION ALL
    SELECT p.custodian, p.since, a.unit_id, a.earmark_id, 'came back', {AMOUNT}, COUNT(*)
      FROM p
      JOIN ledger_account a ON a.holder = p.custodian
      JOIN ledger_move m ON m.taker_id = a.id AND m.kind = 'return'
      JOIN ledger_entry e ON e.act_id = m.entry_id
     WHERE {{day}} >= p.since AND NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = m.entry_id)
     GROUP BY 1, 2, 3, 4
"""
# The tallies on the road to some custodians, as holdings.py has all of them.
TALLIES_TO = OPEN_TALLIES.replace("ORDER BY e.happened_at", "AND m.named {among} ORDER BY e.happened_at")
assert "{among}" in TALLIES_TO, "holdings.py asks otherwise now"
# Losses out of a hand, and on the road to it or from it where the row names it; where it names nobody, the carrier's.
LOSSES = rf"""
    SELECT l.holder, g.unit_id, {AMOUNT}
      FROM ledger_account l
     CROSS JOIN ledger_move m
      JOIN ledger_account g ON g.id = m.giver_id
     WHERE l.holder LIKE '@loss:%%' AND m.taker_id = l.id AND m.kind = 'loss'
       AND (g.holder = %s OR m.named = %s OR (m.named = '' AND EXISTS (
            SELECT 1 FROM ledger_move d WHERE d.taker_id = g.id AND d.kind = 'dispatch' AND d.named = %s)))
       AND NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = m.entry_id)
     GROUP BY 1, 2
     ORDER BY 1, 2
"""
Pair = tuple[str, date]


class InHand(NamedTuple):
    holder: str
    unit: str
    earmark: str
    amount: int


class OnTheWay(NamedTuple):
    """What one tally carries to a custodian, of one unit for one earmark."""

    carrier: str
    transit: str
    unit: str
    earmark: str
    amount: int


def in_hand(holders: Collection[str]) -> list[InHand]:
    """Every account of these holders that is not empty."""
    condition, value = among(sorted(holders))
    return [InHand(*row) for row in ask(HELD.format(among=condition), [value])()]


def on_the_way(carriers: Collection[str]) -> list[OnTheWay]:
    """All that is on the road to these custodians."""
    condition, value = among(sorted(carriers))
    return [OnTheWay(*row) for row in ask(ROADS.format(among=condition), [value])()]


def oldest_since(holders: Collection[str]) -> dict[str, tuple[datetime, bool]]:
    """Since when each of these holders has had the oldest of what it has, and whether that is only as far back as was looked."""
    found: dict[str, tuple[datetime, bool]] = {}
    for (holder, _unit, _earmark), held in held_now(of=holders).items():
        if held.since is not None:
            one = held.since, held.or_earlier
            found[holder] = min(found.get(holder, one), one)
    return found


def tallies_to(carriers: Collection[str]) -> list[OnTheRoad]:
    """Every tally that still carries something to one of these custodians, the oldest first."""
    condition, value = among(sorted(carriers))
    return [OnTheRoad(*row) for row in ask(account_by_account(TALLIES_TO.format(among=condition)), [value, NUMBER_MAX])()]


def losses_of(custodian: str) -> list[tuple[str, str, int]]:
    """(cause, unit, smallest parts) of what was lost in these hands or on the road to them and not taken back."""
    rows = ask(LOSSES, [custodian] * 3)()
    return [(holder.partition(":")[2], unit, whole(high, low)) for holder, unit, high, low in rows]


def dealings_since(pairs: Collection[Pair]) -> dict[Pair, Dealings]:
    """What each custodian gave on and kept since a day, for pairs of the two."""
    found = {pair: Dealings() for pair in pairs}
    for custodian, since, unit, earmark, kind, high, low, count in _dealt(sorted(pairs)):
        amount = whole(high, low)
        one = found[custodian, date.fromisoformat(since) if isinstance(since, str) else since]
        if kind == "came back":
            one.passed_on[unit, earmark] -= amount
        elif kind not in NOT_PASSED_ON:
            one.passed_on[unit, earmark] += amount
        if kind == Kind.COMMISSION:
            one.kept[unit, earmark] += amount
            one.times[unit, earmark] += count
    return found


def _dealt(pairs: list[Pair]) -> list[tuple[Any, ...]]:
    server = is_server()
    if server:
        params: list[Any] = [[custodian for custodian, _ in pairs], [since for _, since in pairs]]
    else:
        params = [orjson.dumps([[custodian, since.isoformat()] for custodian, since in pairs]).decode()]
    return ask(DEALT.format(pairs=PAIRS[server], day=DAY[server]), params)()
