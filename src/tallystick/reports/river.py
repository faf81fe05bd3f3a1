"""The river: how value ran from donors to recipients, summed up, valued and drawn."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from tallystick.core.river.course import TONES, Course, course_of
from tallystick.core.river.picture import NARROW, WIDE, Picture, picture_of
from tallystick.core.river.stream import River, rivers_of
from tallystick.core.river.whereabouts import Whereabouts, whereabouts_of
from tallystick.core.unit import UnitKind
from tallystick.core.valuation import valuation_of
from tallystick.journal.queries import last_digest
from tallystick.journal.snapshot import snapshot
from tallystick.ledger.queries.flows import passed
from tallystick.ledger.queries.records import programme, units
from tallystick.people.queries import parties

MOST_WIDE, MOST_NARROW = 14, 4
"""How many of one kind of party a column shows before it folds them."""
SIDE_RIVER = WIDE._replace(measures=WIDE.measures._replace(across=130))
"""Goods without a price run in a picture of their own, which need not be as large as the main one."""


@dataclass(frozen=True, slots=True)
class DrawnRiver:
    """One river with its table (`course`, folded as the wide picture is; `brief` as the narrow one). Amounts are smallest parts."""

    river: River
    places: int
    is_valued: bool  # in the reporting unit at each earmark's own rate; otherwise in the unit of goods that have no price
    course: Course
    brief: Course
    wide: Picture
    narrow: Picture
    whereabouts: Whereabouts

    def earmarks(self) -> dict[int, tuple[str, ...]]:
        """Which earmarks run under each tone."""
        tones = self.course.tones
        return {
            tone: names
            for tone in (*range(1, TONES + 1), 0)
            if (names := tuple(sorted(earmark for earmark, one in tones.items() if one == tone)))
        }


@dataclass(frozen=True, slots=True)
class Rivers:
    """Every river of the books, how many entries and moves they were made from, and when the last of these happened."""

    drawn: tuple[DrawnRiver, ...]
    entry_count: int
    move_count: int
    latest: datetime | None


_kept: dict[str, tuple[bytes, Rivers]] = {}  # by the name of the database: up to which act it was drawn last, and the drawing


def rivers() -> Rivers:
    """The rivers of these books as they stand: the one in the reporting unit first. None before the programme is opened.

    Everything in them follows from the acts, so they are drawn anew only when something was said since this process drew them.
    """
    books = str(connection.settings_dict["NAME"])
    with snapshot():
        said = last_digest()
        kept, found = _kept.get(books, (b"", None))
        if found is None or kept != said:
            found = _drawn_now()
    _kept[books] = said, found
    return found


def _drawn_now() -> Rivers:
    opened, known = programme(), units()
    given, swapped, size = passed()
    if opened is None or not size.entry_count:
        return Rivers((), *size)
    kinds = {code: party.kind for code, party in parties().items()}
    goods = {code for code, unit in known.items() if unit.kind == UnitKind.GOODS}
    valuation = valuation_of(swapped, flows=given, goods=goods, reporting_unit=opened.reporting_unit)
    drawn = [
        drawn_river(river, kinds=kinds, places=known[river.unit].places, is_valued=river.unit == opened.reporting_unit)
        for river in rivers_of(given, swaps=swapped, valuation=valuation)
    ]
    return Rivers(tuple(drawn), *size)


def drawn_river(river: River, *, kinds: dict[str, str], places: int, is_valued: bool) -> DrawnRiver:
    """A river with its pictures; `kinds` are the parties'."""
    course = course_of(river, kinds=kinds, most=MOST_WIDE)
    brief = course_of(river, kinds=kinds, most=MOST_NARROW, is_brief=True)
    whole = whereabouts_of(river, kinds)
    wide, narrow = WIDE if is_valued else SIDE_RIVER, NARROW
    return DrawnRiver(river, places, is_valued, course, brief, picture_of(course, wide), picture_of(brief, narrow), whole)
