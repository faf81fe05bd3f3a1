"""A wish to post passes here, money and goods alike: what its lines cite is looked up, then the ledger decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from tallystick.authorisations.queries import authorisations
from tallystick.core.authorisation import Authorisation, check_cited
from tallystick.core.custody.book import Book
from tallystick.core.entry import Entry, Kind, PostedEntry
from tallystick.core.grant import Grant, check_promise
from tallystick.core.refusal import Refusal
from tallystick.corridors.rules import bring_rules
from tallystick.handovers.gates import held_back
from tallystick.handovers.promises import overpaid, promised_to
from tallystick.journal.kept import recall
from tallystick.journal.queries import Head
from tallystick.journal.reach import within_reach
from tallystick.ledger.post import EntriesRefused, Gathered, Posted, lock_and_gather, post_decided, weigh
from tallystick.ledger.queries.book import gather

PAYOUT = Kind.PAYOUT.value
Refused = list[tuple[int, Refusal]]


@within_reach()
@transaction.atomic
def hand_over(
    entries: Sequence[Entry], *, office: str, recorded_at: datetime, keeps_promises: bool = False, of_folder: bool = False
) -> Posted:
    """Post these entries, all or none. Raises EntriesRefused with every refusal of the batch, ProgrammeNotOpened.

    Whoever posts at a desk keeps every promise: no payout beyond what is outstanding. A folder tells what happened elsewhere, and is
    held to the promises of which somebody planned the tranches here, or which they cancelled (handovers/promises.py). Nor are its
    transfers held to what was agreed after the days on which they happened (decision 0020).
    """
    gathered = lock_and_gather(entries, office=office)
    refused = uncited(entries, gathered.head) or held_back(entries, gathered.book, head=gathered.head)
    if refused:
        raise EntriesRefused(refused, asked=len(entries))
    bring_rules(entries, gathered.book, head=gathered.head, told_at=None if of_folder else recorded_at)
    decided, refused = weigh(entries, gathered.book)
    refused += overpaid(entries, decided, gathered=gathered, keeps_promises=keeps_promises)
    if refused:
        raise EntriesRefused(in_order(refused), asked=len(entries))
    return post_decided(decided, gathered, asked=len(entries), recorded_at=recorded_at)


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
    bring_rules(entries, book, head=head, whole=True)
    held = held_back(entries, book, head=head)
    decided, refused = weigh(entries, book)
    unpaid = overpaid(entries, decided, gathered=Gathered(head, book))
    return decided, in_order([*uncited(entries, head, also=cited), *held, *refused, *unpaid])


def in_order(refused: Refused) -> Refused:
    """By their places in the batch."""
    return sorted(refused, key=lambda one: one[0])


def uncited(entries: Sequence[Entry], head: Head, *, also: Cited = NOTHING_MORE) -> Refused:
    """The entries that cite a grant or a basis that is not in the books, or pay what was not promised; one refusal each."""
    cited = {line.grant for entry in entries for line in entry.lines} - {""}
    promised = {code: one.grant for code, one in promised_to(head, cited).items()}
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
