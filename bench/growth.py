"""“Whose hands now” after many moves, against the same question after few, with as many accounts that hold something."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from bench.books import Books, Timed, make_books, take, tallystick
from bench.fresh import run
from bench.place import Programme


@dataclass
class Asked:
    """One programme's books, asked in turn: seconds of the whole command, and of the query within a process, each round."""

    books: Books
    move_count: int
    imported: Timed
    account_count: int = 0
    command_seconds: list[float] = field(default_factory=list)
    first_seconds: list[float] = field(default_factory=list)
    query_seconds: list[float] = field(default_factory=list)

    def ask(self) -> None:
        self.command_seconds.append(tallystick(self.books, "holdings", "--csv")[0].seconds)
        said = run("holdings_query", self.books.home, database=self.books.database).said
        self.first_seconds.append(said["seconds"][0])
        self.query_seconds.append(median(said["seconds"]))
        self.account_count = said["accounts"]


def ask_few_and_many(
    few: Programme, many: Programme, *, pairs: int, database: Callable[[], str], told: Callable[[str], None]
) -> tuple[Asked, Asked]:
    """Both programmes' books, asked as many rounds, turn and turn about."""
    asked = []
    for programme in (few, many):
        books = make_books(database())
        timed = take(books, programme)
        told(f"import of {programme.move_count:,} moves: {timed.seconds:.1f} s, {timed.peak_bytes / 10**6:.0f} MB")
        asked.append(Asked(books, programme.move_count, imported=timed))
    for number in range(pairs):
        for one in asked if number % 2 == 0 else reversed(asked):
            one.ask()
            told(f"holdings after {one.move_count:,} moves: {one.command_seconds[-1]:.2f} s")
    return asked[0], asked[1]
