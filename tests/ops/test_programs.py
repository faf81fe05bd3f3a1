"""`tallystick staff programs`, from the office's own command."""

import json
from collections.abc import Callable
from datetime import timedelta
from subprocess import CompletedProcess

import pytest
from django.utils import timezone

from tallystick.staff.models import ApiClient
from tallystick.staff.queries import client_of
from tests import books

pytestmark = pytest.mark.django_db
Tell = Callable[..., CompletedProcess[str]]


@pytest.fixture(autouse=True)
def lamps(db: None) -> None:
    books.found()
    books.take(books.LAMPS)


@pytest.fixture
def until() -> str:
    return (timezone.now().date() + timedelta(days=30)).isoformat()


def test_a_program_is_let_in_listed_and_closed(tell: Tell, until: str) -> None:
    assert "No program signs in" in tell("staff", "programs", "list").stdout
    words = ("staff", "programs", "add", "LEDGER", "--role", "bookkeeper", "--until", until, "--party", "CRANE")
    told = json.loads(tell(*words, "--json").stdout)
    program = client_of(told.pop("token"))
    assert program is not None
    assert told == {"done": True, "rehearsal": True, "program": "LEDGER", "role": "bookkeeper", "party": "CRANE", "until": until}
    assert json.loads(tell("staff", "programs", "list", "--json").stdout)["programs"] == [
        {
            "name": "LEDGER", "role": "bookkeeper", "party": "CRANE", "active": True, "drawn_by": "", "until": until,
            "last_used_on": None,
        }
    ]  # fmt: skip
    assert "LEDGER" in tell("staff", "programs", "list").stdout
    assert "LEDGER is closed" in tell("staff", "programs", "close", "LEDGER").stdout
    assert "closed" in tell("staff", "programs", "list").stdout
    said = tell("staff", "programs", "add", "OTHER", "--role", "auditor", "--until", until).stdout
    assert "Its token is: tallystick_" in said


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "LEDGER", "--role", "boss", "--until", "2020-01-01"), "role_unknown"),
        (("add", "LEDGER", "--role", "lead", "--until", "soon"), "date_unreadable"),
        (("add", "LEDGER", "--role", "lead", "--until", "2020-01-01"), "token_over_at_once"),
        (("close", "LEDGER"), "program_unknown"),
    ],
)
def test_what_is_refused_is_said_in_words(tell: Tell, words: tuple[str, ...], code: str) -> None:
    told = tell("staff", "programs", *words, "--json")
    assert (told.returncode, json.loads(told.stdout)["code"]) == (1, code)
    assert ApiClient.objects.count() == 0


@pytest.mark.parametrize("name", ["add", "list", "close"])
def test_help_shows_an_example(tell: Tell, name: str) -> None:
    assert f"Example: tallystick staff programs {name}" in tell("staff", "programs", name, "--help").stdout
