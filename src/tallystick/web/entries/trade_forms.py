"""The forms of entries in two lines, there and back: a purchase, an exchange and a reassignment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tallystick.core.entry import Kind
from tallystick.core.party import is_custodian
from tallystick.core.unit import UnitKind
from tallystick.desk.entries import EntryWish, WishedLine
from tallystick.web.entries.forms import EntryForm
from tallystick.web.forms import CODE_LENGTH

HEAD = ("reference", "happened_on", "happened_time", "clock")
EARMARK = "@earmark"


def amount_field(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=40, widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}))


class TradeForm(EntryForm):
    """What is given for what is got, out of one earmark."""

    holder = forms.CharField(label=_("Custodian who gives"), max_length=CODE_LENGTH)
    given_unit = forms.ChoiceField(label=_("Unit that is given"))
    given = amount_field(_("Amount that is given"))
    got_unit = forms.ChoiceField(label=_("Unit that is got"))
    got = amount_field(_("Amount that is got"))
    earmark = forms.ChoiceField(label=_("Earmark"))
    kind: Kind

    def prepare(self) -> None:
        super().prepare()
        self.suggest("holder", self.known.codes(is_custodian))
        self.choose("earmark", sorted(self.known.earmarks))
        self.choose("given_unit", sorted(self.known.units))
        self.choose("got_unit", sorted(self.known.units))

    def pair(self, middle: str, *, taker: str) -> EntryWish:
        """The two lines through whoever stands in the middle."""
        said = self.cleaned_data
        there = self._line(said["holder"], middle, side="given")
        return self.entry(there, self._line(middle, taker, side="got"))

    def _line(self, giver: str, taker: str, *, side: str) -> WishedLine:
        said, unit = self.cleaned_data, self.cleaned_data[f"{side}_unit"]
        return WishedLine(self.kind.value, giver, taker, unit, self.parts(side, unit=unit), said["earmark"], note=said["note"])


class ExchangeForm(TradeForm):
    """One money for another, at a changer's or by the custodian itself."""

    changer = forms.CharField(
        label=_("Changer"), max_length=CODE_LENGTH, required=False,
        help_text=_("Leave it empty where the custodian changed by itself."),
    )  # fmt: skip
    field_order = (*HEAD, "holder", "given_unit", "given", "changer", "got_unit", "got", "earmark", "note")
    kind = Kind.EXCHANGE

    def prepare(self) -> None:
        super().prepare()
        self.suggest("changer", self.known.codes(lambda kind: kind == "changer"))

    def wish(self) -> EntryWish:
        holder = self.cleaned_data["holder"]
        return self.pair(self.cleaned_data["changer"] or f"@changer:{holder}", taker=holder)


class PurchaseForm(TradeForm):
    """Goods for money, delivered to whoever paid or to another custodian."""

    supplier = forms.CharField(label=_("Supplier"), max_length=CODE_LENGTH)
    taker = forms.CharField(
        label=_("Custodian who has the goods now"), max_length=CODE_LENGTH, required=False,
        help_text=_("Leave it empty where whoever paid has them."),
    )  # fmt: skip
    field_order = (*HEAD, "holder", "given_unit", "given", "supplier", "got_unit", "got", "taker", "earmark", "note")
    kind = Kind.PURCHASE

    def prepare(self) -> None:
        super().prepare()
        self.fields["holder"].label = _("Custodian who pays")
        self.fields["given_unit"].label, self.fields["given"].label = _("Money"), _("Price of all of it")
        self.fields["got_unit"].label, self.fields["got"].label = _("Goods"), _("Quantity")
        self.suggest("supplier", self.known.codes(lambda kind: kind == "supplier"))
        self.suggest("taker", self.known.codes(is_custodian))
        of_kind = {kind: [code for code, unit in sorted(self.known.units.items()) if unit.kind == kind] for kind in UnitKind}
        self.choose("given_unit", of_kind[UnitKind.MONEY])
        self.choose("got_unit", of_kind[UnitKind.GOODS])

    def wish(self) -> EntryWish:
        said = self.cleaned_data
        return self.pair(said["supplier"], taker=said["taker"] or said["holder"])


class ReassignForm(EntryForm):
    """Value that may be used for something else from now on, because its donor agreed."""

    holder = forms.CharField(label=_("Custodian in whose hand it lies"), max_length=CODE_LENGTH)
    unit_code = forms.ChoiceField(label=_("Unit"))
    amount = amount_field(_("Amount"))
    from_earmark = forms.ChoiceField(label=_("Earmark until now"))
    to_earmark = forms.ChoiceField(label=_("Earmark from now on"))
    field_order = (*HEAD, "holder", "unit_code", "amount", "from_earmark", "to_earmark", "note")

    def prepare(self) -> None:
        super().prepare()
        self.fields["note"].label = _("The donor’s consent: which letter, of which day; without any name")
        self.fields["note"].required = True
        self.suggest("holder", self.known.codes(is_custodian))
        self.choose("unit_code", sorted(self.known.units))
        self.choose("from_earmark", sorted(self.known.earmarks))
        self.choose("to_earmark", sorted(self.known.earmarks))

    def wish(self) -> EntryWish:
        said, kind = self.cleaned_data, Kind.REASSIGN.value
        what = (said["unit_code"], self.parts("amount", unit=said["unit_code"]))
        return self.entry(
            WishedLine(kind, said["holder"], EARMARK, *what, earmark=said["from_earmark"], note=said["note"]),
            WishedLine(kind, EARMARK, said["holder"], *what, earmark=said["to_earmark"], note=said["note"]),
        )
