"""Headroom: what may still leave the house under a basis, its ceiling less what left under it."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tallystick.core.authorisation import Authorisation
from tallystick.core.valuation import Valuation


@dataclass(frozen=True, slots=True)
class Headroom:
    """`drawn` and `left` are smallest parts of the basis's own unit, rounded against whoever wants to send more.

    `unpriced` is what left and has no rate into that unit: (unit, smallest parts). It is drawn as well, by how much nobody can say.
    """

    basis: Authorisation
    drawn: int
    left: int
    unpriced: tuple[tuple[str, int], ...]

    @property
    def percent(self) -> int:
        """How much of the ceiling is used up; 100 at the most."""
        return min(100, self.drawn * 100 // self.basis.ceiling) if self.basis.ceiling else 100


def headroom_of(basis: Authorisation, drawn: Iterable[tuple[str, str, int]], *, valuation: Valuation) -> Headroom:
    """`drawn` is (unit, earmark, smallest parts) that left under this basis, each counted once, at its earmark's own rate."""
    value, unpriced = Fraction(0), dict[str, int]()
    for unit, earmark, amount in drawn:
        rate = rate_between(unit, basis.unit, earmark=earmark, valuation=valuation)
        if rate is None:
            unpriced[unit] = unpriced.get(unit, 0) + amount
        else:
            value += rate * amount
    used = -(-value.numerator // value.denominator)
    return Headroom(basis, used, basis.ceiling - used, tuple(sorted(unpriced.items())))


def rate_between(unit: str, other: str, *, earmark: str, valuation: Valuation) -> Fraction | None:
    """Smallest parts of the other unit for one of this, at this earmark's own rates; None where it has none."""
    if unit == other:
        return Fraction(1)
    one, against = valuation.rate(unit=unit, earmark=earmark), valuation.rate(unit=other, earmark=earmark)
    return one / against if one is not None and against else None
