"""Streams: how much ran from hand to hand, in one measure for everything that has a rate and in its own unit for the rest."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

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
    order = sorted(waters.streams.keys() | waters.shores.keys(), key=lambda unit: (unit != valuation.reporting_unit, unit))
    rivers = [_river(unit, waters.streams[unit], shores=waters.shores[unit]) for unit in order]
    return [river for river in rivers if river.streams]


Ends = tuple[str, str, str]


class _Shores(defaultdict[str, Shore]):
    def __missing__(self, holder: str) -> Shore:
        shore = self[holder] = Shore(holder)
        return shore


class _Waters:
    """All rivers while they gather."""

    def __init__(self, valuation: Valuation) -> None:
        self.valuation = valuation
        self.streams: dict[str, dict[Ends, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
        self.shores: dict[str, _Shores] = defaultdict(_Shores)

    def measured(self, parts: int, *, unit: str, earmark: str) -> tuple[str, Fraction]:
        """(the river, the amount in its measure)."""
        value = self.valuation.value(parts, unit=unit, earmark=earmark)
        return (unit, Fraction(parts)) if value is None else (self.valuation.reporting_unit, value)

    def run(self, flow: Flow) -> None:
        river, amount = self.measured(flow.amount, unit=flow.unit, earmark=flow.earmark)
        giver, taker = flow.giver, _end(flow)
        if flow.kind == Kind.RECOVERY:  # a loss that was less than was feared
            giver, taker, amount = flow.taker, LOSS, -amount
        self.streams[river][giver, taker, flow.earmark] += amount
        shores = self.shores[river]
        shores[giver].holds -= amount
        if not taker.startswith("@"):
            shores[taker].holds += amount

    def turn(self, swap: Swap) -> None:
        """An exchange stays in its hand; a purchase runs from who paid to who keeps the goods."""
        gave, given = self.measured(swap.given, unit=swap.given_unit, earmark=swap.given_earmark)
        got_in, got = self.measured(swap.got, unit=swap.got_unit, earmark=swap.got_earmark)
        self.shores[gave][swap.giver].holds -= given
        self.shores[got_in][swap.taker].holds += got
        if gave == got_in:
            self.shores[gave][swap.giver].difference += got - given
            if swap.giver != swap.taker:
                self.streams[gave][swap.giver, swap.taker, swap.got_earmark] += got
            return
        between_earmarks = swap.kind == Kind.REASSIGN
        into = INTO + (swap.got_earmark if between_earmarks else swap.got_unit)
        out_of = OUT_OF + (swap.given_earmark if between_earmarks else swap.given_unit)
        self.streams[gave][swap.giver, into, swap.given_earmark] += given
        self.streams[got_in][out_of, swap.taker, swap.got_earmark] += got


def _end(flow: Flow) -> str:
    """The taker as the river knows it: causes of loss and kinds of cost run together, informal payments apart."""
    if flow.taker == INFORMAL:
        return INFORMAL
    for end in (COMMISSION, COST, LOSS):
        if flow.taker.startswith(end + ":"):
            return end
    return flow.taker


def _river(unit: str, sums: Mapping[Ends, Fraction], *, shores: Mapping[str, Shore]) -> River:
    """A river with the streams that did not cancel out; a loss more than made good comes back out of RECOVERED."""
    streams = []
    for (giver, taker, earmark), amount in sorted(sums.items()):
        if amount < 0:
            streams.append(Stream(RECOVERED, giver, earmark, -amount))
        elif amount:
            streams.append(Stream(giver, taker, earmark, amount))
    touched = {end for stream in streams for end in stream[:2] if not end.startswith("@")}
    mine = {holder: shore for holder, shore in sorted(shores.items()) if holder in touched or shore.holds}
    for stream in streams:
        if stream.taker in mine:
            mine[stream.taker].came_in += stream.amount
        if stream.giver in mine:
            field = TAKEN_FROM.get(stream.taker, "passed_on")
            setattr(mine[stream.giver], field, getattr(mine[stream.giver], field) + stream.amount)
    return River(unit, tuple(streams), mine)
