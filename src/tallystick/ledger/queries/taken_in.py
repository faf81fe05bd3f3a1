"""What became of value in the end, by the month in which the books took it in: for figures that are told and then stand.

What is posted late counts in the month in which it was posted, and what is taken back is taken out of the month in which it was taken
back. So nothing changes in a month that is over; turnout.py has the same by the month in which it happened.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tallystick.ledger.queries.flows import whole
from tallystick.ledger.queries.running import Plainly, Running, adding_as_taken_in
from tallystick.ledger.queries.turnout import PAID, SPENT, Ends, Sums, add_in_month, plain_months

T = TypeVar("T")


@dataclass(slots=True)
class TakenIn:
    """The sums of each month, and what was paid under each grant in it, by (grant, unit). Nothing but `told` is to be changed."""

    months: dict[str, Counter[Ends]] = field(default_factory=lambda: defaultdict(Counter))  # by “2015-06”
    grants: dict[str, Counter[Ends]] = field(default_factory=lambda: defaultdict(Counter))
    summed: dict[str, Sums] = field(default_factory=dict)  # the months until the end of this one, where somebody asked
    told: dict[str, Any] = field(default_factory=dict)  # what somebody worked out of the months before this one

    def up_to(self, month: str) -> Sums:
        """All months until the end of this one; worked out once, as long as none of them changes."""
        if month not in self.summed:
            sums: Counter[Ends] = Counter()
            for one in self.months:
                if one <= month:
                    sums.update(self.months[one])
            self.summed[month] = {ends: amount for ends, amount in sums.items() if amount}
        return self.summed[month]

    def add(self, month: str, ends: Ends, *, amount: int) -> None:
        self.told = {before: found for before, found in self.told.items() if month >= before}
        self.summed = {until: found for until, found in self.summed.items() if month > until}
        add_in_month(self.months, month, ends=ends, amount=amount)


def _add_payout(state: TakenIn, row: tuple[Any, ...], *, sign: int) -> None:
    month, unit, earmark, grant, *halves = row
    state.add(month, (unit, earmark), amount=sign * whole(*halves))
    add_in_month(state.grants, month, ends=(grant, unit), amount=sign * whole(*halves))


def _add_spent(state: TakenIn, row: tuple[Any, ...], *, sign: int) -> None:
    state.add(row[0], row[1:-2], amount=sign * whole(*row[-2:]))


def _read(kept: Any) -> TakenIn:
    state = TakenIn()
    for sums, rows in ((state.months, kept["months"]), (state.grants, kept["grants"])):
        for month, ends, amount in rows:
            sums[month][tuple(ends)] = int(amount)
    return state


_written = Plainly(lambda state: {"months": plain_months(state.months), "grants": plain_months(state.grants)}, _read)
_paid: Running[TakenIn] = Running("paid, taken in", TakenIn, advance=adding_as_taken_in(PAID, add=_add_payout), written=_written)
_spent: Running[TakenIn] = Running(
    "spent, taken in", TakenIn, advance=adding_as_taken_in(SPENT, add=_add_spent), written=_written
)
SUMS: tuple[Running[Any], ...] = (_paid, _spent)
"""What is written down, once there is much of it."""


def paid_as_taken_in(look: Callable[[TakenIn], T]) -> T:
    """What `look` finds in what reached recipients, by unit and earmark."""
    return _paid.read(look)


def spent_as_taken_in(look: Callable[[TakenIn], T]) -> T:
    """What `look` finds in commissions, costs, and losses less what was recovered, by account, unit and earmark."""
    return _spent.read(look)
