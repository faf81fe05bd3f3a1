"""Streams: how much ran from hand to hand, in one measure for everything that has a rate and in its own unit for the rest."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from operator import itemgetter
from typing import NamedTuple

from tallystick.core.custody.book import Key
from tallystick.core.entry import Kind
from tallystick.core.flow import ON_THE_ROAD, Flow, Swap
from tallystick.core.valuation import Valuation

COMMISSION, COST, INFORMAL, LOSS, ROAD = "@commission", "@cost", "@cost:informal payment", "@loss", ON_THE_ROAD
RECOVERED = "@recovered"
INTO, OUT_OF = "@into:", "@out of:"
"""Where value crosses from one river to another: bought goods that have no one price, or another earmark."""


class Stream(NamedTuple):
    """What ran from giver to taker under one earmark, in the river's measure. Ends that begin with @ are no hands."""

    giver: str
    taker: str
    earmark: str
    amount: Fraction


@dataclass(slots=True)
class Shore:
    """One holder on the river. came_in + difference = passed_on + commission + cost + informal + lost + on_the_road + holds.

    `difference` is what its exchanges gained or lost against the earmark's own average rate.
    """

    holder: str
    came_in: Fraction = Fraction(0)
    difference: Fraction = Fraction(0)
    passed_on: Fraction = Fraction(0)
    commission: Fraction = Fraction(0)
    cost: Fraction = Fraction(0)
    informal: Fraction = Fraction(0)
    lost: Fraction = Fraction(0)
    on_the_road: Fraction = Fraction(0)
    holds: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class River:
    """`unit` is the measure of all its amounts, which are in smallest parts: the reporting unit, or the goods' own."""

    unit: str
    streams: tuple[Stream, ...]
    shores: Mapping[str, Shore]


TAKEN_FROM = {COMMISSION: "commission", COST: "cost", INFORMAL: "informal", LOSS: "lost", ROAD: "on_the_road"}


def rivers_of(flows: Iterable[Flow], *, swaps: Iterable[Swap], valuation: Valuation) -> list[River]:
    """The river in the reporting unit, and one for each unit that some earmark holds without a rate; no empty ones."""
    waters = _Waters(valuation)
    for flow in flows:
        waters.run(flow)
    for swap in swaps:
        waters.turn(swap)
    order = sorted(waters.parts.keys() | waters.held.keys(), key=lambda unit: (unit != valuation.reporting_unit, unit))
    rivers = [waters.river(unit) for unit in order]
    return [river for river in rivers if river.streams]


class _Waters:
    """All rivers while they gather: whole parts by ends (or holder), earmark and unit, which are valued once at the end."""

    def __init__(self, valuation: Valuation) -> None:
        self.valuation = valuation
        self.parts: dict[str, dict[tuple[str, str, str, str], int]] = defaultdict(lambda: defaultdict(int))
        self.held: dict[str, dict[Key, int]] = defaultdict(lambda: defaultdict(int))
        self.differences: dict[str, Fraction] = defaultdict(Fraction)

    def river_of(self, unit: str, earmark: str) -> str:
        """The measure in which this unit of this earmark runs."""
        return unit if self.valuation.rate(unit=unit, earmark=earmark) is None else self.valuation.reporting_unit

    def measured(self, parts: int, unit: str, *, earmark: str) -> Fraction:
        value = self.valuation.value(parts, unit=unit, earmark=earmark)
        return Fraction(parts) if value is None else value

    def run(self, flow: Flow) -> None:
        river, giver, taker, amount = self.river_of(flow.unit, flow.earmark), flow.giver, end_of(flow.taker), flow.amount
        if flow.kind == Kind.RECOVERY:  # a loss that was less than was feared
            giver, taker, amount = flow.taker, LOSS, -amount
        self.parts[river][giver, taker, flow.earmark, flow.unit] += amount
        held = self.held[river]
        held[giver, flow.unit, flow.earmark] -= amount
        if not taker.startswith("@"):
            held[taker, flow.unit, flow.earmark] += amount

    def turn(self, swap: Swap) -> None:
        """An exchange stays in its hand; a purchase runs from who paid to who keeps the goods."""
        gave, got_in = self.river_of(swap.given_unit, swap.given_earmark), self.river_of(swap.got_unit, swap.got_earmark)
        self.held[gave][swap.giver, swap.given_unit, swap.given_earmark] -= swap.given
        self.held[got_in][swap.taker, swap.got_unit, swap.got_earmark] += swap.got
        if gave == got_in:
            self.differences[swap.giver] += self.measured(swap.got, swap.got_unit, earmark=swap.got_earmark)
            self.differences[swap.giver] -= self.measured(swap.given, swap.given_unit, earmark=swap.given_earmark)
            if swap.giver != swap.taker:
                self.parts[gave][swap.giver, swap.taker, swap.got_earmark, swap.got_unit] += swap.got
            return
        between_earmarks = swap.kind == Kind.REASSIGN
        into = INTO + (swap.got_earmark if between_earmarks else swap.got_unit)
        out_of = OUT_OF + (swap.given_earmark if between_earmarks else swap.given_unit)
        self.parts[gave][swap.giver, into, swap.given_earmark, swap.given_unit] += swap.given
        self.parts[got_in][out_of, swap.taker, swap.got_earmark, swap.got_unit] += swap.got

    def river(self, unit: str) -> River:
        sums: dict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
        for (giver, taker, earmark, moved), parts in self.parts[unit].items():
            sums[giver, taker, earmark] += self.measured(parts, moved, earmark=earmark)
        shores = _Shores()
        for (holder, held, earmark), parts in self.held[unit].items():
            if parts:
                shores[holder].holds += self.measured(parts, held, earmark=earmark)
        if unit == self.valuation.reporting_unit:
            for holder, difference in filter(itemgetter(1), self.differences.items()):
                shores[holder].difference = difference
        return River(unit, tuple(_streams(sums, shores)), dict(sorted(shores.items())))


class _Shores(defaultdict[str, Shore]):
    def __missing__(self, holder: str) -> Shore:
        shore = self[holder] = Shore(holder)
        return shore


def end_of(taker: str) -> str:
    """The taker as the river knows it: causes of loss and kinds of cost run together, informal payments apart."""
    if taker == INFORMAL or not taker.startswith("@"):
        return taker
    return next((end for end in (COMMISSION, COST, LOSS) if taker.startswith(end + ":")), taker)


def _streams(sums: Mapping[tuple[str, str, str], Fraction], shores: _Shores) -> Iterator[Stream]:
    """The streams that did not cancel out, entered on their shores; a loss more than made good comes out of RECOVERED."""
    for (giver, taker, earmark), amount in sorted(sums.items()):
        if amount < 0:
            yield Stream(RECOVERED, giver, earmark, -amount)
            shores[giver].came_in -= amount
        elif amount:
            yield Stream(giver, taker, earmark, amount)
            if not taker.startswith("@"):
                shores[taker].came_in += amount
            if not giver.startswith("@"):
                field = TAKEN_FROM.get(taker, "passed_on")
                setattr(shores[giver], field, getattr(shores[giver], field) + amount)
