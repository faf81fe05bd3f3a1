"""The pages of earmarks: all of them, and one from its gifts to its payouts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tallystick.core.trace.steps import EarmarkTrace
from tallystick.core.unit import Unit
from tallystick.ledger.queries.records import earmarks as known_earmarks
from tallystick.ledger.queries.records import units
from tallystick.ledger.queries.whole import Standing, has_fewer_moves, standing_of_earmark
from tallystick.reports.trace import trace
from tallystick.web.figures import amount, money
from tallystick.web.hands.words import holder_name
from tallystick.web.page import page

TRACED_MOST = 500  # moves of an earmark that is traced hand by hand on its page
RECIPIENT, LOST = "recipient", "lost"
WHERE = (
    ("given", _("Given by donors")),
    ("held", _("In custodians’ hands")),
    ("road", _("On the road")),
    (RECIPIENT, _("With recipients")),
    ("commission", _("Kept as commission")),
    ("cost", _("Spent on the way")),
    (LOST, _("Lost")),
    ("traded", _("With changers, suppliers and between earmarks")),
)
"""Where what belongs to an earmark can be."""
OWN = {"@transit": "road", "@commission": "commission", "@cost": "cost", "@loss": LOST}


@dataclass(frozen=True, slots=True)
class Whereabouts:
    style: str
    words: str
    amounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandRow:
    """What came into a hand and what became of it, as the trace has it."""

    holder: str
    unit: str
    cells: tuple[str, ...]


@page
def earmarks(request: HttpRequest) -> HttpResponse:
    """Every earmark, in the order of the alphabet."""
    found = sorted(known_earmarks().values(), key=lambda one: one.earmark)
    return render(request, "web/records/earmarks.html", {"earmarks": found})


@page
def earmark_whole(request: HttpRequest, name: str) -> HttpResponse:
    """Where everything of an earmark is; and hand by hand, where it has not passed through too many."""
    one = known_earmarks().get(name)
    if one is None:
        raise Http404
    known, standing = units(), standing_of_earmark(name)
    context: dict[str, Any] = {
        "earmark": one,
        "whereabouts": whereabouts(standing, known),
        "recipient_count": len({row.holder for row in standing if row.kind == RECIPIENT}),
        "is_traced": has_fewer_moves(name, most=TRACED_MOST),
    }
    if context["is_traced"] and standing:
        found = trace(name).trace
        assert isinstance(found, EarmarkTrace), f"{name} is an earmark"
        context |= {"hands": _hands(found, known), "reached": _reached(found, known)}
    return render(request, "web/records/earmark.html", context)


def whereabouts(standing: Iterable[Standing], units: Mapping[str, Unit]) -> list[Whereabouts]:
    """The amounts in each place, unit by unit; places where nothing is are left out."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in standing:
        sums[_place(row)][row.unit] += -row.amount if row.kind == "donor" else row.amount
    shown = []
    for place, words in WHERE:
        amounts = tuple(money(unit, amount(parts, units[unit].places)) for unit, parts in sorted(sums[place].items()) if parts)
        if amounts:
            shown.append(Whereabouts(place, str(words), amounts))
    return shown


def _place(row: Standing) -> str:
    if row.kind.startswith("custodian:"):
        return "held"
    if row.kind in ("donor", RECIPIENT):
        return "given" if row.kind == "donor" else RECIPIENT
    return OWN.get(row.holder.partition(":")[0], "traded")


def _hands(found: EarmarkTrace, units: Mapping[str, Unit]) -> list[HandRow]:
    rows = []
    for hand in found.hands:
        parts = (hand.came_in, hand.passed_on, hand.commission, hand.cost, hand.lost, hand.on_the_road, hand.holds)
        cells = tuple(amount(part, units[hand.unit].places) if part else "" for part in parts)
        rows.append(HandRow(holder_name(hand.holder), hand.unit, cells))
    return rows


def _reached(found: EarmarkTrace, units: Mapping[str, Unit]) -> list[tuple[str, str, str]]:
    """(grant, recipient, amount) of what was paid out."""
    return [(one.grant, one.recipient, money(one.unit, amount(one.amount, units[one.unit].places))) for one in found.reached]
