"""The forms that say something of a venture."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tallystick.core.amount import Parts
from tallystick.core.venture import ENDINGS, PLACE_LENGTH, Venture, VentureEnd
from tallystick.core.visit import Visit
from tallystick.web.forms import CODE_LENGTH, WishForm

YES, NO = "yes", "no"
COUNT_MAX = 1_000_000
ENDING_WORDS = {
    "sold": _("sold"),
    "closed by choice": _("closed by choice"),
    "takings too low": _("takings too low"),
    "seized": _("seized"),
    "disaster": _("disaster"),
    "illness": _("illness"),
    "death": _("death"),
    "not known": _("not known"),
}
assert set(ENDING_WORDS) == set(ENDINGS), "every way to end has its word"


class OfGrant(WishForm):
    """A form about the venture of one grant."""

    grant = forms.CharField(label=_("Grant"), max_length=CODE_LENGTH, widget=forms.TextInput({"spellcheck": "false"}))
    reason = None  # type: ignore[assignment]


class VentureForm(OfGrant):
    """What a venture is, and where."""

    kind = forms.CharField(label=_("Kind of venture, in the same words for the same kind"), max_length=CODE_LENGTH)
    place = forms.CharField(label=_("Province, and nothing finer"), max_length=PLACE_LENGTH, required=False)

    def wish(self) -> Venture:
        return Venture(self.cleaned_data["grant"], self.cleaned_data["kind"], self.cleaned_data["place"])


class VisitForm(OfGrant):
    """What a visit saw; what nobody said stays empty, which is not nought."""

    visited_on = forms.DateField(label=_("Day of the visit"), widget=forms.DateInput({"type": "date"}))
    trading = forms.ChoiceField(label=_("Is it still trading?"), choices=[(YES, _("yes")), (NO, _("no"))])
    unit_code = forms.ChoiceField(label=_("Unit of the takings and payments"), required=False)
    takings = forms.CharField(
        label=_("Takings in a month"), max_length=40, required=False, widget=forms.TextInput({"inputmode": "decimal"})
    )
    informal = forms.CharField(
        label=_("Informal payments demanded in a month"), max_length=40, required=False,
        widget=forms.TextInput({"inputmode": "decimal"}),
    )  # fmt: skip
    jobs = forms.IntegerField(label=_("People who work there"), min_value=0, max_value=COUNT_MAX, required=False)
    helped_others = forms.IntegerField(
        label=_("Others helped, as was promised"), min_value=0, max_value=COUNT_MAX, required=False
    )
    shock = forms.CharField(label=_("What hit it, in a few words and without any name"), max_length=200, required=False)

    def prepare(self) -> None:
        super().prepare()
        self.choose("unit_code", sorted(code for code, unit in self.known.units.items() if unit.kind == "money"), empty=True)

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        if (said.get("takings") or said.get("informal")) and not said.get("unit_code"):
            self.add_error("unit_code", _("An amount is of some unit."))
        return said

    def wish(self) -> Visit:
        said = self.cleaned_data
        return Visit(
            grant=said["grant"], visited_on=said["visited_on"], trading=said["trading"] == YES, takings_month=self._amount("takings"),
            unit=said["unit_code"] if said["takings"] or said["informal"] else "", jobs=said["jobs"],
            informal_payments_month=self._amount("informal"), shock=said["shock"], helped_others=said["helped_others"],
        )  # fmt: skip

    def _amount(self, name: str) -> Parts | None:
        return self.parts(name, unit=self.cleaned_data["unit_code"]) if self.cleaned_data[name] else None


class EndForm(OfGrant):
    """How a venture ended."""

    ended_on = forms.DateField(label=_("The last day on which it traded"), widget=forms.DateInput({"type": "date"}))
    how = forms.ChoiceField(label=_("How it ended"), choices=list(ENDING_WORDS.items()))
    note = forms.CharField(label=_("Note, without any name"), max_length=200, required=False)

    def wish(self) -> VentureEnd:
        said = self.cleaned_data
        return VentureEnd(said["grant"], said["ended_on"], said["how"], note=said["note"])
