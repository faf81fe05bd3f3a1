"""The forms about codes."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tallystick.core.slip import Purpose, SlipState
from tallystick.desk.codes import ClaimWish, HalfWish, RulingWish
from tallystick.handovers.codes.payouts import promise
from tallystick.web.codes.fields import CodeField
from tallystick.web.codes.words import RULINGS, STATES
from tallystick.web.forms import CODE_LENGTH, HappenedForm, WishForm

USUAL = timedelta(days=30)


def in_a_month() -> date:
    return timezone.localdate() + USUAL


class GivingForm(WishForm):
    """A form that gives a code out."""

    valid_until = forms.DateField(
        label=_("Serves until the end of"), initial=in_a_month, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    reason = None  # type: ignore[assignment]


class ClaimForm(GivingForm):
    """A code for a recipient's claim."""

    grant = forms.CharField(label=_("Grant"), max_length=CODE_LENGTH)
    tranche = forms.IntegerField(label=_("Tranche"), min_value=1, initial=1)
    amount = forms.CharField(label=_("Amount"), max_length=40, widget=forms.TextInput({"inputmode": "decimal"}))
    field_order = ("grant", "tranche", "amount", "valid_until")

    def wish(self) -> ClaimWish:
        said = self.cleaned_data
        unit = promise(said["grant"]).unit
        return ClaimWish(said["grant"], said["tranche"], self.parts("amount", unit=unit), said["valid_until"])


class HalfForm(GivingForm):
    """Half of a tally."""

    tally = forms.CharField(label=_("Tally"), max_length=CODE_LENGTH)
    half = forms.ChoiceField(
        label=_("Half"),
        choices=[
            (Purpose.GIVER.value, _("The giver's, to go with the load")),
            (Purpose.TAKER.value, _("The taker's, to go by another way")),
        ],
    )
    field_order = ("tally", "half", "valid_until")

    def wish(self) -> HalfWish:
        said = self.cleaned_data
        return HalfWish(said["tally"], said["half"], said["valid_until"])


class HalvesForm(HappenedForm):
    """Both halves of a tally, as they were shown or read out."""

    tally = forms.CharField(label=_("Tally"), max_length=CODE_LENGTH)
    giver_code = CodeField(label=_("The giver's half, which came with the load"))
    taker_code = CodeField(label=_("The taker's half"))
    reason = None  # type: ignore[assignment]
    field_order = ("tally", "giver_code", "taker_code", "happened_on", "happened_time", "clock")


class RulingForm(WishForm):
    """What becomes of a slip."""

    slip = forms.CharField(label=_("Slip"), max_length=CODE_LENGTH)
    ruling = forms.ChoiceField(label=_("Decision"), choices=[(one.value, words) for one, words in RULINGS.items()])

    def wish(self) -> RulingWish:
        return RulingWish(self.cleaned_data["slip"].strip().upper(), self.cleaned_data["ruling"])


class ListForm(forms.Form):
    """What a list of codes is narrowed to."""

    q = forms.CharField(
        label=_("Grant, tally or slip"), max_length=CODE_LENGTH, required=False, widget=forms.TextInput({"type": "search"})
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,  # the used are listed with those whose payout was taken back, and each says which it is
        choices=[("", _("any")), *((one.value, words) for one, words in STATES.items() if one is not SlipState.REVERSED)],
    )

    def narrowed(self) -> dict[str, Any]:
        """What was typed, as far as it can be read."""
        return (
            {"q": self.cleaned_data.get("q", "").strip(), "state": self.cleaned_data.get("state", "")} if self.is_valid() else {}
        )
