"""The rows of moves.csv to lines: fast where all is well, cell by cell where something is not."""

from collections.abc import Iterator
from datetime import datetime

from tallystick.bundles.folder.layout import COLUMNS, MOVES
from tallystick.bundles.folder.records import Table
from tallystick.bundles.folder.row import Row, UnitPlaces
from tallystick.bundles.folder.text import ValueMissing, read_code, read_holder, read_optional_code, read_reference, read_text
from tallystick.core.amount import AmountNotPositive, Parts, read_amount
from tallystick.core.custody.decide import KindUnknown
from tallystick.core.entry import Kind, Line
from tallystick.core.moment import read_moment
from tallystick.core.refusal import Refusal
from tallystick.core.remembered import Remembered

KINDS = frozenset(map(str, Kind))
make = tuple.__new__  # of a named tuple, in a third of the time that its own constructor takes; a million rows are read here


ReadRow = tuple[int, datetime | None, str, Line | None]
"""(number, moment, reference, line) of one row; None, or an empty reference, stands for what could not be read."""


class LineReader:
    """`rows()` gives the lines of a table one by one; the faults of rows that cannot be read go to the table's own."""

    def __init__(self, table: Table, units: UnitPlaces) -> None:
        self._table = table
        self._units = units
        self._kinds = Remembered(_read_kind)
        self._said_at = ""
        self._moment: datetime | None = None  # that `_said_at` stands for: rows of one entry say the same one after another
        self._holders = Remembered(read_holder)
        self._codes = Remembered(read_code)
        self._cited = Remembered(read_optional_code)
        self._places = Remembered(units.places_of)

    def rows(self) -> Iterator[ReadRow]:
        for number, cells in self._table.rows():
            try:
                yield self._read(number, cells)
            except Refusal:
                yield self._read_slowly(number, cells)

    def _read(self, number: int, cells: tuple[str, ...]) -> ReadRow:
        """The row where every cell can be read; raises the first cell's refusal where not."""
        happened_at, reference, kind, giver, taker, unit, amount, earmark, grant, authorisation, note = cells
        line = (
            self._kinds[kind],
            self._holders[giver],
            self._holders[taker],
            self._codes[unit],
            _read_moved(amount, unit=unit, places=self._places[unit]),
            self._codes[earmark],
            self._cited[grant],
            self._cited[authorisation],
            note and read_text(note),
        )
        if happened_at != self._said_at:
            self._moment = read_moment(happened_at)
            self._said_at = happened_at
        return number, self._moment, read_reference(reference), make(Line, line)

    def _read_slowly(self, number: int, cells: tuple[str, ...]) -> ReadRow:
        """The same cells by the same readers, noting the fault of every one that cannot be read."""
        row = Row(cells, columns=COLUMNS[MOVES], place=self._table.place, line=number, faults=self._table.faults)
        moment = row.read("happened_at", read_moment)
        reference = row.read("entry", read_reference)
        row.read("kind", _read_kind)
        row.read("giver", read_holder)
        row.read("taker", read_holder)
        unit, places = row.read_unit(self._units)
        if places is not None:
            row.read("amount", lambda text: _read_moved(text, unit=unit, places=places))
        row.read("earmark", read_code)
        row.read("grant", read_optional_code)
        row.read("authorisation", read_optional_code)
        row.read("note", read_text)
        assert row.broken, "a row refused as a whole has a cell that is refused"
        return number, moment, reference or "", None


def _read_kind(text: str) -> str:
    if text not in KINDS:
        raise KindUnknown(kind=text, kinds=", ".join(Kind)) if text else ValueMissing(what="a kind of move")
    return text


def _read_moved(text: str, *, unit: str, places: int) -> Parts:
    """An amount that moves, more than 0."""
    if not text:
        raise ValueMissing(what=f"an amount of {unit}")
    parts = read_amount(text, unit=unit, places=places)
    if parts <= 0:
        raise AmountNotPositive(asked=text, unit=unit)
    return parts
