"""Accounts and entries a page at a time: each page begins where the last one ended, so that none takes longer than the first."""

from django.db import connection

from tallystick.core.custody.book import Key
from tallystick.core.entry import PostedEntry
from tallystick.journal.bulk import among
from tallystick.ledger.queries.balances import Balance
from tallystick.ledger.queries.state import ENTRIES_FIRST, IN_ORDER, entries_read, streamed

HELD = """
    SELECT holder, unit_id, earmark_id, balance FROM ledger_account
     WHERE is_held AND (holder, unit_id, earmark_id) > (%s, %s, %s) {also}
     ORDER BY holder, unit_id, earmark_id LIMIT %s
"""
ACTS = "SELECT act_id FROM ledger_entry WHERE act_id > %s ORDER BY act_id LIMIT %s"
BEGINNING: Key = ("", "", "")


def held_after(after: Key = BEGINNING, *, most: int, holder: str = "", unit: str = "", earmark: str = "") -> list[Balance]:
    """Accounts that are not empty, past one of them by holder, unit and earmark in the database's order; at most so many."""
    wanted = {"holder": holder, "unit_id": unit, "earmark_id": earmark}
    asked = {column: value for column, value in wanted.items() if value}
    also = " ".join(f"AND {column} = %s" for column in asked)
    with connection.cursor() as cursor:
        cursor.execute(HELD.format(also=also), [*after, *asked.values(), most])
        return [Balance(*row) for row in cursor.fetchall()]


def entries_after(act: int = 0, *, most: int) -> list[tuple[int, PostedEntry]]:
    """(act, entry) past one act, in the order in which these books took them in; at most so many."""
    with connection.cursor() as cursor:
        cursor.execute(ACTS, [act, most])
        acts = [row[0] for row in cursor.fetchall()]
    if not acts:
        return []
    condition, value = among(acts)
    rows = streamed(IN_ORDER.format(tables=ENTRIES_FIRST, also=f"AND e.act_id {condition}"), (value,))
    return list(zip(acts, entries_read(rows), strict=True))
