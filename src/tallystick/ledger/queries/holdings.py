"""Who holds what, now and at a moment, and since when. The present is read from the balances, not from the moves."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from tallystick.core.age import Arrival, Held, held_after
from tallystick.core.custody.book import Key
from tallystick.journal.asking import ask
from tallystick.journal.bulk import among, read_moment, stored_moment
from tallystick.journal.engine import is_server
from tallystick.ledger.queries.flows import GONE
from tallystick.ledger.queries.state import streamed

HELD_NOW = "SELECT id, holder, unit_id, earmark_id, balance, never_below_zero FROM ledger_account WHERE is_held {among}"

BALANCE = "SELECT balance FROM ledger_account WHERE holder = %s AND unit_id = %s AND earmark_id = %s"

# An entry that was taken back moved nothing, nor did the entry that took it back: neither of them is an arrival. For all accounts it is
# quickest to gather those entries once, for a few to look at each of their arrivals.
ARRIVED = f"m.entry_id NOT IN ({GONE})"
ARRIVED_AT_FEW = """
    NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = m.entry_id)
    AND (SELECT o.reverses_id FROM ledger_entry o WHERE o.act_id = m.entry_id) IS NULL
"""
# The last ARRIVALS_MAX moves into an account, from the latest back, each with what had arrived from there on: the latest arrival
# at which that makes up the balance is the oldest still in hand. Where none does, what is left over is older than all of them.
# However many moves there are, no more of them are read, but for those that were taken back. What had arrived is added up in two
# halves of 32 bits, as it may be more than one number holds.
ARRIVALS_MAX = 16
NUMBER_MAX = 2**63 - 1  # as a limit, none
LATEST = """
    SELECT m.entry_id, m.amount FROM ledger_move m WHERE m.taker_id = a.id AND {arrived}
     ORDER BY m.entry_id DESC LIMIT {arrivals_max}
"""
SINCE = """
    WITH a AS MATERIALIZED (
        SELECT a.id,
               (SELECT MAX(back.entry_id)
                  FROM (SELECT late.entry_id,
                               CAST(SUM(late.amount >> 32) OVER back AS bigint) AS high,
                               CAST(SUM(late.amount & 4294967295) OVER back AS bigint) AS low
                          FROM ({latest}) late WINDOW back AS (ORDER BY late.entry_id DESC)) back
                 WHERE back.high + (back.low >> 32) > (a.balance >> 32)
                    OR (back.high + (back.low >> 32) = (a.balance >> 32)
                        AND (back.low & 4294967295) >= (a.balance & 4294967295))) AS entry
          FROM ledger_account a
         WHERE a.is_held AND a.never_below_zero {among}
    )
    SELECT a.id,
           (SELECT e.happened_at FROM ledger_entry e
             WHERE e.act_id = COALESCE(a.entry, (SELECT MIN(late.entry_id) FROM ({latest}) late))),
           CASE WHEN a.entry IS NULL THEN 1 ELSE 0 END
      FROM a
"""
# What was taken back until then had moved nothing by then.
GONE_BY_THEN = """
    SELECT {one}.act_id FROM ledger_entry r JOIN ledger_entry o ON o.act_id = r.reverses_id
     WHERE r.reverses_id IS NOT NULL AND r.happened_at <= %s AND o.happened_at <= %s
"""
UP_TO = f"""
    SELECT e.happened_at, g.holder, g.unit_id, g.earmark_id, t.holder, t.unit_id, t.earmark_id, m.amount
      FROM ledger_entry e
      JOIN ledger_move m ON m.entry_id = e.act_id
      JOIN ledger_account g ON g.id = m.giver_id
      JOIN ledger_account t ON t.id = m.taker_id
     WHERE e.happened_at <= %s
       AND e.act_id NOT IN ({GONE_BY_THEN.format(one="r")} UNION ALL {GONE_BY_THEN.format(one="o")})
     ORDER BY e.act_id, m.line
"""
OPEN_TALLIES = r"""
    SELECT e.reference, g.holder, m.named, a.unit_id, a.earmark_id, m.grant, a.balance, e.happened_at, e.utc_offset_minutes
      FROM ledger_account a
     CROSS JOIN ledger_move m
      JOIN ledger_entry e ON e.act_id = m.entry_id
      JOIN ledger_account g ON g.id = m.giver_id
     WHERE a.is_held AND a.holder LIKE '@transit:%%' ESCAPE '\'
       AND m.taker_id = a.id AND m.kind = 'dispatch'
       AND m.line = (SELECT MIN(f.line) FROM ledger_move f WHERE f.taker_id = a.id AND f.entry_id = m.entry_id)
     ORDER BY e.happened_at, e.act_id, m.line
     LIMIT %s
"""
# OFFSET keeps either what it is, a question of its own.
MOVES_INTO = "SELECT d.* FROM ledger_move d WHERE d.taker_id = a.id OFFSET 0"
ENTRY_OF = "SELECT o.* FROM ledger_entry o WHERE o.act_id = m.entry_id OFFSET 0"
OPEN_COUNT = r"SELECT COUNT(*) FROM ledger_account WHERE is_held AND holder LIKE '@transit:%%' ESCAPE '\'"
# A reversal takes back a whole entry, so a payout counts where no entry reverses its own; the grant is the one it was paid under.
DELIVERED = """
    SELECT m.grant, t.holder, t.unit_id, SUM(m.amount)
      FROM ledger_move m
      JOIN ledger_account t ON t.id = m.taker_id
     WHERE m.kind = 'payout' AND NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = m.entry_id)
     GROUP BY 1, 2, 3
"""


class OnTheRoad(NamedTuple):
    """What a tally still carries."""

    reference: str
    giver: str
    carrier: str
    unit: str
    earmark: str
    grant: str
    amount: int
    happened_at: Any
    utc_offset_minutes: int


def held_now(of: Collection[str] | None = None) -> dict[Key, Held]:
    """Every account that is not empty, in no order; with `of`, those of these holders."""
    condition, params, arrived = "", [], ARRIVED
    if of is not None:
        among_these, value = among(list(of))
        condition, params, arrived = f"AND holder {among_these}", [value], ARRIVED_AT_FEW
    latest = LATEST.format(arrivals_max=ARRIVALS_MAX, arrived=arrived)
    with connection.cursor() as cursor:
        cursor.execute(SINCE.format(latest=latest, among=condition), params)
        since = {account: (read_moment(moment), bool(older)) for account, moment, older in cursor.fetchall()}
        cursor.execute(HELD_NOW.format(among=condition), params)
        return {(row[1], row[2], row[3]): Held(row[4], *since.get(row[0], (None, False))) for row in cursor.fetchall()}


def balances_now() -> dict[Key, int]:
    """What every account that is not empty holds, in no order."""
    with connection.cursor() as cursor:
        cursor.execute(HELD_NOW.format(among=""))
        return {(row[1], row[2], row[3]): row[4] for row in cursor.fetchall()}


def balance_of(holder: str, *, unit: str, earmark: str) -> int:
    """What this holder holds of this unit for this earmark, in smallest parts; 0 where there is no such account."""
    with connection.cursor() as cursor:
        cursor.execute(BALANCE, [holder, unit, earmark])
        row = cursor.fetchone()
    return 0 if row is None else int(row[0])


def held_at(moment: datetime) -> dict[Key, Held]:
    """Every account that was not empty at this moment of the world; reads every move up to it.

    What came first leaves first in the order in which the books took it in, which is also the order that `held_now` goes back.
    """
    held = held_after(_arrivals(moment))
    return {key: one for key, one in held.items() if one.amount}


def _arrivals(moment: datetime) -> Iterator[Arrival]:
    for row in streamed(UP_TO, (stored_moment(moment),) * UP_TO.count("%s")):
        yield Arrival(read_moment(row[0]), row[1:4], row[4:7], row[7])


def account_by_account(sql: str) -> str:
    """The same question, whose moves and entries PostgreSQL reads account by account: it takes those on the road for fifteen times as
    many as they are, for it knows of each condition by itself, and would go through every dispatch there ever was. SQLite keeps to what
    is written.
    """
    if not is_server():
        return sql
    sql = sql.replace("CROSS JOIN ledger_move m\n", f"CROSS JOIN LATERAL ({MOVES_INTO}) m\n")
    return sql.replace("JOIN ledger_entry e ON e.act_id = m.entry_id\n", f"CROSS JOIN LATERAL ({ENTRY_OF}) e\n")


def open_tallies(*, most: int = NUMBER_MAX) -> list[OnTheRoad]:
    """Every tally that still carries something, oldest first; `most` of them."""
    return [OnTheRoad(*row) for row in streamed(account_by_account(OPEN_TALLIES), (most,))]


def open_count() -> int:
    """In how many accounts something is on the road: one for each tally, unit and earmark."""
    ((count,),) = ask(OPEN_COUNT)()
    return int(count)


def delivered() -> list[tuple[str, str, str, int]]:
    """(grant, recipient, unit, smallest parts) paid out and not taken back."""
    return sorted((grant, recipient, unit, int(amount)) for grant, recipient, unit, amount in streamed(DELIVERED))
