"""Gathering what a batch of entries needs to be decided: a fixed number of SELECTs, however many entries there are."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from django.db import connection

from tallystick.core.custody.book import TRANSIT, Book
from tallystick.core.custody.reversal import named_references
from tallystick.core.entry import Entry, Kind, Move, PostedEntry
from tallystick.journal.bulk import among, read_moment
from tallystick.ledger.queries.records import earmarks, programme, units
from tallystick.people.queries import parties

REVERSAL = Kind.REVERSAL.value
HALVES = {kind.value for kind in (Kind.DISPATCH, Kind.RECEIPT, Kind.LOSS, Kind.RETURN)}

ACCOUNTS = "SELECT id, holder, unit_id, earmark_id, balance FROM ledger_account WHERE holder {among}"
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


def new_book() -> Book | None:
    """A book that knows the programme, its units and its earmarks; None before the programme is opened."""
    opened = programme()
    if opened is None:
        return None
    return Book(opened=opened.opened, units=units(), earmarks=set(earmarks()))


def gather(entries: Collection[Entry], book: Book) -> None:
    """Bring into `book` the parties, balances and standing entries that these entries touch and it does not know yet."""
    holders = _holders(entries) - book.gathered_holders
    _gather_holders(holders, book)
    reversed_references = _reversed_references(entries)
    references = ({entry.reference for entry in entries} | reversed_references) - book.gathered_references
    _gather_standing(references, reversed_references=references & reversed_references, book=book)


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


def _gather_holders(holders: set[str], book: Book) -> None:
    book.gathered_holders |= holders
    book.know_parties(parties(codes=[holder for holder in holders if not holder.startswith("@")]).values())
    condition, value = among(holders)
    with connection.cursor() as cursor:
        cursor.execute(ACCOUNTS.format(among=condition), [value])
        for account, holder, unit, earmark, balance in cursor.fetchall():
            book.know_account((holder, unit, earmark), balance, account=account)


def _gather_standing(references: set[str], *, reversed_references: set[str], book: Book) -> None:
    """The entries under these references, and which of those that a reversal may mean were taken back already."""
    book.gathered_references |= references
    condition, value = among(references)
    with connection.cursor() as cursor:
        cursor.execute(STANDING.format(among=condition), [value])
        for posted in entries_read(cursor.fetchall()):
            book.know_entry(posted)
        if not reversed_references:
            return
        condition, value = among(reversed_references)
        cursor.execute(
            "SELECT o.reference FROM ledger_entry o JOIN ledger_entry r ON r.reverses_id = o.act_id"
            f" WHERE o.reference {condition}",
            [value],
        )
        book.reversed.update(reference for (reference,) in cursor)


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
