"""`tallystick doctor` on databases that forget and books that are unguarded, unsigned or of another release."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from tallystick.ledger.partitions.parts import Part
from tallystick.ops.doctor import books as kept
from tallystick.ops.doctor import engine as asked
from tallystick.ops.doctor.examination import examine
from tallystick.ops.doctor.finding import Finding, Standing
from tallystick.vault.keys import Keyring, unlocked
from tests import books
from tests.bundles import tampering

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
OK, LOOK, WRONG = Standing.OK, Standing.LOOK, Standing.WRONG
HANDOVER = "H1   3 March   handover   CRANE → WAGTAIL   CNY 100.00   SHOPS"


class Corrupt(Exception):
    sqlite_errorcode = 11


def looked(topic: str, *, now: datetime = NOW, open_them: Callable[[], Keyring] = unlocked) -> Finding:
    """What was found of this topic, in the test books."""
    examined = examine(Path(os.environ["TALLYSTICK_HOME"]), open_them=open_them, now=now)
    (found,) = (one for one in examined.findings if one.topic == topic)
    return found


@pytest.fixture
def lamps(db: None) -> None:
    books.found()
    books.take(books.LAMPS)


# The database.


def test_a_connection_that_forgets_is_found(db: None) -> None:
    if connection.vendor == "sqlite":
        assert looked("durability").words == "What is committed is on the disk (a write-ahead log, synchronous FULL)."
        tampering.run("PRAGMA secure_delete = OFF")
        found = looked("durability")
        tampering.run("PRAGMA secure_delete = ON")
        assert (found.standing, "secure_delete is 0" in found.words) == (WRONG, True)
    else:
        tampering.run("SET LOCAL synchronous_commit = off")
        found = looked("durability")
        assert (found.standing, "synchronous_commit is off" in found.words) == (WRONG, True)
        assert ("fsync is off" in found.words) is (tampering.run("SHOW fsync") == [("off",)])


@pytest.mark.parametrize(("setting", "value"), [("fsync", "off"), ("full_page_writes", "off"), ("synchronous_commit", "off")])
def test_a_server_that_forgets_is_found(monkeypatch: pytest.MonkeyPatch, setting: str, value: str) -> None:
    settings = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "local"}
    monkeypatch.setattr(asked, "connection", type("Server", (), {"vendor": "postgresql"}))
    monkeypatch.setattr(asked, "_settings", lambda: settings)
    assert [one.standing for one in asked.durability()] == [OK]
    settings[setting] = value
    (found,) = asked.durability()
    assert (found.standing, found.words) == (WRONG, f"What was committed may be gone after a power cut: {setting} is {value}.")


def test_a_disk_that_keeps_writes_to_itself_is_named(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "sqlite":
        monkeypatch.setattr(asked.sys, "platform", "darwin")
        assert looked("durability").standing is LOOK


@pytest.mark.parametrize(("replica", "standing"), [(False, OK), (True, LOOK)])
def test_a_replica_is_named(monkeypatch: pytest.MonkeyPatch, replica: bool, standing: Standing) -> None:
    monkeypatch.setattr(asked, "connection", type("Server", (), {"vendor": "postgresql"}))
    monkeypatch.setattr(asked, "_ask", lambda sql: replica if "recovery" in sql else "18.1")
    (found,) = asked.server()
    assert (found.standing, found.words.startswith("PostgreSQL 18.1, asked through psycopg 3")) == (standing, True)


@pytest.mark.parametrize(("cause", "words"), [
    (ValueError("row of Amina is malformed"), ": ValueError."),
    (Corrupt(), ". A part of the books does not read as it was written, so that nothing more can be said of them."),
])  # fmt: skip
def test_what_cannot_be_looked_at_is_said_without_what_the_database_quotes(
    db: None, monkeypatch: pytest.MonkeyPatch, cause: Exception, words: str
) -> None:
    def fail() -> Any:
        raise OperationalError("row of Amina is malformed") from cause

    monkeypatch.setattr(kept, "guards", fail)
    found = looked("guards")
    assert (found.standing, found.words) == (WRONG, f"This could not be looked at{words}")


# The books.


@pytest.mark.parametrize(("change", "words"), [
    ("outstanding", "The tables are those of an earlier release: ledger.0002_written_once has not been done."),
    ("unknown", "The tables were made by a later release of Tallystick, which knows ledger.0999_from_tomorrow."),
])  # fmt: skip
def test_tables_of_another_release_are_wrong_and_nothing_is_read_from_them(lamps: None, change: str, words: str) -> None:
    recorder = MigrationRecorder(connection)
    if change == "outstanding":
        recorder.record_unapplied("ledger", "0002_written_once")
    else:
        recorder.record_applied("ledger", "0999_from_tomorrow")
    found = looked("tables")
    assert (found.standing, found.words) == (WRONG, words)
    topics = [one.topic for one in examine(Path(os.environ["TALLYSTICK_HOME"]), open_them=unlocked, now=NOW).findings]
    assert topics[-1] == "tables"


def test_guards_that_were_taken_down_are_missed(lamps: None) -> None:
    assert looked("guards").standing is OK
    tampering.unguard(connection, "ledger_move")
    tampering.unguard(connection, "journal_act")
    found = looked("guards")
    assert (found.standing, found.words.startswith("journal_act, ledger_move has lost the triggers")) == (WRONG, True)


def test_acts_that_nobody_signed_are_to_be_looked_at(db: None, tmp_path: Path) -> None:
    books.found()
    with books.undone():
        tampering.unguard(connection, "journal_checkpoint")
        tampering.run("DELETE FROM journal_checkpoint")
        assert looked("signatures").words == "None of the 1 acts is signed."
    books.take(books.LAMPS)
    assert looked("signatures").words == "The last checkpoint was signed 55 days ago and covers 206 acts, all there are."
    books.post(HANDOVER)
    found = looked("signatures")
    assert (found.standing, found.words) == (
        LOOK, "1 act came after the last checkpoint, signed 55 days ago, and nothing signed covers them.",
    )  # fmt: skip
    books.take(books.LAMPS)
    assert looked("signatures").standing is OK, "as the advice says"


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (1, "1 day ago"), (1000, "1,000 days ago"), (-1, "in what is still to come")]
)
def test_how_long_ago_is_said_in_days(days: int, words: str) -> None:
    assert kept._ago(NOW, NOW - timedelta(days=days)) == words


@pytest.mark.parametrize(("last", "standing"), [("2026_02", LOOK), ("2026_03", OK), ("2026_04", OK)])
def test_a_month_without_a_part_of_its_own_is_to_be_looked_at(
    monkeypatch: pytest.MonkeyPatch, last: str, standing: Standing
) -> None:
    monkeypatch.setattr(kept, "parts", lambda: [Part("ledger_move_2026_01", None, 7, 0), Part(f"ledger_move_{last}", 7, None, 0)])
    assert [one.standing for one in kept.months(NOW)] == [standing]


def test_of_moves_in_one_table_nothing_is_said_about_months(db: None) -> None:
    assert list(kept.months(NOW)) == []
