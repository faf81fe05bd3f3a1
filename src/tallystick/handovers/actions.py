"""A wish to post passes here, money and goods alike: what its lines cite is looked up, then the ledger decides.

A tally in dispute is left as it lies, and a loss of which something was recovered stays a loss: what was said of them beside the
entries is read once and kept until more is said.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from tallystick.authorisations.queries import authorisations
from tallystick.core.authorisation import Authorisation, check_cited
from tallystick.core.custody.book import Book
from tallystick.core.custody.reversal import named_references
from tallystick.core.dispute import check_not_frozen
from tallystick.core.entry import Entry, Kind, PostedEntry
from tallystick.core.grant import Grant, check_promise
from tallystick.core.liability import LossRecovered
from tallystick.core.refusal import Refusal
from tallystick.grants.queries import grants
from tallystick.handovers.queries import disputed_tallies, losses_with_recoveries, recoveries
from tallystick.journal.kept import recall, recall_coded
from tallystick.journal.queries import Head
from tallystick.journal.reach import within_reach
from tallystick.ledger.post import EntriesRefused, Posted, lock_and_gather, post_gathered, weigh
from tallystick.ledger.queries.book import gather

PAYOUT = Kind.PAYOUT.value
REVERSAL = Kind.REVERSAL.value
Refused = list[tuple[int, Refusal]]


@within_reach()
@transaction.atomic
def hand_over(entries: Sequence[Entry], *, office: str, recorded_at: datetime) -> Posted:
    """Post these entries, all or none. Raises EntriesRefused with every refusal of the batch, ProgrammeNotOpened."""
    gathered = lock_and_gather(entries, office=office)
    refused = uncited(entries, gathered.head) or held_back(entries, gathered.book, head=gathered.head)
    if refused:
        raise EntriesRefused(refused, asked=len(entries))
    return post_gathered(entries, gathered, recorded_at=recorded_at)


@dataclass(frozen=True, slots=True)
class Cited:
    """Grants and bases that are taken for recorded, though the books do not hold them yet."""

    grants: Mapping[str, Grant] = field(default_factory=dict)
    bases: Mapping[str, Authorisation] = field(default_factory=dict)


NOTHING_MORE = Cited()


def weigh_all(
    entries: Sequence[Entry], book: Book, *, head: Head, cited: Cited = NOTHING_MORE
) -> tuple[list[PostedEntry], Refused]:
    """What these entries would post, and every refusal they would meet, with its place in the batch.

    Writes nothing, and `book` takes their effect.
    """
    gather(entries, book, head=head)
    held = held_back(entries, book, head=head)
    decided, refused = weigh(entries, book)
    return decided, sorted([*uncited(entries, head, also=cited), *held, *refused], key=lambda one: one[0])


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


def uncited(entries: Sequence[Entry], head: Head, *, also: Cited = NOTHING_MORE) -> Refused:
    """The entries that cite a grant or a basis that is not in the books, or pay what was not promised; one refusal each."""
    cited = {line.grant for entry in entries for line in entry.lines} - {""}
    promised = recall_coded(head, "grants", codes=cited, read=lambda codes: grants(codes=codes))
    recorded = recall(head, "authorisations", read=authorisations)
    if also is not NOTHING_MORE:
        promised, recorded = {**also.grants, **promised}, {**also.bases, **recorded}
    bases = {line.authorisation for entry in entries for line in entry.lines} - {""}
    unknown_grants, unknown_bases = cited - promised.keys(), bases - recorded.keys()
    refused: Refused = []
    for place, entry in enumerate(entries):
        for index, line in enumerate(entry.lines):
            if line.kind != PAYOUT and line.grant not in unknown_grants and line.authorisation not in unknown_bases:
                continue
            try:
                check_promise(line, promised)
                check_cited(line, recorded)
            except Refusal as refusal:
                refusal.line = index
                refused.append((place, refusal))
                break
    return refused
