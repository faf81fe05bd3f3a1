"""A folder with anything wrong in it is refused whole: each fault with its file, line and column, what stands there, what belongs there."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from django.db import connection

from tallystick.bundles.digest import state_digest
from tallystick.bundles.folder.fault import Fault
from tests import books
from tests.bundles.tampering import TABLES, run
from tests.ops.faulty import CHANGED, DECIDED, FIRST, MOVES, READ, Edit, Place, edited, more

pytestmark = pytest.mark.django_db

Tell = Callable[..., CompletedProcess[str]]


def contents() -> tuple[str, list[int]]:
    """The state of the books, and how many rows each table has."""
    return state_digest(), [run(f"SELECT COUNT(*) FROM {table}")[0][0] for table in TABLES]


def listed(told: CompletedProcess[str]) -> list[Place]:
    """The faults that `--json` lists, each of them saying what stands there and what was expected."""
    said: dict[str, Any] = json.loads(told.stdout)
    for fault in said["faults"]:
        assert fault["expected"], fault
        assert fault["found"] in str(Fault(**fault)), fault
    return [(one["file"], one["line"], one["column"], one["found"], one["code"]) for one in said["faults"]]


@pytest.fixture(scope="module", autouse=True)
def office(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with books.standing(django_db_blocker):
        books.found()
        yield


@pytest.mark.parametrize(("edits", "faults"), [*READ.values(), *DECIDED.values()], ids=[*READ, *DECIDED])
def test_a_fault_is_named_with_its_place_and_nothing_is_taken(
    tell: Tell, tmp_path: Path, edits: list[Edit], faults: list[Place]
) -> None:
    before = contents()
    told = tell("import", edited(tmp_path / "lamps", edits), "--json")
    assert told.returncode == 2
    assert listed(told) == faults
    assert contents() == before


@pytest.mark.parametrize(("edits", "faults"), CHANGED.values(), ids=CHANGED)
def test_what_the_books_hold_already_is_not_changed(tell: Tell, tmp_path: Path, edits: list[Edit], faults: list[Place]) -> None:
    books.take(books.LAMPS)
    before = contents()
    told = tell("import", edited(tmp_path / "lamps", edits), "--json")
    assert told.returncode == 2
    assert listed(told) == faults
    assert contents() == before


def test_several_faults_are_listed_at_once_in_words(tell: Tell, tmp_path: Path) -> None:
    chosen = ("no earmark", "no grant", "no basis", "no such loss", "half an exchange", "money bought with money")
    edits = [edit for name in (*chosen, "received and never sent", "a reversal of nothing") for edit in DECIDED[name][0]]
    told = tell("import", edited(tmp_path / "lamps", edits))
    assert told.returncode == 2
    assert told.stdout == ""
    lines = told.stderr.splitlines()
    assert len(lines) == 9
    assert (
        lines[0]
        == f"moves.csv, line {FIRST}, earmark: No earmark is called “TEAS” in these books. Expected: an earmark of earmarks.csv."
    )
    assert lines[-1] == "lamps is refused whole; it has 8 fault(s), and the books are as they were."


def test_a_thousand_faults_are_listed_and_the_rest_counted(tell: Tell, tmp_path: Path) -> None:
    edits = more(*(f"E{number},gift,PARISH,OFFICE,KRW,{number},TEAS,,," for number in range(1, 1101)))
    told = tell("import", edited(tmp_path / "lamps", edits))
    lines = told.stderr.splitlines()
    in_json = json.loads(tell("import", tmp_path / "lamps", "--json").stdout)
    assert (len(in_json["faults"]), in_json["faults_not_listed"]) == (1000, 100)
    assert len(lines) == 1002
    assert lines[-2:] == ["and 100 more", "lamps is refused whole; it has 1100 fault(s), and the books are as they were."]


def test_faults_of_records_and_of_reading_are_listed_together(tell: Tell, tmp_path: Path) -> None:
    edits, faults = [], []
    for name in ("a donor nobody knows", "no date", "a word that vouches for nothing", "a visit to no grant", "no unit"):
        edits += READ[name][0]
        faults += READ[name][1]
    assert sorted(listed(tell("import", edited(tmp_path / "lamps", edits), "--json"))) == sorted(faults)


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (("parties.csv", "R01,recipient", "R01,receiver"), ("parties.csv", 18, "kind", "receiver", "value_unknown_kind")),
        (("parties.csv", "PARISH,donor", "PARISH,giver"), ("parties.csv", 3, "kind", "giver", "value_unknown_kind")),
        (("grants.csv", "G01,R01,noodle shop,SHOPS,REH-MONEY,CNY", "G01,R01,noodle shop,SHOPS,REH-MONEY,EUR"),
         ("grants.csv", 2, "unit", "EUR", "unit_unknown")),
        (("earmarks.csv", "SHOPS,HAEBARAGI,USD", "SHOPS,HAEBARAGI,EUR"), ("earmarks.csv", 2, "unit", "EUR", "unit_unknown")),
        (("authorisations.csv", "70000.00", "70000.001"), ("authorisations.csv", 2, "ceiling", "70000.001", "amount_too_precise")),
        (("units.csv", "CNY,money,2", "CNY,money,9"), ("units.csv", 3, "places", "9", "value_unreadable")),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_read_is_not_held_against_those_who_name_it(
    tell: Tell, tmp_path: Path, edit: Edit, fault: Place
) -> None:
    assert listed(tell("import", edited(tmp_path / "lamps", [edit]), "--json")) == [fault]


def test_a_want_is_not_repeated_in_every_entry_that_follows_from_it(tell: Tell, tmp_path: Path) -> None:
    edit = (MOVES, "HAEBARAGI,OFFICE,USD,60000.00", "HAEBARAGI,OFFICE,USD,600.00")
    faults = listed(tell("import", edited(tmp_path / "lamps", [edit]), "--json"))
    assert faults == [(MOVES, 3, "amount", "8000.00", "holding_too_small")]


def test_a_tally_that_was_refused_is_refused_once(tell: Tell, tmp_path: Path) -> None:
    edit = (MOVES, "T0010,dispatch,HERON,SWALLOW,CNY,10526.32,SHOPS,G01", "T0010,dispatch,HERON,SWALLOW,CNY,10526.32,SHOPS,G99")
    faults = listed(tell("import", edited(tmp_path / "lamps", [edit]), "--json"))
    assert faults == [(MOVES, 10, "grant", "G99", "grant_unknown")]


def test_a_folder_that_is_not_there_is_bad_input(tell: Tell, tmp_path: Path) -> None:
    told = tell("import", tmp_path / "nowhere", "--json")
    assert (told.returncode, json.loads(told.stdout)["code"]) == (2, "folder_missing")


def test_a_formula_is_not_reckoned(tell: Tell, tmp_path: Path) -> None:
    from openpyxl import Workbook, load_workbook

    from tallystick.bundles.giving import give_folder

    before = contents()
    with books.undone():
        books.take(books.LAMPS)
        give_folder(tmp_path / "lamps.xlsx")
    book: Workbook = load_workbook(tmp_path / "lamps.xlsx")
    book["moves"]["G2"] = "=30000+30000"
    book["grants"]["G3"] = "=G2*2"
    book.save(tmp_path / "lamps.xlsx")
    told = tell("import", tmp_path / "lamps.xlsx", "--json")
    assert told.returncode == 2
    assert listed(told) == [
        ("grants", 3, "amount", "=G2*2", "workbook_formula"),
        ("moves", 2, "amount", "=30000+30000", "workbook_formula"),
    ]
    assert contents() == before
    assert connection.in_atomic_block
