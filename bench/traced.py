"""An earmark to be traced: as many moves of its own in any programme, spread evenly among all the others."""

import csv
import itertools
from collections.abc import Iterator

from bench.place import MOVES, Programme

EARMARK, DONOR, FUND, UNIT = "TRACED", "D000", "OFFICE", "USD"
MOVE_COUNT = 1_000
AGENTS = tuple(f"A{number:04d}" for number in range(20))
GIVEN, EACH = "10000000.00", "25.00"

Row = list[str]


def add_traced(programme: Programme) -> Programme:
    """The programme with the earmark and its moves in its folder."""
    folder, moves = programme.folder, programme.move_count
    with open(folder / "earmarks.csv", "a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow([EARMARK, DONOR, UNIT, "followed from gift to hand"])
    count = min(MOVE_COUNT, moves // 2)
    own = itertools.islice(rows(), count)
    step = moves // count
    plain = folder / f"{MOVES}.plain"
    (folder / MOVES).rename(plain)
    with open(plain, encoding="utf-8", newline="") as read, open(folder / MOVES, "w", encoding="utf-8", newline="") as written:
        writer = csv.writer(written, lineterminator="\n")
        writer.writerows(mixed(csv.reader(read), own, step=step))
    plain.unlink()
    return Programme(folder=folder, seed=programme.seed, move_count=moves + count)


def rows() -> Iterator[Row]:
    """A gift, and then from the fund to one agent after another; each row from its second column on."""
    yield ["TRACED-0", "gift", DONOR, FUND, UNIT, GIVEN, EARMARK, "", "", ""]
    for number, agent in enumerate(itertools.cycle(AGENTS), 1):
        yield [f"TRACED-{number}", "handover", FUND, agent, UNIT, EACH, EARMARK, "", "", ""]


def mixed(others: Iterator[Row], own: Iterator[Row], *, step: int) -> Iterator[Row]:
    """The others' rows with one of our own after each so many, at the moment of the row before it and never inside an entry."""
    yield next(others)
    last: Row = []
    waiting = 0
    for row in others:
        if waiting >= step and row[:2] != last[:2]:
            yield from ([last[0], *one] for one in itertools.islice(own, 1))
            waiting -= step
        yield row
        last, waiting = row, waiting + 1
    yield from ([last[0], *one] for one in own)
