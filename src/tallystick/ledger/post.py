"""The one door to the books, for one entry and for a hundred thousand: lock and gather, decide, write the act, apply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tallystick.core.custody.book import Book
from tallystick.core.custody.decide import decide
from tallystick.core.entry import Entry, PostedEntry
from tallystick.core.entry_text import entry_text
from tallystick.core.refusal import Refusal
from tallystick.journal.actions import append, lock_stream
from tallystick.ledger.apply.entries import EntryAct, apply_entries
from tallystick.ledger.queries.book import gather, new_book

ENTRY_POSTED = "entry_posted"


class ProgrammeNotOpened(Refusal):
    code = "programme_not_opened"
    words = "These books have no programme yet, so nothing can be posted."
    expected = "an imported programme folder"


class EntriesRefused(Refusal):
    """Several entries, refused one by one; `refused` pairs each one's place in the batch with its refusal."""

    code = "entries_refused"
    words = "{count} of {asked} entries are refused; the first: {first}"

    def __init__(self, refused: Sequence[tuple[int, Refusal]], *, asked: int) -> None:
        super().__init__(count=len(refused), asked=asked, first=str(refused[0][1]))
        self.refused = refused


@dataclass(frozen=True, slots=True)
class Posted:
    """What a batch did: the entries that now stand, and how many were already in the books."""

    entries: tuple[PostedEntry, ...]
    already_count: int

    @property
    def move_count(self) -> int:
        return sum(len(posted.moves) for posted in self.entries)


@transaction.atomic
def post(entries: Sequence[Entry], *, office: str, recorded_at: datetime) -> Posted:
    """Post these entries, all of them or none, in their order; as many statements for one as for ten thousand.

    An entry that the books already hold word for word changes nothing and is counted. Raises ProgrammeNotOpened, and
    EntriesRefused with every refusal of the batch.
    """
    head = lock_stream(office)
    book = new_book()
    if book is None:
        raise ProgrammeNotOpened
    decided, refused = weigh(entries, book)
    if refused:
        raise EntriesRefused(refused, asked=len(entries))
    acts = append(head, ENTRY_POSTED, contents=[entry_text(posted) for posted in decided], recorded_at=recorded_at)
    apply_entries(
        [EntryAct(act.id, act.office, recorded_at, posted) for act, posted in zip(acts, decided, strict=True)],
        known=book.accounts,
    )
    return Posted(tuple(decided), already_count=len(entries) - len(decided))


def weigh(entries: Sequence[Entry], book: Book) -> tuple[list[PostedEntry], list[tuple[int, Refusal]]]:
    """Decide these entries against the books and `book`, which takes their effect, and write nothing.

    The entries that would stand, and (place in the batch, refusal) for those that would not.
    """
    gather(entries, book)
    decided, refused = [], []
    for place, entry in enumerate(entries):
        try:
            posted = decide(entry, book)
        except Refusal as refusal:
            refused.append((place, refusal))
        else:
            if posted is not None:
                decided.append(posted)
    return decided, refused
