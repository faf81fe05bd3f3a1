"""Forms with several rows of the same fields, without scripts: rows left empty say nothing."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from tallystick.core.amount import Parts
from tallystick.web.forms import CODE_LENGTH, WishForm
from tallystick.web.hands.words import causes

AMOUNT_LENGTH = 40


def amount_field(label: Any, **named: Any) -> forms.CharField:
    """An amount that may be left empty, for none."""
    return forms.CharField(
        label=label, max_length=AMOUNT_LENGTH, required=False, widget=forms.TextInput({"inputmode": "decimal"}), **named
    )


def code_field(label: Any, *, required: bool = False, offers: str = "") -> forms.CharField:
    """A code; `offers` is the list of codes that the browser offers, see RowsForm.suggestions."""
    attributes = {"list": f"{offers}-list", "autocomplete": "off", "spellcheck": "false"} if offers else {}
    return forms.CharField(label=label, max_length=CODE_LENGTH, required=required, widget=forms.TextInput(attributes))


def text_field(label: Any, **named: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=400, required=False, **named)


def cause_field() -> forms.ChoiceField:
    """What losses are kept under."""
    return forms.ChoiceField(label=_("Cause"), choices=[("", "–"), *causes()], required=False)


def answers_field() -> forms.CharField:
    return code_field(_("Who answers for it; empty where the programme bears it"), offers="custodian")


class RowsForm(WishForm):
    """A form with rows: the fields of `row_fields`, at each place that `add_rows` names, each with its place behind its name."""

    row_fields: ClassVar[dict[str, Callable[[], forms.Field]]] = {}
    aside: ClassVar[tuple[str, ...]] = ()  # fields that stand together below the rows
    aside_title: ClassVar[Any] = ""
    places: Sequence[int] = ()

    def add_rows(self, places: Sequence[int]) -> None:
        self.places = places
        for place in places:
            for name, make in self.row_fields.items():
                self.fields[f"{name}-{place}"] = make()

    def said(self, name: str, place: int) -> Any:
        """What was typed in one field of one row; nothing where the form has no such field."""
        return self.cleaned_data.get(f"{name}-{place}", "")

    def row_parts(self, name: str, place: int, *, unit: str) -> Parts:
        """The amount in one row, 0 where it was left empty. Raises AmountUnreadable, AmountTooPrecise, AmountTooLarge."""
        return self.parts(f"{name}-{place}", unit=unit) if self.said(name, place) else Parts(0)

    def rows_shown(self) -> list[tuple[str, list[BoundField]]]:
        """(what heads it, its fields) of every row."""
        return [(str(self.row_title(place)), [self[f"{name}-{place}"] for name in self.row_fields]) for place in self.places]

    def row_title(self, place: int) -> object:
        return _("Line {number}").format(number=place + 1)

    def fields_shown(self) -> list[BoundField]:
        """The visible fields that stand above the rows, and the reason, which stands below them."""
        return [field for field in self.visible_fields() if field.name not in self.aside and not self._is_in_row(field.name)]

    def aside_shown(self) -> list[BoundField]:
        return [self[name] for name in self.aside]

    def _is_in_row(self, name: str) -> bool:
        stem, dash, _place = name.rpartition("-")
        return bool(dash) and stem in self.row_fields
