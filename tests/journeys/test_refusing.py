"""What a person may get wrong around the books: the passphrase, the place, the file that is missing."""

import json
import os
from pathlib import Path

import pytest

from tests.home import PASSPHRASE
from tests.journeys.conftest import LAMPS
from tests.journeys.desk import Desk, folder_bytes, lines

FILE, URL = "TALLYSTICK_PASSPHRASE_FILE", "TALLYSTICK_DATABASE_URL"


def refused(told: object) -> str:
    """What a refusal said; it exits with 1 and says nothing on standard output."""
    assert (told.returncode, told.stdout) == (1, b""), told  # type: ignore[attr-defined]
    return str(told.stderr.decode().strip())  # type: ignore[attr-defined]


def test_books_are_made_once(desk: Desk, founded: Path) -> None:
    before = folder_bytes(founded)
    assert "already holds the keys of an office" in refused(desk.run("init", "--rehearsal", home=founded))
    assert folder_bytes(founded) == before


def test_books_for_real_people_wait_for_their_gates(desk: Desk) -> None:
    home = desk.new()
    assert "Books for real people need gates" in refused(desk.run("init", home=home))
    assert not home.exists() or not list(home.iterdir()), "what was begun is taken away"


def test_a_wrong_passphrase_opens_nothing(desk: Desk, founded: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("four herons over the ford\n", encoding="utf-8")
    said = refused(desk.run("holdings", home=founded, environment={FILE: str(wrong)}))
    assert said == f"The passphrase does not open the keys in {founded}."


def test_a_passphrase_comes_through_a_descriptor(desk: Desk, founded: Path) -> None:
    reader, writer = os.pipe()
    os.write(writer, f"{PASSPHRASE}\n".encode())
    os.close(writer)
    told = desk.run("holdings", "--passphrase-fd", reader, home=founded, environment={FILE: ""}, pass_fds=(reader,))
    os.close(reader)
    assert "Nobody holds anything" in lines(told)[1]


def test_without_a_terminal_nobody_is_asked(desk: Desk, founded: Path) -> None:
    assert "there is no terminal to ask for it" in refused(desk.run("holdings", home=founded, environment={FILE: ""}))


def test_a_home_without_keys_is_no_home(desk: Desk, tmp_path: Path) -> None:
    assert "holds no keys of an office" in refused(desk.run("holdings", home=tmp_path / "nowhere"))
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("command", ["import", "replay"])
def test_keys_without_their_books_make_no_new_ones(desk: Desk, founded: Path, command: str) -> None:
    home = desk.copy(founded)
    (home / "books.db").unlink(missing_ok=True)
    address = f"{desk.environment(desk.new())[URL]}"
    words = [command, *([LAMPS] if command == "import" else [])]
    said = refused(desk.run(*words, home=home, environment={URL: address}))
    assert "and the books that they open are not in" in said
    assert sorted(path.name for path in home.iterdir()) == ["keys.json"]


def test_a_home_that_cannot_be_is_said_in_words(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for words in (("init", "--rehearsal"), ("demo", "--no-serve")):
        assert refused(desk.run(*words, home=tmp_path / "file" / "books")).startswith("Nothing can be written into ")


def test_a_database_that_does_not_answer_is_a_refusal(desk: Desk, founded: Path) -> None:
    said = refused(desk.run("holdings", home=founded, environment={URL: "postgresql://nobody@127.0.0.1:1/nowhere"}))
    assert said.startswith("The database of the books does not open: ")
    assert len(said.splitlines()) == 1


def test_a_program_reads_what_became_of_it(desk: Desk, lamps: Path) -> None:
    home = desk.new()
    made, again = (desk.run("init", "--rehearsal", "--json", home=home) for _ in range(2))
    assert (made.returncode, json.loads(made.stdout)["rehearsal"]) == (0, True)
    assert (again.returncode, json.loads(again.stdout)["code"]) == (1, "books_already_there")
    replayed = desk.run("replay", "--json", home=lamps)
    said = json.loads(replayed.stdout)
    assert (replayed.returncode, said["done"], said["acts"], said["digest"]) == (0, True, 206, said["replayed"])
