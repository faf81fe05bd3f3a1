"""Lines to entries, as a stream: the lines of one moment are in memory and no more."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from tallystick.bundles.folder.apart import EntryApart, EntryOfTwoClocks, Seen
from tallystick.bundles.folder.fault import Fault
from tallystick.bundles.folder.lines import LineReader, ReadRow, make
from tallystick.bundles.folder.records import Table
from tallystick.bundles.folder.row import UnitPlaces
from tallystick.core.entry import Entry, Line
from tallystick.core.refusal import Refusal

OPEN_MAX = 20_000  # entries of one moment that wait for further lines
REACH = 10_000  # rows within which the lines of an entry stand, where a moment has more entries than may wait

Numbered = tuple[Entry, tuple[int, ...]]
"""An entry and the line numbers of its lines."""


def read_entries(table: Table, units: UnitPlaces) -> Iterator[Numbered]:
    """Every entry of which all lines can be read, in the order of their first lines; faults go to the table's own."""
    return _Grouping(table).entries(LineReader(table, units).rows())


class _Open:
    """An entry whose lines are still coming; not `sound` once one of them could not be read or stands apart."""

    __slots__ = ("first", "lines", "moment", "numbers", "reference", "sound")

    def __init__(self, reference: str, moment: datetime, *, first: int) -> None:
        self.reference = reference
        self.moment = moment
        self.first = first  # the number of its first row
        self.sound = True
        self.lines: list[Line] = []
        self.numbers: list[int] = []


class _Grouping:
    """Gathers lines of one reference at one moment into entries; entries of one moment may interleave."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._seen = Seen()
        self._moment: datetime | None = None  # of the rows being gathered
        self._latest: datetime | None = None
        self._fresh = True  # whether no entry before these rows can have happened at this moment
        self._open: dict[str, _Open] = {}  # this moment's entries by reference
        # A row whose moment cannot be read belongs to this moment or to the next one: entries of its reference are held back.
        self._broken: set[str] = set()
        self._broken_next: set[str] = set()

    def entries(self, rows: Iterable[ReadRow]) -> Iterator[Numbered]:
        waiting = self._open
        for number, moment, reference, line in rows:
            if moment is None:
                self._hold_back(reference)
                continue
            if moment is not self._moment:
                yield from self._turn_to(moment)
            entry = waiting.get(reference)
            if entry is not None and entry.moment is moment and line is not None:
                entry.lines.append(line)
                entry.numbers.append(number)
            elif reference:
                self._add(reference, moment, line=line, number=number)
            if len(waiting) >= OPEN_MAX:
                yield from self._let_go(number)
        yield from self._closed(self._open.values())

    def _hold_back(self, reference: str) -> None:
        self._broken.add(reference)
        self._broken_next.add(reference)

    def _turn_to(self, moment: datetime) -> list[Numbered]:
        """The entries gathered so far; none where it is still the same moment, told by another clock."""
        later = self._latest is None or moment > self._latest
        if not later and moment == self._moment:
            return []
        gathered = self._closed(self._open.values()) if self._open else []
        self._open.clear()
        if self._broken:
            self._broken, self._broken_next = self._broken_next, set()
        if later:
            self._latest = moment
        self._fresh = later
        self._moment = moment
        return gathered

    def _add(self, reference: str, moment: datetime, *, line: Line | None, number: int) -> None:
        entry = self._open.get(reference)
        if entry is None:
            entry = self._open[reference] = _Open(reference, moment, first=number)
            first = self._seen.meet(moment, reference, line=number, fresh=self._fresh)
            if first is not None:
                refusal: Refusal = EntryApart(reference=reference, moment=moment.isoformat(), first=first)
                self._refuse(refusal, number, entry=entry, column="entry", found=reference)
        elif moment is not entry.moment and moment.utcoffset() != entry.moment.utcoffset():
            refusal = EntryOfTwoClocks(reference=reference, first=entry.first, told=entry.moment.isoformat())
            self._refuse(refusal, number, entry=entry, column="happened_at", found=moment.isoformat())
        if line is None:
            entry.sound = False
        else:
            entry.lines.append(line)
            entry.numbers.append(number)

    def _refuse(self, refusal: Refusal, number: int, *, entry: _Open, column: str, found: str) -> None:
        entry.sound = False
        self._table.faults.add(Fault.of(refusal, file=self._table.place, line=number, column=column, found=found))

    def _let_go(self, number: int) -> list[Numbered]:
        """The waiting entries that no row has touched for long; they wait no more."""
        gone = [entry for entry in self._open.values() if not entry.numbers or entry.numbers[-1] < number - REACH]
        for entry in gone:
            del self._open[entry.reference]
        self._fresh = False
        return self._closed(gone)

    def _closed(self, entries: Iterable[_Open]) -> list[Numbered]:
        return [
            (make(Entry, (entry.reference, entry.moment, tuple(entry.lines))), tuple(entry.numbers))
            for entry in entries
            if entry.sound and entry.reference not in self._broken
        ]
