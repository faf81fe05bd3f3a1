"""Health and metrics: not there unless a token was set and is shown, and saying nothing of who or how much."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from tallystick.config.monitoring import MonitorTokenTooShort, monitor_token
from tallystick.web.condition import page as pages
from tallystick.web.condition import readings
from tallystick.web.condition.requests import Requests
from tests import books
from tests.signing_in import signed_in
from tests.web.metrics_reading import Read, read_metrics

TOKEN = "a token that was drawn by chance"
ADDRESSES = ("/health", "/health/live", "/metrics")
NAMES = re.compile("HERON|WAGTAIL|SHOPS|REH-MONEY|G03|CNY")


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Requests:
    """A process that has answered nothing and counted nothing yet."""
    answered = Requests()
    monkeypatch.setattr("tallystick.web.condition.requests.answered", answered)
    monkeypatch.setattr(readings, "answered", answered)
    monkeypatch.setattr(readings, "move_count", readings.MoveCount())
    return answered


@pytest.fixture
def ask(settings: Any) -> Callable[[str], Any]:
    """Asks as a monitoring program does that was given the token."""
    settings.MONITOR_TOKEN = TOKEN
    return Client(headers={"authorization": f"Bearer {TOKEN}"}).get


@pytest.fixture
def scrape(ask: Callable[[str], Any]) -> Callable[[], Read]:
    def read() -> Read:
        answer = ask("/metrics")
        assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
        return read_metrics(answer.content.decode())

    return read


# Who is told.


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_there_unless_a_token_was_set(db: None, address: str) -> None:
    for headers in ({}, {"authorization": "Bearer "}, {"authorization": f"Bearer {TOKEN}"}):
        assert Client(headers=headers).get(address).status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "said", ["", "Bearer", "Bearer ", TOKEN, f"Bearer {TOKEN} ", f"bearer {TOKEN}", "Bearer \xe9", f"Basic {TOKEN}"]
)
def test_nothing_is_there_for_whoever_does_not_show_the_token(db: None, settings: Any, address: str, said: str) -> None:
    settings.MONITOR_TOKEN = TOKEN
    nowhere, here = Client().get("/nowhere"), Client(headers={"authorization": said}).get(address)
    assert (here.status_code, here.content) == (404, nowhere.content)
    assert Client().get(f"{address}?token={TOKEN}").status_code == 404, "an address is kept in too many places to hold a token"


@pytest.mark.parametrize(
    ("given", "token"), [({}, ""), ({"TALLYSTICK_MONITOR_TOKEN": " "}, ""), ({"TALLYSTICK_MONITOR_TOKEN": f"{TOKEN}\n"}, TOKEN)]
)
def test_the_token_comes_from_the_environment(given: dict[str, str], token: str) -> None:
    assert monitor_token(given) == token


def test_a_token_that_could_be_guessed_is_refused_and_not_repeated() -> None:
    with pytest.raises(MonitorTokenTooShort) as refused:
        monitor_token({"TALLYSTICK_MONITOR_TOKEN": "herons"})
    assert "herons" not in f"{refused.value} {refused.value.expectation()} {refused.value.facts}"


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_condition_can_only_be_read_and_nobody_keeps_it(db: None, settings: Any, address: str) -> None:
    settings.MONITOR_TOKEN = TOKEN
    client = Client(headers={"authorization": f"Bearer {TOKEN}"})
    assert client.post(address).status_code == 405
    assert client.get(address)["Cache-Control"] == "no-store"


# Health.


def test_books_that_answer_are_ready(db: None, ask: Callable[[str], Any]) -> None:
    answer = ask("/health")
    assert (answer.status_code, json.loads(answer.content)) == (200, {"live": True, "ready": True})


def test_books_that_do_not_answer_are_not_ready_and_the_process_lives(
    db: None, ask: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "migrated", unreachable)
    answer = ask("/health")
    said = {"live": True, "ready": False, "reason": "the database does not answer"}
    assert (answer.status_code, json.loads(answer.content)) == (503, said)
    assert json.loads(ask("/health/live").content) == {"live": True}


@pytest.mark.parametrize("change", ["outstanding", "unknown"])
def test_books_of_another_release_are_not_ready(db: None, ask: Callable[[str], Any], change: str) -> None:
    recorder = MigrationRecorder(connection)
    if change == "outstanding":
        recorder.record_unapplied("ledger", "0002_written_once")
    else:
        recorder.record_applied("ledger", "0999_from_tomorrow")
    answer = ask("/health")
    said = {"live": True, "ready": False, "reason": "the tables are of another release"}
    assert (answer.status_code, json.loads(answer.content)) == (503, said)


def unreachable(**_: Any) -> Any:
    raise OperationalError("could not connect to amina@books.example")


# Metrics.


def test_metrics_say_how_much_there_is_in_the_books(lamps: None, scrape: Callable[[], Read]) -> None:
    read = scrape()
    assert {name: read.value(name) for name in ("acts_total", "entries_total", "moves_total", "unsigned_acts")} == {
        "acts_total": 206, "entries_total": 98, "moves_total": 126, "unsigned_acts": 0,
    }  # fmt: skip
    assert read.value("books_answer") == 1


def test_acts_that_nobody_signed_are_counted(lamps_on_the_road: None, scrape: Callable[[], Read]) -> None:
    assert scrape().value("unsigned_acts") == 1


def test_the_checkpoint_ages(lamps: None, scrape: Callable[[], Read], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages.timezone, "now", lambda: books.TAKEN_AT + timedelta(hours=5))
    assert scrape().value("checkpoint_age_seconds") == 5 * 3600


def test_books_without_a_checkpoint_have_no_age_of_one(db: None, scrape: Callable[[], Read]) -> None:
    read = scrape()
    assert read.value("acts_total") == 0
    assert read.value("checkpoint_age_seconds") is None


def test_moves_are_counted_once_and_after_that_only_those_that_came(
    lamps: None, scrape: Callable[[], Read], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, int]] = []
    between = readings.moves_between
    monkeypatch.setattr(readings, "moves_between", lambda *bounds: asked.append(bounds) or between(*bounds))
    assert scrape().value("moves_total") == 126
    books.post("H1   3 March   handover   CRANE → WAGTAIL   CNY 100.00   SHOPS")
    assert scrape().value("moves_total") == 127
    assert asked == [(0, 206), (206, 207)]


def test_many_moves_are_counted_in_pieces_and_told_when_all_are(
    lamps: None, scrape: Callable[[], Read], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "PIECE", 100)
    assert [scrape().value("moves_total") for _ in range(4)] == [None, None, 126, 126]


def test_books_that_were_put_back_are_counted_anew(lamps: None) -> None:
    count = readings.MoveCount()
    assert (count.up_to(206), count.up_to(150)) == (126, readings.moves_between(0, 150))


def test_books_that_do_not_answer_leave_the_rest_of_the_metrics(
    db: None, scrape: Callable[[], Read], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "act_count", unreachable)
    read = scrape()
    assert read.value("books_answer") == 0
    assert {sample.name for sample in read.samples} == {"tallystick_books_answer"}
    assert read.kinds["tallystick_request_seconds"] == "histogram"


def test_requests_are_counted_by_page_and_status(lamps: None, scrape: Callable[[], Read]) -> None:
    client = signed_in()
    for address in ("/", "/", "/nowhere/Amina", "/static/web/page.css", "/metrics"):
        b"".join(client.get(address))  # a style sheet is an open file until it is read
    client.post("/")
    scrape()
    assert scrape().counts("request_seconds") == {
        ("whose-hands-now", "200"): 2, ("whose-hands-now", "405"): 1, ("none", "404"): 1, ("static", "200"): 1,
        ("metrics", "404"): 1, ("metrics", "200"): 1,
    }  # fmt: skip


def test_no_label_and_no_line_names_anybody(lamps_on_the_road: None, ask: Callable[[str], Any]) -> None:
    for address in ("/", "/trace/G03", "/HERON?unit=CNY"):
        signed_in().get(address)
    text = ask("/metrics").content.decode()
    assert not NAMES.search(text)
    assert set(re.findall(r'(\w+)="', text)) == {"page", "status", "le"}


def test_metrics_ask_the_books_as_often_whatever_they_hold(
    lamps: None, ask: Callable[[str], Any], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(5):
        ask("/metrics")
    books.post("\n".join(f"H{day}   {day + 2} March   handover   OFFICE → MAGPIE   USD 1.00   SHOPS" for day in range(1, 20)))
    with django_assert_max_num_queries(5):
        ask("/metrics")


@pytest.fixture
def clocked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """A clock that gives the moments in this list one after the other."""
    moments: list[float] = []
    monkeypatch.setattr("tallystick.web.condition.requests.perf_counter", lambda: moments.pop(0))
    return moments


def test_how_long_an_answer_took_falls_into_its_bucket(db: None, fresh: Requests, clocked: list[float], settings: Any) -> None:
    clocked += [0.0, 0.005, 10.0, 10.3, 20.0, 90.0]
    for _ in range(3):
        Client().get("/health")
    (spread,) = fresh.spreads()
    assert [place for place, count in enumerate(spread.counts) if count] == [0, 6, 11]
    assert spread.total == pytest.approx(70.305)
