"""Where a pay order stands, and which number is missing."""

from datetime import date

from tallystick.core.pay_order import PayOrderState, PayOrderStep, PayOrderStepSaid, gaps_in, state_of


def said(step: PayOrderStep, entry: str = "") -> PayOrderStepSaid:
    return PayOrderStepSaid("x-1", step.value, date(2016, 3, 7), entry=entry)


def test_a_pay_order_stands_where_its_steps_left_it_and_a_payment_taken_back_is_none():
    steps = [said(PayOrderStep.ISSUE), said(PayOrderStep.PAY, "H1")]
    assert [state_of(steps[:count]) for count in range(3)] == [PayOrderState.DRAFTED, PayOrderState.ISSUED, PayOrderState.PAID]
    assert state_of(steps, taken_back={"H1"}) == PayOrderState.ISSUED
    assert state_of([*steps, said(PayOrderStep.PAY, "H2")], taken_back={"H1"}) == PayOrderState.PAID


def test_missing_numbers_are_named():
    assert gaps_in([]) == (0, ())
    assert gaps_in([1, 2, 3]) == (3, ())
    assert gaps_in([2, 5]) == (5, (1, 3, 4))
