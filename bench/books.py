"""Books of the product, made and asked by its own command in fresh processes."""

import itertools
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from bench.fresh import Run, run
from bench.place import WORK, Programme

numbers = itertools.count(1)


@dataclass(frozen=True)
class Books:
    """A home, and the PostgreSQL database of its books where they are not in a file of its own."""

    home: Path
    database: str = ""

    def remove(self) -> None:
        shutil.rmtree(self.home)


@dataclass(frozen=True)
class Timed:
    """`seconds` of the whole process; `inside_seconds` of the command once the books are open, 0 where it opened none."""

    seconds: float
    inside_seconds: float
    peak_bytes: int


def make_books(database: str = "") -> Books:
    """New, empty rehearsal books."""
    books = Books(home=WORK / f"books-{next(numbers)}", database=database)
    tallystick(books, "init", "--rehearsal")
    return books


def take(books: Books, programme: Programme) -> Timed:
    """Import the programme."""
    timed, ran = tallystick(books, "import", programme.folder, "--json")
    moves = ran.said["new"]["moves.csv"]
    assert moves == programme.move_count, f"{moves} of {programme.move_count} moves were taken in"
    assert timed.inside_seconds, "the stopwatch did not see the books being opened"
    return timed


def tallystick(books: Books, *words: object) -> tuple[Timed, Run]:
    """Run one command of the product on these books."""
    note = WORK / f"{books.home.name}.seconds"
    ran = run("stopwatch", note, *words, "--home", books.home, database=books.database)
    inside = json.loads(note.read_text(encoding="utf-8"))["seconds"]
    note.unlink()
    return Timed(seconds=ran.seconds, inside_seconds=inside or 0.0, peak_bytes=ran.peak_bytes), ran
