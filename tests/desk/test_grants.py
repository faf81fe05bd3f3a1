"""Grants at the desk: who promises, releases and cancels, when two are needed, and what is signed off."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tallystick.bundles.digest import _as_before
from tallystick.bundles.folder.text import CodeUnreadable, ValueMissing
from tallystick.core.amount import Parts
from tallystick.core.covenant import Covenant, CovenantSeen
from tallystick.core.promise import Cancellation, PromiseOverdrawn, TrancheBeforeUnpaid, VisitNotSeen
from tallystick.core.record import content_of
from tallystick.core.release import NoVisitToWaive
from tallystick.core.role import Role
from tallystick.core.sign_off import Signer
from tallystick.core.tranche import Tranche, TrancheRelease
from tallystick.core.wish import ReasonMissing, WishNotForRole
from tallystick.desk.actions import agree, ask, look
from tallystick.desk.entries import EntryWish, WishedLine, post_entry
from tallystick.desk.grants import PromiseWish
from tallystick.desk.models import Draft
from tallystick.desk.registry import WISH_KINDS
from tallystick.desk.wishes import Asker, Deed, Done
from tallystick.grants.queries import grants, released_without_visit, terms_of
from tallystick.journal.queries import act_count
from tallystick.ledger.post import EntriesRefused
from tallystick.staff.queries import sign_offs
from tallystick.vault.keys import unlocked
from tallystick.ventures.queries import covenants_of
from tests import books
from tests.promising import fund, outcome, payout, visited

pytestmark = pytest.mark.django_db
SNIPE = Asker("SNIPE", frozenset({Role.COORDINATOR}))
KNOT = Asker("KNOT", frozenset({Role.COMPLIANCE}))
PLOVER = Asker("PLOVER", frozenset({Role.BOOKKEEPER}))
PROMISE = PromiseWish(
    "G20", "R01", "noodle shop", "SHOPS", "REH-MONEY", "CNY", Parts(8_000),
    (Tranche(Parts(5_000), "none"), Tranche(Parts(3_000), "reconciled and visited")),
)  # fmt: skip


@pytest.fixture(autouse=True)
def funded(tmp_path: Path) -> None:
    fund(tmp_path)


def asked(name: str, wish: object, *, by: Asker = SNIPE, reason: str = "") -> Done | Draft:
    return ask(name, wish, by=by, asked_at=books.POSTED_AT, reason=reason)


def facts(name: str, wish: object) -> dict[str, str]:
    return dict(WISH_KINDS[name].facts(wish))


def test_a_coordinator_promises_and_what_they_promised_is_signed_off():
    done = asked("promise", PROMISE)
    assert isinstance(done, Done)
    assert grants(codes=["G20"])["G20"].tranches == 2
    assert [(one.wish, one.asked_by, one.agreed_by) for one in sign_offs("G20")] == [("promise", "SNIPE", "")]
    assert not books.proof().problems


def test_a_look_at_a_promise_says_that_it_is_a_gift_and_leaves_no_trace():
    before = act_count()
    looked = look("promise", PROMISE, by=SNIPE, at=books.POSTED_AT)
    assert (looked.moves, looked.second, act_count()) == ((), "", before)
    told = facts("promise", PROMISE)
    assert told["grant, as a gift"] == "G20"
    assert told["tranche paid without waiting"] == "CNY 50.00"
    assert told["tranche once the one before is reconciled and visited"] == "CNY 30.00"


def test_a_bookkeeper_promises_nothing():
    with pytest.raises(WishNotForRole):
        asked("promise", PROMISE, by=PLOVER)


@pytest.mark.parametrize(("changed", "refusal"), [({"grant": "@G"}, CodeUnreadable), ({"venture": ""}, ValueMissing)])
def test_what_a_folder_could_not_carry_is_not_promised(changed: dict[str, str], refusal: type[Exception]):
    with pytest.raises(refusal):
        asked("promise", replace(PROMISE, **changed))


def test_a_tranche_is_released_after_payout_and_visit():
    asked("promise", PROMISE)
    books.post(payout("P1"))
    visited("G20", date(2016, 3, 8))
    asked("release", TrancheRelease("G20", 2))
    terms = terms_of("G20")
    assert terms is not None
    assert terms.open_count == 2
    assert [one.wish for one in sign_offs("G20")] == ["promise", "release"]
    assert facts("release", TrancheRelease("G20", 2))["tranche released"] == "2"


def test_two_release_a_tranche_without_the_visit_that_cannot_be_made_and_say_why():
    asked("promise", PROMISE)
    wish = TrancheRelease("G20", 2, without_visit="the road has been closed since March")
    with pytest.raises(TrancheBeforeUnpaid):
        asked("release", wish, reason="the road is closed")
    books.post(payout("P1"))
    with pytest.raises(VisitNotSeen):
        asked("release", TrancheRelease("G20", 2))
    for nothing in ("", " "):
        with pytest.raises(ReasonMissing):
            asked("release", replace(wish, without_visit=nothing), reason="the road is closed")
    draft = asked("release", wish, reason="the road is closed")
    assert isinstance(draft, Draft)
    assert terms_of("G20").open_count == 1  # type: ignore[union-attr]
    agree(draft.pk, by=KNOT, agreed_at=books.POSTED_AT)
    assert terms_of("G20").open_count == 2  # type: ignore[union-attr]
    assert released_without_visit("G20") == {2: "the road has been closed since March"}
    assert facts("release", wish)["why no visit can be made"] == "the road has been closed since March"
    assert sign_offs("G20")[-1].agreed_by == "KNOT"
    assert not books.proof().problems


def test_no_visit_is_waived_that_a_tranche_does_not_wait_for():
    asked("promise", replace(PROMISE, tranches=(Tranche(Parts(5_000), "none"), Tranche(Parts(3_000), "reconciled"))))
    books.post(payout("P1"))
    with pytest.raises(NoVisitToWaive):
        asked("release", TrancheRelease("G20", 2, without_visit="the road is closed"), reason="the road is closed")


def test_a_release_of_earlier_books_is_the_same_act_and_the_same_state():
    """A field that stands empty is in no act, and in no digest."""
    assert content_of(TrancheRelease("G20", 2)) == {"grant": "G20", "number": 2}
    assert _as_before(("a", 1, None, None), ("without_visit", "more")) == ("a", 1)
    assert _as_before(("a", 1, None, "x"), ("without_visit", "more")) == ("a", 1, "more=x")


def test_one_person_cancels_what_nobody_was_paid_of():
    asked("promise", PROMISE)
    assert isinstance(asked("cancellation", Cancellation("G20", "the shop never opened")), Done)
    assert outcome(payout("P1")) == "grant_is_cancelled"


def test_two_cancel_what_something_was_paid_of_and_until_then_it_stands():
    asked("promise", PROMISE)
    books.post(payout("P1", amount="CNY 20.00"))
    wish = Cancellation("G20", "the shop has moved away")
    assert look("cancellation", wish, by=SNIPE, at=books.POSTED_AT).second == "something was paid under the grant already"
    with pytest.raises(ReasonMissing):
        asked("cancellation", wish)
    draft = asked("cancellation", wish, reason=wish.reason)
    assert isinstance(draft, Draft)
    assert outcome(payout("P2", amount="CNY 1.00")) == "posted"
    assert facts("cancellation", wish)["what was paid stays"] == "CNY 21.00"
    agree(draft.pk, by=KNOT, agreed_at=books.POSTED_AT)
    assert outcome(payout("P3", amount="CNY 1.00")) == "grant_is_cancelled"
    assert [(one.asked_by, one.agreed_by) for one in sign_offs("G20")][-1] == ("SNIPE", "KNOT")
    assert not books.proof().problems


def test_nothing_is_cancelled_without_saying_why():
    asked("promise", PROMISE)
    with pytest.raises(ReasonMissing):
        asked("cancellation", Cancellation("G20", " "))


def test_a_covenant_is_given_and_looked_at_under_its_grant():
    given = Covenant("C1", "G07", "sacks of seed", 2)
    seen = CovenantSeen("C1", date(2016, 9, 1), 1, passes_to="R02")
    asked("covenant", given)
    asked("covenant_seen", seen)
    (standing,) = covenants_of("G07")
    assert standing.seen == (seen,)
    assert [one.wish for one in sign_offs("G07")] == ["covenant", "covenant_seen"]
    assert facts("covenant", given)["covenant, which is no debt"] == "C1"
    assert facts("covenant_seen", seen)["passed on by then"] == "1"
    assert WISH_KINDS["covenant_seen"].parties(seen) == ["R04"]


def test_a_payout_at_the_desk_keeps_the_promise_of_a_folder_as_well():
    """G01 promises 20,000.00."""
    line = WishedLine("payout", "HERON", "R01", "CNY", Parts(2_000_001), "SHOPS", grant="G01", authorisation="REH-MONEY")
    deed = Deed(unlocked().office, books.POSTED_AT, asked=Signer("PLOVER"), agreed=None, reason="")
    with pytest.raises(EntriesRefused) as told:
        post_entry(EntryWish("P1", "2016-03-05T10:00:00+08:00", (line,)), deed)
    assert isinstance(told.value.refused[0][1], PromiseOverdrawn)
