"""Statements of which several go out at once: on PostgreSQL in one round trip, on SQLite one after another, which costs nothing."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

Rows = list[tuple[Any, ...]]
Answer = Callable[[], Rows]


class _Sent(NamedTuple):
    """A statement that waits to go out, the rows it has to change where that is known, and where its answer is put."""

    sql: str
    params: Sequence[Any]
    rows: int | None
    answer: Rows


class _Waiting(threading.local):
    """The statements of a `together()` that goes on, or None."""

    def __init__(self) -> None:
        self.statements: list[_Sent] | None = None


_waiting = _Waiting()


@contextmanager
def together() -> Iterator[None]:
    """Statements within go out together when it ends; only then are there answers, and an error among them is raised.

    Each sees what was committed before it began, as it would by itself. On SQLite they are executed at once.
    """
    if connections[DEFAULT_DB_ALIAS].vendor != "postgresql":
        yield
        return
    assert _waiting.statements is None, "statements that go out together hold no others that do"
    statements: list[_Sent] = []
    _waiting.statements = statements
    try:
        yield
    finally:
        _waiting.statements = None
    _send(statements)


def is_together() -> bool:
    """Whether statements are being gathered to go out together."""
    return _waiting.statements is not None


def ask(sql: str, params: Sequence[Any] = ()) -> Answer:
    """Ask a question; what it gives back reads the answer, after the end of `together()` where the question stands in one."""
    if _waiting.statements is not None:
        sent = _Sent(sql, params, None, [])
        _waiting.statements.append(sent)
        return lambda: sent.answer
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    return lambda: rows


def change(sql: str, params: Sequence[Any], *, rows: int) -> None:
    """Say a change that has to meet exactly this many rows; anything else is a fault."""
    if _waiting.statements is not None:
        _waiting.statements.append(_Sent(sql, params, rows, []))
        return
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, params)
        _check_count(cursor.rowcount, rows)


def _send(statements: Sequence[_Sent]) -> None:
    """One message with all statements; PostgreSQL answers each by itself."""
    if not statements:
        return
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(";\n".join(sent.sql for sent in statements), [value for sent in statements for value in sent.params])
        for place, sent in enumerate(statements):
            if place:
                assert cursor.nextset(), "every statement is answered"
            if cursor.description is not None:
                sent.answer.extend(cursor.fetchall())
            if sent.rows is not None:
                _check_count(cursor.rowcount, sent.rows)


def _check_count(found: int, rows: int) -> None:
    assert found == rows, f"{found} rows were changed where {rows} should have been"
