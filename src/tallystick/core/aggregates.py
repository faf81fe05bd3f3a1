"""Aggregates that expose nobody: what is told to whoever may not see single hands.

A figure is told only where enough grants stand behind it, and it moves on only when it changes by enough further ones: otherwise two
looks, one before a payout and one after it, would tell that payout. For the same reason months are those in which the books took
something in, or took it back, and not those in which it happened: what is posted late must not change a figure that was told.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

GRANTS_MIN = 5


@dataclass(frozen=True, slots=True)
class Told:
    """How far a figure is told: up to the end of this month, by how many grants; `month` is empty where nothing can be told."""

    month: str
    grant_count: int


def told_up_to(paid: Mapping[str, Mapping[tuple[str, ...], int]], *, before: str) -> Told:
    """`paid` is what was paid and not taken back, by month (“2015-06”) and by (grant, unit); below zero where more was taken back.

    Months from `before` on are still going on.
    """
    told, since, altogether = Told("", 0), Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for month in sorted(paid):
        if month >= before:
            break
        since.update(paid[month])
        altogether.update(paid[month])
        if not is_few(_count(since)) and not is_few(grant_count := _count(altogether)):
            told, since = Told(month, grant_count), Counter()
    return told


def _count(paid: Mapping[tuple[str, ...], int]) -> int:
    """Of how many grants these sums are, where what was paid and taken back is nothing."""
    return len({grant for (grant, *_), amount in paid.items() if amount})


def is_few(grant_count: int) -> bool:
    """Whether so few grants stand behind a figure that it is not told."""
    return grant_count < GRANTS_MIN
