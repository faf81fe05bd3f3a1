"""`tallystick doctor`: each thing it looks at is as it should be once, and not as it should be once."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from django.db import connection

from tallystick.ops.doctor import books as kept
from tallystick.ops.doctor import clock as hours
from tallystick.ops.doctor import engine as asked
from tallystick.ops.doctor import places, programs
from tallystick.ops.doctor.command import doctor
from tallystick.ops.doctor.finding import Finding, Standing
from tests import books
from tests.bundles import tampering
from tests.signing_in import member

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
OK, LOOK, WRONG = Standing.OK, Standing.LOOK, Standing.WRONG


@pytest.fixture
def lamps(db: None) -> None:
    books.found()
    books.take(books.LAMPS)


class Told(NamedTuple):
    status: int
    document: dict[str, Any]

    def of(self, topic: str) -> dict[str, str]:
        (found,) = (one for one in self.document["findings"] if one["topic"] == topic)
        return found


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[[], Told]:
    """`tallystick doctor --json` on the test books; a server whose tests are in haste passes for one that is not."""
    if connection.vendor == "postgresql":
        monkeypatch.setattr(asked, "_settings", lambda: {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"})

    def run() -> Told:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            doctor.main(["--json", "--home", os.environ["TALLYSTICK_HOME"]], standalone_mode=False)
        told = capsys.readouterr()
        assert told.err == ""
        return Told(int(str(ended.value.code)), json.loads(told.out))

    return run


def only(findings: Iterator[Finding]) -> Finding:
    (found,) = findings
    return found


def test_books_that_are_well_are_told_so(lamps: None, ask: Callable[[], Told]) -> None:
    member()
    told = ask()
    assert (told.status, told.document["done"], told.document["rehearsal"]) == (0, True, True)
    topics = {one["topic"]: one["standing"] for one in told.document["findings"]}
    engines = ["library"] if connection.vendor == "sqlite" else ["server"]
    assert topics == dict.fromkeys(
        ["programs", *engines, "home", "keys", "books", "durability", "disk", "tables", "clock", "guards", "signatures", "staff"],
        "ok",
    ) | {"backups": "look at this"}
    assert all(bool(one["advice"]) == (one["standing"] != "ok") for one in told.document["findings"])


def test_nobody_claims_a_backup_that_nobody_made(lamps: None, ask: Callable[[], Told]) -> None:
    assert ask().of("backups")["words"] == "No backup of these books is known."


# The programs.


@pytest.mark.parametrize(("version", "standing"), [((3, 51, 2), WRONG), ((3, 9, 0), WRONG), ((3, 51, 3), OK), ((4, 0, 0), OK)])
def test_a_library_that_can_lose_what_was_committed_is_wrong_and_it_is_said_why(
    version: tuple[int, ...], standing: Standing
) -> None:
    dotted = ".".join(map(str, version))
    told = only(programs.library(library_of(dotted, version, cipher=("4.19.0 community",))))
    assert told.standing is standing
    assert f"SQLCipher 4.19.0 on SQLite {dotted}" in told.words
    assert ("can lose what was committed: before 3.51.3" in told.words) is (standing is WRONG)


def test_a_library_that_cannot_encrypt_is_wrong() -> None:
    told = only(programs.library(library_of("3.53.4", (3, 53, 4), cipher=None)))
    assert (told.standing, "for all to read" in told.words) == (WRONG, True)


def library_of(dotted: str, version: tuple[int, ...], *, cipher: tuple[str] | None) -> SimpleNamespace:
    answer = SimpleNamespace(fetchone=lambda: cipher)
    connected = SimpleNamespace(execute=lambda sql: answer, close=lambda: None)
    return SimpleNamespace(connect=lambda name: connected, sqlite_version=dotted, sqlite_version_info=version)


# The places.


@pytest.mark.parametrize(
    ("mode", "standing"), [(0o700, OK), (0o500, OK), (0o750, LOOK), (0o701, LOOK), (0o770, WRONG), (0o707, WRONG), (0o777, WRONG)]
)
def test_a_home_is_its_owners_alone(tmp_path: Path, mode: int, standing: Standing) -> None:
    tmp_path.chmod(mode)
    assert only(places.home_rights(tmp_path)).standing is standing
    tmp_path.chmod(0o700)


@pytest.mark.parametrize("name", ["keys.json", "books.db", "books.db-wal", "passphrase"])
@pytest.mark.parametrize(("mode", "standing"), [(0o600, OK), (0o400, OK), (0o640, WRONG), (0o604, WRONG), (0o666, WRONG)])
def test_keys_are_their_owners_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, mode: int, standing: Standing
) -> None:
    monkeypatch.setenv("TALLYSTICK_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    for one in ("keys.json", "books.db", "books.db-wal", "passphrase"):
        (tmp_path / one).touch(mode=0o600)
    (tmp_path / name).chmod(mode)
    told = only(places.key_rights(tmp_path))
    assert told.standing is standing
    if standing is WRONG:
        assert (f"it has the rights {mode:04o}" in told.words, told.advice) == (True, f"chmod 600 {tmp_path / name}")


def test_what_belongs_to_another_user_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "keys.json").touch(mode=0o600)
    monkeypatch.delenv("TALLYSTICK_PASSPHRASE_FILE", raising=False)
    monkeypatch.setattr(places.os, "geteuid", lambda: os.getuid() + 1)
    for told in (only(places.home_rights(tmp_path)), only(places.key_rights(tmp_path))):
        assert (told.standing, "belongs to another user" in told.words) == (LOOK, True)


def test_a_system_without_such_rights_is_no_reason_to_feel_safe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(places.os, "geteuid")
    assert [only(look(tmp_path)).standing for look in (places.home_rights, places.key_rights)] == [LOOK, LOOK]


MB, GB = 1_000_000, 1_000_000_000


@pytest.mark.parametrize(
    ("free", "size", "standing"),
    [
        (80 * GB, 5 * MB, OK),
        (6 * GB, 5 * GB, OK),
        (4 * GB, 5 * GB, LOOK),
        (400 * MB, 5 * GB, WRONG),
        (50 * MB, 1 * MB, WRONG),
        (0, 0, WRONG),
    ],
)
@pytest.mark.parametrize("on_server", [False, True])
def test_room_is_measured_against_the_size_of_the_books(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, size: int, standing: Standing, on_server: bool
) -> None:
    monkeypatch.setattr(places.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(free, 0, free))
    told = only(places.disk(tmp_path, books_bytes=size, on_server=on_server))
    assert told.standing is standing
    assert ("not to be seen from here" in told.words) is on_server


@pytest.mark.parametrize(
    ("size", "shown"), [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (1_234_567, "1.2 MB"), (10**16, "10,000.0 TB")]
)
def test_sizes_are_shown_as_people_read_them(size: int, shown: str) -> None:
    assert places.shown(size) == shown


# The clock.


@pytest.mark.parametrize(
    ("last_act", "file", "server", "standing"),
    [
        (None, None, None, OK), (-1, -1, 0, OK), (0.5, 0.5, 0.5, OK), (2, None, None, WRONG), (60 * 24 * 300, -1, 0, WRONG),
        (-1, 2, None, WRONG), (-1, -1, 2, LOOK), (-1, -1, -2, LOOK),
    ],
)  # fmt: skip
def test_a_clock_that_runs_behind_is_found(
    tmp_path: Path, last_act: float | None, file: float | None, server: float | None, standing: Standing
) -> None:
    """Each is a number of minutes by which something here is ahead of the clock."""
    if file is not None:
        at = (NOW + timedelta(minutes=file)).timestamp()
        (tmp_path / "keys.json").touch()
        os.utime(tmp_path / "keys.json", (at, at))
    moments = {
        name: None if one is None else NOW + timedelta(minutes=one) for name, one in (("last_act", last_act), ("server", server))
    }
    told = only(hours.clock(tmp_path, now=NOW, **moments))
    assert told.standing is standing
    assert told.words.startswith("The clock says 1 Mar 2026, 12:00 UTC")


def test_the_last_act_says_when_it_was_recorded(lamps: None, ask: Callable[[], Told]) -> None:
    assert kept.last_recorded() == books.TAKEN_AT
    books.post("H1   3 March   handover   CRANE → WAGTAIL   CNY 100.00   SHOPS", recorded_at=datetime(2099, 1, 1, tzinfo=UTC))
    told = ask()
    assert (told.status, told.of("clock")["standing"]) == (1, "wrong")
    assert "the last act was recorded at 1 Jan 2099, 00:00 UTC" in told.of("clock")["words"]


def test_books_without_a_readable_act_have_no_last_hour(lamps: None) -> None:
    with tampering.tampered("journal_act"):
        tampering.run("UPDATE journal_act SET body = %s WHERE id = (SELECT MAX(id) FROM journal_act)", b"Amina")
        assert kept.last_recorded() is None
        tampering.run("DELETE FROM journal_office")
        tampering.run("DELETE FROM journal_act")
        assert kept.last_recorded() is None
