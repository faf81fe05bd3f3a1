"""Valuation: what an earmark's units are worth in the reporting unit, by what the earmark itself gave and got for them.

The rate of a unit is the earmark's own weighted average through its exchanges and purchases, an exact fraction, never
today's rate. What has no such rate is worth None: the reader is told so, and nothing is guessed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from tallystick.core.entry import Kind
from tallystick.core.flow import Flow, Swap

Priced = tuple[str, str]
"""(earmark, unit): the same unit may be worth another rate under another earmark."""


@dataclass(frozen=True, slots=True)
class Valuation:
    """`rates` are smallest parts of the reporting unit for one smallest part of the unit."""

    reporting_unit: str
    rates: Mapping[Priced, Fraction]

    def value(self, parts: int, *, unit: str, earmark: str) -> Fraction | None:
        """What these parts are worth in smallest parts of the reporting unit; None where the earmark has no rate for them."""
        rate = self.rate(unit=unit, earmark=earmark)
        return None if rate is None else rate * parts

    def rate(self, *, unit: str, earmark: str) -> Fraction | None:
        return Fraction(1) if unit == self.reporting_unit else self.rates.get((earmark, unit))


class _Trade(NamedTuple):
    given: Priced
    given_parts: int
    got: Priced
    got_parts: int


def valuation_of(swaps: Iterable[Swap], *, flows: Iterable[Flow], goods: Collection[str], reporting_unit: str) -> Valuation:
    """The rates that these moves know. `goods` are the units that are no money.

    1. The reporting unit is worth itself.
    2. What was got in exchange is worth what was given for it, once everything given has a rate.
    3. What has no rate by that is worth what it was given for, as far as that has one: won that were a gift, and then
       changed into dollars.
    4. Where neither helps, a unit is worth the part of what was given for it that has a rate.
    The steps repeat, the first that finds a rate first, until none does: won → dollars → yuan → fertiliser. Goods that also
    came as a gift, or from another earmark, have no rate: what was bought does not price what was given in kind.
    """
    swaps = list(swaps)
    trades = [
        _Trade((swap.given_earmark, swap.given_unit), swap.given, (swap.got_earmark, swap.got_unit), swap.got)
        for swap in swaps
        if swap.kind != Kind.REASSIGN
    ]
    given_in_kind = {(flow.earmark, flow.unit) for flow in flows if flow.kind == Kind.GIFT and flow.unit in goods}
    given_in_kind |= {
        (swap.got_earmark, swap.got_unit) for swap in swaps if swap.kind == Kind.REASSIGN and swap.got_unit in goods
    }
    priced = {one for trade in trades for one in (trade.given, trade.got)}
    known = {one: Fraction(1) for one in priced if one[1] == reporting_unit}
    market = _Market(trades, known, priced - known.keys() - given_in_kind)
    while market.wanted:
        found = market.by_cost() or market.by_proceeds() or market.by_part_of_cost(market.wanted)
        if not found:
            break
        market.known |= found
        market.wanted -= found.keys()
    return Valuation(reporting_unit, market.known)


@dataclass(slots=True)
class _Market:
    """What was traded for what, the rates found so far, and what is still without one."""

    trades: Sequence[_Trade]
    known: dict[Priced, Fraction]
    wanted: set[Priced]

    def by_cost(self) -> dict[Priced, Fraction]:
        return self.by_part_of_cost(self.wanted - {trade.got for trade in self.trades if trade.given not in self.known})

    def by_proceeds(self) -> dict[Priced, Fraction]:
        turned = [_Trade(trade.got, trade.got_parts, trade.given, trade.given_parts) for trade in self.trades]
        return _Market(turned, self.known, self.wanted).by_part_of_cost(self.wanted)

    def by_part_of_cost(self, wanted: Collection[Priced]) -> dict[Priced, Fraction]:
        """Value given over parts got, by the trades whose given side has a rate."""
        values: dict[Priced, Fraction] = {}
        parts: dict[Priced, int] = {}
        for trade in self.trades:
            if trade.got in wanted and trade.given in self.known:
                values[trade.got] = values.get(trade.got, Fraction(0)) + self.known[trade.given] * trade.given_parts
                parts[trade.got] = parts.get(trade.got, 0) + trade.got_parts
        return {one: value / parts[one] for one, value in values.items()}


class Rounded(NamedTuple):
    """Exact values as a column of whole parts: each rounded by itself, and what that leaves between them and their total."""

    parts: tuple[int, ...]
    total: int
    difference: int  # total less the sum of parts


def rounded(values: Iterable[Fraction | int]) -> Rounded:
    """The column as it is shown: halves go to the even part, and the rounding difference is told rather than spread."""
    exact = list(values)
    parts = tuple(round(value) for value in exact)
    total = round(sum(exact, start=Fraction(0)))
    return Rounded(parts, total, total - sum(parts))
