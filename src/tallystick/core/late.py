"""Late: what has been on the road for longer than its way takes."""

from collections.abc import Iterable

from tallystick.core.corridor import Leg

DAYS_WITHOUT_A_LEG = 14


def days_by_way(legs: Iterable[Leg]) -> dict[tuple[str, str], int]:
    """How many days each way from place to place takes, by the slowest leg that is known for it."""
    days: dict[tuple[str, str], int] = {}
    for leg in legs:
        way = (leg.from_place, leg.to_place)
        days[way] = max(days.get(way, 0), leg.days)
    return days


def days_allowed(ways: dict[tuple[str, str], int], *, giver: str, taker: str) -> int:
    """How long something may be under way from one place to another: as long as the leg takes, or a fortnight where none is known."""
    return ways.get((giver, taker), DAYS_WITHOUT_A_LEG)
