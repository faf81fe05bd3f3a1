"""The page “Programs”, as a lead uses it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tallystick.staff.models import ApiClient
from tallystick.staff.queries import client_of
from tests.signing_in import says, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Client:
    return signed_in("PLOVER")


def sent(**changed: str) -> dict[str, str]:
    until = timezone.now().date() + timedelta(days=30)
    return {"name": "LEDGER", "role": "bookkeeper", "until": until.isoformat(), "party": ""} | changed


def test_a_lead_lets_a_program_in_and_is_told_the_token_once(lead: Client, lamps: None):
    assert "No program signs in" in says(lead.get("/staff/programs"))
    answer = lead.post("/staff/programs", sent(name=" LEDGER ", party="CRANE"))
    found = re.search('<code class="token">(tallystick_[0-9a-f]{64})</code>', says(answer))
    assert found is not None
    program = client_of(found[1])
    assert program is not None
    assert (program.name, program.party, program.drawn_by) == ("LEDGER", "CRANE", "PLOVER")
    again = says(lead.get("/staff/programs"))
    assert found[1] not in again
    assert "never" in again


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": "Amina's"}, "member_name_unreadable"),
        ({"name": "PLOVER"}, "member_name_taken"),
        ({"role": "boss"}, "role_unknown"),
        ({"role": ""}, "roles_missing"),
        ({"until": "soon"}, "date_unreadable"),
        ({"until": "2020-01-01"}, "token_over_at_once"),
        ({"until": "2999-01-01"}, "token_too_long"),
        ({"party": "R01"}, "holds_for_no_custodian"),
    ],
)
def test_what_is_refused_is_said_in_words_and_lets_no_program_in(lead: Client, lamps: None, changed: dict[str, str], code: str):
    answer = lead.post("/staff/programs", sent(**changed))
    assert (answer.status_code, code in says(answer), ApiClient.objects.count()) == (409, True, 0)


def test_a_program_is_closed_and_still_listed(lead: Client):
    lead.post("/staff/programs", sent())
    assert lead.post("/staff/programs", {"wish": "close", "name": "LEDGER"})["Location"] == "/staff/programs"
    shown = says(lead.get("/staff/programs"))
    assert '<span class="small">closed</span>' in shown
    assert 'value="close"' not in shown
    assert lead.post("/staff/programs", {"wish": "close", "name": "LEDGER"}).status_code == 409


def test_a_token_that_is_over_is_shown_as_such(lead: Client):
    lead.post("/staff/programs", sent())
    ApiClient.objects.update(expires_on=timezone.now().date() - timedelta(days=1))
    assert '<span class="small">over</span>' in says(lead.get("/staff/programs"))


def test_the_list_asks_as_often_however_many_there_are(lead: Client, django_assert_max_num_queries: Any):
    for number in range(10, 30):
        lead.post("/staff/programs", sent(name=f"LEDGER-{number}"))
    with django_assert_max_num_queries(6):
        assert lead.get("/staff/programs").status_code == 200
