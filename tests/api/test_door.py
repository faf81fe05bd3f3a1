"""Who comes in: a token that is good, and nothing else; once a day the day is kept; and not without end."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tallystick.api import door
from tallystick.core.refusal import Refusal
from tallystick.journal.medium import BooksReadOnly, DiskFull
from tallystick.journal.reach import BooksBusy
from tallystick.staff.actions import close_client
from tallystick.staff.models import ApiClient
from tests.asking import Program, tomorrow
from tests.questions import asking
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def ask(shown: str | None, *, browser: Any = None) -> Any:
    headers = {"Authorization": shown} if shown is not None else {}
    return (browser or Client()).get("/api/v1/wishes", headers=headers)


@pytest.mark.parametrize("shown", [None, "", "Bearer", "Bearer ", "Basic dTpw", "token"])
def test_whoever_shows_no_token_is_told_so(db: None, shown: str | None):
    answer = ask(shown)
    assert (answer.status_code, answer.json()["code"]) == (401, "token_missing")
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("wrong", ["x", "tallystick_" + "0" * 64, "t\u00f6ken", "\x00", "x" * 5000])
def test_a_token_that_is_nobodys_opens_nothing(db: None, wrong: str):
    Program()
    answer = ask(f"Bearer {wrong}")
    assert (answer.status_code, answer.json()["code"]) == (401, "token_unknown")
    assert wrong not in answer.content.decode() or wrong == "x"


def test_a_closed_programs_token_is_nobodys():
    program = Program()
    assert program.get("wishes").status_code == 200
    close_client("LEDGER")
    assert program.get("wishes").json()["code"] == "token_unknown"


def test_a_token_is_good_through_its_last_day_and_then_over():
    program = Program(expires_on=timezone.now().date())
    assert program.get("wishes").status_code == 200
    ApiClient.objects.update(expires_on=timezone.now().date() - timedelta(days=1))
    answer = program.get("wishes")
    assert (answer.status_code, answer.json()["code"]) == (401, "token_over")


def test_a_members_session_opens_nothing_here(lamps: None):
    browser = signed_in("PLOVER")
    assert browser.get("/").status_code == 200
    assert ask(None, browser=browser).status_code == 401
    assert browser.post("/api/v1/wishes/gift", {}, content_type="application/json").status_code == 401


def test_a_token_opens_no_page(lamps: None):
    program = Program(role="lead")
    answer = Client().get("/", headers={"Authorization": f"Bearer {program.token}"})
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/sign-in")


def test_the_tables_hold_nothing_that_would_open_the_door():
    program = Program()
    row = ApiClient.objects.values().get()
    assert program.token not in str(row)
    assert program.token.encode() not in bytes(row["digest"])


def test_the_day_of_the_last_question_is_kept_once_a_day_and_nothing_else():
    program = Program()
    program.get("wishes")
    kept = ApiClient.objects.get()
    assert (kept.last_used_on, str(kept)) == (timezone.now().date(), "LEDGER")
    with asking(1):
        program.get("wishes")


@pytest.mark.parametrize("refusal", [BooksBusy, BooksReadOnly, DiskFull])
def test_a_day_that_cannot_be_kept_now_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch, refusal: type[Refusal]):
    def kept(*_: Any, **__: Any) -> None:
        raise refusal

    monkeypatch.setattr(door, "note_used", kept)
    assert Program().get("wishes").status_code == 200


def test_a_program_that_asks_without_end_is_told_to_wait(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(door, "ASKED_MAX", 3)
    program, other = Program(), Program("OTHER")
    assert [program.get("wishes").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = program.get("wishes")
    assert (answer.json()["code"], answer["Retry-After"]) == ("asked_too_often", "60")
    assert other.get("wishes").status_code == 200


def test_a_method_that_is_not_taken_is_refused_in_the_one_shape():
    answer = Program().post("wishes", {}, method="put")
    assert (answer.status_code, answer.json()["code"], answer["Allow"]) == (405, "method_not_taken", "GET")


def test_a_question_with_a_slip_in_it_is_refused_and_not_answered_with_everything():
    answer = Program(role="auditor").get("holdings", holdr="CRANE")
    assert (answer.status_code, answer.json()["facts"]["place"]) == (422, "holdr")


def test_an_address_with_a_line_end_in_it_is_nowhere_too():
    assert Program().get("parties/A%0AB").json()["code"] == "nothing_there"


def test_a_fault_shows_nothing_of_the_books(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    def faulty() -> None:
        raise RuntimeError("HERON holds 300")

    from tallystick.api import books

    monkeypatch.setattr(books, "opened_programme", faulty)
    answer = Program().get("programme")
    assert (answer.status_code, answer.json()["code"]) == (500, "fault")
    assert "HERON" not in answer.content.decode()
    assert "An answer could not be made." in caplog.text


def test_a_database_that_is_busy_is_told_as_such(monkeypatch: pytest.MonkeyPatch):
    from django.db import OperationalError

    from tallystick.api import books

    def busy() -> None:
        problem = OperationalError("database is locked")
        cause = Exception()
        cause.sqlite_errorcode = 5  # type: ignore[attr-defined]
        raise problem from cause

    monkeypatch.setattr(books, "opened_programme", busy)
    answer = Program(expires_on=tomorrow()).get("programme")
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (503, "books_busy", "5")
