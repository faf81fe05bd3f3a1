"""Importing a programme, against writing the same rows bare and against beancount loading the same moves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.books import Books, Timed, make_books, take, tallystick
from bench.fresh import run
from bench.place import WORK, Programme
from tests.postgres import Cluster

BARE, ALONE, READY = "bare", "alone", "ready"
LOADED = "loaded"
Peer = Callable[[], float]
Told = Callable[[str], None]


@dataclass
class Contest:
    """One engine's rounds: the product's imports, and every peer's seconds, in the same order."""

    programme: Programme
    ours: list[Timed] = field(default_factory=list)
    peers: dict[str, list[float]] = field(default_factory=dict)

    @property
    def our_seconds(self) -> list[float]:
        return [one.seconds for one in self.ours]

    @property
    def inside_seconds(self) -> list[float]:
        return [one.inside_seconds for one in self.ours]


def contest_on_sqlcipher(programme: Programme, *, pairs: int, told: Told) -> Contest:
    """Rounds on the encrypted file. An import that is not counted leaves the rows for the peers, and warms the disk."""
    source = make_books()
    take(source, programme)
    lean = beancount_file(source)
    bare_file = WORK / "bare.db"

    def bare(*words: str) -> float:
        for path in WORK.glob("bare.db*"):
            path.unlink()
        return float(run("bare_sqlcipher", source.home, bare_file, *words).said["seconds"])

    peers: dict[str, Peer] = {
        BARE: bare,
        ALONE: lambda: bare("moves"),
        LOADED: lambda: load(lean, programme),
    }
    return play(programme, peers, pairs=pairs, database=lambda: "", told=told)


def contest_on_postgres(programme: Programme, cluster: Cluster, *, pairs: int, told: Told) -> Contest:
    """Rounds on the server."""
    source = make_books(cluster.make_database())
    take(source, programme)
    lean = beancount_file(source)

    def bare(form: str) -> float:
        return float(run("bare_postgres", source.database, cluster.make_database(), form).said["seconds"])

    peers: dict[str, Peer] = {
        BARE: lambda: bare("rows"),
        READY: lambda: bare("text"),
        ALONE: lambda: bare("moves"),
        LOADED: lambda: load(lean, programme),
    }
    return play(programme, peers, pairs=pairs, database=cluster.make_database, told=told)


def play(programme: Programme, peers: dict[str, Peer], *, pairs: int, database: Callable[[], str], told: Told) -> Contest:
    """So many rounds; who comes first in one comes last in the next, so that nobody always finds the machine the same."""
    contest = Contest(programme, peers={name: [] for name in peers})

    def ours() -> None:
        books = make_books(database())
        contest.ours.append(take(books, programme))
        books.remove()
        told(f"import: {contest.ours[-1].seconds:.2f} s")

    def theirs(name: str) -> None:
        contest.peers[name].append(peers[name]())
        told(f"{name}: {contest.peers[name][-1]:.2f} s")

    for number in range(pairs):
        if number % 2 == 0:
            ours()
        for name in peers if number % 2 == 0 else reversed(peers):
            theirs(name)
        if number % 2:
            ours()
    return contest


def beancount_file(books: Books) -> Path:
    """The books as the product writes them for beancount, without metadata, which makes them quicker to load."""
    whole, lean = (WORK / f"{books.home.name} {name}.beancount" for name in ("whole", "lean"))
    tallystick(books, "beancount", whole)
    with open(whole, encoding="utf-8") as read, open(lean, "w", encoding="utf-8") as written:
        written.writelines(line for line in read if not is_metadata(line))
    return lean


def is_metadata(line: str) -> bool:
    """Metadata is set in and begins with a small letter, as no account does."""
    return line.startswith("  ") and line.lstrip()[:1].islower()


def load(path: Path, programme: Programme) -> float:
    said = run("beancount_load", path).said
    assert said["moves"] == programme.move_count, f"{said['moves']} of {programme.move_count} moves were loaded"
    return float(said["seconds"])
