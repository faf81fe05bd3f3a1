"""What an import would do, before anybody does it: what is new, what the books hold already, and every fault. Nothing is written.

A folder's own records are not in the books yet, so its entries are weighed against a book that has both. The books are read as they
are at one moment, and nobody waits for it; what has changed by the time the folder is taken in is decided then.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from tallystick.bundles.folder.layout import AUTHORISATIONS, EARMARKS, GRANTS, MOVES, PARTIES, PROGRAMME, UNITS
from tallystick.bundles.folder.reading import Folder
from tallystick.bundles.standing import News, code_of
from tallystick.bundles.taking.records import look_over, new_programmes
from tallystick.bundles.taking.taken import Taken
from tallystick.bundles.taking.weighing import EntryWeighing, batches, move_count
from tallystick.core.custody.book import Book
from tallystick.core.entry import PostedEntry
from tallystick.core.unit import Unit
from tallystick.handovers.actions import Cited
from tallystick.journal.queries import head_of
from tallystick.journal.snapshot import snapshot
from tallystick.ledger.queries.book import new_book
from tallystick.ledger.queries.records import units

FIRST = 500  # entries that are shown of those that would be posted


@dataclass(slots=True)
class Weighed:
    """What a folder would do: what is new and already there, by file; the rows that would change the books; the first entries."""

    taken: Taken = field(default_factory=Taken)
    changed: dict[str, int] = field(default_factory=dict)
    first: list[PostedEntry] = field(default_factory=list)
    units: dict[str, Unit] = field(default_factory=dict)
    parties: set[str] = field(default_factory=set)  # whom its new entries touch, and to whom it sets a limit


def weigh_folder(folder: Folder, *, office: str, told: Callable[[int], None] = lambda count: None) -> Weighed:
    """Weigh a programme folder or workbook; its faults, at most 1,000 of them, are left with it.

    `told` hears how many moves each batch has. They are the faults that taking it in would be refused for.
    """
    weighed = Weighed()
    with snapshot():
        weighed.units = units()
        programmes, news = new_programmes(folder), look_over(folder)
        _count_records(weighed, news, programmes=len(programmes))
        if folder.faults:
            for _ in folder.entries():  # what can be read is read on, so that its faults are listed too
                told(0)
        else:
            _weigh_entries(folder, weighed, office=office, told=told)
    return weighed


def _count_records(weighed: Weighed, news: dict[str, News], *, programmes: int) -> None:
    weighed.taken.add(PROGRAMME, new=programmes, already=1 - programmes)
    for file, one in news.items():
        weighed.taken.add(file, new=len(one.new), already=one.already_count)
        weighed.changed[file] = len(one.changed)
        weighed.taken.note_records(one.new)
        if file == PARTIES:
            weighed.parties.update(party.party for party in one.new if party.holding_limit)


def _weigh_entries(folder: Folder, weighed: Weighed, *, office: str, told: Callable[[int], None]) -> None:
    head = head_of(office)
    records = {file: {code_of(one.record): one.record for one in located} for file, located in folder.records.items()}
    weighed.units |= records[UNITS]
    book = _with_records(new_book(head), folder, records=records)
    weighing = EntryWeighing(folder, cited=Cited(grants=records[GRANTS], bases=records[AUTHORISATIONS]))
    taken = weighed.taken
    for batch in batches(folder.entries()):
        weighing.look_for_unread()
        decided = weighing.weigh(batch, book, head=head)
        moves, new = move_count(batch, told=told), _moves_of(decided)
        taken.add(MOVES, new=new, already=0 if folder.faults else moves - new)
        taken.entry_count += len(decided)
        taken.entry_already_count += 0 if folder.faults else len(batch) - len(decided)
        taken.note_entries(decided)
        weighed.parties.update(_parties_in(decided))
        weighed.first.extend(islice(decided, FIRST - len(weighed.first)))


def _with_records(book: Book | None, folder: Folder, *, records: dict[str, dict[str, Any]]) -> Book:
    """The book of the books, or a new one, that knows what the folder brings."""
    assert folder.programme is not None, "a folder whose programme cannot be read has a fault"
    made = book or Book(opened=folder.programme.opened)
    made.units = {**made.units, **records[UNITS]}
    made.earmarks = made.earmarks | records[EARMARKS].keys()
    made.know_parties(one.record for one in folder.records[PARTIES])
    return made


def _parties_in(decided: Iterable[PostedEntry]) -> Iterator[str]:
    """The parties at the ends of these entries, those behind a commission or a changing of their own, and who was meant to carry."""
    for posted in decided:
        for move in posted.moves:
            for end in (move.giver, move.taker, move.named):
                yield end.partition(":")[2] if end.startswith("@") else end


def _moves_of(decided: Iterable[PostedEntry]) -> int:
    return sum(len(posted.moves) for posted in decided)
