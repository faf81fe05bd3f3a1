"""Aggregates that expose nobody: what is told to whoever may not see single hands.

A figure is told only where enough grants stand behind it, and it moves on only when enough further ones were paid: otherwise two
looks, one before a payout and one after it, would tell that payout.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

GRANTS_MIN = 5


@dataclass(frozen=True, slots=True)
class Told:
    """How far a figure is told: up to the end of this month, by how many grants; `month` is empty where nothing can be told."""

    month: str
    grant_count: int


def told_up_to(paid: Mapping[str, Collection[str]], *, before: str) -> Told:
    """`paid` are the grants of which something was paid out, by month (“2015-06”); months from `before` on are still going on."""
    told, since, all_of_them = Told("", 0), set[str](), set[str]()
    for month in sorted(paid):
        if month >= before:
            break
        since |= set(paid[month])
        all_of_them |= set(paid[month])
        if len(since) >= GRANTS_MIN:
            told, since = Told(month, len(all_of_them)), set()
    return told


def is_few(grant_count: int) -> bool:
    """Whether so few grants stand behind a figure that it is not told."""
    return grant_count < GRANTS_MIN
