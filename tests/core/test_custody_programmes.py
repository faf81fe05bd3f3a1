"""Whole programmes: what the rules decide is what a reckoning by hand, which shares no line with them, comes to."""

import runpy
import sys
from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

import pytest

from tallystick.core.amount import read_amount, show_amount
from tallystick.core.custody.book import Book
from tallystick.core.custody.decide import decide
from tallystick.core.entry import Entry, Line
from tallystick.core.party import HoldingLimit, Party
from tallystick.core.unit import Unit
from tests.core.lamps import LAMPS, entries, rows


def book_of(folder: Path, *, opened: date) -> Book:
    """A programme folder's units, earmarks and parties, before its first entry."""
    units = {row["unit"]: Unit(row["unit"], row["kind"], int(row["places"]), row["name"]) for row in rows("units.csv", folder)}
    book = Book(opened=opened, units=units, earmarks={row["earmark"] for row in rows("earmarks.csv", folder)})
    for row in rows("parties.csv", folder):
        limits = [limit.split() for limit in row["holding_limit"].split("; ") if limit]
        known = [HoldingLimit(unit, read_amount(most, unit=unit, places=units[unit].places)) for unit, most in limits]
        book.know_parties([Party(row["party"], row["kind"], holding_limit=tuple(known))])
    return book


def entries_in(folder: Path, units: dict[str, Unit]) -> Iterator[Entry]:
    """Rows of one reference and one moment are one entry."""
    for (reference, moment), lines in groupby(rows("moves.csv", folder), key=lambda row: (row["entry"], row["happened_at"])):
        yield Entry(reference, datetime.fromisoformat(moment), tuple(_line(row, units) for row in lines))


def _line(row: dict[str, str], units: dict[str, Unit]) -> Line:
    amount = read_amount(row["amount"], unit=row["unit"], places=units[row["unit"]].places)
    ends = (row["kind"], row["giver"], row["taker"])
    return Line(*ends, row["unit"], amount, row["earmark"], row["grant"], row["authorisation"], row["note"])


def holdings(book: Book) -> list[tuple[str, str, str, str]]:
    return [(*key, show_amount(held, book.units[key[1]].places)) for key, held in sorted(book.balances.items()) if held]


def expected_holdings(folder: Path) -> list[tuple[str, str, str, str]]:
    return [(row["holder"], row["unit"], row["earmark"], row["amount"]) for row in rows("expected/holdings.csv", folder)]


def run_script(script: Path, *words: object) -> int:
    """A script's exit status; it runs as a program of its own would."""
    before, sys.argv = sys.argv, [str(script), *map(str, words)]
    try:
        runpy.run_path(str(script), run_name="__main__")
    except SystemExit as ended:
        return int(ended.code or 0)
    finally:
        sys.argv = before
    return 0


@pytest.fixture(scope="module", params=[11, 12])
def generated(request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small generated programme, reckoned by hand."""
    folder = tmp_path_factory.mktemp("generated")
    few = ("--agents", 3, "--carriers", 4, "--recipients", 24, "--earmarks", 3)
    assert run_script(shared / "tools" / "generate_programme.py", folder, "--moves", 600, "--seed", request.param, *few) == 0
    assert run_script(shared / "tools" / "reckon.py", folder) == 0, "the reckoning found no fault"
    return folder


def test_a_generated_programme_is_held_as_it_was_reckoned_by_hand(generated: Path):
    book = book_of(generated, opened=date(2020, 1, 1))
    posted = [decide(entry, book) for entry in entries_in(generated, book.units)]
    assert None not in posted
    assert holdings(book) == expected_holdings(generated)


def test_a_generated_programme_said_twice_is_held_once(generated: Path):
    book = book_of(generated, opened=date(2020, 1, 1))
    for entry in entries_in(generated, book.units):
        decide(entry, book)
    assert {decide(entry, book) for entry in entries_in(generated, book.units)} == {None}
    assert holdings(book) == expected_holdings(generated)


def test_a_load_that_is_lost_at_once_stands_in_a_generated_programme(generated: Path):
    """The generator writes the dispatch and its loss at one moment: the case would go untested without it."""
    kinds = {
        tuple(line.kind for line in entry.lines) for entry in entries_in(generated, book_of(generated, opened=date.min).units)
    }
    assert ("dispatch",) in kinds
    assert ("dispatch", "loss") in kinds or ("receipt", "loss") in kinds


def test_the_lamps_are_held_as_they_are_expected_to_be():
    book = book_of(LAMPS, opened=date(2014, 3, 1))
    posted = [decide(entry, book) for entry in entries_in(LAMPS, book.units)]
    assert holdings(book) == expected_holdings(LAMPS)
    assert posted == list(entries()), "as another reader reads them"
