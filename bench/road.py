"""Tallies that are on the road: the generated programme ends with hardly any, and an office has some hundreds."""

import csv
from collections.abc import Iterator

from bench.place import MOVES, Programme

COUNT = 1_000
DONOR, FUND, EARMARK, UNIT = "D000", "OFFICE", "M000", "USD"
GIVEN, EACH = "1000000.00", "250.00"


def add_tallies(programme: Programme, *, carriers: int) -> Programme:
    """The programme with a gift at its end, and with so many dispatches of it that nobody has received."""
    with open(programme.folder / MOVES, encoding="utf-8", newline="") as file:
        last = [row[0] for row in csv.reader(file)][-1]
    with open(programme.folder / MOVES, "a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([last, *row] for row in _rows(carriers))
    return Programme(programme.folder, programme.seed, programme.move_count + COUNT + 1)


def _rows(carriers: int) -> Iterator[list[str]]:
    """Each row from its second column on."""
    yield ["ROAD-0", "gift", DONOR, FUND, UNIT, GIVEN, EARMARK, "", "", ""]
    for number in range(1, COUNT + 1):
        yield [f"ROAD-{number}", "dispatch", FUND, f"C{number % carriers:04d}", UNIT, EACH, EARMARK, "", "REH", ""]
