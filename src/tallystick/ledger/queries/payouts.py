"""What reached recipients under their grants, by payouts that stand: one that was taken back by a reversal does not count."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from tallystick.journal.asking import ask
from tallystick.journal.bulk import among, local_moment, read_moment, stored_moment
from tallystick.ledger.queries.running import Plainly, Running
from tallystick.ledger.queries.state import streamed

STANDS = "NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = m.entry_id)"
# That a move cites a grant at all is said in the words of the index of those that do, so that both databases use it.
CITES = "NOT (m.grant = '')"
PAID = f"""
    SELECT m.grant, t.unit_id, SUM(m.amount)
      FROM ledger_move m
      JOIN ledger_account t ON t.id = m.taker_id
     WHERE m.grant {{among}} AND {CITES} AND m.kind = 'payout' AND {STANDS}
     GROUP BY m.grant, t.unit_id
"""
LAST_PAID = f"""
    SELECT e.happened_at, e.utc_offset_minutes
      FROM ledger_move m
      JOIN ledger_entry e ON e.act_id = m.entry_id
     WHERE m.grant = %s AND {CITES} AND m.kind = 'payout' AND {STANDS}
     ORDER BY e.happened_at DESC LIMIT 1
"""
PAID_BETWEEN = f"""
    SELECT COALESCE(SUM(m.amount), 0)
      FROM ledger_move m
      JOIN ledger_entry e ON e.act_id = m.entry_id
      JOIN ledger_account t ON t.id = m.taker_id
     WHERE m.grant = %s AND {CITES} AND m.kind = 'payout' AND t.unit_id = %s AND e.happened_at BETWEEN %s AND %s AND {STANDS}
"""
ON_THE_ROAD = f"""
    SELECT COUNT(*)
      FROM ledger_move m
      JOIN ledger_account a ON a.id = m.taker_id
     WHERE m.grant = %s AND {CITES} AND m.kind = 'dispatch' AND a.is_held
"""
PAYOUTS = f"""
    SELECT e.reference, e.happened_at, e.utc_offset_minutes, g.holder, t.holder, t.unit_id, m.amount, m.authorisation, m.note,
           CASE WHEN {STANDS} THEN 1 ELSE 0 END
      FROM ledger_move m
      JOIN ledger_entry e ON e.act_id = m.entry_id
      JOIN ledger_account g ON g.id = m.giver_id
      JOIN ledger_account t ON t.id = m.taker_id
     WHERE m.grant = %s AND {CITES} AND m.kind = 'payout'
     ORDER BY m.entry_id DESC, m.line DESC LIMIT %s
"""
# Two ways to say, in a SELECT over grants, what stands paid under each in one unit. The first is always right. Nothing but payouts
# touches a recipient's account (core/custody/ends.py), so the second, which is quicker, is right for a recipient of a single grant.
PAID_BY_MOVES = f"""
    COALESCE((SELECT CAST(SUM(m.amount) AS bigint)
                FROM ledger_move m
                JOIN ledger_account t ON t.id = m.taker_id
               WHERE m.grant = {{grant}} AND {CITES} AND m.kind = 'payout' AND t.unit_id = {{unit}} AND {STANDS}), 0)
"""
PAID_BY_BALANCE = """
    COALESCE((SELECT a.balance FROM ledger_account a
               WHERE a.holder = {recipient} AND a.unit_id = {unit} AND a.earmark_id = {earmark}), 0)
"""
# Summed up in two halves of 32 bits: together the accounts may hold more than one number can.
IN_HAND = """
    SELECT earmark_id, unit_id, SUM(balance >> 32), SUM(balance & 4294967295)
      FROM ledger_account
     WHERE is_held AND never_below_zero
     GROUP BY earmark_id, unit_id
"""

FIRST = f"""
    SELECT m.grant, MIN(e.happened_at)
      FROM ledger_move m
      JOIN ledger_entry e ON e.act_id = m.entry_id
     WHERE {{these}} AND {CITES} AND m.kind = 'payout' AND {STANDS}
     GROUP BY m.grant
"""
# Those under which something was paid since an act, or taken back since; from the entries on, as the index by grant would lead SQLite
# through all moves there are.
TOUCHED = f"""
    SELECT m.grant FROM ledger_entry e CROSS JOIN ledger_move m
     WHERE e.act_id > %s AND m.entry_id = e.act_id AND {CITES} AND m.kind = 'payout'
     UNION
    SELECT m.grant FROM ledger_entry r CROSS JOIN ledger_move m
     WHERE r.act_id > %s AND m.entry_id = r.reverses_id AND {CITES} AND m.kind = 'payout'
"""


class Payout(NamedTuple):
    """One move by which something reached the recipient."""

    reference: str
    happened_at: datetime
    giver: str
    taker: str
    unit: str
    amount: int
    authorisation: str
    note: str
    stands: bool


def paid_under(grants: Collection[str]) -> dict[tuple[str, str], int]:
    """(grant, unit) to the smallest parts that stand paid under these grants; one question."""
    condition, value = among(grants)
    return {(grant, unit): int(paid) for grant, unit, paid in ask(PAID.format(among=condition), [value])()}


def paid_in(grant: str, *, unit: str) -> int:
    """The smallest parts of one unit that stand paid under one grant."""
    return paid_under({grant}).get((grant, unit), 0)


def paid_between(grant: str, *, unit: str, first: datetime, last: datetime) -> int:
    """The same of what happened from one moment to another."""
    ((paid,),) = ask(PAID_BETWEEN, [grant, unit, stored_moment(first), stored_moment(last)])()
    return int(paid)


def last_paid_on(grant: str) -> date | None:
    """The day, by the clock on the wall there, of the last payout that stands; None where there is none."""
    rows = ask(LAST_PAID, [grant])()
    return local_moment(*rows[0]).date() if rows else None


def is_on_the_road(grant: str) -> bool:
    """Whether anything that was dispatched for this grant is not received, lost or returned in full."""
    return bool(ask(ON_THE_ROAD, [grant])()[0][0])


def payouts_of(grant: str, *, most: int) -> list[Payout]:
    """The payouts under this grant, the latest that the books took in first; those that were taken back too."""
    rows = ask(PAYOUTS, [grant, most])()
    return [Payout._make((row[0], local_moment(row[1], row[2]), *row[3:9], bool(row[9]))) for row in rows]


def in_hand() -> dict[tuple[str, str], int]:
    """(earmark, unit) to what custodians hold and what is on the road between them."""
    return {(earmark, unit): (int(high) << 32) + int(low) for earmark, unit, high, low in ask(IN_HAND, [])()}


def first_payouts() -> dict[str, date]:
    """The day, in UTC, of the first payout of each grant that was paid at all; what was taken back is left out."""
    return _first.read(dict)


def touched_since(act: int) -> set[str]:
    """The grants under which something was paid or taken back after an act."""
    return {grant for (grant,) in streamed(TOUCHED, (act, act))}


def _advance(state: dict[str, date], *, after: int) -> None:
    """Ask anew of every grant under which something was paid or taken back since."""
    these, params = "1 = 1", list[object]()
    if after:
        touched = touched_since(after)
        for grant in touched:
            state.pop(grant, None)
        condition, value = among(touched)
        these, params = f"m.grant {condition}", [value]
    state |= {grant: read_moment(moment).date() for grant, moment in streamed(FIRST.format(these=these), tuple(params))}


_first: Running[dict[str, date]] = Running(
    "first",
    dict,
    advance=_advance,
    written=Plainly(
        lambda state: {grant: day.isoformat() for grant, day in state.items()},
        lambda kept: {grant: date.fromisoformat(day) for grant, day in kept.items()},
    ),
)
SUMS = (_first,)
"""What is written down, once there is much of it."""
