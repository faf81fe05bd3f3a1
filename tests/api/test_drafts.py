"""Drafts by the API: a program sees them and takes its own back; it is never the second person, nor is who drew its token."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tallystick.core.draft import AgreesWithOwnProgram, DraftState, SecondPersonIsProgram
from tallystick.core.role import Role
from tallystick.desk.actions import agree, decline
from tallystick.desk.models import Draft
from tallystick.desk.queries import drafts_for, waiting_count
from tallystick.desk.wishes import Asker
from tests.api.test_wishes import GIFT, TAKING_BACK
from tests.asking import Program
from tests.books import POSTED_AT
from tests.signing_in import member, says, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(lamps: None) -> Program:
    """A program whose token PLOVER drew."""
    member("PLOVER")
    return Program("LEDGER", by="PLOVER")


def waiting(program: Program) -> int:
    program.post("wishes/gift", GIFT)
    return int(program.post("wishes/reversal", TAKING_BACK).json()["waiting"])


def test_a_program_sees_what_it_asked_for_as_it_asked_for_it(ledger: Program):
    number = waiting(ledger)
    told = ledger.get(f"drafts/{number}").json()
    assert told["content"] == {name: value for name, value in TAKING_BACK.items() if name != "reason"}
    assert (told["state"], told["asked_by"], told["need"]) == ("waiting", "LEDGER", "an entry is taken back")
    assert ledger.get("drafts").json()["items"] == [told]
    assert ledger.get("drafts", state="agreed").json()["items"] == []


@pytest.mark.parametrize("role", ["lead", "compliance", "bookkeeper"])
@pytest.mark.parametrize("step", ["agree", "decline"])
def test_no_program_is_the_second_person(ledger: Program, role: str, step: str):
    number = waiting(ledger)
    second = Program("SECOND", role=role)
    answer = second.post(f"drafts/{number}/{step}", {"answer": "no"})
    assert (answer.status_code, answer.json()["code"]) == (403, "second_person_is_program")
    assert answer.json()["words"] == "SECOND is a program, and a second person is a person."
    assert Draft.objects.get().state == DraftState.WAITING


def test_who_drew_the_token_is_no_second_person_either(ledger: Program):
    number = waiting(ledger)
    plover = Asker("PLOVER", frozenset({Role.LEAD}))
    with pytest.raises(AgreesWithOwnProgram):
        agree(number, by=plover, agreed_at=POSTED_AT)
    with pytest.raises(AgreesWithOwnProgram):
        decline(number, by=plover, declined_at=POSTED_AT, answer="no")
    assert (drafts_for("PLOVER", roles=plover.roles), waiting_count("PLOVER", roles=plover.roles)) == ([], 0)
    assert waiting_count("DUNLIN", roles=plover.roles) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.update(state=DraftState.AGREED, decided_by="PLOVER")
    page = signed_in("PLOVER").get(f"/waiting/{number}")
    assert (page.status_code, "Agree: post it" in says(page)) == (200, False)
    assert "Agree: post it" in says(signed_in("DUNLIN").get(f"/waiting/{number}"))


def test_the_rule_stands_at_the_desk_and_not_at_the_door_alone(ledger: Program):
    with pytest.raises(SecondPersonIsProgram):
        agree(waiting(ledger), by=Asker("SECOND", frozenset({Role.LEAD}), is_program=True), agreed_at=POSTED_AT)


def test_a_program_takes_back_what_it_asked_for_and_nothing_of_others(ledger: Program):
    number = waiting(ledger)
    other = Program("OTHER")
    assert other.post(f"drafts/{number}/withdraw").json()["code"] == "draft_of_another"
    answer = ledger.post(f"drafts/{number}/withdraw")
    assert (answer.status_code, answer.json()["state"], answer.json()["decided_by"]) == (200, "withdrawn", "LEDGER")
    assert ledger.post(f"drafts/{number}/withdraw").json()["code"] == "draft_decided"


@pytest.mark.parametrize("path", ["drafts/{}", "drafts/{}/agree", "drafts/{}/decline", "drafts/{}/withdraw"])
def test_a_draft_that_is_not_there_for_a_program_looks_as_one_that_is_not_there(ledger: Program, path: str):
    number = waiting(ledger)
    stranger = Program("STRANGER", role="analyst")

    def ask(which: int) -> Any:
        return stranger.get(path.format(which)) if path == "drafts/{}" else stranger.post(path.format(which), {"answer": "no"})

    here, missing = ask(number), ask(number + 1)
    assert (here.status_code, missing.status_code) == (404, 404)
    assert here.content == missing.content
    assert stranger.get("drafts").json()["items"] == []


def test_drafts_come_a_page_at_a_time(ledger: Program):
    first = waiting(ledger)
    for name in ("R10", "R11"):
        ledger.post("wishes/reversal", TAKING_BACK | {"reference": name})
    page = ledger.get("drafts", most=2).json()
    assert (len(page["items"]), page["next"]) == (2, page["items"][1]["number"])
    rest = ledger.get("drafts", most=2, after=page["next"]).json()
    assert ([one["number"] > first for one in rest["items"]], rest["next"]) == ([True], None)
