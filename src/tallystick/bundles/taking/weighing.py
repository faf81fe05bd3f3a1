"""The folder's entries weighed against a book in memory: why each is refused, or what it would post. Nothing is written."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from tallystick.bundles.folder.layout import MOVES
from tallystick.bundles.folder.reading import Folder
from tallystick.bundles.taking.taken import note_fault
from tallystick.core.amount import show_amount
from tallystick.core.custody.book import Book
from tallystick.core.entry import Entry, PostedEntry
from tallystick.handovers.actions import NOTHING_MORE, Cited, weigh_all
from tallystick.journal.queries import Head

BATCH = 10_000  # moves
Located = tuple[Entry, tuple[int, ...]]


class EntryWeighing:
    """Weighs a folder's entries, in their order, up to the first line that could not be read: what is held after it is not known."""

    def __init__(self, folder: Folder, *, cited: Cited = NOTHING_MORE) -> None:
        self.folder = folder
        self.cited = cited
        self.noted = len(folder.faults)
        self.unread: int | None = None  # the first line that could not be read

    def look_for_unread(self) -> None:
        """To be asked when a batch was read, before it is weighed."""
        if self.unread is None and len(self.folder.faults) > self.noted:
            self.unread = min(fault.line or 0 for fault in list(self.folder.faults)[self.noted :])

    def weigh(self, batch: Sequence[Located], book: Book, *, head: Head) -> list[PostedEntry]:
        """What these entries would post; why others are refused is noted. `book` takes their effect."""
        known = [located for located in batch if self.unread is None or located[1][0] < self.unread]
        if not known:
            return []
        decided, refused = weigh_all([entry for entry, _ in known], book, head=head, cited=self.cited)
        for place, refusal in refused:
            entry, numbers = known[place]
            line, column = refusal.line or 0, refusal.column or "entry"
            found = _found(entry, line, column=column, book=book)
            note_fault(self.folder, MOVES, line=numbers[line], refusal=refusal, found=found, column=column)
        self.noted = len(self.folder.faults)
        return decided


def batches(entries: Iterable[Located]) -> Iterator[list[Located]]:
    """Entries in batches of about ten thousand moves."""
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


def move_count(batch: Iterable[Located], *, told: Callable[[int], None]) -> int:
    """How many moves a batch has; `told` hears it."""
    count = sum(len(entry.lines) for entry, _ in batch)
    told(count)
    return count


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
