"""Gathering what a batch of entries needs to be decided: a fixed number of SELECTs, however many entries there are."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tallystick.core.chain import read_act, read_content
from tallystick.core.custody.book import TRANSIT, Book
from tallystick.core.custody.reversal import named_references
from tallystick.core.entry import Entry, Kind, entry_said
from tallystick.journal.asking import Answer, ask
from tallystick.journal.bulk import among
from tallystick.journal.kept import recall, recall_coded
from tallystick.journal.queries import Head
from tallystick.ledger.queries.records import earmarks, programme, units
from tallystick.people.queries import parties

REVERSAL = Kind.REVERSAL.value
HALVES = {kind.value for kind in (Kind.DISPATCH, Kind.RECEIPT, Kind.LOSS, Kind.RETURN)}

ACCOUNTS = """
    SELECT id, holder, unit_id, earmark_id, balance FROM ledger_account WHERE holder {among}
     UNION ALL
    SELECT COALESCE(MAX(id), 0), '', '', '', 0 FROM ledger_account
"""
# The acts that say the entries which stand under these references, and which act took each back.
STANDING = """
    SELECT a.body, (SELECT r.act_id FROM ledger_entry r WHERE r.reverses_id = e.act_id LIMIT 1)
      FROM ledger_entry e
      JOIN journal_act a ON a.id = e.act_id
     WHERE e.reference {among}
     ORDER BY e.act_id
"""
# What lies on the road to these carriers: every tally that is open, once for each account it carries. CROSS JOIN keeps SQLite to
# the order that is written: from the few tallies under way to their moves.
ROADS = r"""
    SELECT DISTINCT m.named, a.holder, a.unit_id, a.earmark_id, a.balance
      FROM ledger_account a
     CROSS JOIN ledger_move m
     WHERE a.is_held AND a.holder LIKE '@transit:%%' ESCAPE '\'
       AND m.taker_id = a.id AND m.kind = 'dispatch' AND m.named {among}
"""


@dataclass(frozen=True, slots=True)
class Gathering:
    """What was asked for a batch of entries and is not read yet."""

    holders: set[str]
    accounts: Answer
    standing: Answer


def new_book(head: Head) -> Book | None:
    """A book that knows the programme, its units and its earmarks; None before the programme is opened."""
    opened = recall(head, "programme", read=programme)
    if opened is None:
        return None
    known = recall(head, "units", read=units), recall(head, "earmarks", read=lambda: set(earmarks()))
    return Book(opened=opened.opened, units=known[0], earmarks=known[1])


def gather(entries: Collection[Entry], book: Book, *, head: Head) -> None:
    """Bring into `book` the parties, balances and standing entries that these entries touch and it does not know yet."""
    known = book.gathered_holders, book.gathered_references
    bring(ask_for(entries, known_holders=known[0], known_references=known[1]), book, head=head)


def ask_for(
    entries: Collection[Entry], *, known_holders: Collection[str] = (), known_references: Collection[str] = ()
) -> Gathering:
    """Ask for what these entries touch, as far as it is not known: two questions, however many entries there are."""
    holders = _holders(entries).difference(known_holders)
    references = ({entry.reference for entry in entries} | _reversed_references(entries)).difference(known_references)
    among_holders, holder = among(holders)
    among_references, reference = among(references)
    return Gathering(
        holders,
        accounts=ask(ACCOUNTS.format(among=among_holders), [holder]),
        standing=ask(STANDING.format(among=among_references), [reference]),
    )


def bring(gathering: Gathering, book: Book, *, head: Head) -> None:
    """Read what was asked for into `book`, with the parties behind the holders and the entries that stand."""
    _bring_holders(gathering, book, head=head)
    found = [(read_content(read_act(body), entry_said), reversal) for body, reversal in gathering.standing()]
    for posted, reversal in found:
        book.know_entry(posted)
        if reversal is not None:
            book.reversed.add(posted.reference)
    book.gathered_references.update(posted.reference for posted, _ in found)


def _holders(entries: Iterable[Entry]) -> set[str]:
    """Every holder that the entries may touch, the transit account of each tally and the party behind `@changer:PARTY` too."""
    holders = set()
    for entry in entries:
        for line in entry.lines:
            holders.add(line.giver)
            holders.add(line.taker)
            if line.kind in HALVES:
                holders.add(TRANSIT + entry.reference)
    return holders | {holder.partition(":")[2] for holder in holders if holder.startswith(("@commission:", "@changer:"))}


def _reversed_references(entries: Iterable[Entry]) -> set[str]:
    """The references that reversals among these entries may mean."""
    notes = {line.note for entry in entries for line in entry.lines if line.kind == REVERSAL}
    return {reference for note in notes for reference in named_references(note)}


def _bring_holders(gathering: Gathering, book: Book, *, head: Head) -> None:
    book.gathered_holders |= gathering.holders
    codes = [holder for holder in gathering.holders if not holder.startswith("@")]
    book.know_parties(recall_coded(head, "parties", codes=codes, read=lambda missing: parties(codes=missing)).values())
    for account, holder, unit, earmark, balance in gathering.accounts():
        if holder:
            book.know_account((holder, unit, earmark), balance, account=account)
        else:
            book.last_account = max(book.last_account, account)
    carriers = {party for party, _ in book.limits}.intersection(codes)
    if not carriers:
        return
    condition, value = among(carriers)
    for carrier, holder, unit, earmark, balance in ask(ROADS.format(among=condition), [value])():
        book.know_road(carrier, (holder, unit, earmark), balance=balance)
