"""What became of value in the end, month by month, and what left the house under each basis."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from tallystick.ledger.queries.flows import HALVES, whole
from tallystick.ledger.queries.running import Plainly, Running, adding

T = TypeVar("T")
HOUSE = "('custodian:fund', 'custodian:store')"
AMOUNT = HALVES.format(amount="m.amount")
PAID = f"""
    SELECT {{month}}, a.unit_id, a.earmark_id, m.grant, {AMOUNT}
      FROM {{tables}}
      JOIN people_party p ON p.code = a.holder AND p.kind = 'recipient'
      JOIN ledger_entry e ON {{entry}} = m.entry_id
     WHERE m.taker_id = a.id AND m.kind = 'payout' AND {{these}}
     GROUP BY 1, 2, 3, 4
"""
# What went into the books' own accounts, and what came back out of a loss. Whose commission it was does not matter here.
SPENT = rf"""
    SELECT {{month}}, CASE WHEN a.holder LIKE '@commission:%%' THEN '@commission' ELSE a.holder END, a.unit_id, a.earmark_id,
           {AMOUNT}
      FROM {{tables}}
      JOIN ledger_entry e ON {{entry}} = m.entry_id
     WHERE m.taker_id = a.id AND m.kind IN ('commission', 'cost', 'loss') AND a.holder LIKE '@%%' AND {{these}}
     GROUP BY 1, 2, 3, 4
     UNION ALL
    SELECT {{month}}, a.holder, a.unit_id, a.earmark_id, CAST(-SUM(m.amount >> 32) AS bigint), CAST(-SUM(m.amount & 4294967295) AS bigint)
      FROM {{tables}}
      JOIN ledger_entry e ON {{entry}} = m.entry_id
     WHERE m.giver_id = a.id AND m.kind = 'recovery' AND a.holder LIKE '@loss:%%' AND {{these}}
     GROUP BY 1, 2, 3, 4
"""
# The house is its funds and stores. What is changed comes back to it at once, and so do goods that are delivered into one of them;
# what is dispatched to a store of the house has not left it.
DRAWN = f"""
    SELECT m.authorisation, a.unit_id, a.earmark_id, {AMOUNT}
      FROM {{tables}}
      JOIN people_party h ON h.code = a.holder AND h.kind IN {HOUSE}
      JOIN ledger_account t ON t.id = m.taker_id
      LEFT JOIN people_party p ON p.code = CASE WHEN m.kind = 'dispatch' THEN m.named ELSE t.holder END
     WHERE m.giver_id = a.id AND m.authorisation <> '' AND m.kind NOT IN ('exchange', 'reassign')
       AND COALESCE(p.kind, '') NOT IN {HOUSE}
       AND NOT (m.kind = 'purchase' AND EXISTS (
           SELECT 1 FROM ledger_move b
             JOIN ledger_account c ON c.id = b.taker_id
             JOIN people_party q ON q.code = c.holder AND q.kind IN {HOUSE}
            WHERE b.entry_id = m.entry_id AND b.kind = 'purchase' AND b.giver_id <> m.giver_id))
       AND {{these}}
     GROUP BY 1, 2, 3
"""

Ends = tuple[str, ...]
Sums = dict[Ends, int]
"""Smallest parts by (unit, earmark), or by (the books' own account, unit, earmark)."""


class Drawn(NamedTuple):
    """What left the house under a basis, in smallest parts."""

    authorisation: str
    unit: str
    earmark: str
    amount: int


@dataclass(slots=True)
class Monthly:
    """Sums of all months together and of each."""

    whole: Counter[Ends] = field(default_factory=Counter)
    months: dict[str, Counter[Ends]] = field(default_factory=lambda: defaultdict(Counter))  # by “2015-06”

    def latest(self, count: int) -> dict[str, Sums]:
        """The last so many months in which there was anything."""
        return {month: dict(self.months[month]) for month in sorted(heapq.nlargest(count, self.months))}

    def add(self, month: str, ends: Ends, *, amount: int) -> None:
        self.whole[ends] += amount
        if not self.whole[ends]:
            del self.whole[ends]
        add_in_month(self.months, month, ends=ends, amount=amount)


def add_in_month(months: dict[str, Counter[Ends]], month: str, *, ends: Ends, amount: int) -> None:
    """What comes to nothing leaves nothing behind: sums that are brought up are those that are added up anew."""
    months[month][ends] += amount
    if not months[month][ends]:
        del months[month][ends]
    if not months[month]:
        del months[month]


def _add_payout(state: Monthly, row: tuple[Any, ...], *, sign: int) -> None:
    month, unit, earmark, _grant, *halves = row
    state.add(month, (unit, earmark), amount=sign * whole(*halves))


def _add_spent(state: Monthly, row: tuple[Any, ...], *, sign: int) -> None:
    state.add(row[0], row[1:-2], amount=sign * whole(*row[-2:]))


def _add_amount(state: Counter[Ends], row: tuple[Any, ...], *, sign: int) -> None:
    state[row[:-2]] += sign * whole(*row[-2:])


def plain_months(months: dict[str, Counter[Ends]]) -> Any:
    """Amounts as texts: they may be larger than a number of JSON's."""
    return [[month, list(ends), str(amount)] for month, sums in months.items() for ends, amount in sums.items()]


def _monthly_read(kept: Any) -> Monthly:
    state = Monthly()
    for month, ends, amount in kept["months"]:
        state.add(month, tuple(ends), amount=int(amount))
    return state


def _drawn_plain(state: Counter[Ends]) -> Any:
    return [[*ends, str(amount)] for ends, amount in state.items() if amount]


def _drawn_read(kept: Any) -> Counter[Ends]:
    return Counter({tuple(ends): int(amount) for *ends, amount in kept})


_monthly = Plainly(lambda state: {"months": plain_months(state.months)}, _monthly_read)
_paid: Running[Monthly] = Running("paid", Monthly, advance=adding(PAID, add=_add_payout), written=_monthly)
_spent: Running[Monthly] = Running("spent", Monthly, advance=adding(SPENT, add=_add_spent), written=_monthly)
_drawn: Running[Counter[Ends]] = Running(
    "drawn", Counter, advance=adding(DRAWN, add=_add_amount), written=Plainly(_drawn_plain, _drawn_read)
)
SUMS: tuple[Running[Any], ...] = (_paid, _spent, _drawn)
"""What is written down, once there is much of it."""


def paid(look: Callable[[Monthly], T]) -> T:
    """What `look` finds in what reached recipients, by unit and earmark."""
    return _paid.read(look)


def spent(look: Callable[[Monthly], T]) -> T:
    """What `look` finds in commissions, costs, and losses less what was recovered, by account, unit and earmark."""
    return _spent.read(look)


def drawn() -> list[Drawn]:
    """What left the house under each basis, by unit and earmark."""
    return _drawn.read(lambda state: sorted(Drawn._make((*ends, amount)) for ends, amount in state.items() if amount))
