"""What somebody wants to see in the morning: whose hands hold how much for how long, and what is late on the road."""

import heapq
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from tallystick.core.late import days_allowed, days_by_way
from tallystick.core.layers import AGE_LIMITS
from tallystick.core.valuation import Valuation
from tallystick.corridors.queries import legs
from tallystick.ledger.queries.ages import HandAges, hand_ages
from tallystick.people.queries import parties
from tallystick.reports.holdings import OpenTally, open_tallies

AGES = len(AGE_LIMITS) + 1
Values = tuple[Fraction, ...]
"""One for every age, in smallest parts of the reporting unit."""
NOTHING: Values = (Fraction(0),) * AGES


@dataclass(frozen=True, slots=True)
class HandsByAge:
    """`hands` are the fullest, each with its values by age; `others` what all `other_count` others hold together.

    What its earmark has no rate for stands in `unpriced`, by unit and age, in smallest parts of the unit.
    """

    hands: tuple[tuple[str, Values], ...]
    other_count: int
    others: Values
    total: Values
    unpriced: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class LateTally:
    tally: OpenTally
    days: int  # since it was dispatched
    allowed: int


def hands_by_age(valuation: Valuation, *, now: datetime, most: int) -> HandsByAge:
    """The value in custodians' hands, hand by hand, for so many of the fullest."""
    by_price: dict[tuple[str, str], list[HandAges]] = defaultdict(list)
    for one in hand_ages(now):
        by_price[one.unit, one.earmark].append(one)
    about: dict[str, int] = defaultdict(int)  # near enough to tell the full hands from the others
    total, unpriced = NOTHING, dict[str, tuple[int, ...]]()
    for (unit, earmark), mine in by_price.items():
        amounts = tuple(map(sum, zip(*(one.amounts for one in mine), strict=True)))
        rate = valuation.rate(unit=unit, earmark=earmark)
        if rate is None:
            unpriced[unit] = tuple(map(sum, zip(amounts, unpriced.get(unit, (0,) * AGES), strict=True)))
            continue
        total = _added([total, _valued(amounts, rate)])
        for one in mine:
            about[one.holder] += sum(one.amounts) * rate.numerator // rate.denominator
    fullest = heapq.nlargest(most, about, key=lambda holder: (about[holder], holder))
    hands = _exactly(fullest, by_price, valuation=valuation)
    others = tuple(whole - shown for whole, shown in zip(total, _added([values for _, values in hands]), strict=True))
    return HandsByAge(hands, len(about) - len(hands), others, total, dict(sorted(unpriced.items())))


def _exactly(
    holders: Sequence[str], by_price: dict[tuple[str, str], list[HandAges]], *, valuation: Valuation
) -> tuple[tuple[str, Values], ...]:
    """What these holders have, by age, and not a fraction less."""
    found: dict[str, list[Values]] = {holder: [] for holder in holders}
    for (unit, earmark), mine in by_price.items():
        rate = valuation.rate(unit=unit, earmark=earmark)
        for one in mine if rate is not None else ():
            if one.holder in found:
                found[one.holder].append(_valued(one.amounts, rate or 0))
    return tuple((holder, _added(values)) for holder, values in found.items())


def late_tallies(now: datetime) -> list[LateTally]:
    """What is on the road for longer than its way takes, the latest of all first."""
    tallies = open_tallies()
    places = {
        code: party.place for code, party in parties(codes={end for one in tallies for end in (one.giver, one.carrier)}).items()
    }
    ways = days_by_way(legs().values())
    found = [
        LateTally(
            one,
            (now - one.dispatched_at).days,
            days_allowed(ways, giver=places.get(one.giver, ""), taker=places.get(one.carrier, "")),
        )
        for one in tallies
    ]
    return sorted((one for one in found if one.days > one.allowed), key=lambda one: one.allowed - one.days)


def _valued(amounts: Sequence[int], rate: Fraction | int) -> Values:
    return tuple(Fraction(rate * amount) for amount in amounts)


def _added(some: Sequence[Values]) -> Values:
    return tuple(sum((values[place] for values in some), start=Fraction(0)) for place in range(AGES))
