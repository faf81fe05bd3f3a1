"""A page of the ledger, for plays: rows as a bookkeeper writes them, one small programme, and what every hand holds afterwards.

A row is when, reference, kind, giver → taker, amount and unit, two blanks or more apart; behind them, in any order, `for LIGHT`
(SHOPS where nothing is said), `grant G1`, `under BASIS` and a “note”. Rows of one day and one reference are one entry.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import groupby

from tallystick.core.amount import read_amount, show_amount
from tallystick.core.authorisation import check_cited
from tallystick.core.custody.book import Book, Key
from tallystick.core.custody.decide import decide
from tallystick.core.entry import Entry, Line, PostedEntry
from tallystick.core.grant import Grant, check_promise
from tallystick.core.party import HoldingLimit, Party
from tallystick.core.refusal import Refusal
from tallystick.core.unit import Unit

UNITS = {
    "USD": Unit("USD", "money", 2, "US dollar"),
    "TRY": Unit("TRY", "money", 2, "Turkish lira"),
    "LAMP": Unit("LAMP", "goods", 0, "solar lamp", "9405.21"),
    "FLOUR": Unit("FLOUR", "goods", 3, "flour, tonne", "1101.00"),
}
PARTIES = {
    "Parish": "donor", "Marta": "donor",
    "Office": "custodian:fund", "Store": "custodian:store",
    "Amina": "custodian:middleman", "Yusuf": "custodian:carrier", "Salma": "custodian:agent",
    "Mill": "supplier", "Desk": "changer",
    "Rahim": "recipient", "Leila": "recipient",
}  # fmt: skip
EARMARKS = {"SHOPS", "LIGHT"}
GRANTS = {
    "G1": Grant("G1", "Rahim", "noodle shop", "SHOPS", "BASIS", "USD", 50_000, 2),
    "G2": Grant("G2", "Leila", "lamp seller", "LIGHT", "BASIS", "LAMP", 100, 1),
}
AUTHORISATIONS = {"BASIS"}
OPENED = date(2024, 3, 1)
ON_THE_WALL = timezone(timedelta(hours=3))
WHEN = re.compile(r"(\d+) (February|March|April)(?: (\d\d):(\d\d))?")
MONTHS = {"February": 2, "March": 3, "April": 4}


class Page:
    """One programme's books, ruled by core alone."""

    def __init__(self, *, limits: str = "") -> None:
        """`limits` are holding limits, “Yusuf 100 USD, Amina 5 LAMP”."""
        self.book = Book(opened=OPENED, units=UNITS, earmarks=EARMARKS)
        held: dict[str, tuple[HoldingLimit, ...]] = dict.fromkeys(PARTIES, ())
        for party, amount, unit in (one.split() for one in limits.split(", ") if one):
            held[party] = (*held[party], HoldingLimit(unit, read_amount(amount, unit=unit, places=UNITS[unit].places)))
        self.book.know_parties(Party(party, kind, holding_limit=held[party]) for party, kind in PARTIES.items())

    def play(self, rows: str) -> list[PostedEntry | None]:
        """The entries of these rows, decided in their order; None for one that the books held already."""
        return [self.post(entry) for entry in entries_of(rows)]

    def post(self, entry: Entry) -> PostedEntry | None:
        """What cites a grant or a basis is looked up first, as it is where people post."""
        for place, line in enumerate(entry.lines):
            try:
                check_promise(line, GRANTS)
                check_cited(line, AUTHORISATIONS)
            except Refusal as refusal:
                refusal.line = place
                raise
        return decide(entry, self.book)

    def refusal(self, rows: str) -> Refusal:
        """Why the last of these entries is refused; all before it are taken."""
        *before, last = entries_of(rows)
        for entry in before:
            self.post(entry)
        try:
            self.post(last)
        except Refusal as refusal:
            return refusal
        raise AssertionError(f"{last.reference} was taken")

    def show(self, holder: str) -> str:
        """What a holder has in all, “8.00 USD for SHOPS, 3 LAMP for LIGHT”; “nothing” where that is so."""
        held = [(unit, mark, held) for (one, unit, mark), held in sorted(self.book.balances.items()) if one == holder and held]
        return ", ".join(f"{show_amount(held, UNITS[unit].places)} {unit} for {mark}" for unit, mark, held in held) or "nothing"

    def balances(self) -> dict[Key, int]:
        return {key: held for key, held in self.book.balances.items() if held}

    def attempt(self, entry: Entry) -> str:
        """Post one entry by itself: “taken”, “held already”, or the code of a refusal, which leaves everything as it was."""
        before, self.book = self.book, copy_of(self.book)
        try:
            return "held already" if self.post(entry) is None else "taken"
        except Refusal as refusal:
            self.book = before
            return refusal.code


def copy_of(book: Book) -> Book:
    """The same book, to try something on."""
    standing = {reference: list(entries) for reference, entries in book.standing.items()}
    return replace(
        book, balances=dict(book.balances), in_hand=book.in_hand.copy(), standing=standing, reversed=set(book.reversed),
        complained=set(book.complained),
    )  # fmt: skip


def told(refusal: Refusal) -> tuple[str, int | None, str | None, str]:
    """(code, line, column, sentence) of a refusal."""
    return refusal.code, refusal.line, refusal.column, str(refusal)


def entries_of(rows: str) -> list[Entry]:
    """The entries that these rows say."""
    read = [re.split(r"\s{2,}", row.strip()) for row in rows.splitlines() if row.strip()]
    return [
        Entry(reference, moment_of(when), tuple(map(line_of, lines)))
        for (when, reference), lines in groupby(read, key=lambda cells: (cells[0], cells[1]))
    ]


def line_of(cells: Iterable[str]) -> Line:
    _, _, kind, ends, moved, *rest = cells
    giver, taker = ends.split(" → ")
    amount, unit = moved.split(" ")
    places = UNITS[unit].places if unit in UNITS else 0
    line = Line(kind, giver, taker, unit, read_amount(amount, unit=unit, places=places), "SHOPS")
    return line._replace(**dict(map(_said, rest)))


def _said(words: str) -> tuple[str, str]:
    if words.startswith("“"):
        return "note", words.strip("“”")
    what, _, code = words.partition(" ")
    return {"for": "earmark", "grant": "grant", "under": "authorisation"}[what], code


def moment_of(when: str) -> datetime:
    """“3 March” is ten o'clock on that day, “3 March 16:30” is what it says; by the clock on the wall, three hours before UTC."""
    match = WHEN.fullmatch(when)
    assert match is not None, f"“{when}” is no day of a play"
    day, month, hour, minute = match.groups()
    return datetime(2024, MONTHS[month], int(day), int(hour or 10), int(minute or 0), tzinfo=ON_THE_WALL)


def line_to(kind: str, giver: str, *, taker: str, amount: int = 1, unit: str = "USD") -> Line:
    """A line of smallest parts, for what no row can say."""
    return Line(kind, giver, taker, unit, amount, "SHOPS")


def entry_of(*lines: Line, reference: str = "X1", when: str = "9 March") -> Entry:
    return Entry(reference, moment_of(when), lines)


def written(posted: PostedEntry) -> Entry:
    """The rows that say a posted entry: the party it names in the place of the tally's transit account."""
    return Entry(posted.reference, posted.happened_at, tuple(_rows(posted)))


def _rows(posted: PostedEntry) -> Iterator[Line]:
    for kind, giver, taker, unit, amount, earmark, named, grant, authorisation, note in posted.moves:
        ends = (giver, taker)
        if named:
            ends = (giver, named) if kind == "dispatch" else (named, taker)
        yield Line(kind, *ends, unit, amount, earmark, grant, authorisation, note)
