"""How long ventures last: the product-limit estimate, in whole fractions, and the figures by kind.

The estimate is that of E. L. Kaplan and P. Meier, “Nonparametric Estimation from Incomplete Observations”, Journal of the American
Statistical Association 53 (1958), pages 457 to 481. A venture that still traded when it was last seen counts for as long as it was
seen, and then says nothing more: it is censored. Where some end and some are seen for the last time after the same number of
months, those who are seen for the last time were still there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

FEW = 5  # fewer than these are not told: they say little, and may say who


@dataclass(frozen=True, slots=True)
class Lived:
    """How many whole months a venture was seen from its beginning, and whether it ended then."""

    months: int
    ended: bool


@dataclass(frozen=True, slots=True)
class Step:
    """After so many months: how many were still there just before, how many ended, were last seen, and the share that lasts."""

    months: int
    at_risk: int
    ended: int
    last_seen: int
    share: Fraction

    @property
    def is_few(self) -> bool:
        return self.at_risk < FEW


@dataclass(frozen=True, slots=True)
class Takings:
    """What a venture of this kind took in a month when it was last asked, in smallest parts of the unit."""

    kind: str
    unit: str
    amount: int


@dataclass(frozen=True, slots=True)
class Median:
    """The middle one of what ventures of a kind take in a month; None where they are few."""

    kind: str
    unit: str
    count: int
    amount: int | None


def months_between(began: date, until: date) -> int:
    """Whole months, at least 0: from 31 January to 28 February none has passed."""
    return max(0, (until.year - began.year) * 12 + until.month - began.month - (until.day < began.day))


def product_limit(lived: Iterable[Lived]) -> list[Step]:
    """The steps of the estimate, one for every number of months after which some ended or were seen for the last time."""
    ended, last_seen = Counter[int](), Counter[int]()
    for one in lived:
        (ended if one.ended else last_seen)[one.months] += 1
    at_risk, share, steps = ended.total() + last_seen.total(), Fraction(1), []
    for months in sorted(ended.keys() | last_seen.keys()):
        share *= Fraction(at_risk - ended[months], at_risk)
        steps.append(Step(months, at_risk, ended[months], last_seen[months], share))
        at_risk -= ended[months] + last_seen[months]
    return steps


def share_after(steps: Sequence[Step], months: int) -> Fraction | None:
    """The share that lasts longer than so many months; None where fewer than FEW were seen for that long."""
    later = [step for step in steps if step.months >= months]
    if not later or later[0].is_few:
        return None
    return next((step.share for step in reversed(steps) if step.months <= months), Fraction(1))


def half_life(steps: Sequence[Step]) -> int | None:
    """After how many months half of them are gone; None where that was not seen, or by few."""
    return next((step.months for step in steps if step.share <= Fraction(1, 2) and not step.is_few), None)


def medians(takings: Iterable[Takings]) -> list[Median]:
    """The median of each kind in each unit, by kind and unit; between two in the middle, halfway, the half part rounded up."""
    amounts: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in takings:
        amounts[one.kind, one.unit].append(one.amount)
    return [Median(*key, len(found), _middle(sorted(found))) for key, found in sorted(amounts.items())]


def _middle(amounts: Sequence[int]) -> int | None:
    if len(amounts) < FEW:
        return None
    half = len(amounts) // 2
    return amounts[half] if len(amounts) % 2 else (amounts[half - 1] + amounts[half] + 1) // 2
