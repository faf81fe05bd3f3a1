"""Forms that make a wish: what all of them have in common, and the fields that several need.

A form only reads what was typed; what may be is decided in the rooms below. Amounts are read as whole smallest parts, never as
floating-point numbers.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from unicodedata import normalize

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from tallystick.core.amount import Parts, read_typed
from tallystick.core.unit import Unit
from tallystick.web.choices import Choices

CODE_LENGTH = 64
MORE = "more"  # asks for more rows of a form that has some
# Every offset from UTC that a clock on a wall has somewhere, from west to east.
CLOCKS = (
    "-12:00", "-11:00", "-10:00", "-09:30", "-09:00", "-08:00", "-07:00", "-06:00", "-05:00", "-04:00", "-03:30", "-03:00",
    "-02:30", "-02:00", "-01:00", "+00:00", "+01:00", "+02:00", "+03:00", "+03:30", "+04:00", "+04:30", "+05:00", "+05:30",
    "+05:45", "+06:00", "+06:30", "+07:00", "+08:00", "+08:45", "+09:00", "+09:30", "+10:00", "+10:30", "+11:00", "+12:00",
    "+12:45", "+13:00", "+13:45", "+14:00",
)  # fmt: skip


class WishForm(forms.Form):
    """A form over what the books hold; `wish()` gives what was typed as the record of its wish.

    `suggestions` gives, for a field, the codes that a browser offers while somebody types; the field takes any other as well, and
    the books say whether they know it.
    """

    reason = forms.CharField(
        label=_("Reason, for whoever has to agree"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, typed: Any = None, *, known: Choices, **named: Any) -> None:
        super().__init__(None if typed is None else composed(typed), **named)
        self.known = known
        self.suggestions: dict[str, list[str]] = {}
        self.prepare()
        if "reason" in self.fields:
            self.order_fields([name for name in self.fields if name != "reason"])

    def prepare(self) -> None:
        """Fills choices in; for those who have some."""

    def wish(self) -> Any:
        raise AssertionError(f"{type(self).__name__} makes no wish")

    def suggested(self) -> list[tuple[str, list[str]]]:
        """(field, codes) for the lists that the page carries beside the form."""
        return list(self.suggestions.items())

    def suggest(self, name: str, codes: list[str]) -> None:
        self.suggestions[name] = codes
        self.fields[name].widget.attrs |= {"list": f"{name}-list", "autocomplete": "off", "spellcheck": "false"}

    def choose(self, name: str, codes: list[str], *, empty: bool = False) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*([("", "–")] if empty else []), *((code, code) for code in codes)]

    def unit(self, code: str) -> Unit:
        return self.known.units[code]

    def parts(self, name: str, *, unit: str) -> Parts:
        """The smallest parts of what was typed. Raises AmountUnreadable, AmountTooPrecise, AmountTooLarge."""
        return read_typed(str(self.cleaned_data[name]), unit=unit, places=self.known.units[unit].places)


def composed(typed: Mapping[str, Any]) -> QueryDict:
    """What was typed, in the form in which the books keep text: some keyboards take letters apart that others write as one."""
    lists = typed.lists() if isinstance(typed, MultiValueDict) else ((name, [value]) for name, value in typed.items())
    read = QueryDict(mutable=True)
    for name, values in lists:
        read.setlist(name, [normalize("NFC", value) if isinstance(value, str) else value for value in values])
    return read


class HappenedForm(WishForm):
    """A form for something that happened at a moment, by the clock on the wall there."""

    happened_on = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}))
    happened_time = forms.TimeField(label=_("Time there"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    clock = forms.ChoiceField(label=_("Clock there, from UTC"), choices=[(one, one) for one in CLOCKS])

    def happened_at(self) -> str:
        """The moment in ISO 8601, with its offset."""
        naive = datetime.combine(self.cleaned_data["happened_on"], self.cleaned_data["happened_time"])
        return f"{naive.isoformat(timespec='seconds')}{self.cleaned_data['clock']}"


class AmountFields(WishForm):
    """An amount of a unit, for an earmark."""

    unit_code = forms.ChoiceField(label=_("Unit"))
    amount = forms.CharField(label=_("Amount"), max_length=40, widget=forms.TextInput({"inputmode": "decimal"}))
    earmark = forms.ChoiceField(label=_("Earmark"))

    def prepare(self) -> None:
        super().prepare()
        self.choose("unit_code", sorted(self.known.units))
        self.choose("earmark", sorted(self.known.earmarks))
