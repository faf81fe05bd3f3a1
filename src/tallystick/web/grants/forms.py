"""The forms about grants."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tallystick.core.amount import Parts, read_typed
from tallystick.core.covenant import Covenant, CovenantSeen
from tallystick.core.promise import Cancellation
from tallystick.core.tranche import TRANCHES_MAX, Condition, Tranche, TrancheRelease
from tallystick.desk.grants import PromiseWish
from tallystick.web.forms import CODE_LENGTH, MORE, AmountFields, WishForm
from tallystick.web.grants.words import CONDITIONS

FIRST_COUNT, MORE_TRANCHES = 4, 4
AMOUNT = {"inputmode": "decimal", "autocomplete": "off"}


class TrancheWidget(forms.MultiWidget):
    """An amount beside what it waits for."""

    def __init__(self, attrs: Any = None) -> None:
        waits = {"aria-label": _("What this tranche waits for")}
        super().__init__((forms.TextInput(AMOUNT), forms.Select(waits, choices=list(CONDITIONS.items()))), attrs)

    def decompress(self, value: Any) -> list[Any]:
        return list(value) if value else ["", Condition.RECONCILED]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"


class HiddenTranche(TrancheWidget):
    """The same, carried from the look to the word."""

    template_name = "django/forms/widgets/multiple_hidden.html"
    supports_microseconds = False

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs)
        self.widgets = [forms.HiddenInput(), forms.HiddenInput()]


class TrancheField(forms.MultiValueField):
    """(amount as it was typed, condition), or nothing where no amount stands."""

    widget = TrancheWidget
    hidden_widget = HiddenTranche

    def __init__(self, **named: Any) -> None:
        parts = (
            forms.CharField(max_length=40, required=False),
            forms.ChoiceField(choices=list(CONDITIONS.items()), required=False),
        )
        super().__init__(fields=parts, required=False, require_all_fields=False, **named)

    def compress(self, data_list: list[Any]) -> tuple[str, str] | None:
        amount, condition = data_list or ("", "")
        return (amount, condition or Condition.NONE) if amount else None


class PromiseForm(AmountFields):
    """A grant is promised."""

    grant = forms.CharField(label=_("Code of the grant"), max_length=CODE_LENGTH)
    recipient = forms.CharField(label=_("Recipient"), max_length=CODE_LENGTH)
    venture = forms.CharField(label=_("Venture, as in “noodle shop”, without any name"), max_length=200)
    authorisation = forms.ChoiceField(label=_("Lawful basis"))
    tranche_1 = forms.CharField(
        label=_("First tranche"), required=False, max_length=40, widget=forms.TextInput(AMOUNT),
        help_text=_("It waits for nothing. Leave the tranches empty where all of it is paid at once."),
    )  # fmt: skip
    tranche_count = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = None  # type: ignore[assignment]
    more_words = _("More tranches")
    field_order = (
        "grant",
        "recipient",
        "venture",
        "earmark",
        "authorisation",
        "unit_code",
        "amount",
        "tranche_1",
    )

    def prepare(self) -> None:
        super().prepare()
        self.suggest("recipient", self.known.codes(lambda kind: kind == "recipient"))
        self.choose("authorisation", sorted(self.known.authorisations))
        if not self.known.authorisations:
            self.fields["authorisation"].help_text = _(
                "None is recorded yet. It is recorded by the programme folder or the workbook that brings it in."
            )
        count = self._asked_for()
        self.later = [f"tranche_{number}" for number in range(2, count + 1)]
        for number, name in enumerate(self.later, start=2):
            self.fields[name] = TrancheField(label=_("Tranche {number}, and what it waits for").format(number=number))
            typed = [self.initial.get(f"{name}_{part}") for part in (0, 1)]
            if typed[0]:
                self.initial[name] = typed
        self.initial["tranche_count"] = count

    @property
    def may_have_more(self) -> bool:
        return len(self.later) + 1 < TRANCHES_MAX

    def _asked_for(self) -> int:
        """How many tranches the form has, with some more where whoever writes asked for them."""
        known = self.data if self.is_bound else self.initial
        said = str(known.get("tranche_count", ""))
        count = int(said) if said.isascii() and said.isdecimal() and len(said) < 4 else FIRST_COUNT
        return max(1, min(count + (MORE_TRANCHES if known.get(MORE) else 0), TRANCHES_MAX))

    def wish(self) -> PromiseWish:
        said = self.cleaned_data
        unit = said["unit_code"]
        amount = self.parts("amount", unit=unit)
        return PromiseWish(
            said["grant"], said["recipient"], said["venture"], said["earmark"], said["authorisation"], unit, amount,
            self._tranches(amount, unit),
        )  # fmt: skip

    def _tranches(self, amount: Parts, unit: str) -> tuple[Tranche, ...]:
        """The tranches that were typed; all of it in one where none was."""
        said = [(self.cleaned_data["tranche_1"], Condition.NONE), *(self.cleaned_data[name] for name in self.later)]
        typed = [(text, str(condition)) for text, condition in filter(None, said) if text]
        if not typed:
            return (Tranche(amount, Condition.NONE.value),)
        return tuple(Tranche(self._read(text, unit), condition) for text, condition in typed)

    def _read(self, text: str, unit: str) -> Parts:
        return read_typed(text, unit=unit, places=self.unit(unit).places)


class ReleaseForm(WishForm):
    """A tranche need not wait any longer."""

    grant = forms.CharField(label=_("Grant"), max_length=CODE_LENGTH)
    number = forms.IntegerField(label=_("Number of the tranche"), min_value=1)
    reason = forms.CharField(
        label=_("Where the visit that it waits for cannot be made: why, without any name. Two people release it then."),
        required=False, max_length=500, widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip

    def wish(self) -> TrancheRelease:
        said = self.cleaned_data
        return TrancheRelease(said["grant"], said["number"], said["reason"] or None)


class CancellationForm(WishForm):
    """A grant is cancelled."""

    grant = forms.CharField(label=_("Grant"), max_length=CODE_LENGTH)
    reason = forms.CharField(label=_("Why, without any name"), max_length=500, widget=forms.Textarea({"rows": 2}))

    def wish(self) -> Cancellation:
        return Cancellation(self.cleaned_data["grant"], self.cleaned_data["reason"])


class CovenantForm(WishForm):
    """What a recipient means to pass on."""

    grant = forms.CharField(label=_("Grant"), max_length=CODE_LENGTH)
    covenant = forms.CharField(label=_("Code of the covenant"), max_length=CODE_LENGTH)
    what = forms.CharField(label=_("What is to be passed on, as in “goat kids”"), max_length=200)
    how_many = forms.IntegerField(label=_("How many"), min_value=1, max_value=1_000_000)
    passes_to = forms.CharField(label=_("To whom, where it is known yet"), max_length=CODE_LENGTH, required=False)
    reason = None  # type: ignore[assignment]

    def prepare(self) -> None:
        super().prepare()
        self.suggest("passes_to", self.known.codes(lambda kind: kind == "recipient"))

    def wish(self) -> Covenant:
        said = self.cleaned_data
        return Covenant(said["covenant"], said["grant"], said["what"], said["how_many"], passes_to=said["passes_to"])


class CovenantSeenForm(WishForm):
    """What a visit found of a covenant."""

    covenant = forms.CharField(label=_("Covenant"), max_length=CODE_LENGTH)
    seen_on = forms.DateField(label=_("Day of the visit"), widget=forms.DateInput({"type": "date"}))
    passed_on = forms.IntegerField(label=_("How many were passed on by then, altogether"), min_value=0, max_value=1_000_000)
    passes_to = forms.CharField(label=_("To whom the last went, where it is known"), max_length=CODE_LENGTH, required=False)
    note = forms.CharField(label=_("Note, without any name"), max_length=500, required=False)
    reason = None  # type: ignore[assignment]

    def prepare(self) -> None:
        super().prepare()
        self.suggest("passes_to", self.known.codes(lambda kind: kind == "recipient"))

    def wish(self) -> CovenantSeen:
        said = self.cleaned_data
        return CovenantSeen(
            said["covenant"], said["seen_on"], said["passed_on"], passes_to=said["passes_to"], note=said["note"]
        )  # fmt: skip
