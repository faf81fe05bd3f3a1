"""The page “Today”, as whoever begins the day with it sees it."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from tallystick.reports.river import waters
from tallystick.reports.turnout import turnouts
from tallystick.web.today import page as todays
from tests.books import found, post
from tests.questions import Questions
from tests.signing_in import says, signed_in
from tests.web.test_desk import GIFT, TAKING_BACK
from tests.web.test_whose_hands_now import table

pytestmark = pytest.mark.django_db
NOW = datetime(2016, 3, 25, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(todays.timezone, "now", lambda: NOW)


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", says(answer)))


def card(name: str, answer: Any) -> str:
    """The words of one card."""
    found = re.search(rf'<section class="card[^"]*" aria-labelledby="{name}-title">.*?</section>', says(answer), flags=re.DOTALL)
    assert found is not None
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0]))


def test_what_was_delivered_and_kept_is_what_the_river_brought(lamps: None):
    found = waters()
    whole, main = turnouts(found.valuation).whole, found.main()
    assert main is not None
    where = found.whereabouts(main)
    assert whole.delivered == where.reached
    assert whole.lost == where.lost
    assert (whole.commission, whole.costs) == (where.commission, where.cost + where.informal)


def test_hands_are_told_by_age_with_their_sum(lamps: None):
    post("H1   20 March   handover   OFFICE → MAGPIE   USD 100.00   SHOPS")
    rows = {row[0]: row[1:-1] for row in table(says(signed_in().get("/today")), "ages")}
    assert rows["MAGPIE"] == ["100.00", "100.00", "", "", ""]
    assert rows["HERON"] == ["5,010.65", "", "", "", "5,010.65"]
    assert rows["All"][1] == "100.00"
    assert rows["LAMP has no rate, counted apart"][0] == "20"


def test_more_hands_than_there_is_room_for_are_told_together(lamps: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(todays, "MOST_HANDS", 1)
    rows = {row[0]: row[1:-1] for row in table(says(signed_in().get("/today")), "ages")}
    assert set(rows) == {"Custodian", "OFFICE", "3 other hands", "All", "LAMP has no rate, counted apart"}


def test_a_tally_is_late_once_it_is_open_for_longer_than_its_leg_takes(lamps: None):
    assert "Nothing on the road is late." in card("late", signed_in().get("/today"))
    post("T1   23 March   dispatch   CRANE → WAGTAIL   CNY 90.00   SHOPS   G05   REH-MONEY")
    assert "Nothing on the road is late." in card("late", signed_in().get("/today")), "its leg takes two days"
    post("T2   22 March   dispatch   CRANE → WAGTAIL   CNY 80.00   SHOPS   G05   REH-MONEY")
    assert "T2 CRANE → WAGTAIL CNY 80.00 3 days 2 days" in card("late", signed_in().get("/today"))


def test_many_late_tallies_are_cut_and_counted(lamps: None):
    post(
        "\n".join(
            f"T{one}   {one} March   dispatch   CRANE → WAGTAIL   CNY 1.00   SHOPS   G05   REH-MONEY" for one in range(1, 14)
        )
    )
    assert "3 more are late." in card("late", signed_in().get("/today"))


def test_headroom_is_told_with_what_is_to_be_seen_to(lamps: None):
    told = card("headroom", signed_in().get("/today"))
    assert "REH-MONEY USD 70,000.00 37,500.00" in told
    assert "REH-TRUCK no longer valid" in told
    assert "REH-GOODS nearly used up" in told


def test_losses_are_told_by_cause_less_what_was_recovered(lamps: None):
    told = card("losses", signed_in().get("/today"))
    assert "seizure 1,698.17 CNY 10,500.00" in told
    assert "shortfall" not in told, "CRANE made it good"


def test_months_tell_how_much_of_each_dollar_arrived(lamps: None):
    answer = signed_in().get("/today")
    told = card("months", answer)
    assert "March 2014 3,638.93 1,706.50 0.681" in told
    assert "All months 17,741.56 9,829.08 0.643" in told
    assert 'data-value="3638.93"' in says(answer)


def test_what_waits_stands_first(lamps: None):
    bookkeeper, lead = signed_in("WREN", roles=("bookkeeper",)), signed_in()
    assert "Nothing waits for you." in card("waiting", lead.get("/today"))
    bookkeeper.post("/entries/gift", GIFT | {"step": "say"})
    bookkeeper.post("/entries/reversal", TAKING_BACK | {"step": "say"})
    assert "An entry taken back G9 asked for by WREN" in card("waiting", lead.get("/today"))
    assert "Nothing waits for you." in card("waiting", bookkeeper.get("/today"))


def test_the_river_is_asked_for_afterwards_and_a_link_away_without_scripts(lamps: None):
    shown = says(signed_in().get("/today"))
    assert '<div hx-get="/how-it-got-there" hx-trigger="intersect once" hx-select="figure.river:first-of-type"' in shown
    assert '<a href="/how-it-got-there">Every river' in shown


def test_books_without_a_programme_say_how_to_get_one(db: None):
    found()
    assert "tallystick import FOLDER" in words(signed_in().get("/today"))


def test_a_sponsor_is_led_to_what_was_delivered(lamps: None):
    answer = signed_in("WREN", roles=("sponsor",)).get("/today")
    assert (answer.status_code, answer["Location"]) == (302, "/delivered")


def test_the_page_asks_the_books_as_often_whatever_they_hold(lamps: None):
    browser = signed_in()
    browser.get("/today")

    def asked() -> int:
        with Questions() as questions:
            browser.get("/today")
        return len(questions)

    post("T0   2 March   dispatch   CRANE → WAGTAIL   CNY 9.00   SHOPS   G05   REH-MONEY")
    before = asked()
    post(
        "\n".join(
            f"T{one}   {one + 2} March   dispatch   CRANE → WAGTAIL   CNY 9.00   SHOPS   G05   REH-MONEY" for one in range(1, 21)
        )
    )
    assert asked() == before
