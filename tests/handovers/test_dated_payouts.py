"""Payouts and their moments: none is dated ahead, and one that is asked for again stands."""

from pathlib import Path

import pytest

from tallystick.core.amount import Parts
from tallystick.core.moment import StillToCome
from tallystick.desk.actions import agree, ask
from tallystick.desk.codes import ClaimWish
from tallystick.desk.models import Draft
from tallystick.desk.payouts import PayoutLimitWish, PayoutWithoutCodeWish
from tallystick.desk.wishes import Done
from tallystick.ledger.post import EntriesRefused
from tests import codes
from tests.codes import KNOT, LAST_DAY, LATER, PLOVER, THEN, WREN, given, paying, shown

pytestmark = pytest.mark.django_db
IN_A_WEEK = "2026-01-14T19:30:00+09:00"


@pytest.fixture(autouse=True)
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes.funded(tmp_path)
    codes.cheap(monkeypatch)


def plainly(amount: int, *, then: str = THEN) -> Done | Draft:
    wish = PayoutWithoutCodeWish("P1", then, "G01", "WAGTAIL", Parts(amount), note="known by face")
    return ask("payout_without_code", wish, by=WREN, asked_at=LATER, reason="the slip was lost in the river")


def test_a_payout_that_is_dated_ahead_is_not_counted_in_another_week():
    limit = ask(
        "payout_limit", PayoutLimitWish("CNY", Parts(1_000_000)), by=WREN, asked_at=LATER, reason="so that nobody is alone"
    )
    assert isinstance(limit, Draft)
    agree(limit.pk, by=KNOT, agreed_at=LATER)
    slip, half = given()
    assert isinstance(paying(slip, shown(slip, half)), Done)
    slip, half = given(ClaimWish("G01", 2, Parts(500_000), LAST_DAY))
    with pytest.raises(StillToCome):
        paying(slip, shown(slip, half), then=IN_A_WEEK)
    with pytest.raises(StillToCome):
        plainly(1, then=IN_A_WEEK)
    assert isinstance(paying(slip, shown(slip, half), reason="she came herself"), Draft)


def test_a_payout_without_a_code_that_is_asked_for_again_stands_though_nothing_is_left_to_pay():
    draft = plainly(2_000_000)
    assert isinstance(draft, Draft)
    agree(draft.pk, by=PLOVER, agreed_at=LATER)
    again = plainly(2_000_000)
    assert isinstance(again, Done)
    assert again.already
    with pytest.raises(EntriesRefused):
        plainly(1)
