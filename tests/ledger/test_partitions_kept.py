"""Moves in parts are the same books, kept as well as before; and whoever cuts them stands in nobody's way."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tallystick.bundles.digest import state_digest
from tallystick.bundles.replay import replay
from tallystick.journal.immutable import unguarded
from tallystick.journal.queries import acts
from tallystick.journal.reach import BooksBusy
from tallystick.ledger.partitions import cutting
from tallystick.ledger.partitions.cutting import BooksNotAlone, cut_anew, cut_from_here, join
from tallystick.ledger.partitions.parts import parts, unguarded_parts
from tests import books
from tests.bundles import tampering
from tests.bundles.test_replay import elsewhere
from tests.ledger.months import (
    FEBRUARY,
    IN_FEBRUARY,
    IN_MARCH,
    MARCH,
    MAY,
    counts,
    furnished,
    last_act,
    on_server,
    play_the_spring,
    record_in_january,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lamps(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    record_in_january(monkeypatch)


@pytest.mark.parametrize("cut", [lambda: cut_from_here(MAY), lambda: cut_anew(MAY)], ids=["from here", "anew"])
@on_server
def test_the_books_say_the_same_with_parts_and_without(tmp_path: Path, cut: Callable[[], None]) -> None:
    play_the_spring()
    before, had = told(tmp_path / "before"), furnished()
    cut()
    after, has = told(tmp_path / "after"), furnished()
    assert after == before
    assert after["proof"].holds
    assert has == had
    join()
    assert parts() == []
    assert told(tmp_path / "joined") == before
    assert furnished() == had


@on_server
def test_what_is_posted_into_parts_is_what_is_posted_into_one_table() -> None:
    with books.undone():
        books.post(IN_FEBRUARY, recorded_at=FEBRUARY)
        books.post(IN_MARCH, recorded_at=MARCH)
        digest = state_digest()
    cut_from_here(FEBRUARY)
    books.post(IN_FEBRUARY, recorded_at=FEBRUARY)
    cut_from_here(MARCH)
    books.post(IN_MARCH, recorded_at=MARCH)
    assert state_digest() == digest


@on_server
def test_a_replay_of_books_with_parts_gives_the_same_state(tmp_path: Path) -> None:
    cut_from_here(FEBRUARY)
    play_the_spring()
    said, digest = list(acts()), state_digest()
    with elsewhere(tmp_path / "books.db"):
        replay(said)
        assert state_digest() == digest


@pytest.mark.parametrize("cut", [lambda: cut_from_here(MAY), lambda: cut_anew(MAY)], ids=["from here", "anew"])
@pytest.mark.parametrize("change", ["UPDATE {} SET note = note", "DELETE FROM {}", "TRUNCATE {}"])
@on_server
def test_the_rows_of_a_part_are_written_once(cut: Callable[[], None], change: str) -> None:
    play_the_spring()
    cut()
    assert unguarded(connection) == unguarded_parts() == []
    for name in ("ledger_move", *(part.name for part in parts() if part.before is not None)):
        with pytest.raises(IntegrityError, match="is written once"), transaction.atomic():
            tampering.run(change.format(name))


@on_server
def test_a_part_takes_no_half_a_move_and_no_line_twice() -> None:
    cut_from_here(MAY)
    play_the_spring()
    (open_part,) = (part.name for part in parts() if part.before is None)
    move = tampering.rows("ledger_move")[-1]
    for faulty, constraint in (
        ({}, "pkey"), ({"line": 5, "amount": 0}, "move_amount_is_positive"),
        ({"line": 5, "taker_id": move["giver_id"]}, "move_has_two_ends"), ({"line": 5, "giver_id": None}, "giver_id"),
        ({"entry_id": 1, "line": 5}, "partition constraint"),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            tampering.insert(open_part, move | faulty)


@on_server
def test_a_guard_taken_from_a_part_is_missed() -> None:
    cut_from_here(MAY)
    part = "ledger_move_before_2026_05"
    for statement in (
        f"ALTER TABLE {part} DISABLE TRIGGER ledger_move_never_changed",
        f"DROP TRIGGER ledger_move_never_emptied ON {part}",
        f"ALTER TABLE {part} ENABLE REPLICA TRIGGER ledger_move_never_emptied",
    ):
        with books.undone():
            tampering.run(statement)
            assert unguarded_parts() == [part]
    assert unguarded_parts() == []


@on_server
def test_whoever_had_rights_on_the_moves_keeps_them() -> None:
    tampering.run("CREATE ROLE auditor")
    tampering.run("GRANT SELECT ON ledger_move TO auditor WITH GRANT OPTION")
    tampering.run("GRANT SELECT ON ledger_move TO PUBLIC")
    cut_anew(MAY)
    cut_from_here(MAY)
    rights = "SELECT grantee, is_grantable FROM information_schema.role_table_grants WHERE table_name = 'ledger_move'"
    granted = tampering.run(f"{rights} AND privilege_type = 'SELECT' AND grantee IN ('auditor', 'PUBLIC')")
    assert sorted(granted) == [("PUBLIC", "NO"), ("auditor", "YES")]


@on_server
def test_an_entry_is_looked_for_in_its_part_alone() -> None:
    play_the_spring()
    cut_anew(MAY)
    plan = tampering.run("EXPLAIN SELECT * FROM ledger_move WHERE entry_id = %s", last_act())
    read = " ".join(line for (line,) in plan)
    assert "ledger_move_2026_03" in read
    assert "ledger_move_2026_01" not in read


@on_server
def test_a_rewriting_that_loses_a_row_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    between = cutting._between
    monkeypatch.setattr(cutting, "_between", lambda *bounds: f"{between(*bounds) or ' WHERE true'} AND line = 0")
    before = state_digest()
    with pytest.raises(AssertionError, match="not written anew"), transaction.atomic():
        cut_anew(MAY)
    assert parts() == []
    assert state_digest() == before


@on_server
def test_whoever_writes_moves_anew_must_be_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    with another_session() as stranger:
        stranger.execute("SELECT 1")
        for anew in (lambda: cut_anew(MAY), join):
            with pytest.raises(BooksNotAlone, match="sessions open beside it: 1"):
                anew()
        assert cut_from_here(MAY), "what writes nothing anew has no need to be alone"


@contextmanager
def another_session() -> Iterator[Any]:
    """A session of somebody else's on the same database."""
    import psycopg

    settings = connection.get_connection_params()
    named = {name: settings[name] for name in ("dbname", "user", "host", "port", "password") if settings.get(name)}
    with psycopg.connect(**named, autocommit=True) as stranger:
        yield stranger


@pytest.mark.django_db(transaction=True)
@on_server
def test_moves_that_somebody_reads_for_long_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "WAIT_SECONDS", 1)
    with another_session() as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM ledger_move")
        with pytest.raises(BooksBusy):
            cut_from_here(MAY)
    assert parts() == []


@pytest.mark.django_db(transaction=True)
@on_server
def test_who_posts_meanwhile_waits_and_finds_the_parts() -> None:
    posted = threading.Thread(target=post_and_leave)
    try:
        with transaction.atomic():
            cut_from_here(MAY)
            posted.start()
            posted.join(timeout=1)
            assert posted.is_alive()
        posted.join(timeout=60)
        assert counts() == {"before_2026_05": 126, "2026_05": 2}
    finally:
        join()


def post_and_leave() -> None:
    try:
        books.post(IN_MARCH, recorded_at=MAY)
    finally:
        connection.close()


def run_here(*words: str, capsys: pytest.CaptureFixture[str]) -> str:
    """`tallystick partition` in this process, on the test books."""
    from tallystick.ops.partitioning import partition

    capsys.readouterr()
    partition.main([*words, "--home", os.environ["TALLYSTICK_HOME"]], standalone_mode=False)
    return capsys.readouterr().out


@on_server
def test_the_command_says_which_parts_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    now = datetime.now(UTC)
    said = run_here(capsys=capsys)
    assert "From here on the moves of each month lie in a part of their own." in said
    assert f"ledger_move_before_{now:%Y_%m}" in said
    told = json.loads(run_here("--json", capsys=capsys))
    assert (told["done"], told["words"]) == (True, "Nothing was to be cut.")
    assert [(one["name"], one["first"], one["before"]) for one in told["parts"]] == [
        (f"ledger_move_before_{now:%Y_%m}", None, last_act() + 1), (f"ledger_move_{now:%Y_%m}", last_act() + 1, None),
    ]  # fmt: skip
    assert "ledger_move_2026_01" in run_here("--past", capsys=capsys)
    assert run_here("--undo", capsys=capsys).splitlines()[-1] == "The moves lie in one table."
