"""Entries for a list, the newest first, found by what they are, whom they touch, what they are for and when they happened.

Moves have no index by kind or by day. A list that asks for a party, an earmark or a kind that one sort of accounts is known by goes from
those accounts to their latest moves; any other looks through a stretch of the newest entries, and says how far back it has looked.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from tallystick.core.entry import Kind, PostedEntry
from tallystick.journal.asking import ask
from tallystick.journal.bulk import among
from tallystick.ledger.queries.state import ENTRIES_FIRST, IN_ORDER, entries_read, streamed

STRETCH = 20_000  # entries that one look goes through where no account leads to them
# The moves of some accounts, the latest of each.
LATEST = {
    "sqlite": """
    SELECT latest.value AS entry_id
      FROM ledger_account a
     CROSS JOIN json_each((SELECT json_group_array(found.entry_id) FROM (
           SELECT m.entry_id FROM ledger_move m
            WHERE m.{end} = a.id AND m.entry_id < {before} {also}
            ORDER BY m.entry_id DESC LIMIT {most}) found)) latest
     WHERE {accounts}
    """,
    "postgresql": """
    SELECT latest.entry_id
      FROM ledger_account a
     CROSS JOIN LATERAL (
           SELECT m.entry_id FROM ledger_move m
            WHERE m.{end} = a.id AND m.entry_id < {before} {also}
            ORDER BY m.entry_id DESC LIMIT {most}) latest
     WHERE {accounts}
    """,
}
SPAN = "SELECT act_id FROM ledger_entry WHERE act_id < %s ORDER BY act_id DESC LIMIT {stretch}"
THROUGH = f"""
    SELECT s.act_id FROM ({SPAN}) s
     WHERE EXISTS (SELECT 1 FROM ledger_move m WHERE m.entry_id = s.act_id {{also}})
     ORDER BY s.act_id DESC LIMIT {{most}}
"""
LAST = "SELECT COALESCE(MAX(act_id), 0) FROM ledger_entry"
# Where an index leads to few moves by itself: those that cite a grant, and those that take something back.
DIRECT = "SELECT DISTINCT m.entry_id FROM ledger_move m WHERE m.entry_id < %s {also} ORDER BY m.entry_id DESC LIMIT {most}"
TAKES_BACK = "AND m.entry_id IN (SELECT act_id FROM ledger_entry WHERE reverses_id IS NOT NULL)"
DONORS = "a.holder IN (SELECT donor_id FROM ledger_earmark)"
OF_PARTY = "a.holder = %s"
OF_EARMARK = "a.earmark_id = %s"
# Kinds that one sort of accounts is known by: which end of the move, and which accounts.
BY_ACCOUNT = {
    Kind.GIFT: ("giver_id", DONORS),
    Kind.COMMISSION: ("taker_id", "a.holder LIKE '@commission:%%'"),
    Kind.COST: ("taker_id", "a.holder LIKE '@cost:%%'"),
    Kind.LOSS: ("taker_id", "a.holder LIKE '@loss:%%'"),
    Kind.RECOVERY: ("giver_id", "a.holder LIKE '@loss:%%'"),
    Kind.REASSIGN: ("taker_id", "a.holder = '@earmark'"),
    Kind.PURCHASE: ("taker_id", "a.holder IN (SELECT code FROM people_party WHERE kind = 'supplier')"),
}
ENDS = ("giver_id", "taker_id")
# The day by the clock on the wall where it happened.
ON_DAY = {
    "sqlite": "date(substr(e.happened_at, 1, 19), e.utc_offset_minutes || ' minutes')",
    "postgresql": "CAST(e.happened_at AT TIME ZONE 'UTC' + e.utc_offset_minutes * INTERVAL '1 minute' AS date)",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for; what is empty asks for nothing."""

    kind: str = ""
    party: str = ""
    earmark: str = ""
    grant: str = ""
    since: date | None = None
    until: date | None = None


class Listed(NamedTuple):
    """Acts of entries, the newest first. `before` is where the next look begins; None where nothing is further back.

    `is_looking` says that the look ended before the list was full: what is further back was not looked at.
    """

    acts: list[int]
    before: int | None
    is_looking: bool


def listed(wanted: Wanted, *, before: int | None, most: int) -> Listed:
    """So many of these entries at the most, among those that the books took in before an act."""
    start = before or ask(LAST)()[0][0] + 1
    source = _source(wanted)
    if source is not None:
        found = _latest(wanted, source, start=start, most=most + 1)
    elif wanted.grant or wanted.kind == Kind.REVERSAL:
        also, values = _also(wanted, accounts=True)
        back = TAKES_BACK if wanted.kind == Kind.REVERSAL else ""
        found = [act for (act,) in streamed(DIRECT.format(also=also + back, most=most + 1), (start, *values))]
    else:
        return _through(wanted, start=start, most=most)
    return Listed(found[:most], found[most - 1] if len(found) > most else None, False)


def entries_at(acts: list[int]) -> list[tuple[int, PostedEntry]]:
    """(act, entry) of these acts, in their order."""
    if not acts:
        return []
    condition, value = among(acts)
    rows = streamed(IN_ORDER.format(tables=ENTRIES_FIRST, also=f"AND e.act_id {condition}"), (value,))
    read = dict(zip(sorted(acts), entries_read(rows), strict=True))
    return [(act, read[act]) for act in acts]


Source = tuple[tuple[str, ...], str, tuple[Any, ...]]
"""(ends of a move, condition on their accounts, its values)."""


def _source(wanted: Wanted) -> Source | None:
    """The fewest accounts that lead to what is wanted; None where no account does."""
    if wanted.grant:
        return None
    if wanted.party:
        return ENDS, OF_PARTY, (wanted.party,)
    if wanted.kind in BY_ACCOUNT:
        end, accounts = BY_ACCOUNT[Kind(wanted.kind)]
        return (end,), accounts, ()
    if wanted.earmark and wanted.kind != Kind.REVERSAL and not (wanted.since or wanted.until):
        return ("giver_id",), OF_EARMARK, (wanted.earmark,)  # both accounts of a move are for one earmark
    return None


def _latest(wanted: Wanted, source: Source, *, start: int, most: int) -> list[int]:
    ends, accounts, values = source
    also, more = _also(wanted)
    if wanted.earmark and accounts != OF_EARMARK:
        accounts, values = f"{accounts} AND {OF_EARMARK}", (*values, wanted.earmark)
    parts = [LATEST[connection.vendor].format(end=end, before="%s", also=also, most=most, accounts=accounts) for end in ends]
    sql = f"SELECT DISTINCT entry_id FROM ({' UNION ALL '.join(parts)}) f ORDER BY entry_id DESC LIMIT {most}"
    return [int(act) for (act,) in streamed(sql, (start, *more, *values) * len(ends))]


def _through(wanted: Wanted, *, start: int, most: int) -> Listed:
    """What is wanted among the newest entries, and how far back that was."""
    also, more = _also(wanted, accounts=True)
    sql = THROUGH.format(stretch=STRETCH, also=also, most=most + 1)
    found = [act for (act,) in streamed(sql, (start, *more))]
    if len(found) > most:
        return Listed(found[:most], found[most - 1], False)
    ((earliest, count),) = ask(f"SELECT MIN(act_id), COUNT(*) FROM ({SPAN.format(stretch=STRETCH)}) s", [start])()
    return Listed(found, earliest if count == STRETCH else None, count == STRETCH)


def _also(wanted: Wanted, *, accounts: bool = False) -> tuple[str, list[Any]]:
    """What a move must be besides, and the values for it; with `accounts`, also whom it touches and what it is for."""
    words: list[tuple[str, Any]] = []
    if wanted.kind:
        words.append(("m.kind = %s", wanted.kind))
    if wanted.grant:
        words.append(
            ('NOT (m."grant" = \'\') AND m."grant" = %s', wanted.grant)
        )  # said as the index says it, which holds only those
    if accounts and wanted.earmark:
        words.append((f"m.giver_id IN (SELECT a.id FROM ledger_account a WHERE {OF_EARMARK})", wanted.earmark))
    if accounts and wanted.party:
        touches = "EXISTS (SELECT 1 FROM ledger_account a WHERE a.id IN (m.giver_id, m.taker_id) AND a.holder = %s)"
        words.append((touches, wanted.party))
    happened = f"EXISTS (SELECT 1 FROM ledger_entry e WHERE e.act_id = m.entry_id AND {ON_DAY[connection.vendor]} {{sign}} %s)"
    for sign, one in (("<=", wanted.until), (">=", wanted.since)):
        if one is not None:
            words.append((happened.format(sign=sign), one.isoformat() if connection.vendor == "sqlite" else one))
    return "".join(f" AND {word} " for word, _value in words), [value for _word, value in words]
