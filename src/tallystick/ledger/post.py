"""The one door to the books, for one entry and for a hundred thousand: lock and gather, decide, write the act, apply."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from tallystick.core.custody.book import Book
from tallystick.core.custody.decide import decide
from tallystick.core.custody.ends import never_below_zero, sort_of
from tallystick.core.entry import Entry, PostedEntry
from tallystick.core.entry_text import entry_text
from tallystick.core.refusal import Refusal
from tallystick.journal.actions import append, ask_for_stream, wait_for_disk
from tallystick.journal.asking import together
from tallystick.journal.models import ENTRY_POSTED
from tallystick.journal.queries import Head
from tallystick.ledger.apply.entries import Accounts, EntryAct, apply_entries
from tallystick.ledger.queries.book import ask_for, bring, new_book

SMALL = 40  # moves; what is less goes out in one round trip, what is more by COPY


class ProgrammeNotOpened(Refusal):
    code = "programme_not_opened"
    words = "These books have no programme yet, so nothing can be posted."
    expected = "a programme: opened on the page “Programme, units, earmarks”, or in an imported folder"


class EntriesRefused(Refusal):
    """Several entries, refused one by one; `refused` pairs each one's place in the batch with its refusal."""

    code = "entries_refused"
    words = "{count} of {asked} entries are refused; the first: {first}"

    def __init__(self, refused: Sequence[tuple[int, Refusal]], *, asked: int) -> None:
        super().__init__(count=len(refused), asked=asked, first=refused[0][1])
        self.refused = refused


def plain(refusal: Refusal) -> Refusal:
    """The refusal of the one entry that was asked for, without the words for a batch around it."""
    return refusal.refused[0][1] if isinstance(refusal, EntriesRefused) and len(refusal.refused) == 1 else refusal


@dataclass(frozen=True, slots=True)
class Posted:
    """What a batch did: the entries that now stand, and how many were already in the books."""

    entries: tuple[PostedEntry, ...]
    already_count: int

    @property
    def move_count(self) -> int:
        return sum(len(posted.moves) for posted in self.entries)


class Gathered(NamedTuple):
    """The journal's head, held until the transaction ends, and what the books hold of all that some entries touch."""

    head: Head
    book: Book


def lock_and_gather(entries: Sequence[Entry], *, office: str) -> Gathered:
    """Hold the books and gather what these entries touch; within a transaction. Raises ProgrammeNotOpened."""
    with together():
        read_head = ask_for_stream(office)
        gathering = ask_for(entries)
    head = read_head()
    book = new_book(head)
    if book is None:
        raise ProgrammeNotOpened
    bring(gathering, book, head=head)
    return Gathered(head, book)


@transaction.atomic
def post(entries: Sequence[Entry], *, office: str, recorded_at: datetime) -> Posted:
    """Post these entries, all of them or none, in their order; as many statements for one as for ten thousand.

    An entry that the books already hold word for word changes nothing and is counted. Raises ProgrammeNotOpened, and
    EntriesRefused with every refusal of the batch.
    """
    gathered = lock_and_gather(entries, office=office)
    decided, refused = weigh(entries, gathered.book)
    if refused:
        raise EntriesRefused(refused, asked=len(entries))
    return post_decided(decided, gathered, asked=len(entries), recorded_at=recorded_at)


def post_decided(decided: Sequence[PostedEntry], gathered: Gathered, *, asked: int, recorded_at: datetime) -> Posted:
    """Write what `weigh` decided against what was gathered, of so many entries as were asked for."""
    head, book = gathered
    if decided:
        _write(decided, head, book=book, recorded_at=recorded_at)
    already_count = asked - len(decided)
    if already_count:
        transaction.on_commit(wait_for_disk)  # whoever posted them may still be waiting for it
    return Posted(tuple(decided), already_count=already_count)


def weigh(entries: Sequence[Entry], book: Book) -> tuple[list[PostedEntry], list[tuple[int, Refusal]]]:
    """Decide these entries against `book`, which has all they touch and takes their effect; write nothing.

    The entries that would stand, and (place in the batch, refusal) for those that would not.
    """
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


def _write(decided: Sequence[PostedEntry], head: Head, *, book: Book, recorded_at: datetime) -> None:
    """Say the entries, one act each, and apply them; a few of them in one round trip."""
    contents = [entry_text(posted) for posted in decided]
    accounts = Accounts(book.accounts, book.last_account, lambda holder: never_below_zero(sort_of(holder, book)))
    is_small = sum(len(posted.moves) for posted in decided) < SMALL and not any(posted.reverses for posted in decided)
    with together(is_last=True) if is_small else nullcontext():
        acts = append(head, ENTRY_POSTED, contents=contents, recorded_at=recorded_at)
        said = [EntryAct(act.id, act.office, recorded_at, posted) for act, posted in zip(acts, decided, strict=True)]
        apply_entries(said, accounts)
