"""The forms that pay out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tallystick.core.party import is_custodian
from tallystick.desk.payouts import PayoutByCodeWish, PayoutLimitWish, PayoutWithoutCodeWish
from tallystick.handovers.codes.payouts import promise
from tallystick.web.codes.fields import CodeField
from tallystick.web.forms import CODE_LENGTH, HappenedForm, WishForm


class CounterForm(HappenedForm):
    """What is typed at a counter: the code first."""

    slip = forms.CharField(
        label=_("Slip or grant"),
        max_length=CODE_LENGTH,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "autofocus": True}),
    )
    code = CodeField(label=_("Code"))
    giver = forms.CharField(label=_("Custodian who pays"), max_length=CODE_LENGTH)
    reason = None  # type: ignore[assignment]
    field_order = ("slip", "code", "giver", "happened_on", "happened_time", "clock")

    def prepare(self) -> None:
        super().prepare()
        self.suggest("giver", self.known.codes(is_custodian))


class ShownForm(forms.Form):
    """What goes on from the counter once the code was right: the proof in its place."""

    slip = forms.CharField(max_length=CODE_LENGTH, widget=forms.HiddenInput)
    shown = forms.CharField(max_length=64, widget=forms.HiddenInput)
    giver = forms.CharField(max_length=CODE_LENGTH, widget=forms.HiddenInput)
    happened_at = forms.CharField(max_length=40, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason, for whoever has to agree"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )

    def wish(self) -> PayoutByCodeWish:
        said = self.cleaned_data
        return PayoutByCodeWish(said["slip"], said["shown"], said["giver"], said["happened_at"])


class WithoutCodeForm(HappenedForm):
    """A payout to whoever can show no code."""

    reference = forms.CharField(label=_("Reference"), max_length=CODE_LENGTH)
    grant = forms.CharField(label=_("Grant"), max_length=CODE_LENGTH)
    giver = forms.CharField(label=_("Custodian who pays"), max_length=CODE_LENGTH)
    amount = forms.CharField(label=_("Amount"), max_length=40, widget=forms.TextInput({"inputmode": "decimal"}))
    note = forms.CharField(label=_("Note, without any name"), max_length=400, required=False)
    field_order = ("reference", "grant", "giver", "amount", "happened_on", "happened_time", "clock", "note", "reason")

    def prepare(self) -> None:
        super().prepare()
        self.suggest("giver", self.known.codes(is_custodian))

    def wish(self) -> PayoutWithoutCodeWish:
        said = self.cleaned_data
        amount = self.parts("amount", unit=promise(said["grant"]).unit)
        return PayoutWithoutCodeWish(
            said["reference"], self.happened_at(), said["grant"], said["giver"], amount, note=said["note"]
        )  # fmt: skip


class LimitForm(WishForm):
    """How much of a unit one person may pay out."""

    unit_code = forms.ChoiceField(label=_("Unit"))
    amount = forms.CharField(
        label=_("One person pays at most"), max_length=40, required=False, widget=forms.TextInput({"inputmode": "decimal"}),
        help_text=_("Left empty, one person is enough for any amount."),
    )  # fmt: skip

    def prepare(self) -> None:
        super().prepare()
        self.choose("unit_code", sorted(self.known.units))

    def wish(self) -> PayoutLimitWish:
        unit = self.cleaned_data["unit_code"]
        return PayoutLimitWish(unit, self.parts("amount", unit=unit) if self.cleaned_data["amount"].strip() else None)
