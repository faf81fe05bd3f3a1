"""The watched file layer: it hears all that SQLite writes, and what it answers is what SQLite meets."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as driver

from faults.media.disk import Disk
from faults.media.failing import FULL, IOERR_FSYNC, Failing
from faults.media.layer import DELETED, FOLDER_SYNCED, LAYER, OPENED, READ, SYNCED, WRITTEN, Step, Watch
from faults.media.recorder import Recorder

KEY = "PRAGMA key = \"x'" + "07" * 32 + "'\""
ROWS = 300


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    connection = driver.connect(path, isolation_level=None)
    try:
        connection.execute(KEY)
        connection.execute("PRAGMA journal_mode = WAL")
        yield connection
    finally:
        connection.close()


def write(connection: Any) -> None:
    connection.execute("CREATE TABLE IF NOT EXISTS lamp (wick text)")
    connection.execute("INSERT INTO lamp SELECT hex(randomblob(100)) FROM json_each(?)", [json.dumps([0] * ROWS)])


def test_everything_that_is_written_is_heard(tmp_path: Path) -> None:
    path, recorder = tmp_path / "db", Recorder()
    with LAYER.watched_by(recorder), opened(path) as connection:
        write(connection)
        told = Disk({})
        told.take(recorder.steps)
        for name in ("db", "db-wal"):
            file = told.names[name][-1]
            assert file is not None
            file.settle()
            assert bytes(file.sure) == (tmp_path / name).read_bytes()
    kinds = {(step.what, step.name) for step in recorder.steps}
    assert {(OPENED, "db"), (WRITTEN, "db-wal"), (SYNCED, "db-wal"), (FOLDER_SYNCED, "db-wal"), (DELETED, "db-wal")} <= kinds
    assert READ not in {what for what, _ in kinds}, "what is read changes no disk"


def test_a_commit_is_synced_before_it_is_acknowledged(tmp_path: Path) -> None:
    recorder = Recorder()
    with LAYER.watched_by(recorder), opened(tmp_path / "db") as connection:
        connection.execute("PRAGMA synchronous = FULL")
        write(connection)
        assert recorder.steps[-1][:2] == (SYNCED, "db-wal")


@pytest.mark.parametrize(("what", "code", "said"), [(WRITTEN, FULL, "full"), (SYNCED, IOERR_FSYNC, "I/O")])
def test_what_the_disk_answers_is_met(tmp_path: Path, what: str, code: int, said: str) -> None:
    with opened(tmp_path / "db") as connection:
        write(connection)
    watch = Failing(what, at=3, code=code, stays=False)
    with LAYER.watched_by(watch), opened(tmp_path / "db") as connection:
        if what == SYNCED:
            write(connection)
        with pytest.raises(driver.OperationalError, match=said):
            write(connection)
    assert watch.has_failed


@pytest.mark.parametrize(("stays", "answers"), [(False, [0, 0, FULL, 0, 0]), (True, [0, 0, FULL, FULL, FULL])])
def test_a_disk_fails_once_or_from_then_on(stays: bool, answers: list[int]) -> None:
    step, watch = Step(WRITTEN, "db"), Failing(WRITTEN, at=3, code=FULL, stays=stays)
    assert [watch.answer(step) for _ in range(5)] == answers
    assert watch.answer(step._replace(what=READ)) == 0


def test_the_librarys_own_layer_is_back_afterwards(tmp_path: Path) -> None:
    heard = Recorder()
    with LAYER.watched_by(heard), opened(tmp_path / "one"):
        pass
    count = heard.place
    with opened(tmp_path / "two") as connection:
        write(connection)
    assert heard.place == count > 0
    assert type(LAYER.watch) is Watch
