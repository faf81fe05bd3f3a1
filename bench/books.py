"""Books of the product, made and asked by its own command in fresh processes."""

import itertools
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.fresh import Run, run
from bench.place import MOVES, WORK, Programme
from tests.postgres import Cluster

BOOKS_FILE = "books.db"
numbers = itertools.count(1)


@dataclass(frozen=True)
class Books:
    """A home, and the PostgreSQL database of its books where they are not in a file of its own."""

    home: Path
    database: str = ""

    def remove(self) -> None:
        shutil.rmtree(self.home)
        if self.database:
            drop(self.database)

    def bytes_on_disk(self) -> int:
        """What the books take, their log left out, once everything in the log has reached them."""
        if not self.database:
            assert not self.home.joinpath(f"{BOOKS_FILE}-wal").exists(), "nobody has these books open"
            return self.home.joinpath(BOOKS_FILE).stat().st_size
        with administering(self.database) as server:
            server.execute("CHECKPOINT")
            return int(server.execute("SELECT pg_database_size(%s)", [name_of(self.database)]).fetchone()[0])


@dataclass(frozen=True)
class Timed:
    """`seconds` of the whole process; `inside_seconds` of the command once the books are open, 0 where it opened none."""

    seconds: float
    inside_seconds: float
    peak_bytes: int = 0

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s"


def make_books(database: str = "") -> Books:
    """New, empty rehearsal books."""
    books = Books(home=WORK / f"books-{next(numbers)}", database=database)
    tallystick(books, "init", "--rehearsal")
    return books


def cloned(books: Books, cluster: Cluster | None) -> Books:
    """The same books again, keys and all, to be written in and removed; nobody may have them open."""
    home = WORK / f"books-{next(numbers)}"
    shutil.copytree(books.home, home)
    if cluster is None:
        return Books(home)
    database = cluster.make_database()
    with administering(database) as server:
        server.execute(f"DROP DATABASE {name_of(database)}")
        server.execute(f"CREATE DATABASE {name_of(database)} TEMPLATE {name_of(books.database)}")
    return Books(home, database)


def administering(database: str) -> Any:
    """A connection to the server of this database, and to none of its books."""
    import psycopg
    from psycopg.conninfo import make_conninfo

    return psycopg.connect(make_conninfo(database, dbname="postgres"), autocommit=True)


def drop(database: str) -> None:
    with administering(database) as server:
        server.execute(f"DROP DATABASE {name_of(database)} WITH (FORCE)")


def name_of(database: str) -> str:
    return database.rpartition("/")[2]


def take(books: Books, programme: Programme) -> Timed:
    """Import the programme."""
    timed, ran = tallystick(books, "import", programme.folder, "--json")
    moves = ran.said["new"].get(MOVES, 0)
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
