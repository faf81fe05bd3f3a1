"""Pay orders are drawn, issued, paid and made void. The number is taken in the act itself, while the journal is held."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from tallystick.core.custody.decide import EarmarkUnknown, UnitUnknown
from tallystick.core.grant import GrantUnknown
from tallystick.core.pay_order import (
    PayOrder,
    PayOrderStep,
    PayOrderStepSaid,
    PayOrderUnknown,
    check_drawn,
    check_pays,
    check_step,
    code_of,
    state_of,
)
from tallystick.grants.queries import grants
from tallystick.handovers.apply import PAY_ORDER_DRAWN, PAY_ORDER_STEPPED
from tallystick.handovers.queries import Ordered, last_pay_order, paid_by, pay_orders
from tallystick.handovers.standing import check_known
from tallystick.journal.actions import lock_stream
from tallystick.journal.reach import within_reach
from tallystick.journal.records import say_records
from tallystick.ledger.queries.records import earmarks, units
from tallystick.ledger.queries.state import entries_of
from tallystick.ledger.queries.tallies import taken_back

COST = "@cost:"


@within_reach()
@transaction.atomic
def draw_pay_order(order: PayOrder, *, office: str, recorded_at: datetime) -> PayOrder:
    """Draw an order under the next number of this office, whatever number it came with; the order as it was drawn.

    Raises UnitUnknown, EarmarkUnknown, PartyUnknown, GrantUnknown, PayOrderNotMoney, AmountNotPositive.
    """
    head = lock_stream(office)
    known = units()
    if order.unit not in known:
        raise UnitUnknown(unit=order.unit)
    if order.earmark not in earmarks():
        raise EarmarkUnknown(earmark=order.earmark)
    if order.grant and not grants(codes=[order.grant]):
        raise GrantUnknown(grant=order.grant)
    check_known([order.payer, *([] if order.payee.startswith(COST) else [order.payee])])
    check_drawn(order, known[order.unit])
    number = last_pay_order(office) + 1
    drawn = replace(order, pay_order=code_of(office, number), office=office, number=number)
    say_records([drawn], PAY_ORDER_DRAWN, head=head, recorded_at=recorded_at)
    return drawn


@within_reach()
@transaction.atomic
def step_pay_order(said: PayOrderStepSaid, *, office: str, recorded_at: datetime) -> None:
    """Issue an order, name the entry that pays it, or make it void.

    Raises PayOrderUnknown, PayOrderStepOutOfOrder, VoidWithoutReason, PayOrderPaidOtherwise, PayOrderEntryTaken.
    """
    head = lock_stream(office)
    found, step = pay_order_named(said.pay_order, office=office), PayOrderStep(said.step)
    check_step(found.order, state_of(found.steps, taken_back=found.taken_back), step=step, reason=said.reason)
    if step is PayOrderStep.PAY:
        is_back, places = bool(taken_back({said.entry})), units()[found.order.unit].places
        standing, pays = ([], None) if is_back else (list(entries_of(reference=said.entry)), paid_by(said.entry))
        check_pays(found.order, said.entry, standing=standing, places=places, pays=pays)
    say_records([said], PAY_ORDER_STEPPED, head=head, recorded_at=recorded_at)


def pay_order_named(code: str, *, office: str) -> Ordered:
    """The pay order of this code. Raises PayOrderUnknown."""
    found = pay_orders(office=office, code=code) if code else []
    if not found:
        raise PayOrderUnknown(pay_order=code)
    return found[0]
