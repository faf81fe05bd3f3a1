"""Pay orders: numbered without gaps, issued by two, paid by an entry that is theirs, and kept when they are void."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tallystick.core.amount import AmountNotPositive, Parts
from tallystick.core.custody.decide import EarmarkUnknown, UnitUnknown
from tallystick.core.custody.ends import PartyUnknown
from tallystick.core.grant import GrantUnknown
from tallystick.core.pay_order import (
    PayOrderEntryTaken,
    PayOrderNotMoney,
    PayOrderPaidOtherwise,
    PayOrderState,
    PayOrderStepOutOfOrder,
    PayOrderUnknown,
    VoidWithoutReason,
    gaps_in,
    state_of,
)
from tallystick.desk.entries import ReversalWish
from tallystick.desk.handovers.ordering import OrderStepWish, OrderWish
from tallystick.desk.models import Draft
from tallystick.handovers.models import PayOrder, PayOrderStep
from tallystick.handovers.queries import pay_order_numbers, pay_orders
from tallystick.vault.keys import unlocked
from tests import books
from tests.books import proof
from tests.desk.goods import asked, done

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stocked")]
ORDER = OrderWish("OFFICE", "HERON", "USD", Parts(120_00), "SHOPS", "the March round", date(2016, 3, 3))
MONEY = """
    E2   1 March   gift       HAEBARAGI → OFFICE   USD 900.00   SHOPS
    H1   4 March   handover   OFFICE → HERON       USD 120.00   SHOPS   -   REH-MONEY
    H2   5 March   handover   OFFICE → HERON       USD 120.00   SHOPS   -   REH-MONEY
    H3   5 March   handover   OFFICE → HERON       USD 119.99   SHOPS   -   REH-MONEY
"""


def drawn(**changed: object) -> str:
    return done("pay_order", replace(ORDER, **changed)).subject


def step(code: str, **said: str) -> OrderStepWish:
    return OrderStepWish(code, date(2016, 3, 6), **said)


def issued() -> str:
    code = drawn()
    done("pay_order_issue", step(code))
    return code


def state(code: str) -> PayOrderState:
    (found,) = pay_orders(office=unlocked().office, code=code)
    return state_of(found.steps, taken_back=found.taken_back)


def test_orders_are_numbered_from_one_on_without_gaps_void_ones_included():
    first, second, third = (drawn(purpose=f"round {number}") for number in (1, 2, 3))
    done("pay_order_void", step(second, why="drawn for the wrong round"))
    assert pay_order_numbers(unlocked().office) == [1, 2, 3]
    assert gaps_in(pay_order_numbers(unlocked().office)).missing == ()
    assert [state(one) for one in (first, second, third)] == [PayOrderState.DRAFTED, PayOrderState.VOID, PayOrderState.DRAFTED]
    assert not proof().problems


def test_a_refused_order_takes_no_number():
    with pytest.raises(PayOrderNotMoney):
        drawn(unit="LAMP", earmark="LIGHT")
    drawn()
    assert pay_order_numbers(unlocked().office) == [1]


def test_no_number_is_given_twice_by_the_database_either():
    row = PayOrder.objects.get(code=drawn())
    with pytest.raises(IntegrityError), transaction.atomic():
        PayOrder.objects.create(
            code="another", act_id=1, office=row.office, number=row.number, payer="OFFICE", payee="HERON", unit="USD", amount=1,
            earmark="SHOPS", purpose="", drawn_on=row.drawn_on,
        )  # fmt: skip


def test_whoever_draws_an_order_does_not_issue_it_alone():
    code = drawn()
    assert isinstance(asked("pay_order_issue", step(code)), Draft)
    assert state(code) == PayOrderState.DRAFTED
    done("pay_order_issue", step(code))
    assert state(code) == PayOrderState.ISSUED


def test_an_order_is_paid_by_one_entry_that_pays_just_this():
    books.post(MONEY)
    code, other = issued(), issued()
    for entry in ("H3", "H9", "E2"):
        with pytest.raises(PayOrderPaidOtherwise):
            asked("pay_order_payment", step(code, entry=entry))
    done("pay_order_payment", step(code, entry="H1"))
    assert state(code) == PayOrderState.PAID
    with pytest.raises(PayOrderEntryTaken):
        asked("pay_order_payment", step(other, entry="H1"))
    done("pay_order_payment", step(other, entry="H2"))
    assert not proof().problems


def test_a_payment_that_is_taken_back_leaves_the_order_to_be_paid():
    books.post(MONEY)
    code = issued()
    done("pay_order_payment", step(code, entry="H1"))
    done("reversal", ReversalWish("R1", "2016-03-20T09:00:00+08:00", "H1"))
    assert state(code) == PayOrderState.ISSUED
    with pytest.raises(PayOrderPaidOtherwise):
        asked("pay_order_payment", step(code, entry="R1"))
    done("pay_order_payment", step(code, entry="H2"))
    assert state(code) == PayOrderState.PAID


def test_an_entry_that_another_step_names_by_mistake_still_pays_an_order():
    books.post(MONEY)
    void, code = drawn(purpose="drawn twice"), issued()
    done("pay_order_void", step(void, entry="H1", why="drawn twice"))
    (found,) = pay_orders(office=unlocked().office, code=void)
    assert [one.entry for one in found.steps] == [""]
    PayOrderStep.objects.filter(pay_order=void).update(entry="H1")  # as an earlier release wrote it
    done("pay_order_payment", step(code, entry="H1"))
    assert state(code) == PayOrderState.PAID


def test_steps_come_in_their_order_and_a_void_order_stays_void():
    code = drawn()
    with pytest.raises(PayOrderStepOutOfOrder):
        asked("pay_order_payment", step(code, entry="H1"))
    with pytest.raises(VoidWithoutReason):
        asked("pay_order_void", step(code, why=" "))
    done("pay_order_void", step(code, why="drawn twice"))
    for name in ("pay_order_issue", "pay_order_void"):
        with pytest.raises(PayOrderStepOutOfOrder):
            asked(name, step(code, why="once more"))
    with pytest.raises(PayOrderUnknown):
        asked("pay_order_issue", step("nothing-1"))


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"unit": "PEARL"}, UnitUnknown),
        ({"earmark": "NONE"}, EarmarkUnknown),
        ({"payee": "NOBODY"}, PartyUnknown),
        ({"grant": "G99"}, GrantUnknown),
        ({"amount": Parts(0)}, AmountNotPositive),
    ],
)
def test_an_order_speaks_of_what_these_books_know(changed: dict[str, object], refusal: type[Exception]):
    with pytest.raises(refusal):
        drawn(**changed)


def test_a_cost_may_be_ordered_to_be_paid():
    books.post("""
        E2   1 March   gift   HAEBARAGI → OFFICE   USD 900.00   SHOPS
        C1   2 March   cost   OFFICE → @cost:truck hire   USD 120.00   SHOPS
    """)
    code = drawn(payee="@cost:truck hire")
    done("pay_order_issue", step(code))
    done("pay_order_payment", step(code, entry="C1"))
    assert state(code) == PayOrderState.PAID


def test_a_number_that_is_missing_is_told():
    assert gaps_in([1, 2, 5]) == (5, (3, 4))
    assert gaps_in([]) == (0, ())
