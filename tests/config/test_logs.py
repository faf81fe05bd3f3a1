"""What goes wrong is logged by its kind and its place, without the values it went wrong with."""

import logging
import logging.config
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError

from tallystick.config.logs import ValuelessFormatter


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


@pytest.mark.parametrize(
    ("failing", "kinds"),
    [
        (fail, ["builtins.KeyError", "django.db.utils.IntegrityError"]),
        (fail_twice, ["builtins.KeyError", "django.db.utils.IntegrityError", "builtins.ValueError"]),
        (fail_alone, ["builtins.ValueError"]),
    ],
)
def test_a_failure_is_logged_by_its_kind_and_place(failing: Callable[[], None], kinds: list[str]) -> None:
    caught = None
    try:
        failing()
    except Exception as failure:  # noqa: BLE001  (whatever it is, it is logged)
        caught = failure
    assert caught is not None
    record = logging.LogRecord("tallystick", logging.ERROR, __file__, 1, "no page", (), (type(caught), caught, None))
    lines = ValuelessFormatter().format(record).splitlines()
    assert [line for line in lines if line in kinds] == kinds
    assert "which led to:" in lines or len(kinds) == 1
    assert any(f"in {failing.__name__}" in line for line in lines)
    assert not any(line.startswith("Key (") or line.endswith(": Amina of the noodle shop") for line in lines)


def test_every_line_goes_to_the_terminal_through_that_formatter() -> None:
    assert {formatter["()"] for formatter in settings.LOGGING["formatters"].values()} == {
        "tallystick.config.logs.ValuelessFormatter"
    }
    assert {handler.get("class") for handler in settings.LOGGING["handlers"].values()} == {
        "logging.StreamHandler",
        "logging.NullHandler",
    }


@pytest.mark.django_db
def test_no_statement_is_ever_logged(capfd: pytest.CaptureFixture[str], django_assert_num_queries: Any) -> None:
    from django.db import connection

    with django_assert_num_queries(1), connection.cursor() as cursor:
        cursor.execute("SELECT %s", ["Amina of the noodle shop"])
    assert not logging.getLogger("django.db.backends").isEnabledFor(logging.DEBUG)
    assert capfd.readouterr() == ("", "")
