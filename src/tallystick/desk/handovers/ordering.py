"""Wishes about pay orders: drawn, issued by two, paid, made void."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tallystick.core.amount import Parts
from tallystick.core.pay_order import PayOrder, PayOrderStep, PayOrderStepOutOfOrder, PayOrderStepSaid
from tallystick.core.record import fields_of
from tallystick.desk.handovers.receiving import told
from tallystick.desk.wishes import Again, Deed, Done, WishKind
from tallystick.handovers.pay_orders import draw_pay_order, pay_order_named, step_pay_order
from tallystick.vault.keys import unlocked


@dataclass(frozen=True, slots=True)
class OrderWish:
    """An order to a custodian to pay; its number is given when it is drawn."""

    payer: str
    payee: str
    unit: str
    amount: Parts
    earmark: str
    purpose: str
    drawn_on: date
    grant: str = ""


@dataclass(frozen=True, slots=True)
class OrderStepWish:
    """What becomes of a pay order; the entry that pays it, which no other step has, or why it is void."""

    pay_order: str
    said_on: date
    entry: str = ""
    why: str = ""


def draw(wish: OrderWish, deed: Deed) -> Done:
    """Raises what draw_pay_order raises."""
    order = PayOrder("", deed.office, 1, **fields_of(wish))
    return Done(draw_pay_order(order, office=deed.office, recorded_at=deed.recorded_at).pay_order)


def issue(wish: OrderStepWish, deed: Deed) -> Done:
    return _step(wish, PayOrderStep.ISSUE, deed=deed)


def pay(wish: OrderStepWish, deed: Deed) -> Done:
    return _step(wish, PayOrderStep.PAY, deed=deed)


def make_void(wish: OrderStepWish, deed: Deed) -> Done:
    return _step(wish, PayOrderStep.MAKE_VOID, deed=deed)


def _step(wish: OrderStepWish, step: PayOrderStep, *, deed: Deed) -> Done:
    """Raises what step_pay_order raises."""
    entry = wish.entry if step is PayOrderStep.PAY else ""
    said = PayOrderStepSaid(wish.pay_order, step.value, wish.said_on, entry=entry, reason=wish.why)
    step_pay_order(said, office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.pay_order)


def parties_of_order(wish: OrderStepWish) -> Collection[str]:
    order = pay_order_named(wish.pay_order, office=unlocked().office).order
    return {order.payer, order.payee}


def facts_of_order(wish: OrderWish) -> list[tuple[str, str]]:
    return [
        ("payer", wish.payer), ("payee", wish.payee), ("amount", told(wish.unit, wish.amount)), ("earmark", wish.earmark),
        ("grant", wish.grant), ("for", wish.purpose),
    ]  # fmt: skip


def facts_of_step(wish: OrderStepWish) -> list[tuple[str, str]]:
    order = pay_order_named(wish.pay_order, office=unlocked().office).order
    return [
        ("pay order", str(order.number)), ("payer", order.payer), ("payee", order.payee),
        ("amount", told(order.unit, order.amount)), ("earmark", order.earmark), ("grant", order.grant), ("for", order.purpose),
        ("why", wish.why),
    ]  # fmt: skip


def facts_of_payment(wish: OrderStepWish) -> list[tuple[str, str]]:
    return [*facts_of_step(wish), ("paid by", wish.entry)]


def ordered(wish: OrderStepWish) -> str:
    """Whoever draws an order does not issue it alone."""
    del wish
    return "money is ordered to be paid"


DRAWING = WishKind(
    "pay_order", OrderWish, draw, subject=lambda wish: str(wish.payee), facts=facts_of_order,
    parties=lambda wish: {wish.payer, wish.payee}, again=Again.AT_ONCE,
)  # fmt: skip
ISSUE = WishKind(
    "pay_order_issue", OrderStepWish, issue, subject=lambda wish: str(wish.pay_order), parties=parties_of_order,
    facts=facts_of_step, second=ordered, again=Again.WHILE_LAST, refused_as=(PayOrderStepOutOfOrder,),
)  # fmt: skip
PAYMENT = WishKind(
    "pay_order_payment", OrderStepWish, pay, subject=lambda wish: str(wish.pay_order), parties=parties_of_order,
    facts=facts_of_payment, again=Again.WHILE_LAST, refused_as=(PayOrderStepOutOfOrder,),
)  # fmt: skip
VOID = WishKind(
    "pay_order_void", OrderStepWish, make_void, subject=lambda wish: str(wish.pay_order), parties=parties_of_order,
    facts=facts_of_step, again=Again.WHILE_LAST, refused_as=(PayOrderStepOutOfOrder,),
)  # fmt: skip
