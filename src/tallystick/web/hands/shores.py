"""What came to hands on a river and what became of it: hand by hand as a table, and the whole as one bar."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tallystick.core.river.stream import River, Shore
from tallystick.core.river.whereabouts import Whereabouts
from tallystick.core.valuation import rounded
from tallystick.web.figures import amount, money


@dataclass(frozen=True, slots=True)
class ShoreRow:
    holder: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShoreTable:
    """Some hands on a river, nobody folded; columns that are empty for all of these are left out."""

    headings: tuple[str, ...]
    rows: tuple[ShoreRow, ...]
    totals: tuple[str, ...]
    rounding: tuple[str, ...]  # sentences, for the columns whose rows do not add up to the total as shown


FIELDS = {
    "came_in": gettext_lazy("Came in"),
    "difference": gettext_lazy("Exchange difference"),
    "passed_on": gettext_lazy("Passed on"),
    "commission": gettext_lazy("Commission"),
    "cost": gettext_lazy("Costs"),
    "informal": gettext_lazy("Informal payments"),
    "lost": gettext_lazy("Lost"),
    "on_the_road": gettext_lazy("On the road"),
    "holds": gettext_lazy("Holds"),
}


def shore_table(shores: Sequence[Shore], *, places: int) -> ShoreTable:
    """What came to these hands and what became of it. Amounts are rounded one by one, and what that leaves is told."""
    columns = {field: rounded(getattr(shore, field) for shore in shores) for field in FIELDS}
    shown = {field: column for field, column in columns.items() if any(column.parts)}
    rows = [
        ShoreRow(shore.holder, tuple(amount(column.parts[number], places) for column in shown.values()))
        for number, shore in enumerate(shores)
    ]
    rounding = tuple(
        _("Rounding leaves {amount} between the rows and the total of “{column}”.").format(
            amount=money("", amount(column.difference, places)), column=FIELDS[field]
        )
        for field, column in shown.items()
        if column.difference
    )
    totals = tuple(amount(column.total, places) for column in shown.values())
    return ShoreTable(tuple(str(FIELDS[field]) for field in shown), tuple(rows), totals, rounding)


PARTS = (
    ("in_hands", "held", gettext_lazy("in custodians’ hands")),
    ("on_the_road", "road", gettext_lazy("on the road")),
    ("reached", "recipient", gettext_lazy("reached recipients")),
    ("turned", "kept", gettext_lazy("turned into goods counted apart")),
    ("commission", "commission", gettext_lazy("kept as commission")),
    ("cost", "cost", gettext_lazy("spent on the way")),
    ("informal", "informal", gettext_lazy("paid informally")),
    ("lost", "loss", gettext_lazy("lost")),
)
BAR = 1000  # units of the bar's own width


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the whole; x and width are where it lies on a bar that is BAR wide."""

    style: str
    words: str
    amount: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Whole:
    """What was given and what became of it; `difference` and `rounding` are empty where there is none."""

    unit: str
    given: str
    parts: tuple[Part, ...]
    difference: str
    rounding: str


def whole_of(river: River, found: Whereabouts, *, places: int) -> Whole:
    """The whole of a river as a bar of parts. Parts that are nothing are left out, but for what is on the road."""
    values = {field: getattr(found, field) for field, _style, _words in PARTS}
    column = rounded(values.values())
    scale = BAR / float(sum(values.values()) or 1)
    parts, x = [], 0.0
    for (field, style, words), shown in zip(PARTS, column.parts, strict=True):
        width = round(float(values[field]) * scale, 2)
        if shown or field == "on_the_road":
            parts.append(Part(style, str(words), amount(shown, places), round(x, 2), width))
        x += width
    given = round(found.given)
    difference = round(found.difference)
    rounding = given + difference - sum(column.parts)
    return Whole(
        river.unit,
        amount(given, places),
        tuple(parts),
        amount(difference, places) if difference else "",
        amount(rounding, places) if rounding else "",
    )
