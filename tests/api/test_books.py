"""The books as a program reads them: as many questions for many rows as for few, and the same as the reports say."""

from collections.abc import Callable
from typing import Any

import pytest

from tallystick.core.head import read_head
from tallystick.reports.holdings import balances, open_tallies
from tests import books
from tests.asking import Program

pytestmark = pytest.mark.django_db
ROAD = "T1   5 March   dispatch   CRANE → WAGTAIL   CNY 9876.54   SHOPS   G05   REH-MONEY"


@pytest.fixture
def reader(lamps: None) -> Program:
    return Program("READER", role="auditor")


def pages(program: Program, path: str, **asked: Any) -> list[dict[str, Any]]:
    """Everything that a list holds, page by page."""
    found: list[dict[str, Any]] = []
    while True:
        page = program.get(path, **asked).json()
        found += page["items"]
        if page["next"] is None:
            return found
        asked["after"] = page["next"]


def test_holdings_are_those_of_the_report_whichever_way_they_are_read(reader: Program):
    said = balances()
    for most in (7, 200):
        found = pages(reader, "holdings", most=most)
        assert sorted((one["holder"], one["unit"], one["earmark"], one["amount"]) for one in found) == sorted(said)


def test_holdings_at_a_moment_are_those_of_that_moment(reader: Program):
    at = books.moment("1 January")
    found = pages(reader, "holdings", most=5, at=at.isoformat())
    assert [(one["holder"], one["unit"], one["earmark"], one["amount"]) for one in found] == balances(at)
    assert reader.get("holdings", at="2000-01-01T00:00:00Z").json() == {"items": [], "next": None}
    assert reader.get("holdings", at="then").json()["code"] == "moment_unreadable"


@pytest.mark.parametrize("at", ["", "2030-01-01T00:00:00Z"])
def test_holdings_are_found_by_holder_unit_and_earmark(reader: Program, at: str):
    every = pages(reader, "holdings", at=at)
    for name in ("holder", "unit", "earmark"):
        value = every[-1][name]
        assert pages(reader, "holdings", at=at, **{name: value}) == [one for one in every if one[name] == value]


@pytest.mark.parametrize("after", ["x", "eA==", "W10=", "WzEsMiwzXQ=="])
def test_a_page_begins_where_another_ended_or_nowhere(reader: Program, after: str):
    answer = reader.get("holdings", after=after)
    assert (answer.status_code, answer.json()["code"]) == (422, "content_unreadable")


def test_what_is_on_the_road_is_told(reader: Program):
    books.post(ROAD)
    (tally,) = reader.get("tallies").json()["items"]
    assert (tally["reference"], tally["carrier"], tally["amount"], tally["grant"]) == ("T1", "WAGTAIL", "9876.54", "G05")
    assert len(open_tallies()) == 1
    assert reader.get("tallies", carrier="CRANE").json()["items"] == []


@pytest.mark.parametrize("most", [1, 2, 200])
def test_a_tally_that_a_page_ends_amid_is_told_whole(reader: Program, most: int):
    books.post("""
        E1   4 March   gift       GWANGMYEONG → CRANE   LAMP 9        LIGHT
        T1   5 March   dispatch   CRANE → WAGTAIL       CNY 9876.54   SHOPS   G05   REH-MONEY
        T1   5 March   dispatch   CRANE → WAGTAIL       LAMP 9        LIGHT   G10   REH-GOODS
        T2   5 March   dispatch   CRANE → WAGTAIL       CNY 1.00      SHOPS   G05   REH-MONEY
    """)
    found = pages(reader, "tallies", most=most)
    assert [(one["reference"], one["unit"]) for one in found] == [("T1", "CNY"), ("T1", "LAMP"), ("T2", "CNY")]


@pytest.mark.parametrize("after", ["T1", "x", "W10="])
def test_a_page_of_tallies_begins_where_another_ended(reader: Program, after: str):
    answer = reader.get("tallies", after=after)
    assert (answer.status_code, answer.json()["code"]) == (422, "content_unreadable")


def test_entries_are_read_on_from_where_one_stopped(reader: Program):
    every = pages(reader, "entries", most=200)
    assert len(every) > 20
    assert pages(reader, "entries", most=7) == every
    books.post(ROAD)
    assert [one["reference"] for one in pages(reader, "entries")[len(every) :]] == ["T1"]


def test_an_entry_is_found_by_its_reference_and_a_missing_one_is_not(reader: Program):
    books.post(ROAD)
    told = reader.get("entries/T1").json()
    assert [one["reference"] for one in told["entries"]] == ["T1"]
    assert (told["entries"][0]["happened_at"], told["entries"][0]["moves"][0]["named"]) == (
        "2016-03-05T09:00:00+09:00",
        "WAGTAIL",
    )
    assert told["sign_offs"] == []
    for path in ("entries/NOTHING", "grants/NOTHING", "parties/NOTHING", "trace/NOTHING", "riches", "drafts/999"):
        answer = reader.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "nothing_there"), path


def test_grants_and_parties_are_read_by_code_and_by_page(reader: Program):
    grants = pages(reader, "grants", most=7)
    assert reader.get(f"grants/{grants[0]['grant']}").json() == grants[0]
    assert [one["grant"] for one in grants] == sorted(one["grant"] for one in grants)
    assert pages(reader, "grants", recipient=grants[0]["recipient"])[0]["recipient"] == grants[0]["recipient"]
    parties = pages(reader, "parties", most=7)
    assert reader.get(f"parties/{parties[0]['party']}").json() == parties[0]
    assert {one["kind"] for one in pages(reader, "parties", kind="donor")} == {"donor"}
    limited = next(one for one in parties if one["holding_limits"])
    assert "." in limited["holding_limits"][0]["amount"] or limited["holding_limits"][0]["unit"] in ("LAMP", "KRW")


def test_a_grant_is_traced_to_its_gifts(reader: Program):
    told = reader.get("trace/G01").json()
    assert (told["code"], told["trace"]["grant"]) == ("G01", "G01")
    assert told["trace"]["origins"]


def test_the_head_is_what_verify_takes(reader: Program):
    told = reader.get("head").json()
    head = read_head(told["text"].encode(), file="head")
    assert (head.number, head.root.hex(), head.bears_signature()) == (told["acts"], told["root"], True)
    assert told["unsigned"] == 0


def test_the_programme_and_its_units_are_told_and_that_it_is_a_rehearsal(reader: Program):
    told = reader.get("programme").json()
    assert (told["rehearsal"], told["reporting_unit"]) == (True, "USD")
    assert {one["unit"]: one["places"] for one in told["units"]}["CNY"] == 2


def test_books_without_a_programme_say_so():
    books.found()
    told = Program("READER", role="auditor").get("programme").json()
    assert (told["rehearsal"], told["name"], told["units"]) == (True, None, [])


@pytest.mark.parametrize(
    ("path", "questions"),
    [("holdings", 3), ("entries", 4), ("grants", 4), ("parties", 5), ("drafts", 3), ("tallies", 3), ("programme", 5)],
)
def test_a_page_asks_as_often_however_much_it_tells(
    reader: Program, path: str, questions: int, django_assert_max_num_queries: Callable[..., Any]
):
    reader.get(path)
    for most in (2, 20):
        with django_assert_max_num_queries(questions):
            assert reader.get(path, **({} if path == "programme" else {"most": most})).status_code == 200
