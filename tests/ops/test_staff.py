"""`tallystick staff`, from the office's own command; and what books without a member say."""

import json
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

from tallystick.ops.doctor import books as kept
from tallystick.ops.doctor.finding import Standing
from tallystick.staff.models import Member
from tallystick.staff.queries import sign_offs
from tests import books
from tests.signing_in import member

pytestmark = pytest.mark.django_db

Tell = Callable[..., CompletedProcess[str]]


@pytest.fixture(autouse=True)
def lamps(db: None) -> None:
    books.found()
    books.take(books.LAMPS)


def test_a_member_is_made_and_the_password_said_once(tell: Tell) -> None:
    told = json.loads(tell("staff", "add", "WREN", "--role", "lead", "--role", "auditor", "--party", "CRANE", "--json").stdout)
    made = Member.objects.get()
    assert made.check_password(told.pop("password"))
    assert told == {"done": True, "rehearsal": True, "member": "WREN", "roles": ["lead", "auditor"], "party": "CRANE"}
    said = tell("staff", "add", "GULL", "--role", "sponsor").stdout.splitlines()
    assert said[1].startswith("GULL may sign in as sponsor. The password is: ")
    listed = tell("staff", "list")
    assert said[1].rpartition(" ")[2] not in listed.stdout
    assert "lead, auditor" in listed.stdout


def test_members_are_listed(tell: Tell) -> None:
    assert "Nobody can sign in to the pages yet" in tell("staff", "list").stdout
    assert json.loads(tell("staff", "list", "--json").stdout) == {"rehearsal": True, "members": []}
    member("PLOVER")
    assert json.loads(tell("staff", "list", "--json").stdout)["members"] == [
        {
            "name": "PLOVER",
            "roles": ["lead"],
            "party": "",
            "active": True,
            "drawn_by": "",
            "second_factor": True,
            "last_seen_at": None,
        }
    ]


def test_a_member_is_reset_and_closed(tell: Tell) -> None:
    member("PLOVER")
    member("WREN")
    told = json.loads(tell("staff", "reset", "WREN", "--json").stdout)
    assert Member.objects.get(username="WREN").check_password(told["password"])
    assert "no second factor any more, and a new password: " in tell("staff", "reset", "WREN").stdout
    assert "WREN is closed" in tell("staff", "close", "WREN").stdout
    assert "closed" in tell("staff", "list").stdout


def test_a_member_is_confirmed_where_the_office_has_no_other_lead(tell: Tell) -> None:
    member("PLOVER")
    member("WREN")
    Member.objects.filter(username="WREN").update(drawn_by="PLOVER")
    assert "PLOVER drew" in tell("staff", "list").stdout
    assert "WREN counts as a person of their own" in tell("staff", "confirm", "WREN").stdout
    assert Member.objects.get(username="WREN").drawn_by == ""
    assert [one.reason for one in sign_offs("@WREN")] == ["at the office's own command"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "Amina", "--role", "lead"), "member_name_unreadable"),
        (("add", "PLOVER", "--role", "lead"), "member_name_taken"),
        (("add", "WREN", "--role", "boss"), "role_unknown"),
        (("add", "WREN", "--role", "lead", "--party", "R01"), "holds_for_no_custodian"),
        (("reset", "WREN"), "member_unknown"),
        (("close", "WREN"), "member_unknown"),
        (("confirm", "WREN"), "member_unknown"),
        (("confirm", "PLOVER"), "nothing_to_confirm"),
        (("close", "PLOVER"), "last_lead"),
    ],
)
def test_what_is_refused_is_said_in_words(tell: Tell, words: tuple[str, ...], code: str) -> None:
    member("PLOVER")
    told = tell("staff", *words, "--json")
    assert (told.returncode, json.loads(told.stdout)["code"]) == (1, code)
    assert Member.objects.count() == 1


def test_a_member_without_a_role_is_bad_input(tell: Tell) -> None:
    assert tell("staff", "add", "WREN").returncode == 2


@pytest.mark.parametrize("name", ["add", "list", "reset", "close"])
def test_help_shows_an_example(tell: Tell, name: str) -> None:
    assert f"Example: tallystick staff {name}" in tell("staff", name, "--help").stdout


def test_the_doctor_says_who_can_sign_in() -> None:
    (nobody,) = kept.staff()
    assert (nobody.standing, nobody.advice) == (Standing.LOOK, "Run tallystick staff add NAME --role lead.")
    member("WREN", second_factor=False)
    (bare,) = kept.staff()
    assert (bare.standing, bare.words.partition(" has no")[0]) == (Standing.LOOK, "WREN of 1 member")
    member("PLOVER")
    assert [one.standing for one in kept.staff()] == [Standing.LOOK]
    Member.objects.filter(username="WREN").update(is_active=False)
    (well,) = kept.staff()
    assert (well.standing, well.words) == (Standing.OK, "1 member may sign in, each with a second factor.")
