"""What was paid out under a grant."""

from datetime import datetime

from tallystick.journal.asking import ask
from tallystick.journal.bulk import stored_moment

# A payout that was taken back counts no more.
PAID = """
    SELECT COALESCE(SUM(m.amount), 0) FROM ledger_move m
      JOIN ledger_entry e ON e.act_id = m.entry_id
      JOIN ledger_account t ON t.id = m.taker_id
     WHERE m.grant = %s AND m.kind = 'payout' AND t.unit_id = %s
       AND NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = m.entry_id)
"""
BETWEEN = " AND e.happened_at >= %s AND e.happened_at <= %s"


def paid_under(grant: str, *, unit: str) -> int:
    """The smallest parts of this unit that were paid out under a grant and not taken back."""
    ((paid,),) = ask(PAID, [grant, unit])()
    return int(paid)


def paid_between(grant: str, *, unit: str, first: datetime, last: datetime) -> int:
    """The same of what happened from one moment to another."""
    ((paid,),) = ask(PAID + BETWEEN, [grant, unit, stored_moment(first), stored_moment(last)])()
    return int(paid)
