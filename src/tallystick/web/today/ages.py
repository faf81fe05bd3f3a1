"""How long value has lain in which hands: a row and a bar for each of the fullest, and their sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tallystick.core.unit import Unit
from tallystick.core.valuation import rounded
from tallystick.reports.today import HandsByAge, Values
from tallystick.web.figures import amount, grouped

MOST_HANDS = 12
BAR = 1000  # units of a bar's own width
AGE_WORDS = (
    gettext_lazy("0–7 days"),
    gettext_lazy("8–30 days"),
    gettext_lazy("31–90 days"),
    gettext_lazy("over 90 days"),
)


@dataclass(frozen=True, slots=True)
class Segment:
    style: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class AgeRow:
    """`code` is the hand's own, where it has a page; the bar is as long as the fullest hand lets it be."""

    name: str
    code: str
    cells: tuple[str, ...]
    total: str
    bar: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class AgesShown:
    headings: tuple[str, ...]
    rows: tuple[AgeRow, ...]
    total: AgeRow
    unpriced: tuple[AgeRow, ...]
    is_rounded: bool


def ages_shown(found: HandsByAge, *, places: int, units: Mapping[str, Unit]) -> AgesShown:
    named = [(holder, holder, values) for holder, values in found.hands]
    if found.other_count:
        words = ngettext("{count} other hand", "{count} other hands", found.other_count)
        named.append((words.format(count=grouped(found.other_count)), "", found.others))
    longest = max((sum(values) for _name, _code, values in named), default=Fraction(0))
    rows = tuple(
        AgeRow(name, code, *_shown(values, places=places), bar=_bar(values, longest=longest)) for name, code, values in named
    )
    columns = list(zip(*(values for _name, _code, values in named), strict=True))
    unpriced = tuple(
        AgeRow(
            unit, "", tuple(amount(one, units[unit].places) if one else "" for one in ages), amount(sum(ages), units[unit].places)
        )
        for unit, ages in found.unpriced.items()
    )
    total = AgeRow(_("All"), "", *_shown(found.total, places=places), bar=_bar(found.total, longest=sum(found.total)))
    return AgesShown(tuple(map(str, AGE_WORDS)), rows, total, unpriced, any(rounded(column).difference for column in columns))


def _shown(values: Values, *, places: int) -> tuple[tuple[str, ...], str]:
    return tuple(amount(round(value), places) if value else "" for value in values), amount(round(sum(values)), places)


def _bar(values: Sequence[Fraction], *, longest: Fraction | int) -> tuple[Segment, ...]:
    segments, x = [], 0
    for place, value in enumerate(values):
        width = int(value * BAR // longest) if longest > 0 else 0
        if width > 0:
            segments.append(Segment(f"age-{place}", x, width))
            x += width
    return tuple(segments)
