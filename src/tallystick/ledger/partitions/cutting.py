"""Cutting the moves: from here on, without moving a row; or anew through all their months; or back into one table.

Each is one transaction that nobody works beside: the moves as they were, or as they are to be, and nothing in between. A row
that is written anew would be missing from a reading that began before, so whoever does that must be alone.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import connection, transaction

from tallystick.core.refusal import Refusal
from tallystick.journal.immutable import unguard
from tallystick.journal.reach import within_reach
from tallystick.ledger.partitions.furniture import attach, content, furnish, furniture, make_empty, run, set_aside
from tallystick.ledger.partitions.parts import TABLE, Part, PartsNeedServer, parts

WAIT_SECONDS = 10
ASIDE = f"{TABLE}_aside"
LAST_ACT = "SELECT COALESCE(MAX(id), 0) FROM journal_act"
# The month of an act that was recorded ahead of the clock is the month that it is now.
FIRSTS = """
    SELECT to_char(LEAST(recorded_at AT TIME ZONE 'UTC', %s), 'YYYY_MM'), MIN(act_id) FROM ledger_entry GROUP BY 1 ORDER BY 1
"""
OTHERS = """
    SELECT COUNT(*) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND COALESCE(backend_type, '?') IN ('client backend', '?')
"""

Cut = tuple[str, int | None]
"""A part's name, and the act it begins with; None for the beginning."""


class BooksNotAlone(Refusal):
    code = "books_not_alone"
    words = "To write every move anew this command must be alone with the books; sessions open beside it: {count}."
    expected = "tallystick serve and every other command stopped"


def cut_from_here(now: datetime) -> bool:
    """Close the part in which the moves lie, and open that of this month; whether there was anything to close.

    No row is written anew, so it takes a second or two however many there are. Done again in the same month it does nothing.
    Raises PartsNeedServer, and BooksBusy where others use the moves for WAIT_SECONDS on end.
    """
    month = _name(now)
    with _moves_locked():
        standing = parts()
        if standing and standing[-1].name >= month:
            return False
        last = _one(LAST_ACT)
        if not standing:
            _begin_parts(month)
            standing = parts()
        elif _is_empty(standing[-1].name):
            run(f'ALTER TABLE "{standing[-1].name}" RENAME TO "{month}"')
            return False
        _close(standing[-1], before=last + 1)
        make_empty(month, like=TABLE)
        attach(month, first=last + 1, before=None)
        run(f"ANALYZE {TABLE}")  # the server keeps no statistics of the whole by itself, only of each part
    return True


def cut_anew(now: datetime) -> None:
    """Write every move anew into parts by the months in which its act was recorded. Raises as `cut_from_here`, and BooksNotAlone."""
    with _moves_locked(alone=True):
        _write_anew(_months(now))


def join() -> None:
    """Write every move anew into one table, as it was before anything was cut. Raises as `cut_anew`."""
    with _moves_locked(alone=True):
        if parts():
            _write_anew([])


@contextmanager
def _moves_locked(*, alone: bool = False) -> Iterator[None]:
    """A transaction that has the moves to itself until its end, or a refusal."""
    if connection.vendor != "postgresql":
        raise PartsNeedServer
    with within_reach(), transaction.atomic():
        # Whoever comes after a lock that is waited for waits as well, so nobody is kept waiting for long.
        run(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'", f"LOCK TABLE {TABLE} IN ACCESS EXCLUSIVE MODE")
        if alone:
            _check_alone()
        yield


def _check_alone() -> None:
    """Refuses where anybody else has a session on this database."""
    if count := _one(OTHERS):
        raise BooksNotAlone(count=count)


def _begin_parts(month: str) -> None:
    """Put a table that has parts in the place of the table of moves, which becomes its first part as it stands."""
    before = month.replace(f"{TABLE}_", f"{TABLE}_before_")
    read = furniture()
    unguard(connection, TABLE)
    set_aside(before, read)
    make_empty(TABLE, like=before, cut=True)
    furnish(read)
    attach(before, first=None, before=None)


def _close(part: Part, *, before: int) -> None:
    """Let a part end before this act; the server looks through it for moves that would lie outside."""
    run(f'ALTER TABLE {TABLE} DETACH PARTITION "{part.name}"')
    attach(part.name, first=part.first, before=before)


def _write_anew(cuts: list[Cut]) -> None:
    """Write all moves into a new table, with parts where `cuts` names any, and hold it against the old before that goes."""
    read = furniture()
    had = content(TABLE)
    unguard(connection, TABLE)
    run(*(f'ALTER TABLE "{part.name}" RENAME TO "{part.name}_aside"' for part in parts()))
    set_aside(ASIDE, read)
    make_empty(TABLE, like=ASIDE, cut=bool(cuts))
    for (name, first), before in zip(cuts, [*(act for _, act in cuts[1:]), None], strict=False):
        make_empty(name, like=TABLE)
        run(f'INSERT INTO "{name}" SELECT * FROM {ASIDE}{_between(first, before)}')
        attach(name, first=first, before=before)
    if not cuts:
        run(f"INSERT INTO {TABLE} SELECT * FROM {ASIDE}")
    assert content(TABLE) == had, "the moves were not written anew as they stood"
    run(f"DROP TABLE {ASIDE}")
    furnish(read)
    run(f"ANALYZE {TABLE}")


def _between(first: int | None, before: int | None) -> str:
    conditions = [f"entry_id >= {first}"] * (first is not None) + [f"entry_id < {before}"] * (before is not None)
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _months(now: datetime) -> list[Cut]:
    """Where each month begins: with the first act that was recorded in it or later, whatever a clock had said in between."""
    with connection.cursor() as cursor:
        cursor.execute(FIRSTS, [now.astimezone(UTC).replace(tzinfo=None)])
        found = [(f"{TABLE}_{month}", act) for month, act in cursor.fetchall()]
    cuts = list(_rising(reversed(found)))[::-1] or [(_name(now), 0)]
    (first_name, _), *later = cuts
    this_month = [] if cuts[-1][0] == _name(now) else [(_name(now), _one(LAST_ACT) + 1)]
    return [(first_name, None), *later, *this_month]


def _rising(latest_first: Iterable[tuple[str, int]]) -> Iterator[Cut]:
    """The cuts without those months whose first act comes after that of a later month."""
    least: int | None = None
    for name, act in latest_first:
        if least is None or act < least:
            least = act
            yield name, act


def _is_empty(name: str) -> bool:
    return not _one(f'SELECT EXISTS (SELECT 1 FROM "{name}")')


def _one(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


def _name(now: datetime) -> str:
    return f"{TABLE}_{now.astimezone(UTC):%Y_%m}"
