"""Opening the books: one process, one home, tried in a process of its own each time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tallystick.ops.opening import make_books, open_books
from tallystick.vault import keys
from tests.home import PASSPHRASE

OPENING = f"""
import os, sys
from pathlib import Path
from tallystick.ops.opening import open_books
home, elsewhere = map(Path, sys.argv[1:3])
keyring = open_books(home, {PASSPHRASE!r})
assert open_books(home, {PASSPHRASE!r}) is keyring
from django.db import connection
connection.cursor().execute("CREATE TABLE said (words text)")
print(keyring.office, connection.vendor, connection.settings_dict["NAME"])
"""
SCRATCH = f"""
import sys
from pathlib import Path
from tallystick.ops.opening import open_books
home, elsewhere = map(Path, sys.argv[1:3])
open_books(home, {PASSPHRASE!r}, scratch=elsewhere)
from django.db import connections
connections["default"].cursor().execute("CREATE TABLE said (words text)")
print(connections["source"].cursor().execute("SELECT COUNT(*) FROM said").fetchone()[0])
"""
ANOTHER = f"""
import sys
from pathlib import Path
from tallystick.ops.opening import make_books, open_books
home, elsewhere = map(Path, sys.argv[1:3])
open_books(home, {PASSPHRASE!r})
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


def test_a_scratch_leaves_the_real_books_to_be_read(home: Path, tmp_path: Path) -> None:
    make_books(home, PASSPHRASE)
    run(OPENING, home, tmp_path)
    opened = run(SCRATCH, home, tmp_path / "scratch.db")
    assert (opened.stdout, opened.stderr) == ("0\n", "")


def test_another_home_in_the_same_process_is_a_fault(home: Path, tmp_path: Path) -> None:
    make_books(home, PASSPHRASE)
    assert "other books open" in run(ANOTHER, home, tmp_path / "elsewhere").stderr


def test_the_checks_stand_between_a_process_and_the_books(home: Path, tmp_path: Path) -> None:
    make_books(home, PASSPHRASE)
    opened = run(OPENING, home, tmp_path, flags=("-O",))
    assert opened.returncode == 1
    assert "tallystick.E002" in opened.stderr
    assert not (home / "books.db").exists()


def test_books_that_do_not_open_leave_the_process_as_it_was(home: Path) -> None:
    before = keys.unlocked()
    with pytest.raises(keys.NoBooksThere):
        open_books(home, PASSPHRASE)
    make_books(home, "another passphrase")
    with pytest.raises(keys.PassphraseWrong):
        open_books(home, PASSPHRASE)
    assert keys.unlocked() is before
