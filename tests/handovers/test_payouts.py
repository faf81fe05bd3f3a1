"""Payouts at a counter: by a code, without one, and above what one person may pay."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tallystick.core.amount import Parts
from tallystick.core.custody.decide import UnitUnknown
from tallystick.core.grant import GrantUnknown
from tallystick.core.payout import ABOVE_LIMIT, LimitNegative, PastPromise
from tallystick.core.slip import IssuerConfirms, SlipPayoutReversed, SlipStandsOpen, SlipState, SlipUnknown, SlipUsed
from tallystick.core.wish import ConcernsOneself, WishNotForRole
from tallystick.desk.actions import agree, ask, look
from tallystick.desk.codes import ClaimWish, RulingWish
from tallystick.desk.entries import ReversalWish
from tallystick.desk.models import Draft
from tallystick.desk.payouts import PayoutByCodeWish, PayoutLimitWish, PayoutWithoutCodeWish
from tallystick.desk.wishes import Asker, Done
from tallystick.handovers.codes.actions import show
from tallystick.handovers.codes.queries import payout_limits, slip_named, slips_listed
from tallystick.ledger.post import EntriesRefused
from tallystick.ledger.queries.holdings import balance_of
from tallystick.ledger.queries.payouts import paid_between, paid_in
from tallystick.ledger.queries.state import entries_of
from tallystick.staff.queries import sign_offs
from tallystick.vault.keys import unlocked
from tests import codes
from tests.books import POSTED_AT, moment, post, proof
from tests.codes import CLAIM, KNOT, LAST_DAY, LATER, PLOVER, THEN, WREN, given, paying, shown
from tests.questions import Questions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes.funded(tmp_path)
    codes.cheap(monkeypatch)


def held(holder: str = "WAGTAIL", unit: str = "CNY") -> int:
    return balance_of(holder, unit=unit, earmark="SHOPS" if unit == "CNY" else "LIGHT")


def limited(amount: int | None, unit: str = "CNY") -> None:
    wish = PayoutLimitWish(unit, None if amount is None else Parts(amount))
    draft = ask("payout_limit", wish, by=WREN, asked_at=POSTED_AT, reason="so that nobody is alone with so much")
    assert isinstance(draft, Draft)
    agree(draft.pk, by=KNOT, agreed_at=POSTED_AT)


def plainly(reference: str = "P1", *, amount: int = 500_000, grant: str = "G01") -> Draft:
    wish = PayoutWithoutCodeWish(reference, THEN, grant, "WAGTAIL", Parts(amount), note="known by face")
    draft = ask("payout_without_code", wish, by=WREN, asked_at=LATER, reason="the slip was lost in the river")
    assert isinstance(draft, Draft)
    return draft


def test_a_code_pays_what_it_was_given_out_for_and_is_used_up():
    slip, half = given()
    before = held()
    done = paying(slip, shown(slip, half))
    assert isinstance(done, Done)
    assert done.posted is not None
    ((move,),) = [one.moves for one in done.posted.entries]
    assert move[:6] == ("payout", "WAGTAIL", "R01", "CNY", 1_000_000, "SHOPS")
    assert (move.grant, move.authorisation, held()) == ("G01", "REH-MONEY", before - 1_000_000)
    used = slip_named(slip).standing.used  # type: ignore[union-attr]
    assert used is not None
    assert (used.entry, used.confirmed_by, used.issued_by) == (slip, "WREN", "PLOVER")
    assert [one.wish for one in sign_offs(slip)] == ["claim_code", "payout_by_code"]
    assert not proof().problems


def test_a_look_shows_the_payout_and_uses_nothing_up():
    slip, half = given()
    looked = look("payout_by_code", PayoutByCodeWish(slip, shown(slip, half), "WAGTAIL", THEN), by=WREN, at=LATER)
    assert [move.amount for move in looked.moves] == [1_000_000]
    assert slip_named(slip).standing.used is None  # type: ignore[union-attr]


def test_paper_typed_in_days_later_keeps_when_it_happened_and_when_it_was_written():
    slip, half = given()
    week = LATER + timedelta(days=7)
    wish = PayoutByCodeWish(slip, shown(slip, half), "WAGTAIL", THEN)
    ask("payout_by_code", wish, by=WREN, asked_at=week)
    used = slip_named(slip).standing.used  # type: ignore[union-attr]
    assert used is not None
    assert (used.happened_at, used.recorded_at[:10]) == (THEN, "2026-01-13")
    (entry,) = entries_of(reference=slip)
    assert entry.happened_at.isoformat() == THEN


def test_goods_are_claimed_like_money():
    post("E9   4 March   gift   HAEBARAGI → KILN   TRUCK25 2   SHOPS")
    slip, half = given(ClaimWish("G04", 1, Parts(1), LAST_DAY))
    done = paying(slip, shown(slip, half), giver="KILN")
    assert isinstance(done, Done)
    assert balance_of("R06", unit="TRUCK25", earmark="SHOPS") == 1


def test_what_the_books_refuse_leaves_the_code_good():
    slip, half = given()
    with pytest.raises(EntriesRefused):
        paying(slip, shown(slip, half), giver="HERON")
    assert slip_named(slip).standing.used is None  # type: ignore[union-attr]
    paying(slip, shown(slip, half))


def test_the_same_word_twice_pays_once_and_another_word_is_refused():
    slip, half = given()
    proof_shown, before = shown(slip, half), held()
    paying(slip, proof_shown)
    again = paying(slip, proof_shown)
    assert isinstance(again, Done)
    assert again.posted is not None
    assert (again.posted.entries, again.posted.already_count, held()) == ((), 1, before - 1_000_000)
    with pytest.raises(SlipUsed):
        paying(slip, proof_shown, then="2026-01-06T19:31:00+09:00")
    with pytest.raises(EntriesRefused):
        paying(slip, proof_shown, giver="CRANE")
    assert len(sign_offs(slip)) == 2


def test_more_than_was_promised_is_not_paid_by_an_old_code():
    slip, half = given(ClaimWish("G01", 1, Parts(2_000_000), LAST_DAY))
    post("P7   5 March   payout   WAGTAIL → R01   CNY 0.01   SHOPS   G01   REH-MONEY")
    with pytest.raises(PastPromise):
        paying(slip, shown(slip, half))


def test_whoever_gave_it_out_neither_pays_nor_agrees():
    limited(10_000)
    slip, half = given()
    with pytest.raises(IssuerConfirms):
        paying(slip, "0" * 64, by=PLOVER, reason="I gave it out")
    draft = paying(slip, shown(slip, half), reason="she came herself")
    assert isinstance(draft, Draft)
    with pytest.raises(IssuerConfirms):
        agree(draft.pk, by=PLOVER, agreed_at=LATER)
    agree(draft.pk, by=KNOT, agreed_at=LATER)
    used = slip_named(slip).standing.used  # type: ignore[union-attr]
    assert used is not None
    assert (used.confirmed_by, used.agreed_by) == ("WREN", "KNOT")
    assert half not in draft.content
    assert not proof().problems


def test_two_are_needed_above_the_limit_and_not_at_it():
    limited(1_000_000)
    slip, half = given()
    assert isinstance(paying(slip, shown(slip, half)), Done)
    slip, half = given(ClaimWish("G01", 2, Parts(1), LAST_DAY))
    draft = paying(slip, shown(slip, half), reason="the rest")
    assert isinstance(draft, Draft), "what the grant was paid within a week counts together"
    assert draft.need == ABOVE_LIMIT


def test_a_limit_is_said_by_two_and_the_last_one_counts():
    limited(10_000)
    limited(5_000, unit="KRW")
    assert {unit: limit.amount for unit, limit in payout_limits(unlocked().office).items()} == {"CNY": 10_000, "KRW": 5_000}
    limited(None)
    assert set(payout_limits(unlocked().office)) == {"KRW"}
    assert payout_limits("f" * 16) == {}
    slip, half = given()
    assert isinstance(paying(slip, shown(slip, half)), Done)
    with pytest.raises(LimitNegative):
        limited(-1)
    with pytest.raises(UnitUnknown):
        limited(1, unit="CHF")


def test_a_limit_is_not_for_everybody_to_ask_for():
    with pytest.raises(WishNotForRole):
        ask("payout_limit", PayoutLimitWish("CNY"), by=Asker("GULL", frozenset()), asked_at=POSTED_AT, reason="why not")


def test_without_a_code_two_pay_and_say_why():
    before = held()
    draft = plainly()
    assert held() == before
    agree(draft.pk, by=PLOVER, agreed_at=LATER)
    assert held() == before - 500_000
    (signed,) = sign_offs("P1")
    assert (signed.asked_by, signed.agreed_by, signed.reason) == ("WREN", "PLOVER", "the slip was lost in the river")


def test_nothing_is_paid_beside_a_code_that_is_still_good():
    slip, _ = given()
    with pytest.raises(SlipStandsOpen):
        plainly()
    draft = ask("code_ruling", RulingWish(slip, "void"), by=WREN, asked_at=LATER, reason="it was lost in the river")
    assert isinstance(draft, Draft)
    agree(draft.pk, by=PLOVER, agreed_at=LATER)
    agree(plainly().pk, by=PLOVER, agreed_at=LATER)
    with pytest.raises(PastPromise):
        plainly("P2", amount=1_500_001)
    with pytest.raises(GrantUnknown):
        plainly("P3", grant="G99")


def test_a_payout_that_was_taken_back_counts_no_more():
    post("P1   5 March   payout   WAGTAIL → R01   CNY 20000.00   SHOPS   G01   REH-MONEY")
    assert paid_in("G01", unit="CNY") == 2_000_000
    assert paid_between("G01", unit="CNY", first=moment("5 March"), last=moment("5 March")) == 2_000_000
    assert paid_between("G01", unit="CNY", first=moment("5 March 09:01"), last=moment("6 March")) == 0
    post("X1   6 March   reversal   R01 → WAGTAIL   CNY 20000.00   SHOPS   G01   REH-MONEY   P1")
    assert paid_in("G01", unit="CNY") == 0
    given()


def test_who_holds_for_the_custodian_does_not_pay_at_its_counter():
    slip, half = given()
    holder = Asker("GULL", WREN.roles, party="WAGTAIL")
    with pytest.raises(ConcernsOneself):
        paying(slip, shown(slip, half, by=holder), by=holder)
    with pytest.raises(ConcernsOneself):
        ask("payout_by_code", PayoutByCodeWish("2222-2222", "", "WAGTAIL", THEN), by=holder, asked_at=LATER)


def test_a_slip_that_is_not_there_pays_nothing():
    with pytest.raises(SlipUnknown):
        paying("2222-2222", "")
    with pytest.raises(SlipUnknown):
        show("2222-2222", "1234567889", purposes=CLAIM, name="WREN", shown_at=LATER)


def test_slips_are_listed_by_what_they_are_for_and_by_their_state():
    used, half = given()
    paying(used, shown(used, half))
    still, _ = given(ClaimWish("G02", 1, Parts(1), LAST_DAY))
    today = date(2026, 1, 7)
    names = {state: [one.slip.slip for one in slips_listed(state=state, today=today, most=9)] for state in SlipState}
    assert names.pop(SlipState.REVERSED) == [used], "used ones are listed together"
    assert names == {
        SlipState.USED: [used],
        SlipState.OPEN: [still],
        SlipState.LAPSED: [],
        SlipState.FROZEN: [],
        SlipState.VOID: [],
    }
    assert [one.slip.slip for one in slips_listed(state=SlipState.LAPSED, today=date(2026, 3, 1), most=9)] == [still]
    assert [one.slip.slip for one in slips_listed(subject="G01", today=today, most=9)] == [used]
    assert [one.slip.slip for one in slips_listed(subject=still.lower(), today=today, most=9)] == [still]
    assert [one.slip.slip for one in slips_listed(today=today, most=1)] == [still]
    for rows in slips_listed(today=today, most=9):
        assert rows.state(today) in (SlipState.USED, SlipState.OPEN)


def test_a_payout_by_code_asks_the_books_as_often_for_a_grant_with_many_slips():
    def asked() -> int:
        slip, half = given(ClaimWish("G01", 1, Parts(100), LAST_DAY))
        proof_shown = shown(slip, half)
        with Questions() as told:
            paying(slip, proof_shown)
        return len(told)

    asked()  # the recipient has an account from here on
    first = asked()
    for _ in range(3):
        asked()
    assert asked() == first


def taken_back(entry: str, reference: str = "R1") -> None:
    wish = ReversalWish(reference, "2026-01-06T21:00:00+09:00", entry, note="the money came back")
    draft = ask("reversal", wish, by=WREN, asked_at=LATER, reason="it was somebody else who stood there")
    assert isinstance(draft, Draft)
    agree(draft.pk, by=KNOT, agreed_at=LATER)


def test_a_payout_by_code_that_is_taken_back_is_owed_again_and_takes_a_new_code():
    """G01 promises 20,000.00, half of which the slip is good for."""
    slip, half = given()
    proof_shown, before = shown(slip, half), held()
    paying(slip, proof_shown)
    with pytest.raises(PastPromise):
        given(ClaimWish("G01", 2, Parts(1_000_001), LAST_DAY))
    taken_back(slip)
    assert (held(), paid_in("G01", unit="CNY")) == (before, 0)
    standing = slip_named(slip).standing  # type: ignore[union-attr]
    assert (standing.state(LAST_DAY), standing.taken_back_by) == (SlipState.REVERSED, "R1")
    for again in (lambda: shown(slip, half), lambda: paying(slip, proof_shown)):
        with pytest.raises(SlipPayoutReversed):
            again()
    other, code = given()  # the same tranche, the same amount
    paying(other, shown(other, code))
    assert (held(), paid_in("G01", unit="CNY")) == (before - 1_000_000, 1_000_000)
    assert slip_named(other).standing.state(LAST_DAY) is SlipState.USED  # type: ignore[union-attr]
    listed = slips_listed(state=SlipState.USED, today=LAST_DAY, most=9)
    assert [one.slip.slip for one in listed] == [other, slip]
    assert not proof().problems
