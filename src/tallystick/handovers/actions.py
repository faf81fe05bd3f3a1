"""A wish to post passes here, money and goods alike: what its lines cite is looked up, then the ledger decides."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tallystick.authorisations.queries import authorisations
from tallystick.core.authorisation import check_cited
from tallystick.core.custody.book import Book
from tallystick.core.entry import Entry, Kind
from tallystick.core.grant import check_promise
from tallystick.core.refusal import Refusal
from tallystick.corridors.rules import bring_rules
from tallystick.grants.queries import grants
from tallystick.journal.kept import recall, recall_coded
from tallystick.journal.queries import Head
from tallystick.journal.reach import within_reach
from tallystick.ledger.post import EntriesRefused, Posted, lock_and_gather, post_gathered, weigh
from tallystick.ledger.queries.book import gather

PAYOUT = Kind.PAYOUT.value
Refused = list[tuple[int, Refusal]]


@within_reach()
@transaction.atomic
def hand_over(entries: Sequence[Entry], *, office: str, recorded_at: datetime) -> Posted:
    """Post these entries, all or none. Raises EntriesRefused with every refusal of the batch, ProgrammeNotOpened."""
    gathered = lock_and_gather(entries, office=office)
    refused = uncited(entries, gathered.head)
    if refused:
        raise EntriesRefused(refused, asked=len(entries))
    bring_rules(entries, gathered.book, head=gathered.head)
    return post_gathered(entries, gathered, recorded_at=recorded_at)


def weigh_all(entries: Sequence[Entry], book: Book, *, head: Head) -> Refused:
    """Every refusal that these entries would meet, with its place in the batch; writes nothing, and `book` takes their effect."""
    gather(entries, book, head=head)
    bring_rules(entries, book, head=head, whole=True)
    _, refused = weigh(entries, book)
    return sorted([*uncited(entries, head), *refused], key=lambda one: one[0])


def uncited(entries: Sequence[Entry], head: Head) -> Refused:
    """The entries that cite a grant or a basis that is not in the books, or pay what was not promised; one refusal each."""
    cited = {line.grant for entry in entries for line in entry.lines} - {""}
    promised = recall_coded(head, "grants", codes=cited, read=lambda codes: grants(codes=codes))
    recorded = recall(head, "authorisations", read=authorisations)
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
