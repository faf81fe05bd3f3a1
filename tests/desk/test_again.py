"""Asking twice is safe: the same words have the same answer and leave one record, other words under the same code are refused."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tallystick.core.agreement import Agreement, ExposureLimit, ValueLimit
from tallystick.core.amount import Parts
from tallystick.core.corridor import Leg, Tariff
from tallystick.core.covenant import Covenant, CovenantSeen
from tallystick.core.dispute import DisputedAlready
from tallystick.core.earmark import Earmark
from tallystick.core.party import LaterLimit
from tallystick.core.pay_order import PayOrderPaidOtherwise, PayOrderStepOutOfOrder
from tallystick.core.promise import Cancellation
from tallystick.core.refusal import Refusal
from tallystick.core.role import Role
from tallystick.core.slip import RulingKind, SlipStandsOpen, SlipVoid
from tallystick.core.tranche import Tranche
from tallystick.core.unit import Unit
from tallystick.core.wish import ReasonMissing
from tallystick.desk.actions import agree, ask
from tallystick.desk.books import PartyWish, ProgrammeWish
from tallystick.desk.codes import ClaimWish, HalvesWish, RulingWish
from tallystick.desk.corridors import OverrideWish
from tallystick.desk.entries import ReversalWish
from tallystick.desk.grants import PromiseWish
from tallystick.desk.handovers.disputing import ClearingWish, ClosingWish, OverageWish
from tallystick.desk.handovers.ordering import OrderStepWish, OrderWish
from tallystick.desk.models import Draft
from tallystick.desk.payouts import PayoutLimitWish
from tallystick.desk.wishes import Asker, Done
from tallystick.journal.queries import act_count
from tests import codes
from tests.asking import Program
from tests.books import POSTED_AT, found, post, take, without_moves
from tests.desk.goods import GIVEN, dispatch, dispute, receipt
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
DUNLIN = Asker("DUNLIN", frozenset({Role.LEAD}))
KNOT = Asker("KNOT", frozenset({Role.COMPLIANCE}))
ONE = (Tranche(Parts(8_000), "none"),)
PROMISE = PromiseWish("G20", "R01", "noodle shop", "SHOPS", "REH-MONEY", "CNY", Parts(8_000), ONE)
DAY = date(2016, 3, 1)
LIMITED = ValueLimit("HERON", Parts(100))
FUNDS = """
    E2   1 March   gift       HAEBARAGI → OFFICE   USD 900.00   SHOPS
    H1   4 March   handover   OFFICE → HERON       USD 120.00   SHOPS   -   REH-MONEY
    H2   5 March   handover   OFFICE → HERON       USD 120.00   SHOPS   -   REH-MONEY
"""

FIRST: list[tuple[str, Any, Any]] = [
    ("unit", Unit("PUMP", "goods", 0, "pump", "841320"), {"name": "hand pump"}),
    ("party", PartyWish("GULL", "custodian:agent", "Yanji"), {"place": "Dandong"}),
    ("earmark", Earmark("PUMPS", "HAEBARAGI", "USD", "pumps"), {"purpose": "wells"}),
    ("leg", Leg("A-B", "A", "B", "by hand", 0, Parts(0), "CNY", 1), {"days": 2}),
    ("promise", PROMISE, {"venture": "tea house"}),
    ("cancellation", Cancellation("G01", "she moved away"), {"reason": "she married"}),
    ("covenant", Covenant("C9", "G07", "sacks of seed", 2, ""), {"how_many": 3}),
    ("dispute", dispute(), {"amount": Parts(6)}),
]
"""Wishes whose code is taken by the first of them, and what says something else under it."""

LAST: list[tuple[str, Any, Any]] = [
    ("tariff", Tariff("YNJ-HYE", DAY, 0, Parts(0), 1), {"days": 2}),
    ("agreement", Agreement("HERON", DAY, 100_000, confirm_first=True), {"commission_ppm": 0}),
    ("holding-limit", LaterLimit("HERON", "CNY", Parts(100)), {"amount": Parts(50)}),
    ("value-limit", LIMITED, {"amount": None}),
    ("exposure-limit", ExposureLimit("HERON", Parts(100)), {"amount": Parts(50)}),
    ("payout_limit", PayoutLimitWish("CNY", Parts(100)), {"amount": Parts(50)}),
]
"""Wishes of which the last one said counts."""


@pytest.fixture(autouse=True)
def lamps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found()
    take(without_moves(codes.LAMPS, tmp_path / "lamps"))
    codes.cheap(monkeypatch)


def done(name: str, wish: Any) -> Done:
    answer = ask(name, wish, by=DUNLIN, asked_at=POSTED_AT, reason="as the papers say")
    if isinstance(answer, Draft):
        return agree(answer.pk, by=KNOT, agreed_at=POSTED_AT)
    return answer


def asked_again(name: str, wish: Any) -> Done:
    """The answer to the same words, which leave nothing in the journal."""
    before = act_count()
    answer = ask(name, wish, by=DUNLIN, asked_at=POSTED_AT, reason="as the papers say")
    assert isinstance(answer, Done), "nothing waits for a second person anew"
    assert (answer.already, act_count()) == (True, before)
    return answer


@pytest.mark.parametrize(("name", "wish", "other"), FIRST, ids=lambda one: one if isinstance(one, str) else "")
def test_the_same_words_stand_once_and_others_are_refused(name: str, wish: Any, other: dict[str, Any]):
    post(GIVEN)
    done("dispatch", dispatch())
    first = done(name, wish)
    assert asked_again(name, wish).subject == first.subject
    before = act_count()
    with pytest.raises(Refusal):
        done(name, replace(wish, **other))
    assert act_count() == before


@pytest.mark.parametrize(("name", "wish", "other"), LAST, ids=lambda one: one if isinstance(one, str) else "")
def test_what_was_said_last_is_not_said_again_and_holds_anew_after_something_else(name: str, wish: Any, other: dict[str, Any]):
    first = done(name, wish)
    assert asked_again(name, wish).subject == first.subject
    done(name, replace(wish, **other))
    before = act_count()
    assert not done(name, wish).already
    assert act_count() > before


def test_an_order_sent_twice_takes_one_number():
    order = OrderWish("MAGPIE", "HERON", "CNY", Parts(5_000), "SHOPS", "for the road", DAY)
    drawn = done("pay_order", order)
    assert asked_again("pay_order", order).subject == drawn.subject
    assert done("pay_order", replace(order, purpose="for the boat")).subject != drawn.subject


def test_what_was_seen_counted_or_allowed_is_written_down_once():
    post(GIVEN)
    done("dispatch", dispatch())
    done("covenant", Covenant("C9", "G07", "sacks of seed", 2, ""))
    done("agreement", Agreement("HERON", DAY, 100_000, confirm_first=True))
    for name, wish in (
        ("covenant_seen", CovenantSeen("C9", DAY, 1, "", "")),
        ("overage", OverageWish("T1", "LAMP", "LIGHT", Parts(2), "WAGTAIL", DAY, "two more")),
        ("override", OverrideWish("HERON", "T9")),
    ):
        done(name, wish)
        asked_again(name, wish)


def test_another_programme_is_not_begun():
    found_anew = ProgrammeWish("Lamps", "KR", "USD", DAY)
    with pytest.raises(Refusal):
        done("programme", found_anew)


def test_a_slip_that_froze_again_is_let_serve_again_in_the_same_words():
    post(codes.FUNDED)
    slip, half = codes.frozen()
    wish = RulingWish(slip, RulingKind.UNFREEZE.value)
    done("code_ruling", wish)
    asked_again("code_ruling", wish)
    for _ in range(5):
        with pytest.raises(Refusal):
            codes.shown(slip, codes.other_than(half))
    before = act_count()
    assert not done("code_ruling", wish).already
    assert act_count() > before


def test_a_code_is_no_answer_to_give_twice():
    post(codes.FUNDED)
    wish = ClaimWish("G01", 1, Parts(1_000_000), codes.LAST_DAY)
    ask("claim_code", wish, by=DUNLIN, asked_at=POSTED_AT)
    with pytest.raises(SlipStandsOpen):
        ask("claim_code", wish, by=DUNLIN, asked_at=POSTED_AT)


def test_a_form_sent_twice_says_that_it_stood():
    browser = signed_in("SNIPE", roles=("coordinator",))
    sent = {"party": "GULL", "kind": "custodian:agent", "place": "Yanji", "note": "", "step": "say"}
    first, before = browser.post("/parties/new", sent), act_count()
    again = browser.post("/parties/new", sent, follow=True)
    assert (first.status_code, again.status_code, act_count()) == (302, 200, before)
    assert "This stood in the books already." in again.content.decode()
    assert browser.post("/parties/new", sent | {"place": "Dandong"}).status_code == 409


def test_a_program_may_ask_again():
    program = Program("LEDGER", role="bookkeeper")
    unit = {"unit": "PUMP", "kind": "goods", "name": "pump", "places": 0, "hs_code": "841320"}
    assert program.post("wishes/unit", unit).json()["done"]["already"] is False
    again = program.post("wishes/unit", unit)
    assert (again.status_code, again.json()["done"]["already"], again.json()["done"]["subject"]) == (200, True, "PUMP")
    assert program.post("wishes/unit", unit | {"name": "hand pump"}).status_code == 409


def test_a_limit_that_was_changed_since_does_not_stand_though_no_reason_is_given():
    low, high = LaterLimit("HERON", "CNY", Parts(100)), LaterLimit("HERON", "CNY", Parts(200))
    for wish in (low, high):
        done("holding-limit", wish)
    with pytest.raises(ReasonMissing):
        ask("holding-limit", low, by=KNOT, asked_at=POSTED_AT, reason=" ")
    assert isinstance(ask("holding-limit", low, by=KNOT, asked_at=POSTED_AT, reason="it is a hard winter"), Draft)


def test_a_slip_that_is_void_is_not_told_to_serve_again():
    post(codes.FUNDED)
    slip, _ = codes.frozen()
    wish = RulingWish(slip, RulingKind.UNFREEZE.value)
    done("code_ruling", wish)
    done("code_ruling", RulingWish(slip, RulingKind.VOID.value))
    with pytest.raises(SlipVoid):
        done("code_ruling", wish)
    asked_again("code_ruling", RulingWish(slip, RulingKind.VOID.value))


def test_a_payment_that_was_taken_back_does_not_stand():
    post(FUNDS)
    order = done("pay_order", OrderWish("OFFICE", "HERON", "USD", Parts(120_00), "SHOPS", "for the road", DAY)).subject
    done("pay_order_issue", OrderStepWish(order, DAY))
    paid = OrderStepWish(order, DAY, entry="H1")
    done("pay_order_payment", paid)
    asked_again("pay_order_payment", paid)
    with pytest.raises(PayOrderStepOutOfOrder):
        done("pay_order_issue", OrderStepWish(order, DAY))
    done("reversal", ReversalWish("R1", "2016-03-20T09:00:00+08:00", "H1"))
    with pytest.raises(PayOrderPaidOtherwise):
        done("pay_order_payment", paid)
    done("pay_order_payment", OrderStepWish(order, DAY, entry="H2"))
    with pytest.raises(PayOrderStepOutOfOrder):
        done("pay_order_payment", paid)


def test_a_dispute_that_was_closed_does_not_stand_in_the_place_of_another():
    post(GIVEN)
    done("dispatch", dispatch())
    done("dispute", dispute())
    done("dispute_closing", ClosingWish("T1-D1", "find unfounded", "2016-03-20T09:00:00+08:00"))
    done("dispute", replace(dispute(), amount=Parts(9)))
    with pytest.raises(DisputedAlready):
        done("dispute", dispute())
    asked_again("dispute", replace(dispute(), amount=Parts(9)))


def test_both_halves_and_a_cleared_overage_stand_when_they_are_said_again():
    post(f"{GIVEN}\n{codes.FUNDED}")
    first, second = codes.halves()
    wish = HalvesWish(first[0], codes.shown(*first), second[0], codes.shown(*second), codes.THEN)
    said = [ask("tally_halves", wish, by=codes.WREN, asked_at=codes.LATER) for _ in range(2)]
    assert [one.stood for one in said if isinstance(one, Done)] == [False, True]
    done("dispatch", dispatch("T9"))
    done("receipt", receipt("T9", above=Parts(2)))
    clearing = ClearingWish("T9-O1", "count again", "2016-03-20T09:00:00+08:00")
    done("overage_clearing", clearing)
    asked_again("overage_clearing", clearing)
