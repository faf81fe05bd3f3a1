"""Keeping the stock: what a look added up is written down, so that the next one reads only what was said after it.

A reader never waits for a writer: where somebody else writes just now, nothing is kept, and a later look tries again.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, OperationalError, connection, transaction

from tallystick.core.turnover import Sums
from tallystick.journal.asking import ask
from tallystick.journal.bulk import among, insert_rows
from tallystick.journal.engine import is_server
from tallystick.journal.medium import refused_by_medium
from tallystick.journal.models import Act
from tallystick.ledger.models import Account, Entry, Move, RunningSum, Stocktaking, Turnover
from tallystick.ledger.queries import payouts, taken_in, turnout
from tallystick.ledger.queries.stock import KEPT, Stock, kept_turnovers, stock_anew
from tallystick.ledger.queries.summed import plain, plain_extent, text_of

SUMS = (*turnout.SUMS, *taken_in.SUMS, *payouts.SUMS)
BEHIND_MOST = 500  # entries that every look reads again, before one of them keeps what it read
GROWN = 1.5  # times as many entries as when hands were told apart: then it is looked again which are large
MANY = 100_000  # entries, after which an import takes stock itself: the first look would take seconds over it
LOCK = int.from_bytes(b"stock", "big")
"""The number under which PostgreSQL keeps whoever writes the stock from whoever else would; those who post never wait for it."""


def take_stock(entry_count: int) -> None:
    """After very many entries: tell PostgreSQL's planner how large its tables have become, which it would notice minutes later,
    and add up what passed, where whoever looks first would wait for it."""
    if is_server():
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(table._meta.db_table for table in (Act, Account, Entry, Move))}")
    if entry_count > MANY:
        keep(stock_anew())
        for running in SUMS:
            running.read(lambda sums: None)
        keep_sums()


def keep_up(stock: Stock) -> None:
    """Keep this stock where a look has had much to add up. Whoever cannot write just now does not."""
    if stock.extent.entry_count - stock.kept_count < BEHIND_MOST:
        return
    is_outgrown = stock.kept_at and stock.extent.entry_count > GROWN * stock.told_apart_at
    keep(stock_anew() if is_outgrown else stock)


def keep_sums() -> None:
    """Keep those sums of which this process had much to add up. Whoever cannot write just now does not."""
    for running in SUMS:
        found = running.to_write(behind=BEHIND_MOST)
        if found is None:
            continue
        try:
            with _held() as is_held:
                if is_held:
                    act, digest, text = found
                    RunningSum.objects.update_or_create(
                        name=running.name, defaults={"act_id": act, "digest": digest, "sums": text}
                    )
        except DatabaseError as problem:
            if not _cannot_write(problem):
                raise
            return
        if is_held:
            running.was_written(act)


def keep(stock: Stock) -> bool:
    """Write the stock and the turnovers that changed; says whether it was written."""
    try:
        with _held() as is_held:
            if is_held and _may_follow(stock):
                _write(stock)
                return True
    except DatabaseError as problem:
        if not _cannot_write(problem):
            raise
    return False


def _cannot_write(problem: DatabaseError) -> bool:
    """Whether the books are busy, read-only or full: nothing that anybody needs is missing then. PostgreSQL has several words for it."""
    return isinstance(problem, OperationalError) or refused_by_medium(problem) is not None


@contextmanager
def _held() -> Iterator[bool]:
    """A transaction in which nobody else writes the stock, where that can be had at once."""
    if is_server():
        with transaction.atomic():
            ((is_mine,),) = ask("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])()
            yield is_mine
    elif connection.in_atomic_block:
        with transaction.atomic():
            yield True
    else:
        connection.ensure_connection()
        ((patience,),) = ask("PRAGMA busy_timeout")()
        ask("PRAGMA busy_timeout = 0")()
        try:
            with transaction.atomic():
                yield True
        finally:
            ask(f"PRAGMA busy_timeout = {int(patience)}")()


def _may_follow(stock: Stock) -> bool:
    """Whether what is kept is still what this stock was brought up from, or older than a stock from all moves."""
    kept_at = next((act for act, *_ in ask(f"SELECT k.act_id FROM ({KEPT}) k")()), 0)
    return kept_at == stock.kept_at or (not stock.kept_at and kept_at < stock.act)


def _write(stock: Stock) -> None:
    text = text_of(
        {
            "stays": {kind: sorted(hands) for kind, hands in sorted(stock.stays.items())},
            "sums": plain(stock.sums),
            "lying": [[unit, sort, str(amount)] for (unit, sort), amount in sorted(stock.lying.items()) if amount],
            "hands": [[kind, units, count] for (kind, units), count in sorted(stock.hands.items()) if count],
            "last_account": stock.last_account,
            "extent": plain_extent(stock.extent),
            "told_apart_at": stock.told_apart_at,
        }
    )
    Stocktaking.objects.update_or_create(id=1, defaults={"act_id": stock.act, "digest": stock.digest, "sums": text})
    if stock.kept_at:
        _carry_turnovers(stock)
    else:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {Turnover._meta.db_table}")
        _insert(stock.turned)


def _carry_turnovers(stock: Stock) -> None:
    changed = kept_turnovers(list(stock.turned))
    condition, value = among(list(changed))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {Turnover._meta.db_table} WHERE holder {condition}", [value])
    for hand, sums in stock.turned.items():
        changed.setdefault(hand, Sums()).take_in(sums)
    _insert(changed)


def _insert(turned: dict[str, Sums]) -> None:
    rows = [(hand, text_of(plain(sums))) for hand, sums in sorted(turned.items())]
    insert_rows(Turnover._meta.db_table, ("holder", "sums"), rows=rows)
