"""The pages of earmarks, authorisations and parties, one by one."""

import re
from typing import Any

import pytest

from tallystick.web.records import earmarks as records
from tests.books import found, post
from tests.questions import Questions
from tests.signing_in import says, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(lamps_on_the_road: None) -> Any:
    return signed_in()


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", says(answer)))


def test_an_earmark_tells_where_all_of_it_is(lead: Any):
    told = words(lead.get("/earmarks/of/SHOPS"))
    for one in ("Given by donors USD 60,000.00", "On the road CNY 9,876.54", "Lost CNY 10,500.00", "5 recipients"):
        assert one in told
    assert "G03 R05 CNY 30,000.00" in told
    assert 'href="/entries/?earmark=SHOPS"' in says(lead.get("/earmarks/of/SHOPS"))


def test_an_earmark_of_too_many_moves_says_how_to_trace_it(lead: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(records, "TRACED_MOST", 10)
    told = words(lead.get("/earmarks/of/SHOPS"))
    assert "tallystick trace SHOPS" in told
    assert "Came in" not in told
    assert "Given by donors USD 60,000.00" in told


def test_an_authorisation_tells_its_ceiling_what_left_and_what_may_still(lead: Any):
    told = words(lead.get("/authorisations/of/REH-MONEY"))
    for one in ("Ceiling USD 70,000.00", "Left the house USD 32,500.00", "May still leave USD 37,500.00", "no longer valid"):
        assert one in told
    assert "REH-GOODS" in words(lead.get("/authorisations/"))


def test_what_is_sent_out_draws_once_and_what_is_passed_on_does_not(lead: Any):
    post("H1   6 March   handover   OFFICE → MAGPIE   USD 100.00   SHOPS   -   REH-MONEY")
    post("H2   7 March   handover   MAGPIE → DANBANK   USD 100.00   SHOPS   -   REH-MONEY")
    assert "Left the house USD 32,600.00" in words(lead.get("/authorisations/of/REH-MONEY"))


def test_a_party_tells_what_it_is_what_it_may_hold_and_what_it_has(lead: Any):
    told = words(lead.get("/parties/of/HERON"))
    for one in ("agent HERON", "Yanji", "May hold at once CNY 90,000.00", "SHOPS CNY 27,232.58"):
        assert one in told
    assert "Gave Earmark Amount SHOPS USD 60,000.00" in words(lead.get("/parties/of/HAEBARAGI"))


def test_a_recipient_leads_on_to_what_is_said_of_them_and_to_a_promise(lamps: None):
    shown = {role: says(signed_in(role.upper(), roles=(role,)).get("/parties/of/R01")) for role in ("coordinator", "bookkeeper")}
    for address in ("/vouches/of/R01", "/grants/promise?recipient=R01"):
        assert f'href="{address}"' in shown["coordinator"]
        assert f'href="{address}"' not in shown["bookkeeper"]


@pytest.mark.parametrize("path", ["/earmarks/of/NONE", "/authorisations/of/NONE", "/parties/of/NONE", "/earmarks/of/HERON"])
def test_what_is_not_there_is_not_found(lead: Any, path: str):
    assert lead.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/earmarks/", "/authorisations/", "/today", "/delivered"])
def test_books_without_a_programme_say_what_brings_one(db: None, path: str):
    found()
    answer = signed_in().get(path)
    assert answer.status_code == 200
    assert re.search(r"No earmark is recorded yet|tallystick import|nothing may leave|Nothing has reached", words(answer))


@pytest.mark.parametrize("path", ["/parties/of/MAGPIE", "/authorisations/of/REH-MONEY", "/authorisations/"])
def test_a_page_asks_the_books_as_often_whatever_they_hold(lead: Any, path: str):
    lead.get(path)
    post("H0   6 March   handover   OFFICE → MAGPIE   USD 1.00   SHOPS   -   REH-MONEY")

    def asked() -> int:
        with Questions() as questions:
            lead.get(path)
        return len(questions)

    before = asked()
    post(
        "\n".join(
            f"H{one}   {one + 7} March   handover   OFFICE → MAGPIE   USD 1.00   SHOPS   -   REH-MONEY" for one in range(1, 21)
        )
    )
    assert asked() == before
