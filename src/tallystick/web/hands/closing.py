"""That the books close: unit by unit, what was given and where it is add up to nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from tallystick.reports.holdings import Holding
from tallystick.web.figures import amount
from tallystick.web.hands.holdings import CUSTODIANS

COLUMNS = (
    ("donor", gettext_lazy("Donors")),
    ("custodian", gettext_lazy("In hands")),
    ("tally", gettext_lazy("On the road")),
    ("recipient", gettext_lazy("Recipients")),
    ("@commission", gettext_lazy("Commission")),
    ("@cost", gettext_lazy("Costs")),
    ("@loss", gettext_lazy("Lost")),
    ("trade", gettext_lazy("Changers, suppliers")),
    ("@earmark", gettext_lazy("Between earmarks")),
)
TRADE = ("supplier", "changer", "@changer")


@dataclass(frozen=True, slots=True)
class Closing:
    """One unit: an amount for every one of COLUMNS, empty where nothing ever stood there, and their sum."""

    unit: str
    amounts: tuple[str, ...]
    total: str
    is_closed: bool


def closings(holdings: Iterable[Holding]) -> list[Closing]:
    """Every unit that anyone holds, by code."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    places = {}
    for holding in holdings:
        places[holding.unit] = holding.places
        sums[holding.unit][_column(holding)] += holding.amount
    return [_closing(unit, sums[unit], places=places[unit]) for unit in sorted(sums)]


def _column(holding: Holding) -> str:
    if holding.kind in CUSTODIANS:
        return "custodian"
    sort = holding.holder.partition(":")[0] if holding.kind == "books" else holding.kind
    return "trade" if sort in TRADE else sort


def _closing(unit: str, sums: dict[str, int], *, places: int) -> Closing:
    total = sum(sums.values())
    amounts = tuple(amount(sums[column], places) if column in sums else "" for column, _ in COLUMNS)
    return Closing(unit, amounts, amount(total, places), total == 0)
