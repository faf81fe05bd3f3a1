"""What was said beside the entries holds some of them back: a tally in dispute stays as it lies, a loss that was recovered stays a loss.

Both are read once and kept until more is said, so that an entry costs no question for them.
"""

from collections.abc import Collection, Sequence

from tallystick.core.custody.book import Book
from tallystick.core.custody.reversal import named_references
from tallystick.core.dispute import check_not_frozen
from tallystick.core.entry import Entry, Kind
from tallystick.core.liability import LossRecovered
from tallystick.core.refusal import Refusal
from tallystick.handovers.queries import disputed_tallies, losses_with_recoveries, recoveries
from tallystick.journal.kept import recall
from tallystick.journal.queries import Head

REVERSAL = Kind.REVERSAL.value
Refused = list[tuple[int, Refusal]]


def held_back(entries: Sequence[Entry], book: Book, *, head: Head) -> Refused:
    """The entries that would move anything of a tally in dispute, or take back a loss of which something was recovered."""
    disputed = recall(head, "disputed tallies", read=disputed_tallies)
    reverses = any(entry.lines and entry.lines[0].kind == REVERSAL for entry in entries)
    recovered = recall(head, "recovered losses", read=losses_with_recoveries) if reverses else frozenset[str]()
    refused: Refused = []
    if not disputed and not recovered:
        return refused
    for place, entry in enumerate(entries):
        try:
            check_not_frozen(entry, disputed, standing=book.standing.get(entry.reference, ()))
            _check_not_recovered(entry, recovered, book=book)
        except Refusal as refusal:
            refused.append((place, refusal))
    return refused


def _check_not_recovered(entry: Entry, recovered: Collection[str], *, book: Book) -> None:
    """Refuses, with LossRecovered, to take back a loss of which a recovery stands; asks again only where there ever was one."""
    if entry.reference in book.standing:
        return
    notes = {line.note for line in entry.lines if line.kind == REVERSAL}
    for loss in {one for note in notes for one in named_references(note)}.intersection(recovered):
        if recoveries(loss):
            raise LossRecovered(loss=loss, column="note")
