"""The forms about custodians and corridors. All of them ask for what two have to agree on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tallystick.bundles.folder.values import read_percent
from tallystick.core.agreement import Agreement, Bears, ExposureLimit, Upstream, ValueLimit
from tallystick.core.amount import Parts, read_typed
from tallystick.core.corridor import DAYS_MAX, Leg, LegUnknown, Tariff
from tallystick.core.entry import LOSS_CAUSES
from tallystick.core.party import LaterLimit, is_custodian
from tallystick.core.unit import Unit
from tallystick.corridors.queries import legs
from tallystick.desk.corridors import OverrideWish
from tallystick.ledger.queries.records import programme
from tallystick.web.forms import CODE_LENGTH, WishForm
from tallystick.web.hands.words import KNOWN
from tallystick.web.parties.forms import code_field

BEARER_WORDS = {
    "custodian": pgettext_lazy("who bears a loss", "the custodian"),
    "programme": pgettext_lazy("who bears a loss", "the programme"),
    "upstream": pgettext_lazy("who bears a loss", "whoever stands behind it"),
}
AMOUNT = {"inputmode": "decimal"}
DATE = {"type": "date"}


def amount_field(label: Any, *, help_text: Any = "", required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=40, required=required, widget=forms.TextInput(AMOUNT), help_text=help_text)


def percent_field(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=10, widget=forms.TextInput(AMOUNT), help_text=_("In percent, like 12.5."))


class CustodianForm(WishForm):
    """A form about one custodian."""

    custodian = forms.CharField(label=_("Custodian"), max_length=CODE_LENGTH)

    def prepare(self) -> None:
        super().prepare()
        self.suggest("custodian", self.known.codes(is_custodian))


class TermFields(WishForm):
    """From which day, and until which."""

    valid_from = forms.DateField(label=_("From"), widget=forms.DateInput(DATE))
    valid_until = forms.DateField(
        label=_("Until, that day included"),
        widget=forms.DateInput(DATE),
        required=False,
        help_text=_("Empty: until further notice."),
    )


class CostFields(WishForm):
    """What a leg costs."""

    commission = percent_field(_("Commission"))
    commission_fixed = amount_field(_("And for each transfer"), help_text=_("In the unit of the leg. Empty: nothing."))
    days = forms.IntegerField(label=_("Days on the way"), min_value=0, max_value=DAYS_MAX)
    limit_each = amount_field(_("Carries at most, each time"), help_text=_("Empty: no limit."))

    def cost(self, unit: Unit) -> dict[str, Any]:
        """Raises ValueUnreadable and what reading an amount raises."""
        said = self.cleaned_data
        return {
            "commission_ppm": read_percent(said["commission"]), "days": said["days"],
            "commission_fixed": self._read("commission_fixed", unit) or Parts(0), "limit_each": self._read("limit_each", unit),
        }  # fmt: skip

    def _read(self, name: str, unit: Unit) -> Parts | None:
        return optional_amount(self.cleaned_data[name], unit)


class LegForm(CostFields):
    """One hop of a corridor, with its first tariff."""

    leg = code_field(_("Code"))
    from_place = forms.CharField(label=_("From"), max_length=100)
    to_place = forms.CharField(label=_("To"), max_length=100)
    mode = forms.CharField(label=_("By what"), max_length=100, help_text=_("By hand, by road, a wire."))
    unit_code = forms.ChoiceField(label=_("Unit of its amounts"))
    authorisation = forms.CharField(label=_("Lawful basis, if it has its own"), max_length=CODE_LENGTH, required=False)
    field_order = ("leg", "from_place", "to_place", "mode", "unit_code")

    def prepare(self) -> None:
        super().prepare()
        self.choose("unit_code", sorted(self.known.units))

    def wish(self) -> Leg:
        said = self.cleaned_data
        cost = self.cost(self.unit(said["unit_code"]))
        return Leg(
            said["leg"], said["from_place"], said["to_place"], said["mode"], unit=said["unit_code"],
            authorisation=said["authorisation"], **cost,
        )  # fmt: skip


class TariffForm(CostFields, TermFields):
    """What a leg costs from a day on."""

    leg = forms.CharField(label=_("Leg"), max_length=CODE_LENGTH)
    field_order = ("leg", "valid_from", "valid_until")

    def prepare(self) -> None:
        super().prepare()
        self.legs = legs()
        self.suggest("leg", sorted(self.legs))

    def wish(self) -> Tariff:
        """Raises LegUnknown, and what `cost` does."""
        said = self.cleaned_data
        leg = self.legs.get(said["leg"])
        if leg is None:
            raise LegUnknown(leg=said["leg"])
        return Tariff(said["leg"], said["valid_from"], valid_until=said["valid_until"], **self.cost(self.unit(leg.unit)))


class AgreementForm(CustodianForm, TermFields):
    """On what terms a custodian holds value for us."""

    ceiling = percent_field(_("Commission, at most"))
    confirm_first = forms.ChoiceField(
        label=_("Each transfer waits until the last one is confirmed"), choices=[("no", _("no")), ("yes", _("yes"))]
    )
    leg = forms.CharField(label=_("Leg on which it carries"), max_length=CODE_LENGTH, required=False)
    upstreams = forms.CharField(
        label=_("Whom it depends on"), max_length=400, required=False,
        help_text=_("Codes of custodians, parted by commas: the bank or middleman behind it."),
    )  # fmt: skip
    field_order = ("custodian", "valid_from", "valid_until", "ceiling", "confirm_first", "leg", "upstreams")

    def prepare(self) -> None:
        super().prepare()
        self.suggest("leg", sorted(legs()))
        bearers = [("", _("not agreed on")), *BEARER_WORDS.items()]
        for cause in LOSS_CAUSES:
            label = _("A loss by {cause} is borne by").format(cause=KNOWN[cause])
            self.fields[f"bears_{cause}"] = forms.ChoiceField(label=label, choices=bearers, required=False)

    def wish(self) -> Agreement:
        """Raises ValueUnreadable."""
        said = self.cleaned_data
        bears = [(cause, said[f"bears_{cause}"]) for cause in LOSS_CAUSES]
        named = [code.strip() for code in said["upstreams"].split(",")]
        return Agreement(
            said["custodian"], said["valid_from"], read_percent(said["ceiling"]), said["confirm_first"] == "yes",
            valid_until=said["valid_until"], leg=said["leg"],
            bears=tuple(Bears(cause, bearer) for cause, bearer in bears if bearer),
            upstreams=tuple(Upstream(code) for code in named if code),
        )  # fmt: skip


class HoldingLimitForm(CustodianForm):
    """The most that a custodian may hold of one unit."""

    unit_code = forms.ChoiceField(label=_("Unit"))
    amount = amount_field(
        _("May hold at most"), help_text=_("Over all earmarks, what is on the road there included. Empty: no limit.")
    )
    field_order = ("custodian", "unit_code", "amount")

    def prepare(self) -> None:
        super().prepare()
        self.choose("unit_code", sorted(self.known.units))

    def wish(self) -> LaterLimit:
        said = self.cleaned_data
        return LaterLimit(said["custodian"], said["unit_code"], optional_amount(said["amount"], self.unit(said["unit_code"])))


class InReportingUnit(WishForm):
    """A form with an amount in the reporting unit."""

    def in_reporting_unit(self, text: str) -> Parts | None:
        """What was typed, in smallest parts of the reporting unit; books without a programme say so when they are asked."""
        opened = programme()
        return optional_amount(text, self.unit(opened.reporting_unit)) if opened else None


class ValueLimitForm(CustodianForm, InReportingUnit):
    """The most that a custodian may hold in all units together."""

    amount = amount_field(
        _("May hold at most, in the reporting unit"),
        help_text=_("All units together at the earmarks' own rates, what is on the road there included. Empty: no limit."),
    )
    field_order = ("custodian", "amount")

    def wish(self) -> ValueLimit:
        return ValueLimit(self.cleaned_data["custodian"], self.in_reporting_unit(self.cleaned_data["amount"]))


class ExposureLimitForm(InReportingUnit):
    """The most that all who depend on one upstream may hold together."""

    upstream = forms.CharField(label=_("The custodian on whom they depend"), max_length=CODE_LENGTH)
    amount = amount_field(
        _("All of them may hold at most, in the reporting unit"),
        help_text=_("The upstream is one of them, and what is on the road to them counts. Empty: no limit."),
    )

    def prepare(self) -> None:
        super().prepare()
        self.suggest("upstream", self.known.codes(is_custodian))

    def wish(self) -> ExposureLimit:
        return ExposureLimit(self.cleaned_data["upstream"], self.in_reporting_unit(self.cleaned_data["amount"]))


class OverrideForm(CustodianForm):
    """One transfer that may go before the last one is confirmed."""

    reference = forms.CharField(
        label=_("Reference of the transfer that may go"), max_length=CODE_LENGTH,
        help_text=_("The reference under which it will be posted. It is allowed once."),
    )  # fmt: skip

    def wish(self) -> OverrideWish:
        return OverrideWish(self.cleaned_data["custodian"], self.cleaned_data["reference"])


def optional_amount(text: str, unit: Unit) -> Parts | None:
    """The smallest parts of what was typed; None where nothing was. Raises what `read_typed` does."""
    return read_typed(text, unit=unit.unit, places=unit.places) if text.strip() else None
