"""The page of entries, the newest first: by kind, whom they touch, what they are for, what they cite and when they happened."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tallystick.core.entry import PostedEntry
from tallystick.core.unit import Unit
from tallystick.ledger.queries.listing import Wanted, entries_at, listed
from tallystick.ledger.queries.records import earmarks, units
from tallystick.web.figures import amount, day
from tallystick.web.forms import CODE_LENGTH
from tallystick.web.hands.words import MOVES, holder_name, move_kind
from tallystick.web.leaf import ROWS, address_after, after_number
from tallystick.web.page import page

LINES = 4  # of an entry that a list shows


class Filter(forms.Form):
    """What of the entries is wanted; what is left empty asks for nothing."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    party = forms.CharField(label=_("Party"), max_length=CODE_LENGTH, required=False)
    earmark = forms.ChoiceField(label=_("Earmark"), required=False)
    grant = forms.CharField(label=_("Grant"), max_length=CODE_LENGTH, required=False)
    since = forms.DateField(label=_("From this day"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label=_("To this day"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, earmarks: list[str], **named: Any) -> None:
        super().__init__(*args, **named)
        for name, choices in (("kind", list(MOVES.items())), ("earmark", [(code, code) for code in earmarks])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("any")), *choices]

    def wanted(self) -> Wanted:
        """What is asked for; what cannot be read asks for nothing."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return Wanted(**said)


@dataclass(frozen=True, slots=True)
class Line:
    kind: str
    giver: str
    taker: str
    unit: str
    amount: str
    earmark: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    reference: str
    day: str
    reverses: str
    lines: tuple[Line, ...]
    more: int  # lines that are not shown


@page
def entries(request: HttpRequest) -> HttpResponse:
    """A leaf of the entries that are asked for; a script may take the rows alone out of the answer."""
    asked = Filter(request.GET, earmarks=sorted(earmarks()))
    wanted = asked.wanted()
    found = listed(wanted, before=after_number(request), most=ROWS)
    known = units()
    rows = [_row(posted, known) for _act, posted in entries_at(found.acts)]
    context: dict[str, Any] = {
        "form": asked,
        "rows": rows,
        "is_narrowed": wanted != Wanted(),
        "is_looking": found.is_looking,
        "looked_to": rows[-1].day if rows else "",
        "next": address_after(request, found.before) if found.before else "",
        "first": address_after(request, None) if after_number(request) else "",
    }
    return render(request, "web/entries/entries.html", context)


def _row(posted: PostedEntry, known: dict[str, Unit]) -> EntryRow:
    lines = tuple(
        Line(
            move_kind(move.kind), holder_name(move.giver), holder_name(move.taker), move.unit, amount(move.amount, known[move.unit].places),
            move.earmark,
        )
        for move in posted.moves[:LINES]
    )  # fmt: skip
    happened: date = posted.happened_at.date()
    return EntryRow(posted.reference, day(happened), posted.reverses, lines, max(0, len(posted.moves) - LINES))
