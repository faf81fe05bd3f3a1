"""Every command: its help shows an example, its JSON parses, its exit status is honest, and a rehearsal says that it is one."""

import json
import re
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import click
import pytest
from django.db import connection, transaction

from tallystick.ops import command as commands
from tallystick.ops import questions
from tests import books
from tests.bundles import tampering
from tests.bundles.tampering import tampered

pytestmark = pytest.mark.django_db

Tell = Callable[..., CompletedProcess[str]]
BANNER = "REHEARSAL: invented people and places"
NAMES = [
    "init", "import", "export", "holdings", "delivered", "trace", "staff", "verify", "head", "replay", "beancount", "migrate", "doctor",
    "partition", "serve", "demo",
]  # fmt: skip
ASKED: dict[str, tuple[str, ...]] = {
    "import": ("import", str(books.LAMPS)),
    "holdings": ("holdings",),
    "holdings then": ("holdings", "--at", "2014-12-31"),
    "holdings by place": ("holdings", "--by", "place"),
    "holdings by earmark": ("holdings", "--by", "earmark"),
    "delivered": ("delivered",),
    "an earmark": ("trace", "SHOPS"),
    "a grant": ("trace", "G03"),
    "a tally": ("trace", "T0056"),
    "verify": ("verify",),
}


@pytest.fixture(scope="module", autouse=True)
def lamps(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with books.standing(django_db_blocker):
        books.found()
        books.take(books.LAMPS)
        yield


def test_the_commands_are_those_that_were_agreed() -> None:
    assert commands.tallystick.list_commands(click.Context(commands.tallystick)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_help_shows_an_example(capsys: pytest.CaptureFixture[str], name: str) -> None:
    with pytest.raises(SystemExit) as ended:
        commands.tallystick.main([name, "--help"], prog_name="tallystick")
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert f"Example: tallystick {name}" in said
    assert "--home DIR" in said
    assert "--json" in said


@pytest.mark.parametrize("words", ASKED.values(), ids=ASKED)
def test_an_answer_is_one_json_document(tell: Tell, words: tuple[str, ...]) -> None:
    told = tell(*words, "--json")
    assert (told.returncode, told.stderr) == (0, "")
    assert json.loads(told.stdout)["rehearsal"] is True


@pytest.mark.parametrize("words", ASKED.values(), ids=ASKED)
def test_an_answer_in_words_begins_with_the_rehearsal(tell: Tell, words: tuple[str, ...]) -> None:
    told = tell(*words)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines()[0].strip() == BANNER


@pytest.mark.parametrize("question", ["holdings", "delivered"])
def test_a_csv_keeps_the_rehearsal_out_of_the_way(tell: Tell, question: str) -> None:
    told = tell(question, "--csv")
    assert told.stderr.strip() == BANNER
    assert told.stdout == (books.LAMPS / "expected" / f"{question}.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", ["lamps", "lamps.xlsx", "lamps.beancount"])
def test_what_is_written_is_named_and_never_written_over(tell: Tell, tmp_path: Path, target: str) -> None:
    verb = "beancount" if target.endswith(".beancount") else "export"
    told = tell(verb, tmp_path / target, "--json")
    assert json.loads(told.stdout)["target"] == str(tmp_path / target)
    assert (tmp_path / target).exists()
    again = tell(verb, tmp_path / target, "--json")
    assert (again.returncode, json.loads(again.stdout)["code"]) == (1, "target_exists")
    assert [path.name for path in tmp_path.iterdir()] == [target], "nothing else is left behind"


@pytest.mark.parametrize("verb", ["export", "beancount"])
def test_a_target_that_cannot_be_written_is_said_in_words(tell: Tell, tmp_path: Path, verb: str) -> None:
    told = tell(verb, tmp_path / "no" / "such" / "folder")
    assert told.returncode == 1
    assert told.stderr.count("\n") == 1
    assert "cannot be written" in told.stderr


def test_nothing_is_exported_before_a_programme_is_there(tell: Tell, tmp_path: Path) -> None:
    with tampered(*tampering.WRITTEN_ONCE):
        tampering.run("DELETE FROM ledger_programme")
        told = tell("export", tmp_path / "lamps", "--json")
    assert (told.returncode, json.loads(told.stdout)["code"]) == (1, "nothing_to_export")


def test_books_that_are_not_proved_exit_with_1(tell: Tell) -> None:
    with tampered():
        tampering.run("UPDATE ledger_account SET balance = balance + 1 WHERE holder = 'HERON'")
        told, in_json = tell("verify"), tell("verify", "--json")
    assert told.returncode == in_json.returncode == 1
    assert "Not proved. The first act that does not hold comes first:" in told.stdout
    assert "the account of HERON in CNY for SHOPS has a balance of 2723259" in told.stdout
    said = json.loads(in_json.stdout)
    assert (said["done"], len(said["problems"]), said["problems"][0]["act"] > 0) == (False, 3, True)


def test_an_unknown_code_cannot_be_traced(tell: Tell) -> None:
    told = tell("trace", "G99", "--json")
    assert (told.returncode, json.loads(told.stdout)["code"]) == (1, "nothing_to_trace")


@pytest.mark.parametrize("when", ["soon", "2014-12-31T10:00:00", "2014-13-01"])
def test_a_moment_that_is_none_is_bad_input(tell: Tell, when: str) -> None:
    told = tell("holdings", "--at", when)
    assert told.returncode == 2
    assert f"“{when}" in told.stderr
    assert "Expected: " in told.stderr


@pytest.mark.parametrize("words", [("holdings", "--by", "colour"), ("trace",), ("serve", "--port", "70000"), ("fly",)])
def test_what_no_command_understands_is_bad_input(tell: Tell, words: tuple[str, ...]) -> None:
    assert tell(*words).returncode == 2


def test_a_day_means_its_end(tell: Tell) -> None:
    told = json.loads(tell("holdings", "--at", "2014-03-03", "--json").stdout)
    assert told["at"] == "2014-03-03T23:59:59.999999+00:00"
    assert [(one["holder"], one["amount"], one["limit"]) for one in told["holdings"]] == [
        ("HAEBARAGI", "-60000.00", None), ("OFFICE", "60000.00", "80000.00"),
    ]  # fmt: skip
    assert "Nobody holds anything" in tell("holdings", "--at", "2014-03-01").stdout


def test_the_end_of_time_is_now(tell: Tell) -> None:
    now, then = (json.loads(tell("holdings", "--json", *more).stdout) for more in ((), ("--at", "2100-01-01")))
    assert now["holdings"] == then["holdings"]


def test_a_fault_of_ours_is_said_without_a_value_and_exits_with_70(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "is_rehearsal", lambda: 1 // 0)
    monkeypatch.delenv("TALLYSTICK_TRACEBACK", raising=False)
    told = tell("holdings")
    assert (told.returncode, told.stdout) == (70, "")
    assert re.fullmatch(
        r"A fault of ours: ZeroDivisionError in test_commands\.py, line \d+\. Nothing was half done\.\n", told.stderr
    )


@pytest.mark.django_db(transaction=True)
def test_a_second_writer_is_told_of_the_first(tell: Tell) -> None:
    if connection.vendor != "sqlite":
        return  # it waits until the first has written
    holding, done = threading.Event(), threading.Event()
    writer = threading.Thread(target=hold_the_lock, args=(holding, done))
    writer.start()
    try:
        assert holding.wait(timeout=60)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50")
        told = tell("import", books.LAMPS, "--json")
        assert (told.returncode, json.loads(told.stdout)["code"]) == (1, "books_busy")
        assert tell("holdings").returncode == 0, "who reads is not kept waiting"
    finally:
        done.set()
        writer.join(timeout=60)
        connection.close()


def hold_the_lock(holding: threading.Event, done: threading.Event) -> None:
    try:
        with transaction.atomic():
            holding.set()
            done.wait(timeout=60)
    finally:
        connection.close()


def test_the_clock_is_asked_by_the_command_alone(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "now", lambda: datetime(2015, 6, 2, 1, tzinfo=UTC))
    assert "1 Jun 2015, 0 days" in tell("holdings").stdout
    assert sys.stdout.isatty() is False
