"""The encrypted file: what stands on the disk, whom it opens for, and what every connection is set to."""

import json
import logging
import sqlite3
import stat
import time
from collections import UserList
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any
from weakref import WeakSet

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, IntegrityError, OperationalError, connections, transaction

from tallystick.config.databases import read_only
from tallystick.config.sqlcipher.base import BooksUnreadable, DiskUnfit, cipher_version
from tallystick.vault import keys
from tests.config.conftest import KEY, Books
from tests.questions import Questions

Alias = Callable[[str, Books], Any]
Connect = Callable[[Books], Any]
SAID = "the noodle shop of Amina"


class Row(UserList[str]):
    """A row of one column, which can be watched."""

    def __init__(self, words: str) -> None:
        super().__init__([words])

    def __hash__(self) -> int:  # type: ignore[override]
        return id(self)


def write(connection: Any, *words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS said (words text)")
        cursor.execute("INSERT INTO said SELECT value FROM json_each(%s)", [json.dumps(words)])


def ask(connection: Any, query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def test_nothing_that_was_written_can_be_read_from_the_disk(connect: Connect, books: Books, tmp_path: Path) -> None:
    connection = connect(books)
    write(connection, *[SAID] * 5000)
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert {"books.db", "books.db-wal"} <= files.keys()
    assert len(files["books.db-wal"]) > 100_000
    ask(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
    files["books.db, checkpointed"] = (tmp_path / "books.db").read_bytes()
    assert len(files["books.db, checkpointed"]) > 100_000
    for name, content in files.items():
        for plain in (b"SQLite format 3", b"CREATE TABLE", SAID.encode(), KEY, KEY.hex().encode()):
            assert plain not in content, f"{plain!r} stands in {name}"


def test_the_files_are_their_owners_alone(connect: Connect, books: Books, tmp_path: Path) -> None:
    write(connect(books), SAID)
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_the_right_key_opens_the_books_again(connect: Connect, books: Books) -> None:
    first = connect(books)
    write(first, SAID)
    first.close()
    assert ask(connect(books), "SELECT words FROM said") == SAID


def test_another_key_opens_nothing_and_says_so_once(connect: Connect, books: Books, capfd: pytest.CaptureFixture[str]) -> None:
    first = connect(books)
    write(first, SAID)
    first.close()
    stranger = {**books, "OPTIONS": {**books["OPTIONS"], "key": lambda: bytes(32)}}
    with pytest.raises(BooksUnreadable) as refused:
        connect(stranger)
    assert books["NAME"] in str(refused.value)
    assert capfd.readouterr() == ("", "")


def test_a_file_that_was_never_encrypted_is_not_taken_for_the_books(connect: Connect, books: Books) -> None:
    plain = sqlite3.connect(books["NAME"])
    plain.execute("CREATE TABLE said (words text)")
    plain.close()
    with pytest.raises(BooksUnreadable):
        connect(books)


def test_a_changed_byte_is_noticed(connect: Connect, books: Books) -> None:
    first = connect(books)
    write(first, *[SAID] * 500)
    first.close()
    path = Path(books["NAME"])
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)
    with pytest.raises(DatabaseError):
        ask(connect(books), "SELECT COUNT(words) FROM said WHERE words > ''")


def test_the_unlocked_keyring_is_the_key_where_none_is_named(connect: Connect, books: Books) -> None:
    del books["OPTIONS"]["key"]
    first = connect(books)
    write(first, SAID)
    first.close()
    under_it = {**books, "OPTIONS": {**books["OPTIONS"], "key": lambda: keys.unlocked().database_key}}
    assert ask(connect(under_it), "SELECT words FROM said") == SAID


def test_a_key_of_another_length_is_a_fault(connect: Connect, books: Books) -> None:
    books["OPTIONS"]["key"] = lambda: b"short"
    with pytest.raises(AssertionError):
        connect(books)


@pytest.mark.parametrize(
    ("pragma", "wanted"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("legacy_alter_table", 0),
        ("temp_store", 2),  # memory
        ("cache_size", -65536),
        ("busy_timeout", 20_000),
        ("cipher_use_hmac", "1"),
        ("cipher_page_size", "4096"),
        ("query_only", 0),
    ],
)
def test_every_connection_is_set_as_the_books_need_it(pragma: str, wanted: object, connect: Connect, books: Books) -> None:
    for connection in (connect(books), connect(books)):
        assert ask(connection, f"PRAGMA {pragma}") == wanted


def test_a_row_replaced_cannot_slip_past_a_trigger_that_refuses_to_delete(connect: Connect, books: Books) -> None:
    with connect(books).cursor() as cursor:
        cursor.execute("CREATE TABLE act (id integer PRIMARY KEY, body text)")
        cursor.execute("CREATE TRIGGER kept BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, 'acts are kept'); END")
        cursor.execute("INSERT INTO act VALUES (1, 'given')")
        with pytest.raises(DatabaseError, match="acts are kept"):
            cursor.execute("INSERT OR REPLACE INTO act VALUES (1, 'taken')")
        assert cursor.execute("SELECT body FROM act").fetchone() == ("given",)


def read_then_write(rounds: int, *, faults: list[Exception]) -> None:
    """An action in small, some times over: gather first, then write what follows from it."""
    connection = connections["laptop"]
    try:
        for _ in range(rounds):
            with transaction.atomic(using="laptop"):
                count = ask(connection, "SELECT COUNT(*) FROM said")
                time.sleep(0.002)
                write(connection, str(count))
    except OperationalError as fault:
        faults.append(fault)
    finally:
        connection.close()


def write_side_by_side(writer_count: int, *, rounds: int) -> list[Exception]:
    faults: list[Exception] = []
    writers = [Thread(target=read_then_write, args=[rounds], kwargs={"faults": faults}) for _ in range(writer_count)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return faults


def test_two_who_write_wait_for_each_other_and_neither_is_turned_away(alias: Alias, books: Books) -> None:
    connection = alias("laptop", books)
    write(connection, "the first")
    assert write_side_by_side(3, rounds=10) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM said WHERE words <> 'the first' ORDER BY CAST(words AS integer)")
        assert [int(words) for (words,) in cursor.fetchall()] == list(range(1, 31))


def test_begun_as_deferred_one_of_two_would_be_turned_away(connect: Connect, books: Books) -> None:
    """Why check E001 exists: no waiting helps a transaction that read before another's commit and now wants to write."""
    slow, quick = connect(books), connect(books)
    write(quick, "the first")
    slow.cursor().execute("BEGIN DEFERRED")
    assert ask(slow, "SELECT COUNT(*) FROM said") == 1
    write(quick, "the second")
    with pytest.raises(OperationalError, match="database is locked"):
        write(slow, "the third")


def test_whoever_reads_is_not_held_up_by_whoever_writes(alias: Alias, books: Books, connect: Connect) -> None:
    writing = alias("laptop", books)
    write(writing, "the first")
    reading = connect(books)
    with transaction.atomic(using="laptop"):
        write(writing, "not yet there")
        assert ask(reading, "SELECT COUNT(*) FROM said") == 1
    assert ask(reading, "SELECT COUNT(*) FROM said") == 2


def test_books_opened_for_reading_cannot_be_changed(connect: Connect, books: Books) -> None:
    write(connect(books), SAID)
    source = connect(read_only(books))
    assert ask(source, "SELECT words FROM said") == SAID
    with pytest.raises(DatabaseError, match="readonly"):
        write(source, "and one more")


def test_the_key_stands_in_no_log_of_statements(alias: Alias, books: Books, caplog: pytest.LogCaptureFixture) -> None:
    connection = alias("laptop", books)
    caplog.set_level(logging.DEBUG)
    with Questions(connection) as seen:
        connection.ensure_connection()
        write(connection, SAID)
    assert [query["sql"].split(" said")[0] for query in seen] == ["CREATE TABLE IF NOT EXISTS", "INSERT INTO"]
    shown = f"{seen.captured_queries} {caplog.text} {connection.settings_dict} {connection.get_connection_params()}"
    assert KEY.hex() not in shown.lower()


def test_a_library_that_cannot_encrypt_is_a_fault(connect: Connect, books: Books) -> None:
    with closing(sqlite3.connect(":memory:")) as plain:
        assert cipher_version(plain) == ""
        with pytest.raises(ImproperlyConfigured, match="cannot encrypt"):
            connect(books)._prepare(plain)


def test_a_disk_without_a_write_ahead_log_is_refused(connect: Connect, books: Books) -> None:
    # This way of locking files shares no memory between programs, like a folder of the network.
    books["NAME"] = f"file:{books['NAME']}?vfs=unix-dotfile"
    with pytest.raises(DiskUnfit):
        connect(books)


def test_a_fault_of_the_library_is_djangos_fault(connect: Connect, books: Books) -> None:
    connection = connect(books)
    write(connection, SAID)
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX once ON said (words)")
    with pytest.raises(IntegrityError):
        write(connection, SAID)
    with pytest.raises(OperationalError):
        ask(connection, "SELECT unknown FROM said")


def test_statements_take_both_of_djangos_styles_of_parameters(connect: Connect, books: Books) -> None:
    with connect(books).cursor() as cursor:
        cursor.execute("CREATE TABLE lamp (name text, count integer)")
        cursor.executemany("INSERT INTO lamp VALUES (%s, %s)", (("wick", count) for count in range(3)))
        cursor.executemany("INSERT INTO lamp VALUES (%(name)s, %(count)s)", [{"name": "glass", "count": 7}])
        cursor.executemany("INSERT INTO lamp VALUES (%s, %s)", [])
        cursor.execute("SELECT SUM(count), '100%%' FROM lamp WHERE name = %s", ["wick"])
        assert cursor.fetchone() == (3, "100%")
        cursor.execute("SELECT count, '100%%' FROM lamp WHERE name = %(name)s", {"name": "glass"})
        assert cursor.fetchone() == (7, "100%")
        cursor.execute("SELECT '100%'")
        assert cursor.fetchone() == ("100%",)


def test_rows_written_one_by_one_from_a_generator_are_not_kept(connect: Connect, books: Books) -> None:
    alive: WeakSet[Row] = WeakSet()

    def rows() -> Iterator[Row]:
        for count in range(1000):
            assert len(alive) < 100
            row = Row(f"lamp {count}")
            alive.add(row)
            yield row

    with connect(books).cursor() as cursor:
        cursor.execute("CREATE TABLE lamp (name text)")
        cursor.executemany("INSERT INTO lamp VALUES (%s)", rows())
        assert cursor.execute("SELECT COUNT(*) FROM lamp").fetchone() == (1000,)
