"""The folder's entries: posted batch by batch; from the first fault on only weighed, so that every fault is listed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from tallystick.bundles.folder.layout import MOVES
from tallystick.bundles.folder.reading import Folder
from tallystick.bundles.taking.taken import Taken, note_fault
from tallystick.core.amount import show_amount
from tallystick.core.custody.book import Book
from tallystick.core.entry import Entry
from tallystick.handovers.actions import hand_over, weigh_all
from tallystick.journal.actions import lock_stream
from tallystick.ledger.post import EntriesRefused
from tallystick.ledger.queries.book import new_book

BATCH = 10_000  # moves
Located = tuple[Entry, tuple[int, ...]]


class EntryTaking:
    """Takes a folder's entries, in their order."""

    def __init__(self, folder: Folder, taken: Taken, *, office: str, recorded_at: datetime) -> None:
        self.folder = folder
        self.taken = taken
        self.office = office
        self.recorded_at = recorded_at
        self.book: Book | None = None  # once something is refused: the books as they would be, in memory only
        self.noted = len(folder.faults)
        self.unread: int | None = None  # the first line that could not be read; what is held after it is not known

    def take(self, told: Callable[[int], None]) -> None:
        """Post every entry; where any is refused or unreadable, the faults are left with the folder."""
        for batch in batches(self.folder.entries()):
            self._look_for_unread()
            if not self.folder.faults:
                self._post(batch)
            if self.folder.faults or self.book:
                self._weigh(batch)
            told(sum(len(entry.lines) for entry, _ in batch))

    def _look_for_unread(self) -> None:
        if self.unread is None and len(self.folder.faults) > self.noted:
            self.unread = min(fault.line or 0 for fault in list(self.folder.faults)[self.noted :])

    def _post(self, batch: Sequence[Located]) -> None:
        entries = [entry for entry, _ in batch]
        try:
            posted = hand_over(entries, office=self.office, recorded_at=self.recorded_at)
        except EntriesRefused:
            self.book = new_book(lock_stream(self.office))
        else:
            moves = sum(len(entry.lines) for entry in entries)
            self.taken.add(MOVES, new=posted.move_count, already=moves - posted.move_count)
            self.taken.entry_count += len(posted.entries)
            self.taken.entry_already_count += posted.already_count

    def _weigh(self, batch: Sequence[Located]) -> None:
        """Note why these entries are refused, up to the first line that could not be read."""
        head = lock_stream(self.office)
        self.book = self.book or new_book(head)
        known = [located for located in batch if self.unread is None or located[1][0] < self.unread]
        if self.book is None or not known:
            return
        for place, refusal in weigh_all([entry for entry, _ in known], self.book, head=head):
            entry, numbers = known[place]
            line, column = refusal.line or 0, refusal.column or "entry"
            found = _found(entry, line, column=column, book=self.book)
            note_fault(self.folder, MOVES, line=numbers[line], refusal=refusal, found=found, column=column)
        self.noted = len(self.folder.faults)


def batches(entries: Iterable[Located]) -> Iterator[list[Located]]:
    """Entries in batches of about twenty thousand moves."""
    batch: list[Located] = []
    count = 0
    for located in entries:
        batch.append(located)
        count += len(located[1])
        if count >= BATCH:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch


def _found(entry: Entry, line: int, *, column: str, book: Book) -> str:
    """What stands in a column of one of the entry's lines."""
    if column == "entry" or line >= len(entry.lines):
        return entry.reference
    if column == "happened_at":
        return entry.happened_at.isoformat()
    written = entry.lines[line]
    if column == "amount" and written.unit in book.units:
        return show_amount(written.amount, book.units[written.unit].places)
    return str(getattr(written, column))
