"""The forms about losses."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tallystick.core.amount import show_amount
from tallystick.core.liability import LossKey
from tallystick.core.party import is_custodian
from tallystick.desk.handovers.losing import AnswerWish, LossWish, RecoveryWish
from tallystick.handovers.queries import Answered
from tallystick.web.forms import CODE_LENGTH, AmountFields, HappenedForm, WishForm
from tallystick.web.hands.words import cause_name, causes
from tallystick.web.rows import answers_field, code_field, text_field

OpenShare = tuple[str, LossKey, int]  # when it was lost, what of it to which cause, and how much nobody answers for


class LossForm(AmountFields, HappenedForm):
    """Value gone from a hand."""

    reference = forms.CharField(label=_("Reference"), max_length=CODE_LENGTH)
    giver = forms.CharField(label=_("Custodian whose hand it was in"), max_length=CODE_LENGTH)
    cause = forms.ChoiceField(label=_("Cause"), choices=causes())
    answers = answers_field()
    grant = code_field(_("Grant, if it was for one"))
    note = text_field(_("What happened, without any name"))
    field_order = (
        "reference", "happened_on", "happened_time", "clock", "giver", "unit_code", "amount", "earmark", "cause", "answers",
        "grant", "note",
    )  # fmt: skip

    def prepare(self) -> None:
        super().prepare()
        self.suggestions["custodian"] = self.known.codes(is_custodian)
        self.fields["giver"].widget.attrs |= {"list": "custodian-list", "autocomplete": "off", "spellcheck": "false"}

    def wish(self) -> LossWish:
        said = self.cleaned_data
        return LossWish(
            said["reference"], self.happened_at(), said["giver"], said["unit_code"], self.parts("amount", unit=said["unit_code"]),
            said["earmark"], said["cause"], said["answers"], grant=said["grant"], note=said["note"],
        )  # fmt: skip


class AnswerForm(WishForm):
    """Who answers for what of a loss nobody answers for yet."""

    which = forms.ChoiceField(label=_("What was lost"))
    answers = answers_field()
    amount = forms.CharField(label=_("For how much"), max_length=40, widget=forms.TextInput({"inputmode": "decimal"}))
    note = text_field(_("Why, without any name"))

    def __init__(self, *args: Any, loss: str, open_shares: list[OpenShare], **named: Any) -> None:
        self.loss, self.open_shares = loss, open_shares
        super().__init__(*args, **named)

    def prepare(self) -> None:
        super().prepare()
        field = self.fields["which"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(self._key(share), self._told(share)) for share in self.open_shares]
        self.suggestions["custodian"] = self.known.codes(is_custodian)
        if len(self.open_shares) == 1:
            _, key, left = self.open_shares[0]
            self.fields["amount"].initial = show_amount(left, self.known.units[key.unit].places)

    def _key(self, share: OpenShare) -> str:
        """What a share is known by: not its place among the open ones, which another person's answer changes."""
        lost_at, key, _left = share
        return " ".join((lost_at, *key))

    def _told(self, share: OpenShare) -> str:
        lost_at, key, left = share
        return f"{key.unit} {show_amount(left, self.known.units[key.unit].places)}, {key.earmark}, {cause_name(key.cause)}, {lost_at[:10]}"

    def wish(self) -> AnswerWish:
        said = self.cleaned_data
        lost_at, key, _left = next(share for share in self.open_shares if self._key(share) == said["which"])
        parts = self.parts("amount", unit=key.unit)
        return AnswerWish(self.loss, lost_at, *key, amount=parts, answers=said["answers"], note=said["note"])


class RecoveryForm(HappenedForm):
    """What came back of what somebody answers for."""

    reference = forms.CharField(label=_("Reference"), max_length=CODE_LENGTH)
    taker = code_field(_("Custodian who has it now"), required=True, offers="custodian")
    amount = forms.CharField(label=_("How much came back"), max_length=40, widget=forms.TextInput({"inputmode": "decimal"}))
    note = text_field(_("Note, without any name"))
    reason = None  # type: ignore[assignment]
    field_order = ("reference", "happened_on", "happened_time", "clock", "taker", "amount", "note")

    def __init__(self, *args: Any, owed: Answered, **named: Any) -> None:
        self.owed = owed
        super().__init__(*args, **named)

    def prepare(self) -> None:
        super().prepare()
        self.suggestions["custodian"] = self.known.codes(is_custodian)
        unit = self.owed.liability.unit
        self.fields["amount"].initial = show_amount(self.owed.left, self.known.units[unit].places)
        self.fields["amount"].label = f"{self.fields['amount'].label}, {unit}"

    def wish(self) -> RecoveryWish:
        said = self.cleaned_data
        parts = self.parts("amount", unit=self.owed.liability.unit)
        return RecoveryWish(
            said["reference"], self.happened_at(), self.owed.liability.liability, said["taker"], parts, note=said["note"]
        )
