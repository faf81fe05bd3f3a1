"""Reading tallies: one with its whole story, and lists of them, open or done; and the losses that stand."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from tallystick.core.custody.book import TRANSIT
from tallystick.core.entry import LOSS_CAUSES, Kind, Move, PostedEntry
from tallystick.journal.asking import ask
from tallystick.journal.bulk import among, local_moment
from tallystick.ledger.queries.balances import balances_of
from tallystick.ledger.queries.holdings import account_by_account
from tallystick.ledger.queries.state import entries_of

TAKEN_BACK = """
    SELECT e.reference, r.reference FROM ledger_entry e JOIN ledger_entry r ON r.reverses_id = e.act_id WHERE e.reference {among}
"""
# One row for each account of a tally; the dispatch line that opened it says where it went. CROSS JOIN keeps SQLite to the order
# that is written.
TALLIES = r"""
    SELECT e.reference, g.holder, m.named, a.unit_id, a.earmark_id, m.grant,
           (SELECT SUM(s.amount) FROM ledger_move s WHERE s.taker_id = a.id AND s.kind = 'dispatch'),
           a.balance, a.id, e.happened_at, e.utc_offset_minutes
      FROM ledger_account a
     CROSS JOIN ledger_move m
      JOIN ledger_entry e ON e.act_id = m.entry_id
      JOIN ledger_account g ON g.id = m.giver_id
     WHERE {these} AND m.taker_id = a.id AND m.kind = 'dispatch'
       AND m.line = (SELECT MIN(f.line) FROM ledger_move f WHERE f.taker_id = a.id AND f.entry_id = m.entry_id)
     ORDER BY a.id {order} LIMIT %s
"""
ON_THE_ROAD = r"a.is_held AND a.holder LIKE '@transit:%%' ESCAPE '\'"
ARRIVED = r"""
    NOT a.is_held AND a.holder LIKE '@transit:%%' ESCAPE '\'
    AND NOT EXISTS (SELECT 1 FROM ledger_account h WHERE h.holder = a.holder AND h.is_held)
"""
NAMING = "(e.reference = %s OR g.holder = %s OR m.named = %s)"
# The accounts of tallies that a party gave or received, or of the tally of this reference.
TOUCHING = """
    a.id IN (SELECT t.id FROM ledger_account t WHERE t.holder = %s
              UNION ALL
             SELECT d.taker_id FROM ledger_account p JOIN ledger_move d ON d.giver_id = p.id
              WHERE p.holder = %s AND d.kind = 'dispatch'
              UNION ALL
             SELECT c.giver_id FROM ledger_account p JOIN ledger_move c ON c.taker_id = p.id
              WHERE p.holder = %s AND c.kind = 'receipt')
"""
LOSSES = """
    SELECT e.reference, e.happened_at, e.utc_offset_minutes, g.holder, a.holder, a.unit_id, a.earmark_id, m.grant, m.amount, m.note,
           m.entry_id, m.line
      FROM ledger_account a
     CROSS JOIN ledger_move m
      JOIN ledger_entry e ON e.act_id = m.entry_id
      JOIN ledger_account g ON g.id = m.giver_id
     WHERE a.holder {among} AND m.taker_id = a.id AND m.kind = 'loss'
       AND NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = e.act_id) {also}
     ORDER BY {order} LIMIT %s
"""
LOSSES_FROM = "AND (m.entry_id < %s OR m.entry_id = %s AND m.line > %s)", "m.entry_id DESC, m.line"
LOSSES_BACK = "AND (m.entry_id > %s OR m.entry_id = %s AND m.line < %s)", "m.entry_id, m.line DESC"


class TallyRow(NamedTuple):
    """One unit of one earmark that a tally carries or carried; amounts in smallest parts."""

    reference: str
    giver: str
    carrier: str
    unit: str
    earmark: str
    grant: str
    sent: int
    left: int
    dispatched_at: datetime
    place: int  # in the order of a list


class LossRow(NamedTuple):
    """A loss that stands: from a hand, or from the road of a tally."""

    reference: str
    lost_at: datetime
    giver: str
    cause: str
    unit: str
    earmark: str
    grant: str
    amount: int
    note: str
    place: tuple[int, int]  # in the order of a list

    @property
    def is_on_the_road(self) -> bool:
        return self.giver.startswith(TRANSIT)


@dataclass(frozen=True, slots=True)
class TallyLine:
    """What a tally carries of one unit of one earmark; what its dispatch cites for it, where all lines cite the same."""

    unit: str
    earmark: str
    grant: str
    authorisation: str
    sent: int
    left: int


@dataclass(frozen=True, slots=True)
class TallyStory:
    """A tally from its dispatch on: its entries, oldest first, and what is still on the road."""

    reference: str
    giver: str
    carrier: str
    dispatched_at: datetime
    lines: tuple[TallyLine, ...]
    entries: tuple[PostedEntry, ...]
    taken_back_by: str  # the reference of the reversal of its dispatch

    @property
    def is_on_the_road(self) -> bool:
        return any(line.left for line in self.lines)

    @property
    def dispatch(self) -> PostedEntry:
        return next(one for one in self.entries if any(move.kind == Kind.DISPATCH for move in one.moves))

    def sent_by_unit(self) -> dict[str, int]:
        """What it carried of each unit, over all earmarks."""
        units = {line.unit for line in self.lines}
        return {unit: sum(line.sent for line in self.lines if line.unit == unit) for unit in units}


def taken_back(references: Collection[str]) -> dict[str, str]:
    """The reversals of those of these entries that were taken back, by what they take back. One question."""
    if not references:
        return {}
    condition, value = among(references)
    return dict(ask(TAKEN_BACK.format(among=condition), [value])())


def tally_story(reference: str) -> TallyStory | None:
    """The tally that was dispatched under this reference, if one was; a fixed number of questions."""
    entries = tuple(entries_of(reference=reference)) if reference else ()
    sent = [move for posted in entries for move in posted.moves if move.kind == Kind.DISPATCH]
    if not sent:
        return None
    holder = TRANSIT + reference
    keys = {(holder, move.unit, move.earmark) for move in sent}
    left = {(one.unit, one.earmark): one.amount for one in balances_of(keys)}
    dispatched_at = next(one.happened_at for one in entries if sent[0] in one.moves)
    lines = tuple(_line(unit, earmark, sent=sent, left=amount) for (unit, earmark), amount in left.items())
    return TallyStory(
        reference, sent[0].giver, sent[0].named, dispatched_at, lines, entries, taken_back({reference}).get(reference, "")
    )


def _line(unit: str, earmark: str, *, sent: list[Move], left: int) -> TallyLine:
    mine = [move for move in sent if (move.unit, move.earmark) == (unit, earmark)]
    cited = [{one.grant for one in mine}, {one.authorisation for one in mine}]
    grant, authorisation = (codes.pop() if len(codes) == 1 else "" for codes in cited)
    return TallyLine(unit, earmark, grant, authorisation, sum(move.amount for move in mine), left)


def open_tally_rows(*, naming: str = "", most: int, at: int = 0, is_back: bool = False) -> list[TallyRow]:
    """What is on the road, the oldest first; of a tally, giver or carrier of this code. What follows a place, or goes back from it."""
    these = f"{ON_THE_ROAD} AND {NAMING}" if naming else ON_THE_ROAD
    return _rows(these, [naming] * 3 if naming else [], at=at, is_rising=not is_back, most=most)


def tally_rows_of(
    references: Collection[str], *, naming: str = "", most: int, at: int = 0, is_back: bool = False
) -> list[TallyRow]:
    """What the tallies of these references carry or carried, the oldest first; the rest as of open ones."""
    condition, value = among([TRANSIT + reference for reference in references])
    these = f"a.holder {condition} AND {NAMING}" if naming else f"a.holder {condition}"
    return _rows(these, [value, *([naming] * 3 if naming else [])], at=at, is_rising=not is_back, most=most)


def done_tally_rows(*, naming: str = "", most: int, at: int = 0, is_back: bool = False) -> list[TallyRow]:
    """Tallies of which nothing is on the road any more, the latest first; the rest as of open ones."""
    these = f"{ARRIVED} AND {TOUCHING}" if naming else ARRIVED
    return _rows(these, [TRANSIT + naming, naming, naming] if naming else [], at=at, is_rising=is_back, most=most)


def losses(
    *,
    cause: str = "",
    references: Collection[str] | None = None,
    most: int,
    at: tuple[int, int] | None = None,
    is_back: bool = False,
) -> list[LossRow]:
    """The losses that stand, the latest first; of one cause or of all, of these entries or of all; after a place, or back from it."""
    condition, value = among([f"@loss:{one}" for one in ([cause] if cause else LOSS_CAUSES)])
    beyond, order = LOSSES_BACK if is_back else LOSSES_FROM
    also, params = beyond if at else "", [value, *((at[0], *at) if at else ())]
    if references is not None:
        named, value = among(references)
        also, params = f"{also} AND e.reference {named}", [*params, value]
    rows = ask(LOSSES.format(among=condition, also=also, order=order), [*params, most])()
    return [
        LossRow(ref, local_moment(at, offset), giver, loss.partition(":")[2], unit, earmark, grant, amount, note, (act, line))
        for ref, at, offset, giver, loss, unit, earmark, grant, amount, note, act, line in rows
    ]


def _rows(these: str, params: list[Any], *, at: int, is_rising: bool, most: int) -> list[TallyRow]:
    if at:
        these, params = f"{these} AND a.id {'>' if is_rising else '<'} %s", [*params, at]
    sql = TALLIES.format(these=these, order="ASC" if is_rising else "DESC")
    rows = ask(account_by_account(sql), [*params, most])()
    return [
        TallyRow(reference, giver, carrier, unit, earmark, grant, int(sent), left, local_moment(happened_at, offset), place)
        for reference, giver, carrier, unit, earmark, grant, sent, left, place, happened_at, offset in rows
    ]
