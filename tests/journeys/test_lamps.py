"""The lamps programme from the sponsor's gift to the shops' shelves, as a newcomer walks through it, command by command."""

import re
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from tests.journeys.conftest import LAMPS
from tests.journeys.desk import Desk, Told, folder_bytes, lines

BANNER = " REHEARSAL: invented people and places "
EXPECTED = LAMPS / "expected"


def test_an_office_is_founded(founding: tuple[Path, Told]) -> None:
    home, told = founding
    banner, first, lead, after = lines(told)
    assert banner == BANNER
    assert re.fullmatch(r"Books of office [0-9a-f]{16} stand in .*", first)
    assert re.fullmatch(r"LEAD may sign in to their pages as lead; the password, shown this once, is: [0-9a-f-]{24}", lead)
    assert after == f"Next: tallystick import FOLDER --home {home}"
    assert (home / "keys.json").stat().st_mode & 0o77 == 0


def test_the_programme_is_taken_in(taking: tuple[Path, Told]) -> None:
    _, told = taking
    assert lines(told) == [
        BANNER,
        "Took in 126 moves in 98 entries; 1 programme, 10 units, 28 parties, 3 earmarks, 4 authorisations, 9 legs, 12 grants,"
        " 25 vouches, 15 visits.",
    ]
    assert told.stderr == b""


@pytest.mark.parametrize("question", ["holdings", "delivered"])
def test_the_answer_is_the_one_reckoned_by_hand(desk: Desk, lamps: Path, question: str) -> None:
    told = desk.run(question, "--csv", home=lamps)
    assert told.stdout == (EXPECTED / f"{question}.csv").read_bytes()
    assert told.stderr.decode().strip() == BANNER.strip()


def test_taking_it_in_again_changes_nothing_and_says_so(desk: Desk, lamps: Path) -> None:
    home = desk.copy(lamps)
    before = folder_bytes(home)
    told = desk.run("import", LAMPS, home=home)
    assert lines(told) == [BANNER, f"{LAMPS} is already in the books, all 126 moves of it. Nothing was changed."]
    assert folder_bytes(home) == before


def test_what_was_given_out_can_be_taken_in_and_given_out_again(desk: Desk, lamps: Path, founded: Path, tmp_path: Path) -> None:
    assert lines(desk.run("export", tmp_path / "one.xlsx", home=lamps))[1].startswith("Wrote 126 moves")
    other = desk.copy(founded)
    lines(desk.run("import", tmp_path / "one.xlsx", home=other))
    assert desk.run("holdings", "--csv", home=other).stdout == (EXPECTED / "holdings.csv").read_bytes()
    lines(desk.run("export", tmp_path / "two.xlsx", home=other))
    assert (tmp_path / "two.xlsx").read_bytes() == (tmp_path / "one.xlsx").read_bytes()
    lines(desk.run("export", tmp_path / "two", home=other))
    given, kept = folder_bytes(tmp_path / "two"), folder_bytes(LAMPS)
    assert tomllib.loads(given.pop("programme.toml").decode()) == tomllib.loads(kept.pop("programme.toml").decode())
    assert given == kept


def test_the_books_are_proved(desk: Desk, lamps: Path) -> None:
    assert lines(desk.run("verify", home=lamps))[1] == "Proved: 206 acts in an unbroken chain, 2 signed checkpoint(s),"


def test_the_journal_replayed_gives_the_same_state(desk: Desk, lamps: Path) -> None:
    before = folder_bytes(lamps)
    _, held, replayed, verdict = lines(desk.run("replay", home=lamps))
    assert held.split()[-1] == replayed.split()[-1]
    assert verdict == "The same state."
    assert folder_bytes(lamps) == before
    assert not [path for path in lamps.iterdir() if path.is_dir()], "the throw-away books are gone"


def test_a_replay_told_to_end_leaves_nothing_behind(desk: Desk, lamps: Path) -> None:
    before = folder_bytes(lamps)
    with desk.start("replay", home=lamps) as replaying:
        while replaying.poll() is None and not list(lamps.glob("replay-*/books.db")):
            time.sleep(0.005)
        replaying.terminate()
        replaying.communicate(timeout=30)
    assert replaying.returncode == 128 + signal.SIGTERM
    assert folder_bytes(lamps) == before
    assert not list(lamps.glob("replay-*"))


def test_a_program_that_is_not_ours_proves_the_books(desk: Desk, lamps: Path, tmp_path: Path) -> None:
    lines(desk.run("beancount", tmp_path / "lamps.beancount", home=lamps))
    bean_check = Path(sys.executable).parent / "bean-check"
    checked = subprocess.run([bean_check, "--no-cache", tmp_path / "lamps.beancount"], capture_output=True, text=True)
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")


def test_a_refused_folder_leaves_every_byte(desk: Desk, lamps: Path, tmp_path: Path) -> None:
    folder = tmp_path / "lamps"
    folder.mkdir()
    for name, data in folder_bytes(LAMPS).items():
        (folder / name).write_bytes(data)
    with (folder / "moves.csv").open("a", encoding="utf-8") as moves:
        moves.write("2016-03-01T09:00:00+09:00,H1,handover,OFFICE,HERON,CNY,1000.00,SHOPS,,,\n")
        moves.write("2016-03-01T09:00:00+09:00,H2,handover,CRANE,WAGTAIL,CNY,10266.09,SHOPS,,REH-MONEY,\n")
    home = desk.copy(lamps)
    before = folder_bytes(home)
    told = desk.run("import", folder, home=home)
    assert told.returncode == 2
    assert told.stdout == b""
    assert told.stderr.decode().splitlines() == [
        "moves.csv, line 129, amount: CRANE holds 10266.08 CNY of SHOPS; 10266.09 CNY are needed. Expected: at most 10266.08 CNY.",
        "lamps is refused whole; it has 1 fault(s), and the books are as they were.",
    ]
    assert folder_bytes(home) == before
