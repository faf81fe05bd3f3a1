"""Opening the books: one process, one home, tried in a process of its own each time."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from tallystick.ops.opening import BooksMissing, BooksOfAnother, look_for_books, make_books, open_books
from tallystick.vault import keys
from tests import books
from tests.home import PASSPHRASE

OPENING = f"""
import os, sys
from pathlib import Path
from tallystick.ops.opening import open_books
home, elsewhere = map(Path, sys.argv[1:3])
keyring = open_books(home, {PASSPHRASE!r}, new=True)
assert open_books(home, {PASSPHRASE!r}) is keyring
from django.db import connection
connection.cursor().execute("CREATE TABLE said (words text)")
print(keyring.office, connection.vendor, connection.settings_dict["NAME"])
"""
ANOTHER = f"""
import sys
from pathlib import Path
from tallystick.ops.opening import make_books, open_books
home, elsewhere = map(Path, sys.argv[1:3])
open_books(home, {PASSPHRASE!r}, new=True)
make_books(elsewhere, {PASSPHRASE!r})
open_books(elsewhere, {PASSPHRASE!r})
"""


def run(program: str, *arguments: Path, flags: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("TALLYSTICK_", "DJANGO_"))}
    mine |= {"TALLYSTICK_SCRATCH": "/nowhere/scratch.db", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, *flags, "-c", program, *arguments], env=mine, capture_output=True, text=True)


def test_a_process_opens_the_books_of_one_home_and_may_say_so_twice(home: Path, tmp_path: Path) -> None:
    office = make_books(home, PASSPHRASE).office
    opened = run(OPENING, home, tmp_path)
    assert opened.stderr == ""
    assert opened.stdout.split() == [office, "sqlite", str(home / "books.db")]


def test_another_home_in_the_same_process_is_a_fault(home: Path, tmp_path: Path) -> None:
    make_books(home, PASSPHRASE)
    assert "other books open" in run(ANOTHER, home, tmp_path / "elsewhere").stderr


def test_the_checks_stand_between_a_process_and_the_books(home: Path, tmp_path: Path) -> None:
    make_books(home, PASSPHRASE)
    opened = run(OPENING, home, tmp_path, flags=("-O",))
    assert opened.returncode == 1
    assert "tallystick.E002" in opened.stderr
    assert not (home / "books.db").exists()


def test_keys_without_their_books_make_no_new_ones(home: Path, tmp_path: Path) -> None:
    make_books(home, PASSPHRASE)
    opened = run(OPENING.replace(", new=True", ""), home, tmp_path)
    assert "are not in books.db" in opened.stderr
    assert not (home / "books.db").exists()


@pytest.mark.django_db
def test_books_without_an_office_are_none(home: Path) -> None:
    with pytest.raises(BooksMissing):
        look_for_books(home, keys.unlocked(), alias="default")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE journal_office")
    with pytest.raises(BooksMissing):
        look_for_books(home, keys.unlocked(), alias="default")


@pytest.mark.django_db
def test_books_of_another_office_are_not_opened(home: Path) -> None:
    books.found()
    look_for_books(home, keys.unlocked(), alias="default")
    others = replace(keys.unlocked(), office="ab" * 8)
    with pytest.raises(BooksOfAnother, match=keys.unlocked().office):
        look_for_books(home, others, alias="default")


def test_books_that_do_not_open_leave_the_process_as_it_was(home: Path) -> None:
    before = keys.unlocked()
    with pytest.raises(keys.NoBooksThere):
        open_books(home, PASSPHRASE)
    make_books(home, "another passphrase")
    with pytest.raises(keys.PassphraseWrong):
        open_books(home, PASSPHRASE)
    assert keys.unlocked() is before
