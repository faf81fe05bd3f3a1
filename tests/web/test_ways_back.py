"""Ways back and ways on lose nothing: what was typed, what a list was asked for, and what became of a wish."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.promising import promised
from tests.signing_in import says, signed_in
from tests.web.test_codes import books, clerk, given_out, lead, typed, word

__all__ = ["books", "clerk", "lead"]  # fixtures
pytestmark = pytest.mark.django_db
BACK = re.compile(r'class="button quiet" href="([^"]+)"')


def filled(page: str, names: tuple[str, ...]) -> dict[str, str]:
    """What stands in these fields of a page."""
    found = dict(re.findall(r'<input type="[a-z]+" name="(\w+)" value="([^"]*)"', page))
    found |= dict(re.findall(r'<select name="(\w+)".*?<option value="([^"]*)" selected>', page, re.DOTALL))
    return {name: found[name] for name in names}


def test_back_to_the_counter_keeps_everything_but_the_code(lead: Client, clerk: Client):
    slip, code = given_out(lead)
    sent = typed(slip, code)
    names = ("slip", "giver", "happened_on", "happened_time", "clock")
    looked = clerk.post("/payouts/code", sent)
    (back,) = BACK.findall(looked.content.decode())
    page = says(clerk.get(back.replace("&amp;", "&")))
    assert filled(page, names) == {name: sent[name] for name in names}
    assert code not in page
    refused = clerk.post("/payouts/code", word(looked) | {"giver": "HERON"})
    assert (refused.status_code, filled(says(refused), names)) == (409, {name: sent[name] for name in names} | {"giver": "HERON"})


def test_a_slip_and_what_became_of_a_draft_are_found(lead: Client, clerk: Client):
    slip, _code = given_out(lead)
    assert lead.get("/find", {"q": slip})["Location"] == reverse("code", args=[slip])
    assert slip in says(lead.get("/find", {"q": slip[:4]}))
    path = lead.post(reverse("payout-limit"), {"unit_code": "CNY", "amount": "5,000", "reason": "for now", "step": "say"})[
        "Location"
    ]
    officer = signed_in("KNOT", roles=("compliance",))
    assert officer.post(path, {"wish": "agree"}).status_code == 302
    assert f'href="{reverse("payout-limits")}"' in says(lead.get(path))


@pytest.mark.parametrize("before", ["9" * 18, "9" * 20, "9" * 5_000, "²", "-1", "nonsense"])
def test_a_place_that_no_list_has_is_no_fault(lead: Client, before: str):
    assert lead.get("/grants", {"before": before}).status_code == 200


def test_back_to_the_start_of_a_list_keeps_what_it_was_asked_for(lead: Client):
    for number in range(20, 80):
        promised(f"G{number}", (500, "none"))
    older = re.search(r'href="(\?[^"]*before=[^"]+)" rel="next"', says(lead.get("/grants?earmark=SHOPS")))
    assert older is not None
    assert 'href="/grants?earmark=SHOPS">From the latest on' in says(lead.get(f"/grants{older[1]}"))
    assert 'href="/parties?kind=recipient">From the beginning' in says(lead.get("/parties?kind=recipient&after=R02"))


def test_a_row_of_no_number_is_no_fault(lead: Client):
    assert lead.post("/tallies/dispatch", {"amount-²": "1", "step": "look"}).status_code == 200
