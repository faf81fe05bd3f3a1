"""What became of value: what reached recipients and what stayed on the way, in the reporting unit, altogether and month by month."""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

from tallystick.core.valuation import Valuation
from tallystick.ledger.queries.taken_in import paid_as_taken_in, spent_as_taken_in
from tallystick.ledger.queries.turnout import Sums, paid, spent

COMMISSION, COST, LOSS = "@commission", "@cost:", "@loss:"
LATEST = 12  # months


@dataclass(slots=True)
class Turnout:
    """Values in smallest parts of the reporting unit; what its earmark has no rate for stands in `unpriced` by its unit."""

    delivered: Fraction = Fraction(0)
    commission: Fraction = Fraction(0)
    costs: Fraction = Fraction(0)
    lost: Fraction = Fraction(0)
    unpriced: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # delivered, in smallest parts of the unit itself

    @property
    def kept(self) -> Fraction:
        """What stayed on the way."""
        return self.commission + self.costs + self.lost

    def per_mille(self) -> int | None:
        """How much of a thousand reached recipients; None where nothing came to an end, or more was recovered than kept."""
        whole = self.delivered + self.kept
        return round(self.delivered * 1000 / whole) if whole > 0 and self.kept >= 0 else None


@dataclass(slots=True)
class Lost:
    """What a cause took and nobody made good."""

    cause: str
    value: Fraction = Fraction(0)  # in smallest parts of the reporting unit, as far as there is a rate
    amounts: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # by unit, in smallest parts
    earmarks: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Turnouts:
    """All of it, and the latest months in which anything came to an end, the first of them first."""

    whole: Turnout
    months: dict[str, Turnout]


def turnouts(valuation: Valuation) -> Turnouts:
    delivered, months_paid = paid(lambda sums: (dict(sums.whole), sums.latest(LATEST)))
    kept, months_spent = spent(lambda sums: (dict(sums.whole), sums.latest(LATEST)))
    latest = sorted(months_paid.keys() | months_spent.keys())[-LATEST:]
    months = {
        month: turnout_of(months_paid.get(month, {}), months_spent.get(month, {}), valuation=valuation) for month in latest
    }  # fmt: skip
    return Turnouts(turnout_of(delivered, kept, valuation=valuation), months)


def turnout_up_to(month: str, *, valuation: Valuation) -> Turnout:
    """All that came to an end, as the books had taken it in at the end of this month."""
    delivered = paid_as_taken_in(lambda sums: sums.up_to(month))
    return turnout_of(delivered, spent_as_taken_in(lambda sums: sums.up_to(month)), valuation=valuation)


def turnout_of(delivered: Sums, kept: Sums, *, valuation: Valuation) -> Turnout:
    """`delivered` is by (unit, earmark), `kept` by (the books' own account, unit, earmark)."""
    turnout = Turnout()
    for (unit, earmark), amount in delivered.items():
        value = valuation.value(amount, unit=unit, earmark=earmark)
        if value is None:
            turnout.unpriced[unit] += amount
        else:
            turnout.delivered += value
    for (holder, unit, earmark), amount in kept.items():
        value = valuation.value(amount, unit=unit, earmark=earmark) or Fraction(0)
        if holder == COMMISSION:
            turnout.commission += value
        elif holder.startswith(COST):
            turnout.costs += value
        else:
            turnout.lost += value
    return turnout


def losses(valuation: Valuation, *, up_to: str = "") -> list[Lost]:
    """By cause, the largest first; with `up_to`, as the books had taken them in at the end of that month."""
    kept = spent_as_taken_in(lambda sums: sums.up_to(up_to)) if up_to else spent(lambda sums: dict(sums.whole))
    found: dict[str, Lost] = {}
    for (holder, unit, earmark), amount in kept.items():
        if not holder.startswith(LOSS):
            continue
        cause = holder.removeprefix(LOSS)
        lost = found.setdefault(cause, Lost(cause))
        lost.value += valuation.value(amount, unit=unit, earmark=earmark) or 0
        lost.amounts[unit] += amount
        lost.earmarks.add(earmark)
    return sorted(found.values(), key=lambda lost: (-lost.value, lost.cause))
