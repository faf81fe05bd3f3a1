"""Vouches in the browser: written down, and read with whoever speaks against first."""

import re
from typing import Any

import pytest

from tallystick.vetting.queries import vouches_by
from tests.signing_in import says, signed_in

pytestmark = pytest.mark.django_db
VOUCH = {
    "recipient": "R01", "referee": "REF-Z", "word": "against", "tie": "neighbour", "known_years": "", "said_on": "2015-03-09",
}  # fmt: skip


@pytest.fixture
def coordinator(lamps: None) -> Any:
    return signed_in("TEAL", roles=("coordinator",))


def give(browser: Any, *, step: str = "say", **changed: str) -> Any:
    return browser.post("/vouches/give", VOUCH | changed | {"step": step})


def words(page: str) -> list[str]:
    return re.findall(r'<th role="rowheader" scope="row">(?:<span class="open">)?(\w+)', page)


def test_a_word_against_is_written_down_and_stands_first(coordinator: Any):
    looked = says(give(coordinator, step="look"))
    assert "REF-Z" in looked
    answer = give(coordinator)
    assert (answer.status_code, answer["Location"]) == (302, "/vouches/of/R01")
    assert vouches_by("REF-Z", most=5)[0].known_years is None
    shown = says(coordinator.get("/vouches/of/R01"))
    assert words(shown)[0] == "against"
    assert set(words(shown)[1:]) == {"for"}
    assert "One word against stands here." in shown
    assert "nothing is added up or weighed here" in shown


def test_a_word_for_somebody_is_no_purpose_in_any_language(coordinator: Any):
    coordinator.cookies["tallystick_language"] = "ko"
    give(coordinator, word="for")
    assert set(words(says(coordinator.get("/vouches/of/R01")))) == {"찬성"}


def test_what_a_referee_says_of_everybody_is_read_together(coordinator: Any):
    give(coordinator, word="for", recipient="R02")
    give(coordinator)
    shown = says(coordinator.get("/vouches/by/REF-Z"))
    assert words(shown) == ["against", "for"]
    assert 'href="/vouches/of/R02"' in shown


def test_the_latest_are_listed_a_page_at_a_time(coordinator: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tallystick.web.vouches.page.PAGE_ROWS", 10)
    first = says(coordinator.get("/vouches"))
    link = re.search(r'href="(/vouches\?before=\d+)" rel="next"', first)
    assert link is not None
    assert (len(words(first)), len(words(says(coordinator.get(link[1]))))) == (10, 10)
    assert "There are no earlier ones." in says(coordinator.get("/vouches?before=1"))
    assert len(words(says(coordinator.get("/vouches?before=x")))) == 10


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"recipient": "CRANE"}, "vouch_for_nobody"),
        ({"referee": "R01"}, "vouch_for_oneself"),
        ({"said_on": "2999-01-01"}, "day_to_come"),
        ({"known_years": "200"}, 'class="wrong"'),
        ({"tie": ""}, 'class="wrong"'),
    ],
)
def test_what_is_no_vouch_is_refused_over_the_form(coordinator: Any, changed: dict[str, str], said: str):
    assert said in says(give(coordinator, **changed))
    assert vouches_by("REF-Z", most=5) == []


def test_nobody_is_there_who_is_not(coordinator: Any):
    for path in ("/vouches/of/R99", "/vouches/of/CRANE", "/vouches/by/NOBODY"):
        assert coordinator.get(path).status_code == 404


def test_a_recipient_nobody_spoke_for_has_a_page_that_says_so(db: None):
    from tests.books import found

    found()
    assert "Nobody has spoken for anybody yet" in says(signed_in().get("/vouches"))


def test_who_only_reads_is_not_shown_the_way_to_write(lamps: None):
    reader = signed_in("RUFF", roles=("auditor",))
    for path in ("/vouches", "/vouches/of/R01"):
        assert "/vouches/give" not in says(reader.get(path)).partition("<main")[2]


def test_the_pages_ask_as_often_however_many_there_are(coordinator: Any, django_assert_max_num_queries: Any):
    for number in range(20):
        give(coordinator, said_on=f"2015-03-{number + 1:02}")
    for path, most in (("/vouches", 8), ("/vouches/of/R01", 9), ("/vouches/by/REF-Z", 8)):
        with django_assert_max_num_queries(most):
            assert coordinator.get(path).status_code == 200
