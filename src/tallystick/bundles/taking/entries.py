"""The folder's entries: posted batch by batch; from the first fault on only weighed, so that every fault is listed."""

from collections.abc import Callable, Sequence
from datetime import datetime

from tallystick.bundles.folder.layout import MOVES
from tallystick.bundles.folder.reading import Folder
from tallystick.bundles.taking.taken import Taken
from tallystick.bundles.taking.weighing import EntryWeighing, Located, batches, move_count
from tallystick.core.custody.book import Book
from tallystick.handovers.actions import hand_over
from tallystick.journal.actions import lock_stream
from tallystick.ledger.post import EntriesRefused
from tallystick.ledger.queries.book import new_book


class EntryTaking:
    """Takes a folder's entries, in their order."""

    def __init__(self, folder: Folder, taken: Taken, *, office: str, recorded_at: datetime) -> None:
        self.folder = folder
        self.taken = taken
        self.office = office
        self.recorded_at = recorded_at
        self.book: Book | None = None  # once something is refused: the books as they would be, in memory only
        self.weighing = EntryWeighing(folder)

    def take(self, told: Callable[[int], None]) -> None:
        """Post every entry; where any is refused or unreadable, the faults are left with the folder."""
        for batch in batches(self.folder.entries()):
            self.weighing.look_for_unread()
            if not self.folder.faults:
                self._post(batch)
            if self.folder.faults or self.book:
                self._weigh(batch)
            move_count(batch, told=told)

    def _post(self, batch: Sequence[Located]) -> None:
        entries = [entry for entry, _ in batch]
        try:
            posted = hand_over(entries, office=self.office, recorded_at=self.recorded_at, of_folder=True)
        except EntriesRefused:
            self.book = new_book(lock_stream(self.office))
        else:
            moves = sum(len(entry.lines) for entry in entries)
            self.taken.add(MOVES, new=posted.move_count, already=moves - posted.move_count)
            self.taken.entry_count += len(posted.entries)
            self.taken.entry_already_count += posted.already_count
            self.taken.note_entries(posted.entries)

    def _weigh(self, batch: Sequence[Located]) -> None:
        """Note why these entries are refused."""
        head = lock_stream(self.office)
        self.book = self.book or new_book(head)
        if self.book is not None:
            self.weighing.weigh(batch, self.book, head=head)
