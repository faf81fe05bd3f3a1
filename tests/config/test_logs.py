"""The log says what happened, by kind and place, and nothing that stands in the books."""

import ast
import json
import logging
import logging.config
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection

from tallystick.config.logs import FIELDS, PACKAGE, LineFormatter, LogUnwritable, logging_for
from tests.house.source import product
from tests.questions import asking

LOGGER = re.compile(r"(log|logger|logging)\.(debug|info|warning|error|critical|exception)")


def fail() -> None:
    try:
        raise KeyError("Amina of the noodle shop")
    except KeyError as cause:
        raise IntegrityError("Key (party)=(Amina of the noodle shop) already exists.") from cause


def fail_twice() -> None:
    try:
        fail()
    except IntegrityError:
        raise ValueError("Amina of the noodle shop")  # noqa: B904  (the context, not the cause, is what is tried)


def fail_alone() -> None:
    try:
        fail()
    except IntegrityError:
        raise ValueError("Amina of the noodle shop") from None


def line_of(record: logging.LogRecord) -> dict[str, Any]:
    text = LineFormatter().format(record)
    assert "\n" not in text
    read: dict[str, Any] = json.loads(text)
    return read


def record(said: object, *values: object, name: str = "tallystick.web", fault: BaseException | None = None) -> logging.LogRecord:
    told = (type(fault), fault, None) if fault else None
    return logging.LogRecord(name, logging.ERROR, __file__, 7, said, values, told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("failing", "kinds"),
    [
        (fail, ["builtins.KeyError", "django.db.utils.IntegrityError"]),
        (fail_twice, ["builtins.KeyError", "django.db.utils.IntegrityError", "builtins.ValueError"]),
        (fail_alone, ["builtins.ValueError"]),
    ],
)
def test_a_failure_is_logged_by_its_kind_and_its_way_through_the_code(failing: Callable[[], None], kinds: list[str]) -> None:
    with pytest.raises((IntegrityError, ValueError)) as caught:
        failing()
    line = line_of(record("A page could not be made.", fault=caught.value))
    assert [one["kind"] for one in line["fault"]] == kinds
    assert any(place.endswith(f" {failing.__name__}") for place in line["fault"][-1]["way"])
    assert all(place.startswith("test_logs.py:") for one in line["fault"] for place in one["way"])
    assert "Amina" not in json.dumps(line)


def test_a_failure_that_caused_itself_is_told_once() -> None:
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert [told["kind"] for told in line_of(record("Odd.", fault=one))["fault"]] == ["builtins.KeyError", "builtins.ValueError"]


def test_our_own_sentence_is_said_without_what_would_fill_it() -> None:
    assert line_of(record("A page for %s.", "Amina"))["said"] == "A page for %s."


def test_of_others_only_the_place_is_said() -> None:
    line = line_of(record("Not Found: /people/Amina", name="django.request"))
    assert line == {"at": line["at"], "level": "error", "from": "django.request", "place": "test_logs.py:7"}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("status", 200, 200), ("milliseconds", 12.5, 12.5), ("method", "GET", "get"), ("page", "whose-hands-now", "whose-hands-now"),
        ("page", "Amina of the noodle shop", "?"), ("refusal", "holding_too_small", "holding_too_small"), ("page", "a" * 61, "?"),
        ("page", "", "?"), ("command", b"import", "?"), ("count", None, None),
    ],
)  # fmt: skip
def test_a_field_is_a_number_or_a_name_of_ours(field: str, value: object, said: object) -> None:
    one = record("A request was answered.")
    setattr(one, field, value)
    assert line_of(one).get(field) == said


def test_a_field_that_is_not_on_the_list_is_not_written() -> None:
    one = record("A request was answered.")
    one.party = "Amina"
    assert "party" not in FIELDS
    assert "party" not in line_of(one)


def test_a_line_says_when_in_utc() -> None:
    one = record("A request was answered.")
    one.created = 1_767_600_000.25
    assert line_of(one)["at"] == "2026-01-05T08:00:00.250Z"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (str(PACKAGE / "ledger" / "post.py"), "tallystick/ledger/post.py"),
        ("/srv/amina/tallystick/.venv/lib/python3.12/site-packages/django/db/utils.py", "django/db/utils.py"),
        ("/srv/amina/anything.py", "anything.py"),
        ("<string>", "<string>"),
    ],
)
def test_a_file_is_named_without_the_folders_of_this_machine(path: str, said: str) -> None:
    one = record("A request was answered.")
    one.pathname = path
    assert line_of(one)["place"] == f"{said}:7"


def told_in(tree: ast.Module) -> Iterator[ast.expr]:
    """What is said first in each call of a logger."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    yield from (call.args[0] for call in calls if LOGGER.fullmatch(ast.unparse(call.func)))


def test_what_we_say_in_the_log_is_always_a_fixed_sentence() -> None:
    said = [(module.name, one) for module in product() for one in told_in(module.tree)]
    assert len(said) > 3
    assert [
        f"{name}:{one.lineno}" for name, one in said if not (isinstance(one, ast.Constant) and isinstance(one.value, str))
    ] == []
    assert [type(one) for one in told_in(ast.parse("log.info(f'{name} came')"))] == [ast.JoinedStr]


# Where the lines go.


@contextmanager
def logging_as(**environ: str) -> Iterator[None]:
    """Logging as a process with this environment has it; what was there before comes back."""
    try:
        logging.config.dictConfig(logging_for(environ))
        yield
    finally:
        logging.config.dictConfig(settings.LOGGING)


def test_the_settings_log_as_this_environment_asks() -> None:
    assert logging_for(os.environ) == settings.LOGGING


@pytest.mark.parametrize(("where", "levels"), [("", (logging.INFO, logging.CRITICAL)), ("stderr", (logging.INFO, logging.INFO))])
def test_pages_are_logged_and_a_command_only_where_it_is_asked_for(where: str, levels: tuple[int, int]) -> None:
    with logging_as(TALLYSTICK_LOG=where):
        names = ("tallystick.web.condition.requests", "tallystick.ops.logbook")
        assert tuple(logging.getLogger(name).getEffectiveLevel() for name in names) == levels


@pytest.mark.parametrize(("where", "count"), [("off", 0), ("", 1), ("stderr", 1)])
def test_lines_go_to_standard_error_or_nowhere(where: str, count: int, capfd: pytest.CaptureFixture[str]) -> None:
    with logging_as(TALLYSTICK_LOG=where):
        logging.getLogger("tallystick.web").error("A page could not be made.")
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", count)


def test_a_log_file_is_its_owners_alone_and_is_added_to(tmp_path: Path) -> None:
    file = tmp_path / "office.log"
    for _ in range(2):
        with logging_as(TALLYSTICK_LOG=str(file)):
            logging.getLogger("tallystick.web").error("A page could not be made.")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [json.loads(line)["said"] for line in file.read_text().splitlines()] == ["A page could not be made."] * 2


def test_a_log_file_that_was_moved_away_is_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "office.log"
    with logging_as(TALLYSTICK_LOG=str(file)):
        for moved in (True, False):
            logging.getLogger("tallystick.web").error("A page could not be made.")
            if moved:
                file.rename(tmp_path / "office.log.1")
    assert file.read_text().count("\n") == (tmp_path / "office.log.1").read_text().count("\n") == 1


@pytest.mark.parametrize("name", ["no/such/folder/office.log", "."])
def test_a_log_that_cannot_be_written_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(LogUnwritable):
        logging_for({"TALLYSTICK_LOG": str(tmp_path / name)})


@pytest.mark.django_db
def test_no_statement_is_ever_logged(capfd: pytest.CaptureFixture[str]) -> None:
    with asking(1), connection.cursor() as cursor:
        cursor.execute("SELECT %s", ["Amina of the noodle shop"])
    assert not logging.getLogger("django.db.backends").isEnabledFor(logging.DEBUG)
    assert capfd.readouterr() == ("", "")
