"""Pay orders: written orders to pay, numbered without gaps, of which a void one is kept with its reason."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tallystick.core.amount import AmountNotPositive, Parts, show_amount
from tallystick.core.entry import PostedEntry
from tallystick.core.refusal import Refusal
from tallystick.core.unit import Unit, UnitKind


class PayOrderState(StrEnum):
    DRAFTED = "drafted"
    ISSUED = "issued"
    PAID = "paid"
    VOID = "void"


class PayOrderStep(StrEnum):
    ISSUE = "issue"
    PAY = "pay"
    MAKE_VOID = "make void"


NEXT_STATE = {
    (PayOrderState.DRAFTED, PayOrderStep.ISSUE): PayOrderState.ISSUED,
    (PayOrderState.DRAFTED, PayOrderStep.MAKE_VOID): PayOrderState.VOID,
    (PayOrderState.ISSUED, PayOrderStep.PAY): PayOrderState.PAID,
    (PayOrderState.ISSUED, PayOrderStep.MAKE_VOID): PayOrderState.VOID,
}


@dataclass(frozen=True, slots=True)
class PayOrder:
    """An order to a custodian to pay; its code is the office and its number there."""

    pay_order: str
    office: str
    number: int
    payer: str
    payee: str
    unit: str
    amount: Parts
    earmark: str
    purpose: str
    drawn_on: date
    grant: str = ""


@dataclass(frozen=True, slots=True)
class PayOrderStepSaid:
    """A step of a pay order: issued, paid by an entry, or made void for a reason."""

    pay_order: str
    step: str  # a PayOrderStep
    said_on: date
    entry: str = ""
    reason: str = ""


class PayOrderUnknown(Refusal):
    code = "pay_order_unknown"
    words = "No pay order is called {pay_order}."
    expected = "a pay order of this office"


class PayOrderNotMoney(Refusal):
    code = "pay_order_not_money"
    words = "{unit} is no money, and an order to pay is about money."
    expected = "a unit of money"


class PayOrderStepOutOfOrder(Refusal):
    code = "pay_order_step_out_of_order"
    words = "Pay order {number} is {state}, so it cannot be {wanted}."
    expected = "a pay order that can"


class VoidWithoutReason(Refusal):
    code = "void_without_reason"
    words = "Pay order {number} is kept when it is made void, and whoever finds it has to know why."
    expected = "a reason"


class PayOrderPaidOtherwise(Refusal):
    code = "pay_order_paid_otherwise"
    words = "{entry} does not pay what pay order {number} orders: {amount} {unit} of {earmark} from {payer} to {payee}."
    expected = "an entry that does, and was not taken back"


class PayOrderEntryTaken(Refusal):
    code = "pay_order_entry_taken"
    words = "{entry} pays pay order {other} already; an entry pays one."
    expected = "an entry of its own"


WORDS = {
    PayOrderStep.ISSUE: PayOrderState.ISSUED,
    PayOrderStep.PAY: PayOrderState.PAID,
    PayOrderStep.MAKE_VOID: PayOrderState.VOID,
}


def code_of(office: str, number: int) -> str:
    return f"{office}-{number}"


def check_drawn(order: PayOrder, unit: Unit) -> None:
    """Refuses PayOrderNotMoney, AmountNotPositive."""
    if unit.kind != UnitKind.MONEY:
        raise PayOrderNotMoney(unit=order.unit)
    if order.amount <= 0:
        raise AmountNotPositive(asked=show_amount(order.amount, unit.places), unit=order.unit)


def state_of(steps: Sequence[PayOrderStepSaid], *, taken_back: Collection[str] = ()) -> PayOrderState:
    """Where a pay order stands after these steps; a payment whose entry was taken back is none."""
    state = PayOrderState.DRAFTED
    for one in steps:
        if one.step != PayOrderStep.PAY or one.entry not in taken_back:
            state = NEXT_STATE[state, PayOrderStep(one.step)]
    return state


def check_step(order: PayOrder, state: PayOrderState, *, step: PayOrderStep, reason: str = "") -> None:
    """Refuses PayOrderStepOutOfOrder, VoidWithoutReason."""
    if (state, step) not in NEXT_STATE:
        raise PayOrderStepOutOfOrder(number=order.number, state=state, wanted=WORDS[step])
    if step is PayOrderStep.MAKE_VOID and not reason.strip():
        raise VoidWithoutReason(number=order.number)


def check_pays(order: PayOrder, entry: str, *, standing: Sequence[PostedEntry], places: int, pays: int | None) -> None:
    """Refuses, with PayOrderPaidOtherwise or PayOrderEntryTaken, an entry that is not the payment.

    `standing` is what stands under its reference and was not taken back; `pays` is the pay order that it pays already.
    """
    if pays is not None:
        raise PayOrderEntryTaken(entry=entry, other=pays)
    paid = sum(
        move.amount
        for posted in standing[:1]
        for move in posted.moves
        if (move.giver, move.named or move.taker, move.unit, move.earmark)
        == (order.payer, order.payee, order.unit, order.earmark)
    )
    if paid != order.amount:
        raise PayOrderPaidOtherwise(
            entry=entry, number=order.number, amount=show_amount(order.amount, places), unit=order.unit, earmark=order.earmark,
            payer=order.payer, payee=order.payee,
        )  # fmt: skip


class Numbers(NamedTuple):
    """What the numbers of one office's pay orders say: the last of them, and those that are not there."""

    last: int
    missing: tuple[int, ...]


def gaps_in(numbers: Collection[int]) -> Numbers:
    """Which numbers from 1 to the last are missing: none, or we are at fault."""
    known = set(numbers)
    last = max(known, default=0)
    return Numbers(last, tuple(one for one in range(1, last + 1) if one not in known))
