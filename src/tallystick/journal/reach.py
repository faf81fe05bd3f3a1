"""The database gone, or held by another: what a person is told of it, and how this process finds its way back.

Whoever stood in the middle of a transaction cannot know whether the last word of it was heard. The answer is the same for
every wish there is: ask for the same again, under the same reference, and what stands already is not written twice.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import Error, connections

from tallystick.core.refusal import Refusal
from tallystick.journal.medium import refused_by_medium

# PostgreSQL's own numbers: https://www.postgresql.org/docs/current/errcodes-appendix.html. Connections that fail, those that
# the server ends or does not take, and those that stood idle for too long.
LOST_CLASS = "08"
LOST = {"25P03", "25P04", "53300", "57P01", "57P02", "57P03", "57P04", "57P05"}
# A lock that was not to be had in time, a statement that took too long, and two who stood in each other's way.
HELD = {"40001", "40P01", "55P03", "57014"}
# SQLite's: https://www.sqlite.org/rescode.html. Its lower byte says BUSY or LOCKED, whatever the rest adds to it.
SQLITE_HELD = {5, 6}
LOWER_BYTE = 0xFF


class BooksUnreachable(Refusal):
    code = "books_unreachable"
    words = "The database of the books does not answer any more, and what was asked for may not have been done."
    expected = "the same again in a moment: what was posted is not posted twice"


class BooksBusy(Refusal):
    code = "books_busy"
    words = "The books are busy: another writes in them, or the database took longer than it may, and nothing was done."
    expected = "the same again in a moment: what was posted is not posted twice"


def refusal_of(problem: BaseException) -> Refusal | None:
    """What a person is told where the database is out of reach or held; None of everything else, which is no such thing.

    `problem` is Django's exception, or the driver's own, which a COPY lets through.
    """
    cause = problem.__cause__ or problem
    if (code := getattr(cause, "sqlite_errorcode", None)) is not None:
        return BooksBusy() if code & LOWER_BYTE in SQLITE_HELD else None
    if not hasattr(cause, "sqlstate"):
        return None
    if cause.sqlstate in HELD:
        return BooksBusy()
    return BooksUnreachable() if _is_lost(cause) else None


def _is_lost(cause: BaseException) -> bool:
    """Whether a failure that the driver for PostgreSQL reports is that of its connection."""
    from psycopg import OperationalError
    from psycopg.errors import PipelineAborted

    state = getattr(cause, "sqlstate", None)
    if state is None:  # no server said it: nobody answered. A statement held back after another's failure is not meant.
        return isinstance(cause, OperationalError) and not isinstance(cause, PipelineAborted)
    return state in LOST or state.startswith(LOST_CLASS)


@contextmanager
def within_reach(*, using: str = "default") -> Iterator[None]:
    """Turns the loss of the database, or a wait for it that was too long, into BooksUnreachable or BooksBusy.

    What the disk under it refuses is told as well, as journal/medium.py has it.
    A lost connection is put down, so that the next question opens another: Django would go on asking the dead one for as
    long as the process lives. Stands outside the transaction: `@within_reach()` over `@transaction.atomic`.
    """
    connection: Any = connections[using]
    try:
        yield
    except (Error, connection.Database.Error) as problem:
        refusal = refusal_of(problem) or refused_by_medium(problem)
        if refusal is None:
            raise
        if isinstance(refusal, BooksUnreachable):
            connection.close()
        raise refusal from problem
