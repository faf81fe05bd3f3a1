"""Grants promised, released and cancelled: what is said stands in the journal, and replays to the same books."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tallystick.core.amount import Parts
from tallystick.core.authorisation import AuthorisationUnknown
from tallystick.core.custody.decide import EarmarkUnknown, UnitUnknown
from tallystick.core.custody.ends import PartyUnknown
from tallystick.core.grant import Grant, GrantUnknown
from tallystick.core.promise import (
    GrantIsCancelled,
    GrantOnTheRoad,
    GrantPromisedAlready,
    NothingToCancel,
    PromiseToNoRecipient,
    TrancheBeforeUnpaid,
    VisitNotSeen,
)
from tallystick.core.tranche import Tranche, TranchePlan, TranchesDiffer
from tallystick.grants.actions import promise
from tallystick.grants.queries import progress_of, reason_of_cancelling, terms_of
from tallystick.journal.queries import act_count
from tallystick.vault.keys import unlocked
from tests import books
from tests.promising import cancelled, payout, promised, released, visited

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("funded")]
STEPS = ((5_000, "none"), (3_000, "reconciled"), (2_000, "visited"))


def test_a_promise_stands_with_its_tranches():
    promised("G20", *STEPS)
    terms = terms_of("G20")
    assert terms is not None
    assert (terms.grant.recipient, terms.grant.amount, terms.grant.tranches) == ("R01", 10_000, 3)
    assert terms.planned == tuple(Tranche(Parts(amount), condition) for amount, condition in STEPS)
    assert (terms.open_count, terms.open_parts, terms.is_cancelled) == (1, 5_000, False)


def test_lamps_are_promised_as_money_is():
    promised("G21", (600, "none"), (400, "visited"), recipient="R08", unit="LAMP", earmark="LIGHT", basis="REH-GOODS")
    books.post(payout("P1", "G21", amount="LAMP 600", to="R08"))
    visited("G21", date(2016, 3, 6))
    released("G21", 2)
    books.post(payout("P2", "G21", amount="LAMP 400", to="R08", day="7 March"))
    terms = terms_of("G21")
    assert terms is not None
    assert progress_of(terms, last_visited_on=None).paid == 1_000


def test_a_grant_of_a_folder_has_no_plan_and_pays_in_equal_parts_without_conditions():
    terms = terms_of("G03")
    assert terms is not None
    assert (terms.planned, [one.amount for one in terms.tranches], terms.open_count) == ((), [1_000_000] * 3, 3)
    assert terms_of("G99") is None


GRANT = Grant("G20", "R01", "noodle shop", "SHOPS", "REH-MONEY", "CNY", Parts(10_000), tranches=1)


@pytest.mark.parametrize(
    ("grant", "refusal"),
    [
        (replace(GRANT, unit="SEK"), UnitUnknown),
        (replace(GRANT, earmark="BOATS"), EarmarkUnknown),
        (replace(GRANT, authorisation="REH-TEA"), AuthorisationUnknown),
        (replace(GRANT, recipient="R99"), PartyUnknown),
        (replace(GRANT, recipient="HERON"), PromiseToNoRecipient),
        (replace(GRANT, grant="G01"), GrantPromisedAlready),
        (replace(GRANT, amount=Parts(9_000)), TranchesDiffer),
    ],
)
def test_a_promise_that_the_books_do_not_bear_out_leaves_no_trace(grant: Grant, refusal: type[Exception]):
    before = act_count()
    plan = TranchePlan(grant.grant, (Tranche(Parts(10_000), "none"),))
    with pytest.raises(refusal):
        promise(grant, plan, office=unlocked().office, recorded_at=books.POSTED_AT)
    assert act_count() == before


def test_a_tranche_is_reconciled_when_the_one_before_is_paid_in_full_by_payouts_that_stand_and_nothing_is_on_the_road():
    promised("G20", *STEPS)
    books.post(payout("P1", amount="CNY 40.00"))
    with pytest.raises(TrancheBeforeUnpaid, match=r"40\.00 of 50\.00 CNY are paid"):
        released("G20", 2)
    books.post(payout("P2", amount="CNY 10.00"))
    books.post("T1   6 March   dispatch   HERON → CRANE   CNY 30.00   SHOPS   G20   REH-MONEY")
    with pytest.raises(GrantOnTheRoad):
        released("G20", 2)
    books.post("T1   7 March   receipt   HERON → CRANE   CNY 30.00   SHOPS   G20   REH-MONEY")
    books.post("V2   8 March   reversal   R01 → HERON   CNY 10.00   SHOPS   -   -   P2")
    with pytest.raises(TrancheBeforeUnpaid, match=r"40\.00 of 50\.00 CNY are paid"):
        released("G20", 2)
    books.post(payout("P3", amount="CNY 10.00", day="9 March"))
    released("G20", 2)
    terms = terms_of("G20")
    assert terms is not None
    assert terms.open_count == 2


def test_a_tranche_that_waits_for_a_visit_waits_for_one_since_the_last_payout():
    promised("G20", (5_000, "none"), (5_000, "visited"))
    visited("G20", date(2016, 3, 4))
    with pytest.raises(TrancheBeforeUnpaid):
        released("G20", 2)
    books.post(payout("P1"))
    with pytest.raises(VisitNotSeen, match="since its last payout on 2016-03-05"):
        released("G20", 2)
    visited("G20", date(2016, 3, 5))
    released("G20", 2)


def test_the_day_of_a_payout_is_that_of_the_clock_on_the_wall_there():
    """Midnight in Seoul is the afternoon before in UTC."""
    promised("G20", (5_000, "none"), (5_000, "visited"))
    books.post(payout("P1", day="6 March 00:30"))
    visited("G20", date(2016, 3, 5))
    with pytest.raises(VisitNotSeen, match="2016-03-06"):
        released("G20", 2)


def test_a_cancelled_grant_keeps_what_was_paid_and_its_reason_and_is_cancelled_once():
    promised("G20", *STEPS)
    books.post(payout("P1", amount="CNY 20.00"))
    cancelled("G20")
    assert reason_of_cancelling("G20") == "the shop never opened"
    assert reason_of_cancelling("G01") == ""
    for again in (lambda: cancelled("G20"), lambda: released("G20", 2)):
        with pytest.raises(GrantIsCancelled):
            again()
    terms = terms_of("G20")
    assert terms is not None
    assert progress_of(terms, last_visited_on=None).paid == 2_000


def test_a_grant_that_is_paid_in_full_has_nothing_to_cancel():
    promised("G20", (5_000, "none"))
    books.post(payout("P1"))
    with pytest.raises(NothingToCancel):
        cancelled("G20")


@pytest.mark.parametrize("deed", [lambda: released("G99", 1), lambda: cancelled("G99")])
def test_what_nobody_promised_is_neither_released_nor_cancelled(deed: Callable[[], None]):
    with pytest.raises(GrantUnknown):
        deed()
