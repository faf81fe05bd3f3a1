"""The page “Staff”, as a lead uses it."""

import re
from html import unescape
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from tallystick.staff.models import Member
from tallystick.staff.queries import members
from tests.signing_in import member, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Client:
    return signed_in("PLOVER")


def says(answer: Any) -> str:
    return unescape(answer.content.decode())


def password_in(answer: Any) -> str:
    found = re.search("<code>([0-9a-f]{4}(-[0-9a-f]{4}){4})</code>", says(answer))
    assert found is not None
    return found[1]


def test_a_lead_lets_somebody_in_and_is_told_the_password_once(lead: Client, lamps: None):
    answer = lead.post("/staff", {"name": " WREN ", "role": ["coordinator", "analyst"], "party": "CRANE"})
    assert Member.objects.get(username="WREN").check_password(password_in(answer))
    assert [(one.name, one.roles, one.party) for one in members()] == [
        ("PLOVER", ("lead",), ""), ("WREN", ("coordinator", "analyst"), "CRANE"),
    ]  # fmt: skip
    again = says(lead.get("/staff"))
    assert password_in(answer) not in again
    assert "coordinator, analyst" in again
    assert "none yet" in again


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"name": "Amina Q", "role": "lead"}, "member_name_unreadable"),
        ({"name": "PLOVER", "role": "lead"}, "member_name_taken"),
        ({"name": "WREN", "role": "boss"}, "role_unknown"),
        ({"name": "WREN"}, "roles_missing"),
        ({"name": "WREN", "role": "lead", "party": "R01"}, "holds_for_no_custodian"),
        ({"name": "WREN", "role": "lead", "party": "NOBODY"}, "holds_for_no_custodian"),
    ],
)
def test_what_is_refused_is_said_in_words_and_lets_nobody_in(lead: Client, lamps: None, sent: dict[str, Any], code: str):
    answer = lead.post("/staff", sent)
    assert (answer.status_code, code in says(answer), Member.objects.count()) == (409, True, 1)


def test_roles_are_given_anew(lead: Client):
    member("WREN", roles=("auditor",))
    assert '<input type="checkbox" name="role" value="auditor" checked>' in says(lead.get("/staff/WREN"))
    assert lead.post("/staff/WREN", {"wish": "roles", "role": ["bookkeeper", "lead"]})["Location"] == "/staff"
    assert members()[1].roles == ("lead", "bookkeeper")


def test_who_lost_the_second_factor_is_given_a_new_password(lead: Client):
    member("WREN", roles=("auditor",))
    answer = lead.post("/staff/WREN", {"wish": "reset"})
    assert Member.objects.get(username="WREN").check_password(password_in(answer))
    assert not members()[1].has_second_factor
    assert password_in(answer) not in says(lead.get("/staff/WREN"))


def test_whoever_was_let_in_counts_as_a_person_of_their_own_once_another_lead_confirms_them(lead: Client, lamps: None):
    lead.post("/staff", {"name": "WREN", "role": ["compliance"]})
    TOTP.activate(Member.objects.get(username="WREN"), generate_totp_secret())
    assert "not confirmed since" in says(lead.get("/staff"))
    assert "the two count as one person where two are needed" in says(lead.get("/staff/WREN"))
    answer = lead.post("/staff/WREN", {"wish": "confirm"})
    assert (answer.status_code, "confirms_own_drawing" in says(answer)) == (409, True)
    other = signed_in("KNOT")
    assert other.post("/staff/WREN", {"wish": "confirm"})["Location"] == "/staff/WREN"
    told = says(lead.get("/staff/WREN"))
    assert ("Confirm: a person of their own" in told, "had drawn the password" in told) == (False, True)
    assert "not confirmed since" not in says(lead.get("/staff"))


def test_a_new_password_makes_whoever_draws_it_one_with_the_member(lead: Client):
    member("WREN", roles=("auditor",))
    lead.post("/staff/WREN", {"wish": "reset"})
    assert Member.objects.get(username="WREN").drawn_by == "PLOVER"


def test_a_member_is_closed_and_still_listed(lead: Client):
    member("WREN", roles=("auditor",))
    assert lead.post("/staff/WREN", {"wish": "close"})["Location"] == "/staff"
    assert "closed" in says(lead.get("/staff"))
    assert "Closed: nobody signs in under this name any more." in says(lead.get("/staff/WREN"))
    answer = lead.post("/staff/WREN", {"wish": "reset"})
    assert (answer.status_code, "member_closed" in says(answer)) == (409, True)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"wish": "close"}, "closes_oneself"),
        ({"wish": "roles", "role": "auditor"}, "last_lead"),
        ({"wish": "roles"}, "roles_missing"),
    ],
)
def test_a_lead_cannot_lock_the_office_out(lead: Client, sent: dict[str, str], code: str):
    answer = lead.post("/staff/PLOVER", sent)
    assert (answer.status_code, code in says(answer)) == (409, True)
    assert [(one.roles, one.is_active) for one in members()] == [(("lead",), True)]


def test_somebody_who_is_not_there_is_nowhere(lead: Client):
    for answer in (lead.get("/staff/NOBODY"), lead.post("/staff/NOBODY", {"wish": "close"})):
        assert answer.status_code == 404


def test_the_list_asks_as_often_however_many_there_are(lead: Client, django_assert_max_num_queries: Any):
    for number in range(10, 20):
        Member.objects.create(username=f"GULL-{number}")
    with django_assert_max_num_queries(7):
        assert lead.get("/staff").status_code == 200


def test_only_a_lead_is_shown_the_way_there(lead: Client, lamps: None):
    assert 'href="/staff"' in says(lead.get("/"))
    assert 'href="/staff"' not in says(signed_in("WREN", roles=("auditor",)).get("/"))
