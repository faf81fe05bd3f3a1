"""The forms that post an entry."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tallystick.core.entry import Kind
from tallystick.core.party import is_custodian
from tallystick.desk.entries import EntryWish, ReversalWish, WishedLine
from tallystick.web.forms import CODE_LENGTH, AmountFields, HappenedForm


class EntryForm(HappenedForm):
    """What every entry has besides its lines; one person is enough for it, so no reason is asked for."""

    reference = forms.CharField(
        label=_("Reference"), max_length=CODE_LENGTH, help_text=_("A code of your own, used once: it finds the entry again.")
    )
    note = forms.CharField(label=_("Note, without any name"), max_length=500, required=False)
    reason = None  # type: ignore[assignment]

    def entry(self, *lines: WishedLine) -> EntryWish:
        return EntryWish(self.cleaned_data["reference"], self.happened_at(), lines)


class GiftForm(EntryForm, AmountFields):
    """A gift reaches a custodian's hand."""

    giver = forms.CharField(label=_("Donor"), max_length=CODE_LENGTH)
    taker = forms.CharField(label=_("Custodian who has it now"), max_length=CODE_LENGTH)
    field_order = (
        "reference",
        "happened_on",
        "happened_time",
        "clock",
        "giver",
        "taker",
        "unit_code",
        "amount",
        "earmark",
        "note",
    )

    def prepare(self) -> None:
        super().prepare()
        self.suggest("giver", self.known.codes(lambda kind: kind == "donor"))
        self.suggest("taker", self.known.codes(is_custodian))

    def wish(self) -> EntryWish:
        said = self.cleaned_data
        line = WishedLine(
            kind=Kind.GIFT.value,
            giver=said["giver"],
            taker=said["taker"],
            unit=said["unit_code"],
            amount=self.parts("amount", unit=said["unit_code"]),
            earmark=said["earmark"],
            note=said["note"],
        )
        return self.entry(line)


class ReversalForm(HappenedForm):
    """An entry is taken back by one that names it."""

    reverses = forms.CharField(label=_("Reference of the entry to take back"), max_length=CODE_LENGTH)
    reference = forms.CharField(label=_("Reference of the entry that takes it back"), max_length=CODE_LENGTH)
    note = forms.CharField(label=_("What was wrong with it"), max_length=400, required=False)
    field_order = ("reverses", "reference", "happened_on", "happened_time", "clock", "note", "reason")

    def wish(self) -> ReversalWish:
        said = self.cleaned_data
        return ReversalWish(said["reference"], self.happened_at(), said["reverses"], note=said["note"])
