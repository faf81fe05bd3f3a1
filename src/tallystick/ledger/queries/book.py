"""Gathering what a batch of entries needs to be decided: a fixed number of SELECTs, however many entries there are."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from tallystick.core.custody.book import TRANSIT, Book
from tallystick.core.custody.reversal import named_references
from tallystick.core.entry import Entry, Kind, Move, PostedEntry
from tallystick.journal.asking import Answer, ask
from tallystick.journal.bulk import among, read_moment
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
TAKEN = "SELECT DISTINCT reference FROM ledger_entry WHERE reference {among}"
STANDING = """
    SELECT e.act_id, e.reference, e.happened_at, e.utc_offset_minutes, r.reference,
           m.kind, g.holder, t.holder, g.unit_id, m.amount, g.earmark_id, m.named, m.grant, m.authorisation, m.note
      FROM ledger_entry e
      JOIN ledger_move m ON m.entry_id = e.act_id
      JOIN ledger_account g ON g.id = m.giver_id
      JOIN ledger_account t ON t.id = m.taker_id
      LEFT JOIN ledger_entry r ON r.act_id = e.reverses_id
     WHERE e.reference {among}
     ORDER BY e.act_id, m.line
"""
TAKEN_BACK = """
    SELECT o.reference FROM ledger_entry o JOIN ledger_entry r ON r.reverses_id = o.act_id WHERE o.reference {among}
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
    reversed_references: set[str]
    accounts: Answer
    taken: Answer


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
    reversed_references = _reversed_references(entries).difference(known_references)
    references = {entry.reference for entry in entries}.difference(known_references) | reversed_references
    among_holders, holder = among(holders)
    among_references, reference = among(references)
    return Gathering(
        holders,
        reversed_references,
        accounts=ask(ACCOUNTS.format(among=among_holders), [holder]),
        taken=ask(TAKEN.format(among=among_references), [reference]),
    )


def bring(gathering: Gathering, book: Book, *, head: Head) -> None:
    """Read what was asked for into `book`, with the parties behind the holders and the entries that stand."""
    _bring_holders(gathering, book, head=head)
    taken = {reference for (reference,) in gathering.taken()}
    book.gathered_references |= taken
    if taken:
        _bring_standing(taken, book)
    reversed_references = gathering.reversed_references & taken
    if reversed_references:
        condition, value = among(reversed_references)
        book.reversed.update(reference for (reference,) in ask(TAKEN_BACK.format(among=condition), [value])())


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


def _bring_standing(references: set[str], book: Book) -> None:
    condition, value = among(references)
    for posted in entries_read(ask(STANDING.format(among=condition), [value])()):
        book.know_entry(posted)


def entries_read(rows: Iterable[tuple[Any, ...]]) -> Iterator[PostedEntry]:
    """Entries put together from rows of STANDING's columns, ordered by entry and line."""
    current: int | None = None
    head: tuple[Any, ...] = ()
    moves: list[Move] = []
    for row in rows:
        if row[0] != current:
            if current is not None:
                yield _entry(head, moves)
            current, head, moves = row[0], row[1:5], []
        moves.append(Move(row[5], row[6], row[7], row[8], row[9], row[10], row[11], row[12], row[13], row[14]))
    if current is not None:
        yield _entry(head, moves)


def _entry(head: tuple[Any, ...], moves: list[Move]) -> PostedEntry:
    reference, happened_at, offset, reverses = head
    return PostedEntry(reference, local_moment(happened_at, offset), tuple(moves), reverses or "")


def local_moment(happened_at: Any, offset_minutes: int) -> datetime:
    """A stored moment by the clock on the wall where it happened."""
    moment = read_moment(happened_at)
    zone = UTC if offset_minutes == 0 else timezone(timedelta(minutes=offset_minutes))
    return moment.astimezone(zone)
