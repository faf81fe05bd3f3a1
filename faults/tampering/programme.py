"""Books to tamper with: a stall with something in every column, and whatever chance posts after it, signed every now and then."""

from datetime import timedelta
from pathlib import Path
from random import Random

from tallystick.core.entry import Entry, Line
from tests import books
from tests.bundles import full_stall

FIRST = 1_000  # the number of the first entry: lower ones are the stall's
BEGAN_AT = books.moment("10 March")  # before the agreements begin, of which BANK's allows no commission
ENTRIES_BETWEEN_SIGNATURES = (3, 12)


def keep(folder: Path, chance: Random, *, entries: int) -> None:
    """Found the office, take in the stall from `folder`, and post about so many entries."""
    full_stall.keep(folder)
    number = FIRST
    while number < FIRST + entries:
        batch = [
            entry for place in range(chance.randint(*ENTRIES_BETWEEN_SIGNATURES)) for entry in _entries(number + place, chance)
        ]
        books.post(batch)
        books.sign()
        number += len(batch)


def _entries(number: int, chance: Random) -> list[Entry]:
    """A gift and what comes of it: handed on, paid out, sent and received in part, exchanged, or taken back."""
    at = BEGAN_AT + timedelta(hours=number - FIRST)
    amount = chance.randint(2, 90)
    given = Entry(f"E{number}", at, (Line("gift", "PARISH", "HERON", "USD", 2 * amount, "SHOPS", note=_note(chance)),))
    kinds = {
        "H": (
            Line("handover", "HERON", "BANK", "USD", 1, "SHOPS"),
            Line("commission", "BANK", "@commission:BANK", "USD", 1, "SHOPS"),
        ),
        "P": (Line("payout", "HERON", "R01", "USD", amount, "SHOPS", grant="G03", authorisation="REH"),),
        "T": (Line("dispatch", "HERON", "BANK", "USD", 1, "SHOPS", grant="G03", authorisation="REH", note=_note(chance)),),
        "X": (
            Line("exchange", "HERON", "@changer:HERON", "USD", amount, "SHOPS"),
            Line("exchange", "@changer:HERON", "HERON", "LAMP", chance.randint(1, 9), "SHOPS"),
        ),
        "V": (Line("reversal", "HERON", "PARISH", "USD", 2 * amount, "SHOPS", note=f"E{number}: given twice"),),
    }
    letter = chance.choice(sorted(kinds))
    more = [Entry(f"{letter}{number}", at + timedelta(minutes=1), kinds[letter])]
    if letter == "T" and chance.random() < 0.5:
        line = Line("receipt", "HERON", "BANK", "USD", 1, "SHOPS")
        more.append(Entry(f"T{number}", at + timedelta(minutes=2), (line,)))
    return [given, *more]


def _note(chance: Random) -> str:
    return chance.choice(["", "", "세 마리 왜가리", "by the river"])
