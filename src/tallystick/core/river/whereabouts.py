"""Where it all is now: what was given to a river, and what became of the whole of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tallystick.core.party import is_custodian
from tallystick.core.river.stream import INTO, River


@dataclass(slots=True)
class Whereabouts:
    """given + difference = in_hands + on_the_road + reached + commission + cost + informal + lost + turned.

    `given` is what came from donors, less what went back to them, and out of other rivers; `turned` went into other rivers.
    """

    given: Fraction = Fraction(0)
    difference: Fraction = Fraction(0)
    in_hands: Fraction = Fraction(0)
    on_the_road: Fraction = Fraction(0)
    reached: Fraction = Fraction(0)
    commission: Fraction = Fraction(0)
    cost: Fraction = Fraction(0)
    informal: Fraction = Fraction(0)
    lost: Fraction = Fraction(0)
    turned: Fraction = Fraction(0)


def whereabouts_of(river: River, kinds: Mapping[str, str]) -> Whereabouts:
    """The whole of this river; `kinds` are the parties'."""
    whole = Whereabouts()
    for holder, shore in river.shores.items():
        if is_custodian(kinds[holder]):
            whole.in_hands += shore.holds
        elif kinds[holder] == "recipient":
            whole.reached += shore.holds
        else:
            whole.given -= shore.holds
        whole.difference += shore.difference
        whole.commission += shore.commission
        whole.cost += shore.cost
        whole.informal += shore.informal
        whole.lost += shore.lost
        whole.on_the_road += shore.on_the_road
    for stream in river.streams:
        if stream.giver.startswith("@"):
            whole.given += stream.amount
        if stream.taker.startswith(INTO):
            whole.turned += stream.amount
    return whole
