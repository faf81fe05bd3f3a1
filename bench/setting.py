"""What a run measures on: how much, how often, which engines, and the programmes and books that its parts share."""

import itertools
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.books import Books, Timed, cloned, drop, make_books, take
from bench.machine import durable_writes
from bench.place import WORK, Programme, generate, without_moves
from bench.road import add_tallies
from bench.traced import add_traced
from tests.postgres import Cluster

PROBE_SECONDS, QUICK_PROBE_SECONDS = 1.0, 0.1
SQLCIPHER, POSTGRES = "SQLCipher", "PostgreSQL"
# So few that ten thousand moves fill every account.
FEW_PARTIES = {"recipients": 200, "agents": 20, "carriers": 40, "earmarks": 4}
# With the fund, two thousand custodians; each recipient has a grant.
MANY_PARTIES = {"recipients": 20_000, "agents": 400, "carriers": 1_599, "earmarks": 12}


@dataclass(frozen=True)
class Engine:
    """A database under the books; `cluster` is None where they are a file of their own."""

    name: str
    cluster: Cluster | None = None

    @property
    def disk(self) -> Path:
        """A folder on the disk that the books are written to."""
        return self.cluster.folder if self.cluster else WORK

    def new_database(self) -> str:
        """The address of an empty database; empty where books need none."""
        return self.cluster.make_database() if self.cluster else ""

    def drop_database(self, database: str) -> None:
        """Take it away again, so that a run does not fill the disk."""
        if database:
            drop(database)


@dataclass(frozen=True)
class Imported:
    """Books with a programme in them, how its import went, the bytes that it added, and what the disk took just before."""

    books: Books
    timed: Timed
    bytes_added: int
    probe: float


@dataclass
class Setting:
    """How much and how often; what was left out is told at the end."""

    engines: list[Engine]
    moves: int  # of the programme that is imported, and posted in batches and one by one
    pairs: int  # rounds
    asked_after: tuple[int, ...]  # moves after which questions are asked, the fewest first
    seed: int
    is_quick: bool = False
    left_out: list[str] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _programmes: dict[str, Programme] = field(default_factory=dict)
    _empty: dict[str, Books] = field(default_factory=dict)
    _imported: dict[tuple[str, str], Imported] = field(default_factory=dict)

    def say(self, words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    def leave_out(self, words: str) -> None:
        if words not in self.left_out:
            self.left_out.append(words)

    def next_number(self) -> int:
        """A number that no other round of this run has."""
        return next(self._numbers)

    def probe(self, engine: Engine) -> float:
        """How often a second the engine's disk takes a durable write, just now."""
        return durable_writes(engine.disk, seconds=QUICK_PROBE_SECONDS if self.is_quick else PROBE_SECONDS)

    def programme(self) -> Programme:
        """The one that is imported, and posted in batches and one by one; in a quick run the one that is asked serves for it."""
        return next(self.asked()) if self.is_quick else self._kept("programme", moves=self.moves)

    def asked(self) -> Iterator[Programme]:
        """Programmes with as many accounts that hold something, ever more moves, and an earmark with the same moves in each."""
        for moves in self.asked_after:
            yield self._kept(f"asked-{moves}", moves=moves, is_traced=True, **FEW_PARTIES)

    def office(self) -> Programme:
        """As much as an office may come to: many hands, and tallies on the road; in a quick run a little of it."""
        name, parties = "office", FEW_PARTIES if self.is_quick else MANY_PARTIES
        if name not in self._programmes:
            made = generate(name, moves=self.moves if self.is_quick else self.asked_after[1], seed=self.seed, parties=parties)
            self._programmes[name] = add_tallies(made, carriers=parties["carriers"])
        return self._programmes[name]

    def crowd(self, custodians: int) -> Programme:
        """A programme with so many custodians, in which nothing has moved."""
        return self._kept(f"crowd-{custodians}", moves=0, **{**FEW_PARTIES, "agents": custodians})

    def empty_books(self, engine: Engine) -> Books:
        """New books without a programme; they are the caller's to write in and to remove."""
        if engine.name not in self._empty:
            self._empty[engine.name] = make_books(engine.new_database())
        return cloned(self._empty[engine.name], engine.cluster)

    def imported(self, programme: Programme, engine: Engine) -> Imported:
        """Books with the whole programme, imported once in a run; whoever writes on takes a clone."""
        place = programme.folder.name, engine.name
        if place not in self._imported:
            books = self.empty_books(engine)
            empty, probe = books.bytes_on_disk(), self.probe(engine)
            timed = take(books, programme)
            self._imported[place] = Imported(books, timed, bytes_added=books.bytes_on_disk() - empty, probe=probe)
            self.say(f"  import of {programme.move_count:,} moves on {engine.name}: {timed}")
        return self._imported[place]

    def cloned(self, programme: Programme, engine: Engine) -> Books:
        """Books with the whole programme; they are the caller's to write in and to remove."""
        return cloned(self.imported(programme, engine).books, engine.cluster)

    def prepared(self, programme: Programme, engine: Engine) -> Books:
        """New books with everything of the programme but its moves; they are the caller's to write in and to remove."""
        return cloned(self.imported(without_moves(programme), engine).books, engine.cluster)

    def _kept(self, name: str, *, moves: int, is_traced: bool = False, **parties: int) -> Programme:
        if name not in self._programmes:
            made = generate(name, moves=moves, seed=self.seed, parties=parties)
            self._programmes[name] = add_traced(made) if is_traced else made
        return self._programmes[name]
