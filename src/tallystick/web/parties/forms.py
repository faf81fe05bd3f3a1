"""The forms that begin books: the programme, a unit, an earmark, a party."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tallystick.core.code_name import CODE_NAME_LENGTH
from tallystick.core.earmark import Earmark
from tallystick.core.party import PARTY_KINDS, PLACE_LENGTH
from tallystick.core.unit import PLACES_MAX, Unit, UnitKind
from tallystick.desk.books import PartyWish, ProgrammeWish
from tallystick.web.forms import WishForm
from tallystick.web.hands.words import one_of

CAPITALS = {"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
NO_NAME = _("Capital letters, digits and hyphens. Never a person's own name.")
UNIT_KINDS = ((UnitKind.MONEY.value, _("money")), (UnitKind.GOODS.value, _("goods")))


class OneIsEnough(WishForm):
    """A form for a wish that needs no second person, and so no reason."""

    reason = None  # type: ignore[assignment]


def code_field(label: object) -> forms.CharField:
    return forms.CharField(label=label, max_length=CODE_NAME_LENGTH, widget=forms.TextInput(CAPITALS), help_text=NO_NAME)  # type: ignore[arg-type]


class ProgrammeForm(OneIsEnough):
    """What the books are kept for."""

    name = forms.CharField(label=_("What the programme is called"), max_length=200)
    home = forms.CharField(
        label=_("The office's country"), max_length=2, widget=forms.TextInput(CAPITALS), help_text=_("Two letters, like KR.")
    )
    reporting_unit = forms.ChoiceField(label=_("The unit in which everything is reported"))
    opened = forms.DateField(label=_("Opened on"), widget=forms.DateInput({"type": "date"}))

    def prepare(self) -> None:
        self.choose("reporting_unit", sorted(self.known.units))

    def wish(self) -> ProgrammeWish:
        return ProgrammeWish(**self.cleaned_data)


class UnitForm(OneIsEnough):
    """Money or goods that the books count."""

    unit_code = code_field(_("Code"))
    kind = forms.ChoiceField(label=_("Money or goods"), choices=UNIT_KINDS)
    places = forms.TypedChoiceField(
        label=_("Decimals"), coerce=int, choices=[(number, number) for number in range(PLACES_MAX + 1)],
        help_text=_("2 for dollars and cents, 0 for lamps. It can never be changed."),
    )  # fmt: skip
    name = forms.CharField(label=_("Name"), max_length=200)
    hs_code = forms.CharField(label=_("HS code, for goods"), max_length=13, required=False)

    def wish(self) -> Unit:
        said = self.cleaned_data
        return Unit(said["unit_code"], said["kind"], said["places"], said["name"], said["hs_code"])


class EarmarkForm(OneIsEnough):
    """Whose gift it is and what it may be used for."""

    earmark = code_field(_("Code"))
    donor = forms.CharField(label=_("Donor"), max_length=64)
    unit_code = forms.ChoiceField(label=_("Unit"))
    purpose = forms.CharField(label=_("What it may be used for"), max_length=500, required=False)

    def prepare(self) -> None:
        self.choose("unit_code", sorted(self.known.units))
        self.suggest("donor", self.known.codes(lambda kind: kind == "donor"))

    def wish(self) -> Earmark:
        said = self.cleaned_data
        return Earmark(said["earmark"], said["donor"], said["unit_code"], said["purpose"])


class PartyForm(OneIsEnough):
    """Anyone who gives, carries, changes, sells or is given, under a code name."""

    party = code_field(_("Code name"))
    kind = forms.ChoiceField(label=_("What it is"))
    place = forms.CharField(
        label=_("Place"), max_length=PLACE_LENGTH, required=False, help_text=_("A province, and nothing finer.")
    )
    note = forms.CharField(label=_("Note, without any name"), max_length=500, required=False)

    def prepare(self) -> None:
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind, one_of(kind)) for kind in PARTY_KINDS]

    def wish(self) -> PartyWish:
        return PartyWish(**self.cleaned_data)
