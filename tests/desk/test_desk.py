"""Wishes at the desk: one person's, two persons', and nobody's about themselves."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from tallystick.core.amount import Parts
from tallystick.core.custody.tallies import ReferenceReused
from tallystick.core.draft import DraftState
from tallystick.core.moment import StillToCome
from tallystick.core.role import Role
from tallystick.core.sign_off import AgreesWithOneself
from tallystick.core.wish import (
    AgreementNotForRole,
    ConcernsOneself,
    DraftDecided,
    DraftOfAnother,
    ReasonMissing,
    WishNotForRole,
)
from tallystick.desk.actions import agree, ask, decline, look, withdraw
from tallystick.desk.entries import EntryWish, ReversalWish, WishedLine
from tallystick.desk.models import Draft
from tallystick.desk.queries import drafts_for, waiting_count
from tallystick.desk.wishes import Asker, Done
from tallystick.journal.queries import head_of, last_checkpoint
from tallystick.ledger.post import EntriesRefused
from tallystick.ledger.queries.holdings import balance_of
from tallystick.staff.models import SignOff
from tallystick.staff.queries import sign_offs
from tallystick.vault.keys import unlocked
from tests.books import LAMPS, POSTED_AT, found, proof, take, without_moves

pytestmark = pytest.mark.django_db
PLOVER = Asker("PLOVER", frozenset({Role.BOOKKEEPER}))
DUNLIN = Asker("DUNLIN", frozenset({Role.LEAD}))
KNOT = Asker("KNOT", frozenset({Role.COMPLIANCE}))
RUFF = Asker("RUFF", frozenset({Role.AUDITOR}))
LATER = POSTED_AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def books(tmp_path: Path):
    found()
    take(without_moves(LAMPS, tmp_path / "lamps"))


def gift(reference: str = "G1", *, amount: int = 90_000, taker: str = "OFFICE") -> EntryWish:
    line = WishedLine("gift", "HAEBARAGI", taker, "USD", Parts(amount), "SHOPS")
    return EntryWish(reference, "2014-03-03T10:00:00+09:00", (line,))


def given(reference: str = "G1") -> Done:
    done = ask("gift", gift(reference), by=PLOVER, asked_at=POSTED_AT)
    assert isinstance(done, Done)
    return done


def taking_back(reference: str = "R1", *, reverses: str = "G1") -> ReversalWish:
    return ReversalWish(reference, "2014-03-04T10:00:00+09:00", reverses, note="typed twice")


def waiting(reference: str = "R1", *, reverses: str = "G1") -> Draft:
    draft = ask("reversal", taking_back(reference, reverses=reverses), by=PLOVER, asked_at=POSTED_AT, reason="it was typed twice")
    assert isinstance(draft, Draft)
    return draft


def held() -> int:
    return balance_of("OFFICE", unit="USD", earmark="SHOPS")


def test_a_gift_stands_at_once_signed_off_by_whoever_asked_and_by_the_office():
    done = given()
    assert (done.subject, held()) == ("G1", 90_000)
    (signed,) = sign_offs("G1")
    assert (signed.wish, signed.asked_by, signed.agreed_by) == ("gift", "PLOVER", "")
    signed_head = last_checkpoint(unlocked().office)
    assert signed_head is not None
    assert signed_head.number == head_of(unlocked().office).number
    assert not proof().problems


def test_a_look_tells_what_would_be_and_leaves_no_trace():
    before = head_of(unlocked().office)
    looked = look("gift", gift(), by=PLOVER, at=POSTED_AT)
    assert [(move.giver, move.taker, move.amount) for move in looked.moves] == [("HAEBARAGI", "OFFICE", 90_000)]
    assert [one.amount for one in looked.then if one.holder == "OFFICE"] == [90_000]
    assert (looked.second, held(), head_of(unlocked().office)) == ("", 0, before)


def test_an_entry_is_taken_back_only_when_another_agrees():
    given()
    draft = waiting()
    assert held() == 90_000
    agree(draft.pk, by=DUNLIN, agreed_at=LATER)
    assert held() == 0
    (signed,) = sign_offs("R1")
    assert (signed.asked_by, signed.agreed_by, signed.reason) == ("PLOVER", "DUNLIN", "it was typed twice")
    draft.refresh_from_db()
    assert (draft.state, draft.decided_by) == (DraftState.AGREED, "DUNLIN")
    assert not proof().problems


def test_nobody_agrees_to_what_they_asked_for_and_the_database_would_not_have_it():
    given()
    draft = ask("reversal", taking_back(), by=DUNLIN, asked_at=POSTED_AT, reason="typed twice")
    assert isinstance(draft, Draft)
    with pytest.raises(AgreesWithOneself):
        agree(draft.pk, by=DUNLIN, agreed_at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.filter(pk=draft.pk).update(state=DraftState.AGREED, decided_by="DUNLIN")
    with pytest.raises(IntegrityError), transaction.atomic():
        SignOff.objects.update(agreed_by="PLOVER")
    assert held() == 90_000


def test_who_may_ask_and_who_may_agree_stands_in_the_policy():
    given()
    with pytest.raises(WishNotForRole):
        ask("gift", gift("G2"), by=RUFF, asked_at=POSTED_AT)
    draft = waiting()
    with pytest.raises(AgreementNotForRole):
        agree(draft.pk, by=RUFF, agreed_at=LATER)
    agree(draft.pk, by=KNOT, agreed_at=LATER)


def test_a_draft_waits_for_those_who_may_agree_and_not_for_whoever_asked():
    given()
    draft = waiting()
    assert drafts_for("DUNLIN", roles=DUNLIN.roles) == [draft]
    assert waiting_count("PLOVER", roles=DUNLIN.roles) == 0
    assert waiting_count("RUFF", roles=RUFF.roles) == 0


def test_what_needs_two_needs_a_reason():
    given()
    with pytest.raises(ReasonMissing):
        ask("reversal", taking_back(), by=PLOVER, asked_at=POSTED_AT, reason="  ")
    with pytest.raises(ReasonMissing):
        decline(waiting().pk, by=DUNLIN, declined_at=LATER, answer="")


def test_a_draft_is_declined_or_taken_back_once():
    given()
    draft = waiting()
    with pytest.raises(DraftOfAnother):
        withdraw(draft.pk, by=DUNLIN, withdrawn_at=LATER)
    decline(draft.pk, by=DUNLIN, declined_at=LATER, answer="it is right as it stands")
    for step in (lambda: agree(draft.pk, by=DUNLIN, agreed_at=LATER), lambda: withdraw(draft.pk, by=PLOVER, withdrawn_at=LATER)):
        with pytest.raises(DraftDecided):
            step()
    withdraw(waiting("R2").pk, by=PLOVER, withdrawn_at=LATER)
    assert held() == 90_000


def test_what_would_be_refused_then_is_refused_before_it_waits():
    given()
    agree(waiting().pk, by=DUNLIN, agreed_at=LATER)
    with pytest.raises(EntriesRefused):
        waiting("R2")
    assert not Draft.objects.filter(state=DraftState.WAITING).exists()


def test_a_draft_that_others_overtook_is_refused_when_it_is_agreed_to():
    given()
    first, second = waiting("R1"), waiting("R2")
    agree(first.pk, by=DUNLIN, agreed_at=LATER)
    with pytest.raises(EntriesRefused):
        agree(second.pk, by=DUNLIN, agreed_at=LATER)
    second.refresh_from_db()
    assert second.state == DraftState.WAITING


def test_nobody_posts_about_the_custodian_they_hold_for():
    holder = Asker("HERON-2", frozenset({Role.BOOKKEEPER, Role.LEAD}), party="OFFICE")
    with pytest.raises(ConcernsOneself):
        ask("gift", gift(), by=holder, asked_at=POSTED_AT)
    given()
    with pytest.raises(ConcernsOneself):
        agree(waiting().pk, by=holder, agreed_at=LATER)


def test_nothing_is_posted_that_is_still_to_come_and_a_clock_may_be_a_little_ahead():
    ahead = replace(gift(), happened_at="2026-01-06T18:36:00+09:00")  # six minutes
    for asked in (partial(ask, asked_at=POSTED_AT), partial(look, at=POSTED_AT)):
        with pytest.raises(StillToCome) as told:
            asked("gift", ahead, by=PLOVER)
        assert (told.value.column, told.value.facts["asked_at"]) == ("happened_at", "2026-01-06T18:30:00+09:00")
    assert isinstance(ask("gift", replace(ahead, happened_at="2026-01-06T18:34:00+09:00"), by=PLOVER, asked_at=POSTED_AT), Done)


def test_the_same_gift_again_changes_nothing_and_another_under_its_reference_is_refused():
    given()
    again = given()
    assert again.posted is not None
    assert (again.posted.entries, again.posted.already_count, held(), len(sign_offs("G1"))) == ((), 1, 90_000, 1)
    with pytest.raises(EntriesRefused) as told:
        ask("gift", gift(amount=5), by=PLOVER, asked_at=POSTED_AT)
    assert isinstance(told.value.refused[0][1], ReferenceReused)
