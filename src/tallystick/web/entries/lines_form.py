"""The form of a note of several lines, for a bookkeeper who knows the kinds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tallystick.desk.entries import KINDS, EntryWish, WishedLine
from tallystick.web.entries.trade_forms import HEAD
from tallystick.web.forms import CODE_LENGTH, MORE, HappenedForm

FIRST, STEP, MOST = 4, 4, 40  # lines
COLUMNS: tuple[tuple[str, Any], ...] = (
    ("kind", _("Kind")),
    ("giver", _("From")),
    ("taker", _("To")),
    ("unit", _("Unit")),
    ("amount", _("Amount")),
    ("earmark", _("Earmark")),
    ("grant", _("Grant")),
    ("authorisation", _("Authorisation")),
    ("note", _("Note")),
)
NEEDED = ("kind", "giver", "taker", "unit", "amount", "earmark")
CHOSEN = ("kind", "unit", "earmark")


class LinesForm(HappenedForm):
    """Lines as they are written in a programme folder, a row each; rows that are left empty are no lines."""

    reference = forms.CharField(label=_("Reference"), max_length=CODE_LENGTH)
    line_count = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST, required=False)
    reason = None  # type: ignore[assignment]
    field_order = HEAD

    def prepare(self) -> None:
        super().prepare()
        self.row_count = self._asked_for()
        self.initial["line_count"] = self.row_count
        for number in range(1, self.row_count + 1):
            for column, label in COLUMNS:
                self.fields[f"{column}-{number}"] = _field(column, f"{label} {number}")
            self.choose(f"kind-{number}", list(KINDS["lines"]), empty=True)
            self.choose(f"unit-{number}", sorted(self.known.units), empty=True)
            self.choose(f"earmark-{number}", sorted(self.known.earmarks), empty=True)
            for column in ("giver", "taker"):
                self.fields[f"{column}-{number}"].widget.attrs |= {"list": "party-list", "autocomplete": "off"}
        self.suggestions["party"] = self.known.codes(lambda kind: kind != "recipient")

    def may_have_more(self) -> bool:
        return self.row_count < MOST

    def head(self) -> list[forms.BoundField]:
        """The fields that are no part of a line, hidden ones left out."""
        return [self[name] for name in HEAD]

    def columns(self) -> list[Any]:
        return [label for _name, label in COLUMNS]

    def rows(self) -> list[list[forms.BoundField]]:
        return [[self[f"{column}-{number}"] for column, _label in COLUMNS] for number in range(1, self.row_count + 1)]

    def clean(self) -> None:
        super().clean()
        written = [number for number in range(1, self.row_count + 1) if self._is_written(number)]
        if not written:
            self.add_error(None, _("Write one line at least."))
        for number in written:
            for column in NEEDED:
                if not self.cleaned_data.get(f"{column}-{number}"):
                    self.add_error(f"{column}-{number}", _("This line lacks it."))

    def wish(self) -> EntryWish:
        numbers = [number for number in range(1, self.row_count + 1) if self._is_written(number)]
        return EntryWish(self.cleaned_data["reference"], self.happened_at(), tuple(map(self._line, numbers)))

    def _line(self, number: int) -> WishedLine:
        said = {column: self.cleaned_data[f"{column}-{number}"] for column, _label in COLUMNS}
        return WishedLine(**said | {"amount": self.parts(f"amount-{number}", unit=said["unit"])})

    def _is_written(self, number: int) -> bool:
        return any(self.cleaned_data.get(f"{column}-{number}") for column, _label in COLUMNS)

    def _asked_for(self) -> int:
        """How many rows there are, with some more where whoever writes asked for them."""
        known = self.data if self.is_bound else self.initial
        said = str(known.get("line_count", ""))
        count = int(said) if said.isascii() and said.isdecimal() and len(said) < 4 else FIRST
        return max(1, min(count + (STEP if known.get(MORE) else 0), MOST))


def _field(column: str, label: str) -> forms.Field:
    if column in CHOSEN:
        return forms.ChoiceField(label=label, required=False)
    return forms.CharField(label=label, required=False, max_length=500 if column == "note" else 160)
