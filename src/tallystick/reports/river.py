"""The river: how value ran from donors to recipients, summed up, valued and drawn, and what every hand had to do with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db import connection

from tallystick.core.flow import Flow, Swap
from tallystick.core.programme import Programme
from tallystick.core.river.course import TONES, Course, course_of
from tallystick.core.river.picture import NARROW, WIDE, Picture, picture_of
from tallystick.core.river.stream import River, Shore, rivers_of
from tallystick.core.river.whereabouts import Whereabouts, whereabouts_of
from tallystick.core.turnover import FOLDED, Sums, is_hand
from tallystick.core.unit import UnitKind
from tallystick.core.valuation import Valuation, valuation_of
from tallystick.journal.snapshot import snapshot
from tallystick.ledger.queries.flows import on_the_road
from tallystick.ledger.queries.records import programme, units
from tallystick.ledger.queries.stock import Stock, ends_of, road_now, stock_now, turnovers
from tallystick.people.queries import kinds_of

MOST_WIDE, MOST_NARROW = 14, 4
"""How many of one kind of party a column shows before it folds them."""
SIDE_RIVER = WIDE._replace(measures=WIDE.measures._replace(across=130))
"""Goods without a price run in a picture of their own, which need not be as large as the main one."""


@dataclass(frozen=True)
class Waters:
    """What ran through the books and at which rates; the rivers of it are gathered when somebody wants to see them."""

    opened: Programme | None
    stock: Stock
    valuation: Valuation
    flows: tuple[Flow, ...]
    swaps: tuple[Swap, ...]
    places: dict[str, int]

    @cached_property
    def rivers(self) -> tuple[River, ...]:
        """All rivers, the one in the reporting unit first, before they are drawn."""
        return tuple(rivers_of(self.flows, swaps=self.swaps, valuation=self.valuation)) if self.opened else ()

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The kinds of the hands in them."""
        hands = {end for end in ends_of(self.flows) | ends_of(self.swaps) if is_hand(end)}
        kinds = {hand: hand.removeprefix(FOLDED) for hand in hands if hand.startswith(FOLDED)}
        return kinds | kinds_of(hands - kinds.keys())

    @property
    def entry_count(self) -> int:
        return self.stock.extent.entry_count

    @property
    def move_count(self) -> int:
        return self.stock.extent.move_count

    @property
    def latest(self) -> datetime | None:
        return self.stock.extent.latest

    def is_valued(self, river: River) -> bool:
        """Whether a river runs in the reporting unit at each earmark's own rate; otherwise it is of goods that have no price."""
        return river.unit == self.valuation.reporting_unit

    def main(self) -> River | None:
        return next(filter(self.is_valued, self.rivers), None)

    def whereabouts(self, river: River) -> Whereabouts:
        return whereabouts_of(river, self.kinds)

    def units_of(self, river: River) -> frozenset[str]:
        """The units that run in a river under any earmark."""
        ran = {(unit, earmark) for *_, unit, earmark in self.stock.sums.flows}
        ran |= {(ends[place], ends[place + 1]) for ends in self.stock.sums.swaps for place in (4, 6)}
        return frozenset(
            unit
            for unit, earmark in ran
            if (self.valuation.rate(unit=unit, earmark=earmark) is not None if self.is_valued(river) else unit == river.unit)
        )


@dataclass(frozen=True, slots=True)
class DrawnRiver:
    """One river with its table (`course`, folded as the wide picture is; `brief` as the narrow one). Amounts are smallest parts."""

    river: River
    places: int
    is_valued: bool
    course: Course
    brief: Course
    wide: Picture
    narrow: Picture

    def earmarks(self) -> dict[int, tuple[str, ...]]:
        """Which earmarks run under each tone."""
        tones = self.course.tones
        return {
            tone: names
            for tone in (*range(1, TONES + 1), 0)
            if (names := tuple(sorted(earmark for earmark, one in tones.items() if one == tone)))
        }


_waters: dict[str, Waters] = {}  # by the name of the database: as this process saw them last
_drawn: dict[str, tuple[Waters, tuple[DrawnRiver, ...]]] = {}


def waters() -> Waters:
    """The rivers of these books as they stand; none before the programme is opened.

    Everything in them follows from the acts, so they are reckoned anew only when something was said since this process did so.
    """
    books = str(connection.settings_dict["NAME"])
    with snapshot():
        stock = stock_now()
        kept = _waters.get(books)
        if kept is None or kept.stock is not stock:
            kept = _gathered(stock)
    _waters[books] = kept
    return kept


def _gathered(stock: Stock) -> Waters:
    opened, known = programme(), units()
    if opened is None:
        return Waters(None, stock, Valuation("", {}), (), (), {})
    flows, swaps = (*stock.sums.each_flow(), *road_now(stock)), tuple(stock.sums.each_swap())
    goods = {code for code, unit in known.items() if unit.kind == UnitKind.GOODS}
    valuation = valuation_of(swaps, flows=flows, goods=goods, reporting_unit=opened.reporting_unit)
    return Waters(opened, stock, valuation, flows, swaps, {code: unit.places for code, unit in known.items()})


def rivers(found: Waters) -> tuple[DrawnRiver, ...]:
    """These rivers drawn; once for as long as nothing new is said."""
    books = str(connection.settings_dict["NAME"])
    kept = _drawn.get(books)
    if kept is None or kept[0] is not found:
        kept = _drawn[books] = found, tuple(_drawn_river(river, found) for river in found.rivers)
    return kept[1]


def _drawn_river(river: River, found: Waters) -> DrawnRiver:
    is_valued = found.is_valued(river)
    many = found.stock.folded_counts(found.units_of(river))
    course = course_of(river, kinds=found.kinds, most=MOST_WIDE, many=many)
    brief = course_of(river, kinds=found.kinds, most=MOST_NARROW, is_brief=True, many=many)
    wide, narrow = WIDE if is_valued else SIDE_RIVER, NARROW
    return DrawnRiver(
        river, found.places[river.unit], is_valued, course, brief, picture_of(course, wide), picture_of(brief, narrow)
    )


def shores(hands: Iterable[str], *, unit: str, found: Waters) -> list[Shore]:
    """What came to each of these hands on the river of this unit and what became of it; a hand that it never reached is left out."""
    asked = list(hands)
    together = Sums()
    with snapshot():
        for sums in turnovers(asked).values():
            together.take_in(sums)
        flows = [*together.each_flow(), *_on_the_road_from(asked)]
    rivers_found = rivers_of(flows, swaps=together.each_swap(), valuation=found.valuation)
    river = next((one for one in rivers_found if one.unit == unit), None)
    return [river.shores[hand] for hand in asked if river and hand in river.shores]


def _on_the_road_from(hands: list[str]) -> list[Flow]:
    return [flow for flow in on_the_road() if flow.giver in hands]
