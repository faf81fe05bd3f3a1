"""Promises: what is outstanding, what of it may be paid, and when a tranche need not wait any longer."""

from dataclasses import replace
from datetime import date

import pytest

from tallystick.core.amount import Parts
from tallystick.core.grant import Grant
from tallystick.core.promise import (
    GrantIsCancelled,
    GrantOnTheRoad,
    GrantPromisedAlready,
    GrantState,
    NothingToCancel,
    PayoutInAnotherUnit,
    Progress,
    PromiseEmpty,
    PromiseOverdrawn,
    PromiseToNoRecipient,
    PromiseWithoutBasis,
    Terms,
    TrancheBeforeUnpaid,
    TrancheBeforeWaits,
    TrancheNotReleased,
    TrancheReleasedAlready,
    TrancheUnknown,
    VisitNotSeen,
    check_cancel,
    check_new_promise,
    check_payout,
    outstanding,
    payable,
    state_of,
    tranches_now,
)
from tallystick.core.release import check_release
from tallystick.core.tranche import Tranche

GRANT = Grant("G20", "R01", "noodle shop", "SHOPS", "REH", "CNY", Parts(10_000), tranches=3)
MARCH, APRIL = date(2016, 3, 5), date(2016, 4, 1)


def planned(*conditions: str, released: tuple[int, ...] = (), cancelled: bool = False) -> Terms:
    """G20 in parts of 50.00, 30.00 and 20.00, which wait for these."""
    amounts = (5_000, 3_000, 2_000)
    tranches = tuple(Tranche(Parts(amount), condition) for amount, condition in zip(amounts, conditions, strict=True))
    return Terms(GRANT, tranches, frozenset(released), is_cancelled=cancelled)


STEPS = planned("none", "reconciled", "visited")


@pytest.mark.parametrize(
    ("terms", "paid", "left", "now", "state"),
    [
        (STEPS, 0, 10_000, 5_000, "open"),
        (STEPS, 5_000, 5_000, 0, "waiting"),
        (planned("none", "reconciled", "visited", released=(2,)), 5_000, 5_000, 3_000, "open"),
        (planned("none", "reconciled", "none", released=(2,)), 5_000, 5_000, 5_000, "open"),
        (planned("none", "reconciled", "none"), 5_000, 5_000, 0, "waiting"),
        (planned("none", "none", "none"), 0, 10_000, 10_000, "open"),
        (Terms(GRANT), 2_000, 8_000, 8_000, "open"),
        (Terms(GRANT), 10_000, 0, 0, "paid"),
        (Terms(GRANT), 12_000, 0, 0, "paid"),
        (planned("none", "none", "none", cancelled=True), 2_000, 0, 0, "cancelled"),
    ],
)
def test_what_is_outstanding_and_what_of_it_may_be_paid(terms: Terms, paid: int, left: int, now: int, state: str):
    assert (outstanding(terms, paid), payable(terms, paid), state_of(terms, paid)) == (left, now, state)


def test_payouts_fill_the_tranches_in_their_order():
    found = tranches_now(planned("none", "reconciled", "visited", released=(2,)), 6_000)
    assert [(one.number, one.paid, one.state) for one in found] == [(1, 5_000, "paid"), (2, 1_000, "open"), (3, 0, "waiting")]
    assert tranches_now(replace(STEPS, is_cancelled=True), 0)[0].state == GrantState.CANCELLED


def test_a_payout_within_what_is_released_is_let_through():
    check_payout(STEPS, unit="CNY", amount=5_000, paid=0, places=2)
    check_payout(Terms(GRANT), unit="CNY", amount=10_000, paid=0, places=2)


def test_where_nobody_made_a_plan_a_payout_in_another_unit_is_left_alone():
    check_payout(Terms(GRANT), unit="USD", amount=10_000_000, paid=0, places=2)


@pytest.mark.parametrize(
    ("terms", "unit", "amount", "paid", "refusal", "words"),
    [
        (
            STEPS, "CNY", 5_001, 0, TrancheNotReleased,
            "G20 has 50.00 CNY released and not paid; this pays 50.01 CNY, and the next tranche waits.",
        ),
        (STEPS, "CNY", 10_001, 0, PromiseOverdrawn, "G20 has 100.00 CNY outstanding; this pays 100.01 CNY."),
        (Terms(GRANT), "CNY", 2, 9_999, PromiseOverdrawn, "G20 has 0.01 CNY outstanding; this pays 0.02 CNY."),
        (STEPS, "USD", 1, 0, PayoutInAnotherUnit, "G20 was promised in CNY; this pays USD."),
        (Terms(GRANT, is_cancelled=True), "CNY", 1, 0, GrantIsCancelled, "G20 was cancelled."),
        (Terms(GRANT, is_cancelled=True), "USD", 1, 0, GrantIsCancelled, "G20 was cancelled."),
    ],
)  # fmt: skip
def test_a_payout_beyond_the_promise_is_refused(
    terms: Terms, *, unit: str, amount: int, paid: int, refusal: type[Exception], words: str
):
    with pytest.raises(refusal) as told:
        check_payout(terms, unit=unit, amount=amount, paid=paid, places=2)
    assert str(told.value) == words


PAID = Progress(paid=5_000, last_paid_on=MARCH)
BOTH = planned("none", "reconciled and visited", "none")
VISITED = planned("none", "visited", "none")


@pytest.mark.parametrize(
    ("terms", "number", "progress"),
    [
        (STEPS, 2, PAID),
        (VISITED, 2, Progress(paid=1, last_paid_on=MARCH, last_visited_on=MARCH)),
        (VISITED, 2, Progress(paid=5_000, last_paid_on=MARCH, last_visited_on=APRIL, is_on_the_road=True)),
        (BOTH, 2, replace(PAID, last_visited_on=APRIL)),
        (planned("none", "reconciled", "reconciled", released=(2,)), 3, Progress(paid=8_000, last_paid_on=MARCH)),
    ],
)
def test_a_tranche_is_released_once_what_it_waits_for_is_so(terms: Terms, number: int, progress: Progress):
    check_release(terms, number, progress=progress, places=2)


@pytest.mark.parametrize(
    ("terms", "number", "progress", "refusal"),
    [
        (STEPS, 2, Progress(), TrancheBeforeUnpaid),
        (STEPS, 2, replace(PAID, paid=4_999), TrancheBeforeUnpaid),
        (STEPS, 2, replace(PAID, is_on_the_road=True), GrantOnTheRoad),
        (VISITED, 2, Progress(last_visited_on=APRIL), TrancheBeforeUnpaid),
        (VISITED, 2, PAID, VisitNotSeen),
        (VISITED, 2, Progress(paid=5_000, last_paid_on=APRIL, last_visited_on=MARCH), VisitNotSeen),
        (
            planned("none", "none", "visited"), 3, Progress(paid=5_000, last_paid_on=MARCH, last_visited_on=APRIL),
            TrancheBeforeUnpaid,
        ),
        (BOTH, 2, PAID, VisitNotSeen),
        (BOTH, 2, Progress(paid=4_000, last_paid_on=MARCH, last_visited_on=APRIL), TrancheBeforeUnpaid),
        (STEPS, 1, PAID, TrancheReleasedAlready),
        (planned("none", "reconciled", "visited", released=(2,)), 2, PAID, TrancheReleasedAlready),
        (STEPS, 3, PAID, TrancheBeforeWaits),
        (STEPS, 4, PAID, TrancheUnknown),
        (STEPS, 0, PAID, TrancheUnknown),
        (replace(STEPS, is_cancelled=True), 2, PAID, GrantIsCancelled),
    ],
)  # fmt: skip
def test_a_tranche_waits_until_then(terms: Terms, number: int, progress: Progress, refusal: type[Exception]):
    with pytest.raises(refusal):
        check_release(terms, number, progress=progress, places=2)


def test_only_what_is_outstanding_can_be_cancelled():
    check_cancel(STEPS, 9_999)
    with pytest.raises(NothingToCancel):
        check_cancel(STEPS, 10_000)
    with pytest.raises(GrantIsCancelled):
        check_cancel(replace(STEPS, is_cancelled=True), 0)


@pytest.mark.parametrize(
    ("grant", "kind", "standing", "refusal"),
    [
        (GRANT, "recipient", replace(GRANT, recipient="R09"), GrantPromisedAlready),
        (GRANT, "donor", None, PromiseToNoRecipient),
        (replace(GRANT, authorisation=""), "recipient", None, PromiseWithoutBasis),
        (replace(GRANT, amount=Parts(0)), "recipient", None, PromiseEmpty),
    ],
)
def test_what_is_no_promise_is_refused(grant: Grant, kind: str, standing: Grant | None, refusal: type[Exception]):
    with pytest.raises(refusal):
        check_new_promise(grant, kind=kind, standing=standing, places=2)


def test_a_promise_to_a_recipient_under_a_basis_is_taken():
    check_new_promise(GRANT, kind="recipient", standing=None, places=2)
