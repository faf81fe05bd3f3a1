"""How much there is in the books, without reading through them: for whoever asks every few seconds."""

from typing import NamedTuple

from django.db import connection

from tallystick.journal.models import ENTRY_POSTED

# Acts are numbered without a gap, and those that post no entry are few and have an index of their own.
ACTS = f"""
    SELECT COALESCE(MAX(a.id), 0), (SELECT COUNT(*) FROM journal_act r WHERE NOT (r.kind = '{ENTRY_POSTED}')) FROM journal_act a
"""
MOVES = "SELECT COUNT(*) FROM ledger_move WHERE entry_id > %s AND entry_id <= %s"


class ActCount(NamedTuple):
    acts: int
    entries: int  # the acts that post one


def act_count() -> ActCount:
    """As quick after ten million acts as after ten."""
    with connection.cursor() as cursor:
        cursor.execute(ACTS)
        acts, records = cursor.fetchone()
    return ActCount(acts, acts - records)


def moves_between(first: int, last: int) -> int:
    """How many moves the acts past `first` have made, up to and with `last`; takes as long as there are."""
    with connection.cursor() as cursor:
        cursor.execute(MOVES, [first, last])
        return int(cursor.fetchone()[0])
