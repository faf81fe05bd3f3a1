"""Layers: how much of what lies in a hand came in how long ago, where what came first leaves first."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

AGE_LIMITS = (7, 30, 90)
"""Days: up to a week, up to a month, up to three months, and beyond."""

Layer = tuple[datetime, int]
"""(when it came in, smallest parts)."""


def layers_of(balance: int, arrivals: Iterable[Layer]) -> tuple[Layer, ...]:
    """The arrivals that make up what is held, the latest first; what they do not cover lay there before the earliest of them."""
    layers: list[Layer] = []
    left = balance
    for came_at, amount in arrivals:
        if left <= 0:
            break
        layers.append((came_at, min(amount, left)))
        left -= amount
    if left > 0 and layers:
        came_at, amount = layers[-1]
        layers[-1] = (came_at, amount + left)
    return tuple(layers)


def by_age(layers: Sequence[Layer], *, limits: Sequence[datetime]) -> tuple[int, ...]:
    """How much of these layers is of each age: a number for every limit, which are moments, and one for what came before them all."""
    sums = [0] * (len(limits) + 1)
    for came_at, amount in layers:
        place = 0
        for limit in limits:
            place += came_at <= limit
        sums[place] += amount
    return tuple(sums)


def older_at(layers: Iterable[Layer], *, now: datetime) -> datetime | None:
    """When, after this moment, the first of these layers comes into its next age; None where all are of the last."""
    steps = [timedelta(days=limit + 1) for limit in AGE_LIMITS]
    return min((came_at + step for came_at, _ in layers for step in steps if came_at + step > now), default=None)


def limits_at(now: datetime) -> tuple[datetime, ...]:
    """Before which moments something is older than each of AGE_LIMITS, in whole days."""
    return tuple(now - timedelta(days=limit + 1) for limit in AGE_LIMITS)
