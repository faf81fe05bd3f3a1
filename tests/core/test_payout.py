"""Payouts at a counter: never more than was promised, and two people above a limit."""

from datetime import date, datetime

import pytest

from tallystick.core.amount import AmountNotPositive, Parts
from tallystick.core.custody.decide import UnitUnknown
from tallystick.core.grant import Grant
from tallystick.core.payout import (
    ABOVE_LIMIT,
    LimitNegative,
    PastPromise,
    PayoutLimit,
    check_left,
    check_limit,
    check_no_slip_open,
    check_tranche,
    needs_second,
    payout,
)
from tallystick.core.promise import TrancheUnknown
from tallystick.core.slip import Purpose, Slip, SlipStandsOpen, Standing
from tallystick.core.unit import Unit

GRANT = Grant("G01", "R01", "noodle shop", "SHOPS", "REH-MONEY", "CNY", Parts(20_000), 2)
CNY = {"CNY": Unit("CNY", "money", 2, "yuan")}


def test_a_payout_goes_to_whom_and_out_of_what_the_grant_was_promised():
    at = datetime.fromisoformat("2016-03-06T10:00:00+09:00")
    (line,) = payout(GRANT, 10_000, reference="7QM4-2XPK", giver="WAGTAIL", happened_at=at).lines
    assert line[:9] == ("payout", "WAGTAIL", "R01", "CNY", 10_000, "SHOPS", "G01", "REH-MONEY", "")


def test_a_grant_has_the_tranches_it_was_promised_in():
    for tranche in (1, 2):
        check_tranche(GRANT, tranche)
    for tranche in (0, 3):
        with pytest.raises(TrancheUnknown):
            check_tranche(GRANT, tranche)


def test_what_is_left_of_a_promise_can_be_paid_to_the_last_coin_and_no_more():
    check_left(GRANT, 5_000, paid=15_000, places=2)
    with pytest.raises(PastPromise) as told:
        check_left(GRANT, 5_001, paid=15_000, places=2)
    assert str(told.value).startswith("50.00 CNY are left")
    with pytest.raises(PastPromise):
        check_left(GRANT, 1, paid=25_000, places=2)
    with pytest.raises(AmountNotPositive):
        check_left(GRANT, 0, paid=0, places=2)


def test_nothing_is_paid_beside_a_code_that_could_still_be_shown():
    slip = Slip("7QM4-2XPK", Purpose.CLAIM, "G01", "R01", date(2016, 4, 30), "PLOVER", "2016-03-05T00:00:00Z", "")
    with pytest.raises(SlipStandsOpen):
        check_no_slip_open(GRANT, [Standing(slip)])
    check_no_slip_open(GRANT, [Standing(slip, is_void=True)])


@pytest.mark.parametrize(
    ("asked", "lately", "limit", "why"),
    [
        (10_000, 0, None, ""),
        (10_000, 0, 10_000, ""),
        (10_001, 0, 10_000, ABOVE_LIMIT),
        (6_000, 6_000, 10_000, ABOVE_LIMIT),
        (1, 0, 0, ABOVE_LIMIT),
    ],
)
def test_two_are_needed_above_the_limit_also_where_it_is_paid_in_parts(asked: int, lately: int, limit: int | None, why: str):
    assert needs_second(asked, paid_lately=lately, limit=None if limit is None else Parts(limit)) == why


def test_a_limit_is_on_a_unit_of_the_books_and_not_below_nothing():
    check_limit(PayoutLimit("CNY", Parts(0)), known=CNY)
    check_limit(PayoutLimit("CNY"), known=CNY)
    with pytest.raises(LimitNegative):
        check_limit(PayoutLimit("CNY", Parts(-1)), known=CNY)
    with pytest.raises(UnitUnknown):
        check_limit(PayoutLimit("CHF", Parts(1)), known=CNY)
