"""What takes two at the desk takes two in a spreadsheet; and the journal says for ever who brought it in."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tallystick.bundles.digest import state_digest
from tallystick.core.bringing import BY_KIND, LIMIT, TARIFF, Bringer
from tallystick.core.errand import ErrandState, ErrandStepOutOfOrder
from tallystick.core.role import Role
from tallystick.core.sign_off import AgreesWithOneself, NotTwoPeople, Signer
from tallystick.core.wish import AgreementNotForRole, ConcernsOneself, ReasonMissing, WishNotForRole
from tallystick.desk.registry import WISH_KINDS
from tallystick.errands.actions import agree_take, ask_again, ask_take, cancel, decline_take, let_go, sweep
from tallystick.errands.kept import outcome_of
from tallystick.errands.models import Errand, FilePiece
from tallystick.errands.queries import asked_by, asked_for, errand_for, some_wait, weighing_of
from tallystick.staff.models import SignOff
from tests import books
from tests.errands.working import ASKED_AT, LEAD, archive, fresh, weighed, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office", "slate")]
COORDINATOR = Bringer(Signer("KNOT"), frozenset({Role.COORDINATOR}))
COMPLIANCE = Bringer(Signer("OWL"), frozenset({Role.COMPLIANCE}))
LOST = "2016-03-01T09:00:00+09:00,N1,loss,CRANE,@loss:theft,CNY,1.00,SHOPS,,,\n"
PLAIN = "2016-03-01T09:00:00+09:00,N1,handover,CRANE,WAGTAIL,CNY,1.00,SHOPS,,,\n"


@pytest.fixture
def lamps(office: None, slate: Any) -> None:
    """Books that hold entries: the lamps programme, brought in by a lead into empty books."""
    taken = ask_take(weighed(), by=LEAD, asked_at=ASKED_AT)
    work_off()
    assert fresh(taken).state == ErrandState.DONE


def asked(moves: str = LOST, *, by: Bringer = COORDINATOR, **changed: str) -> Errand:
    return ask_take(weighed(archive(moves=moves, **changed)), by=by, asked_at=ASKED_AT, reason="the boat was robbed")


@pytest.mark.usefixtures("lamps")
@pytest.mark.parametrize(
    ("changed", "why", "first"),
    [
        ({"moves": LOST}, BY_KIND["loss"], ["N1"]),
        ({"moves": "", "parties": "TERN,custodian:agent,Sinuiju,CNY 5,\n"}, LIMIT, ["TERN"]),
        ({"moves": "", "legs": "NEW-LEG,Dandong,Sinuiju,truck,90,0,CNY,1,,\n"}, TARIFF, ["NEW-LEG"]),
    ],
)
def test_what_takes_two_at_the_desk_waits_for_a_second_person(changed: dict[str, str], why: str, first: list[str]):
    before = state_digest()
    one = asked(**changed)
    assert (one.state, one.need, some_wait()) == (ErrandState.ASKED, why, False)
    assert outcome_of(weighing_of(one))["for_two"] == [[why, 1, first]]
    work_off()
    assert (fresh(one).state, state_digest()) == (ErrandState.ASKED, before)
    agree_take(one, by=COMPLIANCE)
    work_off()
    assert (fresh(one).state, fresh(one).decided_by) == (ErrandState.DONE, "OWL")
    assert state_digest() != before


def test_the_desk_gives_the_same_reasons():
    desk = {
        "reversal": "an entry is taken back", "loss": "value is written off", "payout_without_code": "a payout without a code",
        "leg": TARIFF, "holding-limit": LIMIT,
    }  # fmt: skip
    assert {name: WISH_KINDS[name].second(SimpleNamespace()) for name in desk} == desk
    assert set(BY_KIND.values()) <= set(desk.values())


def test_who_brought_a_file_in_and_who_agreed_stands_in_the_journal_and_is_proved(lamps: None):
    agree_take(asked(), by=COMPLIANCE)
    work_off()
    first, second = SignOff.objects.order_by("act_id")
    assert (first.wish, first.asked_by, first.agreed_by, first.reason) == ("brought_in", "WREN", "", "")
    assert first.content_digest == sha256(archive().data).hexdigest()
    assert first.subject == f"@file {first.content_digest[:16]}"
    assert (second.asked_by, second.agreed_by, second.reason) == ("KNOT", "OWL", "the boat was robbed")
    assert second.content_digest == sha256(archive(moves=LOST).data).hexdigest()
    assert books.proof().holds


def test_a_file_that_brings_nothing_new_is_signed_off_by_nobody(lamps: None):
    errands = [weighed(archive(moves=PLAIN)), weighed(archive(moves=PLAIN))]
    for errand in errands:
        one = ask_take(errand, by=COORDINATOR, asked_at=ASKED_AT)
        work_off()
        assert fresh(one).state == ErrandState.DONE
    assert outcome_of(fresh(one))["entries"] == 0
    assert SignOff.objects.filter(asked_by="KNOT").count() == 1


def test_one_is_enough_for_what_one_may_post_at_the_desk(lamps: None):
    one = ask_take(weighed(archive(moves=PLAIN)), by=COORDINATOR, asked_at=ASKED_AT)
    assert (one.state, one.need) == (ErrandState.WAITING, "")
    work_off()
    assert SignOff.objects.latest("act_id").asked_by == "KNOT"


def test_only_a_lead_fills_empty_books_alone():
    errand = weighed()
    with pytest.raises(ReasonMissing):
        ask_take(errand, by=COORDINATOR, asked_at=ASKED_AT)
    assert ask_take(fresh(errand), by=LEAD, asked_at=ASKED_AT).state == ErrandState.WAITING


def test_what_a_lead_asked_for_in_empty_books_takes_two_once_they_hold_an_entry():
    one = ask_take(weighed(archive(moves=LOST)), by=LEAD, asked_at=ASKED_AT)
    books.take(books.LAMPS)
    digest = state_digest()
    work_off()
    assert (fresh(one).state, outcome_of(fresh(one))["refusal"]["code"]) == (ErrandState.REFUSED, "takes_two")
    assert state_digest() == digest
    with pytest.raises(ReasonMissing):
        ask_again(one, by=LEAD, asked_at=ASKED_AT)
    ask_again(one, by=LEAD, asked_at=ASKED_AT, reason="the boat was robbed")
    agree_take(one, by=COMPLIANCE)
    work_off()
    assert fresh(one).state == ErrandState.DONE


@pytest.mark.usefixtures("lamps")
@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        (replace(COORDINATOR, roles={Role.LEAD}), AgreesWithOneself),
        (Bringer(Signer("OWL", "KNOT"), {Role.LEAD}), NotTwoPeople),
        (Bringer(Signer("HERON"), {Role.BOOKKEEPER}), AgreementNotForRole),
        (replace(COMPLIANCE, party="CRANE"), ConcernsOneself),
    ],
)
def test_whoever_is_no_second_person_decides_nothing(by: Bringer, refusal: type[Exception]):
    one = asked()
    with pytest.raises(refusal):
        agree_take(one, by=by)
    with pytest.raises(refusal):
        decline_take(one, by=by, answer="no")
    assert (fresh(one).state, fresh(one).decided_by) == (ErrandState.ASKED, "")


def test_the_table_itself_refuses_one_person_in_the_place_of_two(lamps: None):
    one = asked()
    Errand.objects.filter(pk=one.pk).update(drawn_by="TERN")
    for changed in (
        {"state": "waiting"},
        {"state": "done"},
        {"decided_by": "KNOT"},
        {"decided_by": "TERN"},
        {"decided_by": "OWL", "decider_drawn_by": "KNOT"},
        {"decided_by": "OWL", "decider_drawn_by": "TERN"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Errand.objects.filter(pk=one.pk).update(**changed)
    Errand.objects.filter(pk=one.pk).update(state="waiting", decided_by="OWL", decider_drawn_by="PLOVER")


def test_a_no_says_why_and_lets_the_file_go(lamps: None):
    one = asked()
    with pytest.raises(ReasonMissing):
        decline_take(one, by=COMPLIANCE, answer=" ")
    decline_take(one, by=COMPLIANCE, answer="the police know of no robbery")
    one = fresh(one)
    assert (one.state, one.decided_by, outcome_of(one)) == ("declined", "OWL", {"answer": "the police know of no robbery"})
    assert (one.file, FilePiece.objects.count()) == ("", 0)
    with pytest.raises(ErrandStepOutOfOrder):
        agree_take(one, by=COMPLIANCE)


def test_what_was_agreed_to_and_ended_waits_for_a_second_person_again(lamps: None):
    one = asked()
    agree_take(one, by=COMPLIANCE)
    cancel(one)
    with pytest.raises(ConcernsOneself):
        ask_again(one, by=replace(LEAD, party="CRANE"), asked_at=ASKED_AT)
    with pytest.raises(WishNotForRole):
        ask_again(one, by=COMPLIANCE, asked_at=ASKED_AT)
    ask_again(one, by=LEAD, asked_at=ASKED_AT)
    one = fresh(one)
    assert (one.state, one.asked_by, one.decided_by, some_wait()) == (ErrandState.ASKED, "WREN", "", False)
    with pytest.raises(AgreesWithOneself):
        agree_take(one, by=LEAD)


def test_what_waits_is_there_for_second_persons_and_keeps_its_file_for_a_month(lamps: None):
    one = asked()
    assert (asked_for("OWL", roles=COMPLIANCE.roles), asked_for("PLOVER", roles={Role.LEAD})) == ([one], [one])
    assert (asked_for("KNOT", roles={Role.LEAD}), asked_for("HERON", roles={Role.BOOKKEEPER})) == ([], [])
    assert (asked_by("KNOT"), asked_by("OWL")) == ([one], [])
    assert errand_for(one.code, "OWL", roles=COMPLIANCE.roles) == one
    with pytest.raises(ErrandStepOutOfOrder):
        let_go(one)
    sweep(ASKED_AT + timedelta(days=29))
    assert FilePiece.objects.filter(file=one.file).exists()
    sweep(ASKED_AT + timedelta(days=31))
    assert (Errand.objects.filter(pk=one.pk).count(), FilePiece.objects.count()) == (0, 0)
