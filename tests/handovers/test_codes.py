"""Codes given out and shown: what is kept of them, what a wrong one costs, and what two halves prove."""

import json
import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from tallystick.bundles.digest import state_digest
from tallystick.bundles.replay import replay
from tallystick.core.amount import AmountNotPositive, Parts
from tallystick.core.grant import GrantUnknown
from tallystick.core.half import CodeMistyped
from tallystick.core.payout import PastPromise
from tallystick.core.promise import TrancheUnknown
from tallystick.core.slip import (
    CodeNotShown,
    CodeWrong,
    IssuerConfirms,
    ShownBeforeGiven,
    SlipLapsed,
    SlipOfAnotherOffice,
    SlipStandsOpen,
    TallyNotDispatched,
)
from tallystick.core.wish import ConcernsOneself, WishNotForRole
from tallystick.desk.actions import look
from tallystick.desk.codes import ClaimWish, HalfWish
from tallystick.desk.wishes import Asker, Done
from tallystick.handovers.codes import actions
from tallystick.handovers.codes.queries import tries_of
from tallystick.handovers.slips import Redemption, Slip
from tallystick.journal.models import Act
from tallystick.journal.queries import acts
from tallystick.staff.queries import sign_offs
from tests import codes
from tests.books import POSTED_AT, proof
from tests.codes import (
    KNOT,
    LAST_DAY,
    LATER,
    PLOVER,
    THEN,
    WREN,
    confirmed,
    frozen,
    given,
    halves,
    other_than,
    paying,
    ruled,
    shown,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes.funded(tmp_path)
    codes.cheap(monkeypatch)


def everything_kept() -> str:
    """Every act's text and every row of every table, as far as text goes."""
    from django.apps import apps

    rows = [str(list(model._default_manager.values_list())) for model in apps.get_models()]
    return " ".join([*(bytes(body).decode() for body in Act.objects.values_list("body", flat=True)), *rows])


def test_a_code_is_told_once_and_kept_nowhere(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    slip, half = given()
    giver, taker = halves()
    with pytest.raises(CodeWrong):
        shown(slip, other_than(half))
    paying(slip, shown(slip, half))
    confirmed(giver, taker)
    kept = everything_kept() + caplog.text
    for one in (half, giver[1], taker[1], other_than(half)):
        assert one not in kept
        assert one[:8] not in kept
        assert f"{one[:4]} {one[4:8]}" not in kept
    assert half not in repr(actions.Given(slip, half))
    assert half not in repr(Done(slip, shown_once=half))


def test_an_act_says_who_gave_out_what_and_its_digest_is_none_of_the_code_alone():
    slip, half = given()
    said = json.loads(bytes(Act.objects.get(kind="code_issued").body))["content"]
    assert said | {"digest": ""} == {
        "slip": slip, "purpose": "claim", "subject": "G01", "holder": "R01", "valid_until": "2026-02-28",
        "issued_by": "PLOVER", "issued_at": "2026-01-06T09:30:00.250000Z", "digest": "", "tranche": 1, "amount": "1000000",
    }  # fmt: skip
    assert said["digest"].startswith("$argon2id$v=19$")
    (signed,) = sign_offs(slip)
    assert (signed.wish, signed.asked_by, signed.agreed_by) == ("claim_code", "PLOVER", "")
    assert half not in said["digest"]


def test_a_look_gives_no_code_out():
    looked = look("claim_code", ClaimWish("G01", 1, Parts(100), LAST_DAY), by=PLOVER, at=POSTED_AT)
    assert (looked.moves, looked.second, Slip.objects.count()) == ((), "", 0)


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        (ClaimWish("G99", 1, Parts(100), LAST_DAY), GrantUnknown),
        (ClaimWish("G01", 3, Parts(100), LAST_DAY), TrancheUnknown),
        (ClaimWish("G01", 1, Parts(0), LAST_DAY), AmountNotPositive),
        (ClaimWish("G01", 1, Parts(2_000_001), LAST_DAY), PastPromise),
        (HalfWish("T99", "giver", LAST_DAY), TallyNotDispatched),
    ],
)
def test_a_code_is_given_out_only_for_what_the_books_know(wish: object, refusal: type[Exception]):
    with pytest.raises(refusal):
        given(wish)
    assert not Slip.objects.exists()


def test_codes_are_given_out_by_whom_it_is_for_and_not_about_oneself():
    with pytest.raises(WishNotForRole):
        given(by=KNOT)
    with pytest.raises(ConcernsOneself):
        given(HalfWish("T1", "taker", LAST_DAY), by=Asker("GULL", WREN.roles, party="SWALLOW"))


def test_one_grant_has_one_code_at_a_time():
    slip, half = given()
    with pytest.raises(SlipStandsOpen):
        given(ClaimWish("G01", 2, Parts(100), LAST_DAY))
    paying(slip, shown(slip, half))
    given(ClaimWish("G01", 2, Parts(1_000_000), LAST_DAY))


def test_a_slip_of_the_thumb_costs_no_try_and_a_wrong_code_does():
    slip, half = given()
    with pytest.raises(CodeMistyped):
        shown(slip, half[:9] + str((int(half[9]) + 1) % 10))
    assert tries_of(slip) == []
    with pytest.raises(CodeWrong) as told:
        shown(slip, other_than(half))
    assert told.value.facts["left"] == 4
    assert [(one.tried_by, one.tried_at) for one in tries_of(slip)] == [("WREN", LATER)]


def test_a_count_cannot_be_undone_by_a_wish_around_it():
    """Showing is never part of another transaction: whoever tries meets a fault, and not a count that a refusal takes back."""
    slip, half = given()
    from django.db import connection

    outer = transaction.atomic()
    outer._from_testcase = False  # as in the product, where no test stands around it
    with pytest.raises(RuntimeError, match="durable"), outer:
        shown(slip, other_than(half))
    assert not connection.needs_rollback
    assert tries_of(slip) == []


def test_whoever_gave_a_code_out_is_refused_before_it_is_looked_at():
    slip, half = given()
    for typed in (half, other_than(half)):
        with pytest.raises(IssuerConfirms):
            shown(slip, typed, by=PLOVER)
    assert tries_of(slip) == []


def test_the_database_takes_no_issuer_who_confirms_and_no_second_use():
    slip, half = given()
    paying(slip, shown(slip, half))
    for change in ({"confirmed_by": "PLOVER"}, {"agreed_by": "PLOVER"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Redemption.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Redemption.objects.create(slip_id=slip, act_id=1, issued_by="A", confirmed_by="B", happened_at=THEN, recorded_at="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Slip.objects.update(amount=0)


def test_nobody_works_with_a_code_that_was_shown_to_another():
    slip, half = given()
    for stolen in (shown(slip, half, by=KNOT), "", "0" * 64, "é"):
        with pytest.raises(CodeNotShown):
            paying(slip, stolen)


def test_paper_that_comes_in_late_counts_by_when_it_happened():
    slip, half = given()
    march = LATER + timedelta(days=60)
    with pytest.raises(SlipLapsed):
        paying(slip, shown(slip, half), then="2026-03-01T00:30:00+09:00", at=march)
    with pytest.raises(ShownBeforeGiven):
        paying(slip, shown(slip, half), then="2026-01-05T00:30:00+09:00", at=march)
    paying(slip, shown(slip, half), then="2026-02-28T23:30:00+09:00", at=march)


def test_another_offices_slip_is_not_for_us_to_check(monkeypatch: pytest.MonkeyPatch):
    slip, half = given()
    monkeypatch.setattr(actions, "unlocked", lambda: type("Elsewhere", (), {"office": "f" * 16}))
    with pytest.raises(SlipOfAnotherOffice):
        shown(slip, half)


def test_replayed_the_acts_give_the_same_slips():
    frozen()
    ruled(Slip.objects.get().pk, "unfreeze")
    confirmed(*halves())
    standing, digest = list(acts()), state_digest()
    assert not proof().problems
    with transaction.atomic():
        _empty()
        replay(standing)
        assert state_digest() == digest
        transaction.set_rollback(True)


def _empty() -> None:
    """Every table that acts become, emptied within this transaction."""
    from django.db import connection

    from tallystick.bundles.registry import KINDS
    from tallystick.journal.immutable import WRITTEN_ONCE, unguard

    for table in WRITTEN_ONCE:
        unguard(connection, table)
    tables = [table._meta.db_table for kind in reversed(KINDS) for table in reversed(kind.tables)]
    order = ["handovers_sliptry", "ledger_move", "ledger_entry", "ledger_account", *tables, "journal_checkpoint", "journal_act"]
    with connection.cursor() as cursor:
        for name in dict.fromkeys(order):
            cursor.execute(f"DELETE FROM {name}")
