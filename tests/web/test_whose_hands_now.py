"""The page “Whose hands now”, as whoever opens it sees it."""

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from django.db import OperationalError
from sqlcipher3 import dbapi2 as driver

from tallystick.journal.queries import head_of
from tallystick.vault.keys import unlocked
from tallystick.web import page as pages
from tallystick.web.hands import page as hands
from tests.books import LAMPS, POSTED_AT, found, post, take, without_moves
from tests.core import lamps as folder
from tests.questions import Questions
from tests.signing_in import signed_in

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands.timezone, "now", lambda: NOW)


def read(path: str = "/") -> str:
    """The page's words, tags left out and gaps closed."""
    html = signed_in().get(path).content.decode()
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def table(html: str, name: str) -> list[list[str]]:
    """The rows of the table of this class, cell by cell."""
    body = re.search(rf'<table class="[^"]*\b{name}\b.*?</table>', html, flags=re.DOTALL)
    assert body is not None
    rows = re.findall(r"<tr.*?</tr>", body[0], flags=re.DOTALL)
    return [
        [
            re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", cell))).strip()
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, flags=re.DOTALL)
        ]
        for row in rows
    ]


def test_every_custodian_is_shown_with_what_it_holds(lamps: None):
    words = read()
    for row in folder.rows("expected/holdings.csv"):
        if folder.kinds().get(row["holder"], "").startswith("custodian:"):
            whole, point, decimals = row["amount"].partition(".")
            assert f"{row['unit']} {int(whole):,}{point}{decimals}" in words


def test_a_hand_is_shown_with_its_age_and_how_full_it_is(lamps: None):
    rows = table(signed_in().get("/").content.decode(), "hands")
    assert ["HERON agent, Yanji", "SHOPS", "CNY 27,232.58", "4 Sep 2014 11 years", "34 % of CNY 90,000.00"] in rows


def test_custodians_stand_in_the_order_of_the_way(lamps: None):
    rows = table(signed_in().get("/").content.decode(), "hands")[1:]
    assert [row[0].split()[0] for row in rows if len(row) > 3 and "," in row[0]] == [
        "OFFICE",
        "CRANE",
        "HERON",
        "WAGTAIL",
        "KILN",
    ]


def test_nothing_on_the_road_is_said_in_words(lamps: None):
    assert "Nothing is on the road" in read()


def test_an_open_tally_is_shown_with_both_its_hands(lamps_on_the_road: None):
    rows = table(signed_in().get("/").content.decode(), "tallies")
    assert rows[1:] == [["T1", "CRANE → WAGTAIL", "SHOPS, G05", "CNY 9,876.54", "5 Mar 2016 9 years"]]


def test_every_unit_adds_up_to_nothing(lamps_on_the_road: None):
    rows = table(signed_in().get("/").content.decode(), "closing")
    assert {row[0]: row[-1] for row in rows[1:]} == {
        "CNY": "0.00", "FERT": "0.000", "KRW": "0", "LAMP": "0", "TRUCK25": "0", "USD": "0.00",
    }  # fmt: skip
    assert "127 moves in 99 entries" in read()


def test_the_table_of_a_river_has_a_row_for_every_band_of_its_picture(lamps_on_the_road: None):
    html = signed_in().get("/how-it-got-there").content.decode()
    pictures = re.findall(r'<svg class="picture lying".*?</svg>', html, flags=re.DOTALL)
    assert len(pictures) == 2
    tables = re.findall(r'<table class="plain streams">.*?</table>', html, flags=re.DOTALL)
    for picture, drawn in zip(pictures, tables, strict=True):
        bands = re.findall(r"<path[^>]*><title>(.*?)</title>", picture)
        rows = [[unescape(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in drawn.split("<tr>")[2:]]
        said = [f"{giver} → {taker}, {earmark or 'all earmarks'}" for giver, taker, earmark, _ in rows]
        assert sorted(unescape(band).rpartition(": ")[0] for band in bands) == sorted(said)
        assert sorted(band.split()[-1] for band in bands) == sorted(row[3] for row in rows)


def test_everyone_who_touched_a_river_has_a_row_of_their_own(lamps: None):
    rows = table(signed_in().get("/how-it-got-there/hand-by-hand?rows=50").content.decode(), "shores")
    assert rows[0] == [
        "Holder",
        "Came in",
        "Exchange difference",
        "Passed on",
        "Commission",
        "Costs",
        "Informal payments",
        "Lost",
        "Holds",
    ]
    assert {f"R{number:02}" for number in (1, 2, 3, 4, 5, 6, 7, 9, 12)} <= {row[0] for row in rows}
    assert ["MAGPIE", "36,100.00", "0.00", "32,675.00", "3,425.00", "0.00", "0.00", "0.00", "0.00"] in rows


def test_pictures_have_a_title_and_a_description(lamps: None):
    html = signed_in().get("/how-it-got-there").content.decode()
    for names in re.findall(r'<svg class="picture[^>]*aria-labelledby="([^"]*)"', html):
        assert all(f'id="{name}"' in html for name in names.split())
    assert html.count('class="picture') == 4


def test_the_whole_is_told_in_its_parts(lamps: None):
    words = read()
    assert "Of USD 72,195.12 given" in words
    assert "in custodians’ hands 43,411.50" in words
    assert "lost 1,698.17" in words
    assert "Rounding leaves −0.01 between the parts and the whole." in words


def test_the_rehearsal_says_so_on_every_page(lamps: None):
    assert "Rehearsal. Invented people, places and money" in read()


def test_the_footer_names_the_head_of_the_journal(lamps: None):
    head = head_of(unlocked().office)
    words = read()
    assert f"ends with act {head.number}, digest {head.digest.hex()[:16]}…" in words


def test_a_page_asks_the_books_as_often_whatever_they_hold(lamps: None):
    browser = signed_in()
    browser.get("/")
    post("H0   2 March   handover   OFFICE → MAGPIE   USD 1.00   SHOPS")
    with Questions() as before:
        browser.get("/")
    lines = [f"H{number}   {number + 2} March   handover   OFFICE → MAGPIE   USD 1.00   SHOPS" for number in range(1, 20)]
    post("\n".join([*lines, "T1   25 March   dispatch   CRANE → WAGTAIL   CNY 9.00   SHOPS   G05   REH-MONEY"]))
    with Questions() as after:
        browser.get("/")
    assert len(after) == len(before) <= 35


def test_nobody_keeps_a_copy_of_the_page(lamps: None):
    assert signed_in().get("/")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_the_page_can_only_be_read(lamps: None, method: str):
    answer = getattr(signed_in(), method)("/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_a_head_is_a_page_without_its_body(lamps: None):
    answer = signed_in().head("/")
    assert (answer.status_code, answer.content) == (200, b"")


def test_the_page_has_no_script_and_no_style_of_its_own(lamps_on_the_road: None):
    html = signed_in().get("/").content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert " style=" not in html
    assert "<style" not in html
    assert not re.search(r'(href|src)="(https?:)?//', html)


def test_books_without_a_programme_say_how_to_get_one(db: None):
    found()
    assert "tallystick import FOLDER" in read()


def test_a_programme_in_which_nothing_moved_says_so(db: None, tmp_path: Path):
    found()
    take(without_moves(LAMPS, tmp_path / "still"))
    assert "Nothing has moved yet." in read()


def test_a_custodian_beyond_its_limit_fills_its_gauge_and_no_more(lamps: None):
    from tallystick.reports.holdings import Holding
    from tallystick.web.hands.holdings import hand_rows

    full = Holding("HERON", "custodian:agent", "Yanji", "CNY", 2, "SHOPS", 12000, POSTED_AT, 10000)
    (row,) = hand_rows([full], order=["HERON"], now=NOW)
    assert row.gauge is not None
    assert (row.gauge.percent, row.gauge.filled) == (120, 100)


def test_books_that_do_not_close_would_be_seen_to(lamps: None):
    from tallystick.web.hands.closing import closings

    (closing,) = closings({("CNY", "custodian:agent"): 1}, places={"CNY": 2})
    assert (closing.total, closing.is_closed) == ("0.01", False)


def test_an_address_that_is_none_is_answered_in_the_same_style(db: None):
    answer = signed_in().get("/nowhere")
    assert answer.status_code == 404
    assert "Nothing is here" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_a_refusal_is_shown_in_its_words(lamps: None, monkeypatch: pytest.MonkeyPatch):
    from tallystick.reports.trace import NothingToTrace

    def refuse() -> None:
        raise NothingToTrace(asked="H0005")

    monkeypatch.setattr(hands, "waters", refuse)
    answer = signed_in().get("/")
    assert answer.status_code == 409
    assert "“H0005” is no earmark, no grant and no tally of these books." in unescape(answer.content.decode())


def test_a_fault_shows_nothing_of_the_books(lamps: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    def fail() -> None:
        raise ZeroDivisionError("HERON held CNY 27,232.58")

    monkeypatch.setattr(hands, "waters", fail)
    answer = signed_in().get("/")
    assert answer.status_code == 500
    assert "This page could not be made" in answer.content.decode()
    assert "HERON" not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert [record.name for record in caplog.records if record.name == pages.__name__]


def test_a_database_that_is_out_of_reach_is_told_in_words(lamps: None, monkeypatch: pytest.MonkeyPatch):
    def locked() -> None:
        problem = driver.OperationalError("HERON's row is locked")
        problem.sqlite_errorcode = driver.SQLITE_BUSY
        raise OperationalError("HERON") from problem

    monkeypatch.setattr(hands, "waters", locked)
    answer = signed_in().get("/")
    assert answer.status_code == 503
    assert "The books are busy" in unescape(answer.content.decode())
    assert "HERON" not in answer.content.decode()
