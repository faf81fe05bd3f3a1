"""What is posted while processes are killed: batches of every size, the same again for whoever asks with the same number."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from tallystick.core.entry import Entry, Line

BEGAN_AT = datetime(2016, 3, 1, 9, tzinfo=UTC)
SIZES = (1, 1, 1, 2, 5, 20)
Key = tuple[str, datetime]


def batches(name: str) -> Iterator[list[Entry]]:
    """Batches without end, all under references that begin with `name`, drawn by it alone."""
    chance = Random(name)
    number = 0
    while True:
        entries: list[Entry] = []
        for _ in range(chance.choice(SIZES)):
            entries += _entries(f"{name}-{number}-{len(entries)}", chance, at=BEGAN_AT + timedelta(minutes=number))
        yield entries
        number += 1


def _entries(reference: str, chance: Random, *, at: datetime) -> list[Entry]:
    """A gift, a gift handed on for a commission, or a tally in two halves: the giver's, and an hour later the taker's."""
    kind = chance.randrange(3)
    if kind == 0:
        return [Entry(reference, at, (gift(chance.randint(3, 9)),))]
    if kind == 1:
        commission = Line("commission", "MAGPIE", "@commission:MAGPIE", "USD", 1, "SHOPS")
        return [Entry(reference, at, (gift(5), Line("handover", "OFFICE", "MAGPIE", "USD", 3, "SHOPS"), commission))]
    sent = Entry(reference, at, (gift(2), Line("dispatch", "OFFICE", "MAGPIE", "USD", 2, "SHOPS")))
    return [sent, Entry(reference, at + timedelta(hours=1), (Line("receipt", "OFFICE", "MAGPIE", "USD", 2, "SHOPS"),))]


def gift(cents: int) -> Line:
    return Line("gift", "HAEBARAGI", "OFFICE", "USD", cents, "SHOPS")
