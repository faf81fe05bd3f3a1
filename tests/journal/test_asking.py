"""Several statements in one message, and statements that a server keeps."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tallystick.journal import asking
from tallystick.journal.asking import ask, change, prepared, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_goes_out_together_is_answered_one_by_one(db: None) -> None:
    with together():
        answers = [ask("SELECT %s + 1", [number]) for number in range(5)]
        percent = ask("SELECT 'a%%' || CAST(%s AS text)", ["b"])
    assert [answer() for answer in answers] == [[(number + 1,)] for number in range(5)]
    assert percent() == [("a%b",)]


def test_a_change_that_meets_other_rows_than_it_has_to_is_a_fault(db: None) -> None:
    with pytest.raises(AssertionError, match="0 rows were changed where 1 should"), transaction.atomic():
        change("UPDATE ledger_account SET balance = 1 WHERE id = %s", [-1], rows=1)


def test_a_statement_that_fails_is_told_and_the_next_one_is_answered(db: None) -> None:
    for _ in range(2):
        with pytest.raises(DatabaseError), transaction.atomic(), together():
            ask("SELECT 1 / %s WHERE EXISTS (SELECT 1 FROM nowhere)", [0])
        with transaction.atomic(), together():
            answer = ask("SELECT %s * 2", [21])
        assert answer() == [(42,)]


def test_a_server_keeps_a_statement_once_and_no_more_than_so_many(db: None, monkeypatch: Any) -> None:
    if connection.vendor == "sqlite":
        return  # its driver keeps what it compiled
    connection.close()
    monkeypatch.setattr(asking, "PREPARED_MAX", 2)
    for number in (1, 2, 3, 1, 2, 3):
        with together():
            answer = ask(f"SELECT {number} * %s", [2])
        assert answer() == [(2 * number,)]
    assert list(prepared(connection.connection)) == ["SELECT 1 * %s", "SELECT 2 * %s"]
    connection.close()
    connection.ensure_connection()
    assert prepared(connection.connection) == {}


def test_a_server_plans_anew_after_so_many_messages(db: None, monkeypatch: Any) -> None:
    if connection.vendor == "sqlite":
        return
    connection.close()
    monkeypatch.setattr(asking, "PLANNED_ANEW", 3)
    seen: list[set[str]] = []
    for number in range(8):
        assert ask(f"SELECT {number % 2} + %s", [40])() == [(40 + number % 2,)]
        seen.append(set(prepared(connection.connection).values()))
    assert [len(names) for names in seen] == [1, 2, 2, 1, 2, 2, 1, 2]
    assert seen[0] < seen[2]
    assert seen[2].isdisjoint(seen[4])


def test_a_long_list_is_shown_to_whoever_plans(db: None, monkeypatch: Any) -> None:
    if connection.vendor == "sqlite":
        return
    connection.close()
    question = "SELECT COUNT(*) FROM unnest(%s::bigint[])"
    assert ask(question, [list(range(101))])() == [(101,)]
    assert question not in prepared(connection.connection)
    assert ask(question, [[1, 2]])() == [(2,)]
    assert ask(question, [list(range(101))])() == [(101,)]
    assert question in prepared(connection.connection)


def test_a_message_opens_the_transaction_and_the_last_one_commits_it(db: None, monkeypatch: Any) -> None:
    if connection.vendor == "sqlite":
        return  # every statement is executed at once
    _make_list()
    words: list[str] = []
    sending = asking.hand
    monkeypatch.setattr(asking, "hand", lambda: _listening(sending(), words))
    with transaction.atomic():
        _note(1)
        with together(is_last=True):
            _note(2)
        assert connection.connection.pgconn.transaction_status == 0, "committed already"
    assert [(word.startswith("BEGIN"), word.endswith("COMMIT")) for word in words] == [(True, False), (False, True)]
    with transaction.atomic():
        _note(3)
    assert connection.connection.autocommit
    assert _noted() == [0, 1, 2, 3]


def test_a_last_message_that_fails_takes_the_others_back(db: None) -> None:
    if connection.vendor == "sqlite":
        return
    _make_list()
    with pytest.raises(DatabaseError), transaction.atomic():
        _note_and_fail()
    assert _noted() == [0]


def test_what_is_last_in_an_inner_transaction_leaves_the_outer_one_open(db: None) -> None:
    if connection.vendor == "sqlite":
        return
    _make_list()
    with transaction.atomic():
        with transaction.atomic(), together(is_last=True):
            _note(1)
        assert connection.connection.pgconn.transaction_status == 2, "still open"
        transaction.set_rollback(True)
    assert _noted() == [0]


def _make_list() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS noted")
        cursor.execute("CREATE TEMPORARY TABLE noted (number int)")
    _note(0)  # from here on the server keeps the statement


def _note(number: int) -> None:
    ask("INSERT INTO noted VALUES (%s) RETURNING number", [number])


def _note_and_fail() -> None:
    _note(1)
    with together(is_last=True):
        _note(2)
        ask("SELECT 1 / %s", [0])


def _noted() -> list[int]:
    return [number for (number,) in ask("SELECT number FROM noted ORDER BY number")()]


@contextmanager
def _listening(hand: Any, words: list[str]) -> Iterator[Any]:
    """A cursor of the books whose messages are noted, what prepares statements left out."""
    with hand as cursor:
        executed = cursor.execute

        def execute(text: str, values: Any = ()) -> None:
            if "PREPARE" not in text:
                words.append(text)
            executed(text, values)

        cursor.execute = execute
        yield cursor
