"""Posting as it is often written, as a double for the experiment: it must be caught, or the experiment is worth nothing.

It decides by the same rules, on tables of the same shape, and keeps a balance in each account. But it reads without a lock, and
writes later. BLIND writes back the balance that it reckoned; what another wrote in between is lost, and the total changes.
UNLOCKED adds to what is there, with the table's check taken away: the total is conserved, and a hand still gives what it has
not got.
"""

import itertools
import os
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from django.db import connection, transaction
from django.db.models import F, Max

from faults.bank.town import DONOR, EARMARK, OPENED_AT, OPENING, Town
from tallystick.core.custody.book import TRANSIT, Book
from tallystick.core.custody.decide import changes_of, decide
from tallystick.core.entry import Entry, Move, PostedEntry
from tallystick.core.refusal import Refusal
from tallystick.ledger import models
from tallystick.ledger.post import EntriesRefused, Posted
from tallystick.ledger.queries.records import units
from tallystick.people.queries import parties

BLIND, UNLOCKED = "blind", "unlocked"
UNCHECK = {
    "postgresql": "ALTER TABLE ledger_account DROP CONSTRAINT IF EXISTS account_is_not_overdrawn",
    "sqlite": "PRAGMA ignore_check_constraints = ON",
}
numbers = itertools.count(1)


def door(town: Town, variant: str) -> Callable[..., Posted]:
    """What stands in the place of `hand_over`."""
    known = Book(opened=OPENED_AT.date(), units=units(), earmarks={EARMARK})
    known.know_parties(parties().values())
    return partial(post, town=known, variant=variant)


def start_over(town: Town) -> None:
    """Every custodian has again what it began with, and no tally carries anything: by hand, past every rule."""
    take_check_away()
    models.Account.objects.update(balance=0)
    for unit, amount in OPENING.items():
        models.Account.objects.filter(holder__in=town.custodians, unit_id=unit).update(balance=amount)
        models.Account.objects.filter(holder=DONOR, unit_id=unit).update(balance=-amount * town.count)


def take_check_away() -> None:
    """PostgreSQL forgets the check for good, SQLite on this connection."""
    with connection.cursor() as cursor:
        cursor.execute(UNCHECK[connection.vendor])


def post(entries: Sequence[Entry], *, office: str, recorded_at: datetime, town: Book, variant: str) -> Posted:
    """The balances read, the entries decided; then, in a transaction, everything written."""
    take_check_away()
    book = _read(entries, town)
    decided = []
    for place, entry in enumerate(entries):
        try:
            posted = decide(entry, book)
        except Refusal as refusal:
            raise EntriesRefused([(place, refusal)], asked=len(entries)) from None
        if posted is not None:
            decided.append(posted)
    with transaction.atomic():
        _write(decided, book, variant=variant)
        for posted in decided:
            _write_entry(posted, office, recorded_at=recorded_at)
    return Posted(tuple(decided), already_count=len(entries) - len(decided))


def _read(entries: Sequence[Entry], town: Book) -> Book:
    """What these entries touch."""
    book = Book(opened=town.opened, units=town.units, earmarks=town.earmarks)
    book.know_parties(town.parties.values())
    references = {entry.reference for entry in entries}
    holders = {end for entry in entries for line in entry.lines for end in (line.giver, line.taker)}
    rows = models.Account.objects.filter(holder__in=[*holders, *(TRANSIT + reference for reference in references)])
    for account in rows:
        book.know_account((account.holder, account.unit_id, account.earmark_id), account.balance, account=account.id)
    for entry in models.Entry.objects.filter(reference__in=references).order_by("act_id"):
        moves = models.Move.objects.filter(entry_id=entry.act_id).order_by("line").select_related("giver", "taker")
        book.know_entry(PostedEntry(entry.reference, entry.happened_at, tuple(map(_move, moves))))
    return book


def _move(row: models.Move) -> Move:
    ends = row.giver.holder, row.taker.holder
    cited = row.named, row.grant, row.authorisation, row.note
    return Move(row.kind, *ends, row.giver.unit_id, row.amount, row.giver.earmark_id, *cited)


def _write(decided: Sequence[PostedEntry], book: Book, *, variant: str) -> None:
    for (holder, unit, earmark), change in changes_of(move for posted in decided for move in posted.moves).items():
        account = book.accounts.get((holder, unit, earmark))
        reckoned = book.balances[holder, unit, earmark]
        if account is not None:
            balance = reckoned if variant == BLIND else F("balance") + change
            models.Account.objects.filter(id=account).update(balance=balance)
            continue
        last = models.Account.objects.aggregate(last=Max("id"))["last"]
        stands = not holder.startswith("@") or holder.startswith(TRANSIT)
        models.Account.objects.create(
            id=last + 1, holder=holder, unit_id=unit, earmark_id=earmark, never_below_zero=stands, balance=change
        )


def _write_entry(posted: PostedEntry, office: str, *, recorded_at: datetime) -> None:
    """Under a number of this process's own: a journal's numbers would have kept two apart who write at once."""
    act = os.getpid() * 10**9 + next(numbers)
    said = {"reference": posted.reference, "happened_at": posted.happened_at, "recorded_at": recorded_at}
    models.Entry.objects.create(act_id=act, office=office, utc_offset_minutes=0, **said)
    ids = {
        (account.holder, account.unit_id): account.id
        for account in models.Account.objects.filter(
            holder__in={end for move in posted.moves for end in (move.giver, move.taker)}
        )
    }
    for line, move in enumerate(posted.moves):
        models.Move.objects.create(
            entry_id=act, line=line, kind=move.kind, giver_id=ids[move.giver, move.unit], taker_id=ids[move.taker, move.unit],
            amount=move.amount, named=move.named, grant=move.grant, authorisation=move.authorisation, note=move.note,
        )  # fmt: skip
