"""Everything that goes wrong or right, driven with words that must not come out, and the log that says nothing of them."""

import json
import logging
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import path

from tallystick.config.urls import urlpatterns as pages
from tallystick.core.refusal import Refusal
from tallystick.core.role import PAGES, TOKEN
from tallystick.ops.logbook import noted
from tallystick.web.page import page
from tests import books
from tests.bundles import tampering
from tests.config.test_logs import fail, logging_as

Lines = Callable[[], list[dict[str, Any]]]
SECRETS = ("Amina", "noodle shop", "hunger street", "H7741", "8264.31", "826431", "GULL-9")
"""A name, a purpose, a note, a reference, an amount in both its forms, and a code: none of them may ever be in a log."""


@page
def broken(request: Any) -> Any:
    """A page that fails with a name in its message."""
    name, amount = request.GET["name"], "8264.31"
    raise ValueError(f"{name} of the noodle shop holds {amount}")


@page
def refusing(request: Any) -> Any:
    raise NameTaken(name=request.GET["name"])


def unguarded(request: Any, name: str) -> Any:
    fail()


class NameTaken(Refusal):
    code = "name_taken"
    words = "{name} is taken."


urlpatterns = [
    path("broken", broken, name="broken"),
    path("refusing", refusing, name="refusing"),
    path("unguarded/<str:name>", unguarded, name="unguarded"),
    *pages,  # every page has a way to the others at its head
]
handler404, handler500 = "tallystick.web.page.not_found", "tallystick.web.page.fault"
WISHES = """
    H7741   3 March   handover   CRANE → GULL-9    CNY 8264.31   SHOPS   -   -   hunger street
    H7742   3 March   handover   CRANE → WAGTAIL   CNY 8264.31   SHOPS   -   -   hunger street
"""


@pytest.fixture
def lines(tmp_path: Path) -> Iterator[Lines]:
    """Everything is logged, down to the last word that a library would say; gives the lines, none of which holds a secret."""
    file = tmp_path / "office.log"

    def read() -> list[dict[str, Any]]:
        text = file.read_text(encoding="utf-8")
        assert [word for word in SECRETS if word.lower() in text.lower()] == []
        return [json.loads(line) for line in text.splitlines()]

    with logging_as(TALLYSTICK_LOG=str(file)):
        logging.getLogger().setLevel(logging.DEBUG)
        logging.getLogger("django.request").setLevel(logging.DEBUG)
        yield read


def test_pages_that_were_asked_for_leave_no_address_behind(
    lines: Lines, settings: Any, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ROOT_URLCONF = __name__
    for name in ("broken", "refusing", "unguarded"):
        monkeypatch.setitem(PAGES, name, TOKEN)  # nobody has to sign in to these
    client = Client(raise_request_exception=False)
    for address in ("broken?name=Amina", "refusing?name=Amina&at=H7741", "unguarded/Amina?8264.31", "people/Amina?q=GULL-9"):
        client.get(f"/{address}")
    client.post("/broken?name=Amina", {"note": "hunger street"})
    requests = [line for line in lines() if line["from"] == "tallystick.web.condition.requests"]
    assert [(line["page"], line["method"], line["status"]) for line in requests] == [
        ("broken", "get", 500), ("refusing", "get", 409), ("unguarded", "get", 500), ("none", "get", 404), ("broken", "post", 405),
    ]  # fmt: skip
    kinds = [line["fault"][-1]["kind"] for line in lines() if "fault" in line]
    assert kinds == ["builtins.ValueError", "django.db.utils.IntegrityError"]


def test_a_stranger_at_the_door_leaves_no_name_behind(lines: Lines, db: None) -> None:
    Client(headers={"host": "amina.example"}, raise_request_exception=False).get("/")
    assert [line["status"] for line in lines() if "status" in line] == [400]


def test_wishes_that_are_refused_or_fail_leave_no_value_behind(lines: Lines, db: None) -> None:
    books.found()
    books.take(books.LAMPS)
    for wish in (lambda: books.post(WISHES), lambda: tampering.run("SELECT 'Amina'::nothing"), fail):
        with suppress(Exception), noted(["import"]), transaction.atomic():
            wish()
    said = [(line["said"], line.get("refusal"), line.get("fault", [{}])[-1].get("kind")) for line in lines() if "said" in line]
    assert said[0] == ("A command was refused.", "entries_refused", None)
    assert said[2] == ("A command met a fault of ours.", None, "django.db.utils.IntegrityError")
    assert len(said) == 3


@pytest.mark.parametrize(
    ("end", "status"), [(SystemExit(2), 2), (SystemExit(), 0), (SystemExit("Amina"), 0), (KeyboardInterrupt(), 0)]
)
def test_a_command_that_ended_is_noted_with_its_status(
    lines: Lines, monkeypatch: pytest.MonkeyPatch, end: BaseException, status: int
) -> None:
    monkeypatch.setattr(sys, "argv", ["tallystick", "import", "Amina"])
    with pytest.raises(type(end)), noted(["import"]):
        raise end
    (line,) = lines()
    assert (line["said"], line["command"], line["status"]) == ("A command ended.", "import", status)


def test_a_word_that_is_no_command_is_not_noted(lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["tallystick", "amina"])
    with pytest.raises(SystemExit), noted(["import"]):
        raise SystemExit(2)
    assert "command" not in lines()[0]


def test_an_import_of_another_process_is_silent_about_what_it_took_in(
    run_tallystick: Callable[..., subprocess.CompletedProcess[str]], home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "commands.log"
    folder = books.without_moves(books.LAMPS, tmp_path / "Amina")
    with (folder / "moves.csv").open("a", encoding="utf-8") as moves:
        moves.write("2016-03-01T09:00:00+09:00,H7741,gift,PARISH,OFFICE,KRW,826431,STALLS,,,hunger street\n")
    environment = {"TALLYSTICK_LOG": str(file)}
    assert run_tallystick("init", "--rehearsal", home=home, environment=environment).returncode == 0
    taken = run_tallystick("import", folder, home=home, environment=environment)
    assert (taken.returncode, taken.stderr) == (0, "")
    text = file.read_text(encoding="utf-8")
    assert [word for word in SECRETS if word.lower() in text.lower()] == []
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
