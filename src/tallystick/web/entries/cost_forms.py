"""The forms of what stays on the way: a commission, and a cost."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tallystick.core.custody.ends import COST_KIND_LENGTH
from tallystick.core.entry import Kind
from tallystick.core.party import is_custodian
from tallystick.desk.entries import EntryWish, WishedLine
from tallystick.web.entries.forms import EntryForm
from tallystick.web.entries.trade_forms import HEAD
from tallystick.web.forms import CODE_LENGTH, AmountFields

INFORMAL = "informal payment"
COSTS = (
    ("", "–"),
    (INFORMAL, pgettext_lazy("kind of a cost", "informal payment")),
    ("transport", pgettext_lazy("kind of a cost", "transport")),
    ("storage", pgettext_lazy("kind of a cost", "storage")),
    ("customs", pgettext_lazy("kind of a cost", "customs")),
    ("bank charge", pgettext_lazy("kind of a cost", "bank charge")),
)


class KeptForm(EntryForm, AmountFields):
    """An amount out of a custodian's hand that goes no further; a grant or a basis may be named with it."""

    holder = forms.CharField(label=_("Custodian out of whose hand it came"), max_length=CODE_LENGTH)
    grant = forms.CharField(label=_("Grant, if it was for one"), max_length=CODE_LENGTH, required=False)
    authorisation = forms.CharField(label=_("Authorisation, if one is cited"), max_length=CODE_LENGTH, required=False)

    def prepare(self) -> None:
        super().prepare()
        self.suggest("holder", self.known.codes(is_custodian))

    def kept(self, kind: Kind, taker: str) -> EntryWish:
        said = self.cleaned_data
        parts = self.parts("amount", unit=said["unit_code"])
        more = {name: said[name] for name in ("earmark", "grant", "authorisation", "note")}
        return self.entry(WishedLine(kind.value, said["holder"], taker, said["unit_code"], parts, **more))


class CommissionForm(KeptForm):
    """What a custodian or anyone else keeps for carrying."""

    party = forms.CharField(
        label=_("Whose commission it is"), max_length=CODE_LENGTH, required=False,
        help_text=_("Leave it empty where it is the custodian’s own."),
    )  # fmt: skip
    field_order = (*HEAD, "holder", "party", "unit_code", "amount", "earmark", "grant", "authorisation", "note")

    def wish(self) -> EntryWish:
        said = self.cleaned_data
        return self.kept(Kind.COMMISSION, f"@commission:{said['party'] or said['holder']}")


class CostForm(KeptForm):
    """What was paid on the way. A payment that somebody demanded without a right to it is said as what it is."""

    sort = forms.ChoiceField(label=_("What it was paid for"), choices=COSTS, required=False)
    other = forms.CharField(label=_("Or something else"), max_length=COST_KIND_LENGTH, required=False)
    field_order = (*HEAD, "holder", "sort", "other", "unit_code", "amount", "earmark", "grant", "authorisation", "note")

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        if bool(said.get("sort")) == bool(said.get("other")):
            self.add_error("sort", _("Say one thing that it was paid for: here, or in the line below."))

    def wish(self) -> EntryWish:
        said = self.cleaned_data
        return self.kept(Kind.COST, f"@cost:{said['sort'] or said['other']}")
