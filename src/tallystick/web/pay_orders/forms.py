"""The forms of pay orders."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tallystick.core.party import is_custodian
from tallystick.core.pay_order import PayOrder
from tallystick.core.unit import UnitKind
from tallystick.desk.handovers.ordering import OrderStepWish, OrderWish
from tallystick.web.forms import CODE_LENGTH, AmountFields, WishForm
from tallystick.web.rows import code_field


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}))


class OrderForm(AmountFields):
    """An order to a custodian to pay."""

    payer = code_field(_("Custodian who is to pay"), required=True, offers="custodian")
    payee = forms.CharField(
        label=_("Who is to be paid"),
        max_length=CODE_LENGTH,
        help_text=_("The code of a party, or @cost: and what it is for, like @cost:truck hire."),
    )
    purpose = forms.CharField(label=_("What it is for, without any name"), max_length=300)
    grant = code_field(_("Grant, if it is for one"))
    happened_on = day_field(_("Day"))
    reason = None  # type: ignore[assignment]
    field_order = ("payer", "payee", "unit_code", "amount", "earmark", "purpose", "grant", "happened_on")

    def prepare(self) -> None:
        super().prepare()
        self.choose("unit_code", sorted(code for code, unit in self.known.units.items() if unit.kind == UnitKind.MONEY))
        self.suggestions["custodian"] = self.known.codes(is_custodian)

    def wish(self) -> OrderWish:
        said = self.cleaned_data
        return OrderWish(
            said["payer"], said["payee"], said["unit_code"], self.parts("amount", unit=said["unit_code"]), said["earmark"],
            said["purpose"], said["happened_on"], grant=said["grant"],
        )  # fmt: skip


class StepForm(WishForm):
    """A step of one pay order."""

    happened_on = day_field(_("Day"))

    def __init__(self, *args: Any, order: PayOrder, **named: Any) -> None:
        self.order = order
        super().__init__(*args, **named)

    def wish(self) -> OrderStepWish:
        said = self.cleaned_data
        return OrderStepWish(self.order.pay_order, said["happened_on"], entry=said.get("entry", ""), why=said.get("why", ""))


class PaymentForm(StepForm):
    """The entry that pays an order."""

    entry = forms.CharField(label=_("Reference of the entry that pays it"), max_length=CODE_LENGTH)
    reason = None  # type: ignore[assignment]


class VoidForm(StepForm):
    """Why an order is void."""

    why = forms.CharField(label=_("Why it is void"), max_length=300)
    reason = None  # type: ignore[assignment]
