"""`tallystick head` and `verify --against`: a head goes out as a text, and the books are held against it when it comes back."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tallystick.journal.immutable import WRITTEN_ONCE
from tests import books
from tests.bundles.rewriting import first_gift, forget_checkpoints, more_given, rewrite, sign_anew
from tests.bundles.tampering import rows, tampered

pytestmark = pytest.mark.django_db

Tell = Callable[..., CompletedProcess[str]]
LATER = "H8   7 March   handover   CRANE → WAGTAIL   CNY 1.00   SHOPS"


@pytest.fixture(scope="module", autouse=True)
def lamps(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with books.standing(django_db_blocker):
        books.found()
        books.take(books.LAMPS)
        yield


@pytest.fixture
def paper(tell: Tell, tmp_path: Path) -> Path:
    """The head of the lamps, carried away."""
    assert tell("head", "--out", tmp_path / "march.head").returncode == 0
    return tmp_path / "march.head"


def test_a_head_is_printed_as_it_is_written(tell: Tell, paper: Path) -> None:
    told = tell("head")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == paper.read_text(encoding="utf-8")
    assert told.stdout.splitlines()[:2] == ["Tallystick head, version 1", "REHEARSAL: invented people and places"]
    assert paper.stat().st_mode & 0o777 == 0o600


def test_a_head_is_one_json_document_for_a_program(tell: Tell, tmp_path: Path, paper: Path) -> None:
    said = json.loads(tell("head", "--json").stdout)
    checkpoint = rows("journal_checkpoint")[-1]
    assert (said["acts"], said["follows"], said["root"]) == (checkpoint["number"], 1, bytes(checkpoint["root"]).hex())
    assert (said["rehearsal"], said["unsigned"], said["target"]) == (True, 0, None)
    assert said["text"] == paper.read_text(encoding="utf-8")
    written = json.loads(tell("head", "--json", "--out", tmp_path / "again.head").stdout)
    assert written == said | {"target": str(tmp_path / "again.head")}


def test_a_head_is_never_written_over(tell: Tell, paper: Path) -> None:
    told = tell("head", "--out", paper, "--json")
    assert (told.returncode, json.loads(told.stdout)["code"]) == (1, "target_exists")


def test_acts_that_are_not_signed_are_told(tell: Tell) -> None:
    with books.undone():
        last = rows("journal_checkpoint")[-1]["number"]
        books.post(LATER)
        told = tell("head")
        assert told.stderr == f"Acts {last + 1} to {last + 1} are not signed yet; this head says nothing of them.\n"
        assert json.loads(tell("head", "--json").stdout)["unsigned"] == 1


def test_books_begin_with_the_acts_of_their_heads(tell: Tell, paper: Path) -> None:
    with books.undone():
        books.post(LATER)
        books.sign()
        told, in_json = tell("verify", "--against", paper), tell("verify", "--against", paper, "--against", paper, "--json")
    assert told.returncode == in_json.returncode == 0
    assert f"as {paper} says." in told.stdout
    said = json.loads(in_json.stdout)["against"]
    assert [(one["file"], one["holds"]) for one in said] == [(str(paper), True)] * 2


def test_books_that_were_rewritten_exit_with_1_and_say_so(tell: Tell, paper: Path) -> None:
    with tampered(*WRITTEN_ONCE) as guards_up:
        rewrite(first_gift(), more_given)
        sign_anew(bytes(books.unlocked().signing_key))
        guards_up()
        assert tell("verify").returncode == 0
        told, in_json = tell("verify", "--against", paper), tell("verify", "--against", paper, "--json")
    assert told.returncode == in_json.returncode == 1
    assert "was rewritten between act 1 and act" in told.stdout
    said = json.loads(in_json.stdout)
    assert (said["done"], said["against"][0]["holds"], len(said["problems"])) == (False, False, 1)


def test_books_that_were_cut_off_exit_with_1_and_say_so(tell: Tell, paper: Path) -> None:
    with tampered(*WRITTEN_ONCE) as guards_up:
        rewrite(0, last=1)
        forget_checkpoints(after=1)
        guards_up()
        assert tell("verify").returncode == 0
        assert "and 1 are here: the others were cut off" in tell("verify", "--against", paper).stdout


def test_a_head_that_cannot_be_read_is_bad_input(tell: Tell, paper: Path) -> None:
    paper.write_text(paper.read_text(encoding="utf-8").replace("acts  ", "acts: "), encoding="utf-8")
    told, in_json = tell("verify", "--against", paper), tell("verify", "--against", paper, "--json")
    assert told.returncode == in_json.returncode == 2
    assert told.stderr.startswith(f"Line 6 of the head {paper} cannot be read: “acts:       ")
    assert "Expected: “acts”, and from column 13 on a whole number from 1 up." in told.stderr
    assert json.loads(in_json.stdout)["code"] == "head_unreadable"


@pytest.mark.parametrize("name", ["nowhere.head", "."])
def test_a_head_that_is_not_there_is_bad_input(tell: Tell, tmp_path: Path, name: str) -> None:
    told = tell("verify", "--against", tmp_path / name, "--json")
    assert (told.returncode, json.loads(told.stdout)["code"]) == (2, "head_missing")
