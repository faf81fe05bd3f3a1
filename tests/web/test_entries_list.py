"""The list of entries, as a member sees it."""

import re
from typing import Any

import pytest

from tests.books import found, post
from tests.questions import Questions
from tests.signing_in import says, signed_in

pytestmark = pytest.mark.django_db


def listed(answer: Any) -> list[str]:
    return re.findall(r'<a class="code" href="/entries/of/([^"]+)"', says(answer))


def test_the_newest_stand_first_and_older_ones_on_further_leaves(lamps_on_the_road: None):
    browser = signed_in()
    first = browser.get("/entries/")
    assert listed(first)[0] == "T1"
    assert len(listed(first)) == 50
    further = re.search(r'<a href="(\?[^"]+)" rel="next">Older entries', says(first))
    assert further is not None
    second = browser.get(f"/entries/{further[1]}")
    assert len(listed(second)) == 49
    assert "The newest" in says(second)


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ({"kind": "recovery"}, ["E0057"]),
        ({"grant": "G04", "kind": "payout"}, ["P0061"]),
        ({"since": "2016-01-01"}, ["T1"]),
        ({"party": "GWANGMYEONG", "earmark": "LIGHT"}, ["E0065"]),
    ],
)
def test_entries_are_found_by_what_is_asked(lamps_on_the_road: None, asked: dict[str, str], seen: list[str]):
    assert listed(signed_in().get("/entries/", asked)) == seen


@pytest.mark.parametrize("asked", [{"kind": "robbery"}, {"since": "yesterday"}, {"after": "the last"}, {"party": "x" * 99}])
def test_what_cannot_be_read_asks_for_nothing(lamps: None, asked: dict[str, str]):
    answer = signed_in().get("/entries/", asked)
    assert answer.status_code == 200
    assert len(listed(answer)) == 50


def test_an_empty_list_says_what_to_do(lamps: None):
    assert "No entry is like that." in says(signed_in().get("/entries/", {"party": "NOBODY"}))


def test_books_in_which_nothing_stands_say_how_they_begin(db: None):
    found()
    assert "A gift is what begins them." in says(signed_in().get("/entries/"))


def test_a_leaf_asks_the_books_as_often_whatever_stands_on_it(lamps: None):
    browser = signed_in()

    def asked() -> int:
        with Questions() as questions:
            browser.get("/entries/", {"party": "MAGPIE", "since": "2016-01-01"})
        return len(questions)

    post("H0   2 March   handover   OFFICE → MAGPIE   USD 1.00   SHOPS")
    browser.get("/entries/")
    before = asked()
    post("\n".join(f"H{number}   {number + 2} March   handover   OFFICE → MAGPIE   USD 1.00   SHOPS" for number in range(1, 21)))
    assert asked() == before


def test_an_entry_names_the_books_own_accounts_in_words_and_leads_to_its_tally(lamps: None):
    shown = says(signed_in().get("/entries/of/T0055"))
    assert "Lost by seizure" in shown
    assert "@" not in shown.partition("<main")[2]
    assert '<a href="/tallies/of/T0055">' in shown
    assert "@" not in says(signed_in().get("/tallies/of/T0055")).partition("<main")[2]
