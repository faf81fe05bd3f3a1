"""`tallystick doctor` in a process of its own: on books that do not open, and as a person reads it."""

import io
import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from rich.console import Console

from tallystick.ops.doctor.command import listing, verdict
from tallystick.ops.doctor.examination import examine
from tallystick.ops.doctor.finding import Finding, Standing
from tallystick.vault.keys import Keyring
from tests.conftest import CLUSTER
from tests.journeys.desk import Desk

LOOK = Standing.LOOK
DOCTOR = """
from tallystick.ops import command
from tallystick.ops.doctor.command import doctor
command.tallystick.add_command(doctor)
command.main()
"""


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"), request.config.stash.get(CLUSTER, None))


@pytest.fixture(scope="module")
def made(desk: Desk) -> Path:
    """Books of one office, with nothing in them."""
    home = desk.new()
    assert desk.run("init", "--rehearsal", home=home).returncode == 0
    return home


@pytest.fixture
def home(desk: Desk, made: Path) -> Path:
    """Books of which a test may do with what it likes."""
    return desk.copy(made)


def tell(desk: Desk, home: Path, *words: str, flags: tuple[str, ...] = (), **more: str) -> subprocess.CompletedProcess[str]:
    """`tallystick doctor`, in a process of its own."""
    command = [sys.executable, *flags, "-c", DOCTOR, "doctor", *words, "--home", str(home)]
    given = {name: value for name, value in desk.environment(home, **more).items() if value}
    return subprocess.run(command, env=given, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120)


def found_in(desk: Desk, home: Path, **how: Any) -> dict[str, str]:
    """What was said of each topic, of books that do not open."""
    told = tell(desk, home, "--json", **how)
    assert (told.returncode, told.stderr) == (1, ""), told.stderr
    document = json.loads(told.stdout)
    assert (document["done"], document["rehearsal"]) == (False, None)
    return {one["topic"]: one["words"] for one in document["findings"]}


def test_books_of_a_person_are_well_in_a_process_of_their_own(desk: Desk, home: Path) -> None:
    told = json.loads(tell(desk, home, "--json").stdout)
    assert (told["rehearsal"], [one["standing"] for one in told["findings"] if one["topic"] == "books"]) == (True, ["ok"])


def test_a_home_that_is_not_there_is_said(desk: Desk, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    found = found_in(desk, nowhere)
    assert (found["home"], found["books"]) == (
        f"There is no folder {nowhere}.", f"The books do not open. {nowhere} holds no keys of an office.",
    )  # fmt: skip
    assert not nowhere.exists()


@pytest.mark.parametrize(("passphrase", "words"), [("", "No passphrase was given"), ("another one", "does not open the keys")])
def test_a_passphrase_that_opens_nothing_is_said_and_the_rest_is_looked_at(
    desk: Desk, home: Path, tmp_path: Path, passphrase: str, words: str
) -> None:
    (tmp_path / "other").write_text(passphrase)
    (tmp_path / "other").chmod(0o600)
    found = found_in(desk, home, TALLYSTICK_PASSPHRASE_FILE=str(tmp_path / "other") if passphrase else "")
    assert words in found["books"]
    assert {"programs", "home", "keys", "disk", "clock"} < found.keys()


def test_books_that_are_gone_or_damaged_are_said_and_not_made_anew(desk: Desk, home: Path) -> None:
    if connection.vendor != "sqlite":
        return  # a server's own files are the server's to look after
    file = home / "books.db"
    whole = file.read_bytes()
    file.write_bytes(bytes(len(whole)))
    assert "its first page is damaged" in found_in(desk, home)["books"]
    file.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    assert "The books do not open" in found_in(desk, home)["books"]
    file.unlink()
    assert "are not in books.db" in found_in(desk, home)["books"]
    assert not file.exists()


def test_a_server_that_does_not_answer_is_said(desk: Desk, home: Path) -> None:
    address = "postgresql://amina:s3cret@127.0.0.1:1/lamps"
    told = tell(desk, home, TALLYSTICK_DATABASE_URL=address)
    assert told.returncode == 1
    assert "The books do not open" in told.stdout
    assert "s3cret" not in told.stdout + told.stderr


def test_python_without_assertions_is_said(desk: Desk, home: Path) -> None:
    found = found_in(desk, home, flags=("-O",))
    assert "Python runs with -O" in found["programs"]
    assert "Python runs with -O" in found["books"]


def test_a_log_that_cannot_be_written_keeps_nobody_from_looking(desk: Desk, home: Path) -> None:
    found = found_in(desk, home, TALLYSTICK_LOG=str(home / "no" / "such" / "folder"))
    assert "The log cannot be written" in found["books"]


def test_a_file_that_cannot_be_read_is_said(db: None) -> None:
    def shut() -> Keyring:
        raise PermissionError(13, "Permission denied")

    found = examine(Path(os.environ["TALLYSTICK_HOME"]), open_them=shut, now=datetime(2026, 3, 1, tzinfo=UTC)).findings
    assert [one.words for one in found if one.topic == "books"] == ["The books do not open: Permission denied."]


# How it looks.


def test_it_is_read_in_80_columns(desk: Desk, home: Path) -> None:
    home.chmod(0o755)
    (home / "keys.json").chmod(0o644)
    told = tell(desk, home, COLUMNS="80")
    assert told.returncode == 1
    lines = told.stdout.splitlines()
    assert lines[0].strip() == "REHEARSAL: invented people and places"
    assert next(line for line in lines if line.startswith("wrong")).split()[1] == "keys"
    assert "→ chmod 600" in told.stdout
    assert stat.S_IMODE((home / "keys.json").stat().st_mode) == 0o644, "it looks, and touches nothing"
    findings = tuple(
        Finding(topic, LOOK, "What was seen, in a plain sentence. " * 5, "What to do. " * 9) for topic in ("home", "durability")
    )
    console = Console(width=80, file=io.StringIO())
    console.print(listing(findings))
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert max(map(len, shown.splitlines())) <= 80
    assert shown.count("plain") == 10
    assert shown.count("→") == 2


@pytest.mark.parametrize(("wrong", "doubtful", "words"), [
    (0, 0, "Nothing is wrong."), (0, 1, "Nothing is wrong; one thing to look at."), (1, 0, "One thing wrong."),
    (2, 3, "2 things wrong, 3 things to look at."),
])  # fmt: skip
def test_it_ends_with_a_sentence(wrong: int, doubtful: int, words: str) -> None:
    assert verdict(wrong=wrong, doubtful=doubtful) == words
