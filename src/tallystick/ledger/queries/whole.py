"""What an earmark or a holder has altogether, read from the accounts."""

from typing import NamedTuple

from tallystick.journal.asking import ask

OF_EARMARK = """
    SELECT a.holder, COALESCE(p.kind, ''), a.unit_id, a.balance
      FROM ledger_account a LEFT JOIN people_party p ON p.code = a.holder
     WHERE a.earmark_id = %s AND a.is_held
"""
OF_HOLDER = "SELECT holder, unit_id, earmark_id, balance FROM ledger_account WHERE holder = %s AND is_held"
MOVES = """
    SELECT COUNT(*) FROM (
        SELECT 1 FROM ledger_move m WHERE m.giver_id IN (SELECT a.id FROM ledger_account a WHERE a.earmark_id = %s) LIMIT {most}) m
"""


class Standing(NamedTuple):
    """What somebody has of a unit; `kind` is a party's, empty for the books' own accounts."""

    holder: str
    kind: str
    unit: str
    amount: int


def standing_of_earmark(earmark: str) -> list[Standing]:
    """Every account of this earmark that is not empty, in no order."""
    return [Standing(*row) for row in ask(OF_EARMARK, [earmark])()]


def has_fewer_moves(earmark: str, *, most: int) -> bool:
    """Whether this earmark has fewer moves than so many; reads no more of them."""
    ((count,),) = ask(MOVES.format(most=most), [earmark])()
    return bool(count < most)


def standing_of(holder: str) -> list[tuple[str, str, int]]:
    """(unit, earmark, smallest parts) of whatever this holder has or lacks, by unit and earmark."""
    return sorted((unit, earmark, balance) for _holder, unit, earmark, balance in ask(OF_HOLDER, [holder])())
