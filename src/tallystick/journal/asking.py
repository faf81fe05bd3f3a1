"""Statements of which several go out at once: on PostgreSQL in one round trip, on SQLite one after another, which costs nothing.

PostgreSQL reads and plans a statement of these once for each connection and keeps it under a name, which takes it longer than
to carry it out. Whoever puts a pool of connections between must let sessions keep what they prepared.
"""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, count
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections

from tallystick.journal.engine import is_server

Rows = list[tuple[Any, ...]]
Answer = Callable[[], Rows]


class _Sent(NamedTuple):
    """A statement that waits to go out: the rows that it has to change, or None for a question, whose answer is put in `answer`."""

    sql: str
    params: Sequence[Any]
    rows: int | None
    answer: Rows


PREPARED_MAX = 200  # statements that one connection keeps; what comes after goes out whole
PLANNED_ANEW = 1_000  # messages after which everything is planned anew, as tables have grown
LIST_MAX = 100  # values; with a longer list a statement goes out whole, as its best plan may be another
OPENING, ENDING = ("BEGIN",), ("COMMIT",)
MARK = re.compile("%[s%]")


@dataclass(slots=True)
class _Prepared:
    """What one connection keeps: names by statement, and how many messages went out since the first of them."""

    names: dict[str, str]
    messages: int = 0


class _Waiting(threading.local):
    """The statements of a `together()` that goes on, or None."""

    def __init__(self) -> None:
        self.statements: list[_Sent] | None = None


_waiting = _Waiting()
_numbers = count(1)  # a name is given once: after an error nobody knows which are taken
_prepared: WeakKeyDictionary[Any, _Prepared] = WeakKeyDictionary()  # by the driver's connection


@contextmanager
def together(*, is_last: bool = False) -> Iterator[None]:
    """Statements within go out together when it ends; only then are there answers, and an error among them is raised.

    Each sees what was committed before it began, as it would by itself. `is_last` says that nothing more is said in the
    transaction: where that is nobody else's, the same message commits it. On SQLite all are executed at once.
    """
    if not is_server():
        yield
        return
    assert _waiting.statements is None, "statements that go out together hold no others that do"
    statements: list[_Sent] = []
    _waiting.statements = statements
    try:
        yield
    finally:
        _waiting.statements = None
    _send(statements, is_last=is_last)


def is_together() -> bool:
    """Whether statements are being gathered to go out together."""
    return _waiting.statements is not None


def ask(sql: str, params: Sequence[Any] = ()) -> Answer:
    """Ask a question; what it gives back reads the answer, after the end of `together()` where the question stands in one."""
    sent = _Sent(sql, params, None, [])
    if _waiting.statements is not None:
        _waiting.statements.append(sent)
        return lambda: sent.answer
    if is_server():
        _send([sent])
        return lambda: sent.answer
    with hand() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    return lambda: rows


def change(sql: str, params: Sequence[Any], *, rows: int) -> None:
    """Say a change that has to meet exactly this many rows; anything else is a fault."""
    if _waiting.statements is not None:
        _waiting.statements.append(_Sent(sql, params, rows, []))
        return
    if is_server():
        _send([_Sent(sql, params, rows, [])])
        return
    with hand() as cursor:
        cursor.execute(sql, params)
        _check_count(cursor.rowcount, rows)


@contextmanager
def hand() -> Iterator[Any]:
    """A cursor of the books. Where nobody counts or logs statements it is the driver's own: Django's costs as much as they do."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.execute_wrappers or connection.queries_logged:
        with connection.cursor() as cursor:
            yield cursor
        return
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        cursor = connection.create_cursor()
        try:
            yield cursor
        finally:
            cursor.close()


def _send(statements: Sequence[_Sent], *, is_last: bool = False) -> None:
    """One message with all statements; PostgreSQL answers each by itself. It may open the transaction, and end it."""
    if not statements:
        return
    with hand() as cursor:
        texts, values = _message(cursor, statements)
        opens, ends = _opens(cursor.connection), is_last and len(connections[DEFAULT_DB_ALIAS].atomic_blocks) == 1
        cursor.execute(";\n".join([*OPENING[:opens], *texts, *ENDING[:ends]]), values)
        for place, sent in enumerate(statements):
            if place or opens:
                assert cursor.nextset(), "every statement is answered"
            if sent.rows is None:
                sent.answer.extend(cursor.fetchall())
            else:
                _check_count(cursor.rowcount, sent.rows)


def _message(cursor: Any, statements: Sequence[_Sent]) -> tuple[list[str], list[Any]]:
    """The statements as they go out, and the values for their marks."""
    names = _prepare(cursor, [sent.sql for sent in statements if _has_short_lists(sent)])
    texts, values = [], []
    for sql, params, _, _ in statements:
        if sql in names:
            texts.append(_execution(names[sql], params))
            values += [value for value in params if not _is_plain(value)]
        else:
            texts.append(sql)
            values += params
    return texts, values


def _opens(server: Any) -> bool:
    """Whether the next message has to open the transaction that Django believes open: else the driver would send a word for it first.

    From then on the driver opens none by itself, until Django ends this one.
    """
    if server.autocommit or server.pgconn.transaction_status:
        return False
    server.autocommit = True
    return True


def prepared(server: Any) -> dict[str, str]:
    """The statements that the server keeps for this connection of the driver's, with the name of each."""
    return _prepared[server].names if server in _prepared else {}


def _prepare(cursor: Any, asked: Sequence[str]) -> dict[str, str]:
    """The names under which the server keeps these statements from now on, as far as there is room."""
    kept = _prepared.setdefault(cursor.connection, _Prepared({}))
    kept.messages += 1
    if kept.messages > PLANNED_ANEW:
        cursor.execute("DEALLOCATE ALL")
        kept = _prepared[cursor.connection] = _Prepared({}, messages=1)
    new = [sql for sql in dict.fromkeys(asked) if sql not in kept.names][: PREPARED_MAX - len(kept.names)]
    if new:
        named = {sql: f"tallystick_{next(_numbers)}" for sql in new}
        cursor.execute(";\n".join([*chain.from_iterable(map(_preparation, named.values(), named)), "RESET enable_seqscan"]))
        kept.names.update(named)
    return {sql: kept.names[sql] for sql in asked if sql in kept.names}


def _preparation(name: str, sql: str) -> tuple[str, ...]:
    """Has the server keep a statement, and plan it at once by its indexes: young tables look as if reading them whole were cheap."""
    marks = MARK.findall(sql.replace("%%", ""))
    plan = f"EXPLAIN {_execution(name, marks)}".replace("%s", "NULL")
    return "SET enable_seqscan = off", f"PREPARE {name} AS {_numbered(sql)}", plan


def _has_short_lists(sent: _Sent) -> bool:
    return all(len(value) <= LIST_MAX for value in sent.params if type(value) is list)


def _numbered(sql: str) -> str:
    """A statement with the server's own marks for its parameters, $1, $2, $3 …"""
    numbers = count(1)
    return MARK.sub(lambda mark: "%" if mark[0] == "%%" else f"${next(numbers)}", sql)


def _execution(name: str, params: Sequence[Any]) -> str:
    """A call of a statement that the server keeps; what is plain is written at once, what is not has a mark in its place."""
    given = [f"'{value}'" if _is_plain(value) else "%s" for value in params]
    return f"EXECUTE {name} ({', '.join(given)})" if given else f"EXECUTE {name}"


def _is_plain(value: Any) -> bool:
    """Whether a value can stand in a statement as Python shows it: a whole number, or no text at all."""
    return type(value) is int or value == ""


def _check_count(found: int, rows: int) -> None:
    assert found == rows, f"{found} rows were changed where {rows} should have been"
