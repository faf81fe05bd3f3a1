"""One box for a code or a reference."""

from typing import Any

import pytest

from tests.books import post
from tests.signing_in import says, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(lamps: None) -> Any:
    return signed_in()


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("HERON", "/parties/of/HERON"),
        ("heron", "/parties/of/HERON"),
        (" T0046 ", "/entries/of/T0046"),
        ("SHOPS", "/earmarks/of/SHOPS"),
        ("G03", "/grants/of/G03"),
        ("REH-MONEY", "/authorisations/of/REH-MONEY"),
    ],
)
def test_a_code_that_is_known_is_gone_to(lead: Any, typed: str, address: str):
    answer = lead.get("/find", {"q": typed})
    assert (answer.status_code, answer["Location"]) == (302, address)


def test_legs_stand_on_one_page_together(lead: Any):
    assert 'href="/legs"' in says(lead.get("/find", {"q": "HYE"}))


@pytest.mark.parametrize(
    ("typed", "seen"), [("H", ["HERON", "HAEBARAGI", "H0005", "HYE-NHA"]), ("reh", ["REH-MONEY", "REH-TRUCK"])]
)
def test_what_begins_so_is_listed(lead: Any, typed: str, seen: list[str]):
    shown = says(lead.get("/find", {"q": typed}))
    assert [one for one in seen if one not in shown] == []
    assert "CRANE" not in shown


def test_a_code_that_names_two_things_is_not_guessed(lead: Any):
    post("HERON   2 March   handover   OFFICE → MAGPIE   USD 1.00   SHOPS")
    shown = says(lead.get("/find", {"q": "HERON"}))
    assert 'href="/parties/of/HERON"' in shown
    assert 'href="/entries/of/HERON"' in shown


def test_many_are_cut_and_said_to_be_more(lead: Any):
    post("\n".join(f"ZZ{number:02}   2 March   handover   OFFICE → MAGPIE   USD 1.00   SHOPS" for number in range(25)))
    shown = says(lead.get("/find", {"q": "ZZ"}))
    assert shown.count("/entries/of/ZZ") == 20
    assert "There are more" in shown


def test_nothing_found_says_so_and_an_empty_box_what_it_is_for(lead: Any):
    assert "begins with “<bdi>QQQ</bdi>”" in says(lead.get("/find", {"q": "QQQ"}))
    assert "or how it begins" in says(lead.get("/find"))


@pytest.mark.parametrize("typed", ["%", "_", "'", "\\", "x" * 500, "\N{HANGUL SYLLABLE GA}"])
def test_signs_are_looked_for_as_they_are(lead: Any, typed: str):
    assert "Nothing in these books begins with" in says(lead.get("/find", {"q": typed}))
