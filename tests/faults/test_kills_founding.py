"""New books whose making is cut short: no state of them is one that nobody gets out of."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.conftest import CLUSTER
from tests.home import PASSPHRASE, books_in, passphrase_in

Run = Callable[..., CompletedProcess[str]]
INIT = """
sys.argv = ["tallystick", "init", "--rehearsal", "--home", sys.argv[1]]
from tallystick.ops.command import main
main()
"""
KILLED_AS_A_MIGRATION_IS_NOTED = f"""
import os, signal, sys
from django.db.migrations.recorder import MigrationRecorder
noted, note = [], MigrationRecorder.record_applied
LAST = int(sys.argv[2])
def note_or_die(recorder, app, name):
    noted.append(name)
    if len(noted) == LAST:
        os.kill(os.getpid(), signal.SIGKILL)
    note(recorder, app, name)
MigrationRecorder.record_applied = note_or_die
{INIT}
"""
MAKE_TABLES = f"""
import sys
from pathlib import Path
from tallystick.ops.opening import open_books
open_books(Path(sys.argv[1]), {PASSPHRASE!r}, new=True)
from django.db import connection
from tallystick.ops.tables import make_tables
print(len(connection.introspection.table_names()))
make_tables()
print(len(connection.introspection.table_names()) > 10)
"""
LOST_AT_THE_LAST_WORD = f"""
import sys
from django.db import OperationalError
import tallystick.ops.founding as making
begin = making.begin
def begin_and_lose(*said):
    begin(*said)
    raise OperationalError("the connection is lost")
making.begin = begin_and_lose
{INIT}
"""


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """An empty database on the server, where the tests run on one."""
    cluster = request.config.stash.get(CLUSTER, None)
    return cluster.make_database() if cluster else ""


@pytest.fixture
def run_program(tmp_path: Path, database: str) -> Run:
    """Runs a program of a few lines as a person would run the command."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("TALLYSTICK_", "DJANGO_"))}
    mine |= passphrase_in(tmp_path) | books_in(database)

    def run(program: str, *words: object) -> CompletedProcess[str]:
        command = [sys.executable, "-c", program, *map(str, words)]
        return subprocess.run(command, env=mine, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300)

    return run


@pytest.fixture
def told(run_tallystick: Run, database: str) -> Run:
    """The command, on the same database for every home."""

    def run(*words: object, home: Path) -> CompletedProcess[str]:
        return run_tallystick(*words, "--json", home=home, environment=books_in(database))

    return run


def code_of(answer: CompletedProcess[str]) -> tuple[int, str]:
    return answer.returncode, json.loads(answer.stdout).get("code", "")


@pytest.mark.parametrize("last", [1, 4])
def test_a_kill_between_tables_and_the_note_of_them_leaves_neither(run_program: Run, told: Run, home: Path, last: int) -> None:
    assert run_program(KILLED_AS_A_MIGRATION_IS_NOTED, home, last).returncode == -9
    made = run_program(MAKE_TABLES, home)
    assert made.stdout.split() == ["0", "True"], made.stderr


def test_what_was_cut_short_says_so_and_another_folder_does(run_program: Run, told: Run, home: Path) -> None:
    assert run_program(KILLED_AS_A_MIGRATION_IS_NOTED, home, 4).returncode == -9
    again = told("init", "--rehearsal", home=home)
    assert code_of(again) == (1, "founding_cut_short")
    assert json.loads(again.stdout)["expected"].startswith("another folder, or this one emptied")
    assert code_of(told("holdings", home=home)) == (1, "books_missing")
    another = home.with_name("another")
    assert told("init", "--rehearsal", home=another).returncode == 0
    assert told("verify", home=another).returncode == 0


def test_a_demo_that_was_cut_short_says_so(run_program: Run, told: Run, home: Path) -> None:
    program = KILLED_AS_A_MIGRATION_IS_NOTED.replace('"init", "--rehearsal"', '"demo", "--no-serve"')
    assert run_program(program, home, 4).returncode == -9
    assert code_of(told("demo", "--no-serve", home=home)) == (1, "founding_cut_short")


def test_books_that_stand_are_not_said_to_be_cut_short(told: Run, home: Path) -> None:
    assert told("init", "--rehearsal", home=home).returncode == 0
    assert code_of(told("init", "--rehearsal", home=home)) == (1, "books_already_there")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.home.PASSPHRASE", "quite another passphrase")
        assert code_of(told("init", "--rehearsal", home=home)) == (1, "books_already_there")
    assert told("verify", home=home).returncode == 0


def test_a_server_lost_on_the_last_word_of_a_founding_leaves_the_keys_to_what_it_may_have_heard(
    run_program: Run, told: Run, home: Path, engine: str
) -> None:
    assert run_program(LOST_AT_THE_LAST_WORD, home).returncode == 70
    if engine == "postgres":
        assert code_of(told("init", "--rehearsal", home=home)) == (1, "books_already_there")
    else:
        assert list(home.iterdir()) == [], "a file that was not heard of is taken away with its keys"
        assert told("init", "--rehearsal", home=home).returncode == 0
    assert told("verify", home=home).returncode == 0
