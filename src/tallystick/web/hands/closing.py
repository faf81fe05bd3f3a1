"""That the books close: unit by unit, what was given and where it is add up to nothing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from tallystick.core.party import is_custodian
from tallystick.web.figures import amount

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


def closings(lying: Mapping[tuple[str, str], int], *, places: Mapping[str, int]) -> list[Closing]:
    """Every unit that lies anywhere, by code; `lying` is what lies with each sort of holder, by (unit, sort)."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (unit, sort), parts in lying.items():
        if parts:
            sums[unit][_column(sort)] += parts
    return [_closing(unit, sums[unit], places=places[unit]) for unit in sorted(sums)]


def _column(sort: str) -> str:
    if is_custodian(sort):
        return "custodian"
    return "trade" if sort in TRADE else sort


def _closing(unit: str, sums: dict[str, int], *, places: int) -> Closing:
    total = sum(sums.values())
    amounts = tuple(amount(sums[column], places) if column in sums else "" for column, _ in COLUMNS)
    return Closing(unit, amounts, amount(total, places), total == 0)
