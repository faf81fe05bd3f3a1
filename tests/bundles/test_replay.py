"""The journal replayed into empty books gives the same state, on either database; and the state digest misses nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.utils import ConnectionHandler

from tallystick.bundles.digest import state_digest
from tallystick.bundles.replay import ActKindUnknown, ChainBroken, replay
from tallystick.config.databases import encrypted_file
from tallystick.core.chain import FIRST, ActUnreadable, act_body, act_digest
from tallystick.journal.engine import is_server
from tallystick.journal.queries import StoredAct, acts
from tallystick.vault.keys import unlocked
from tests import books
from tests.bundles import full_stall, tampering
from tests.bundles.tampering import COLUMNS, TABLES, first_taken, rows, tampered

KEY = bytes(range(32))
LATER = """
    H9   3 March   handover   CRANE → WAGTAIL      CNY 100.00   SHOPS
    V9   4 March   reversal   WAGTAIL → CRANE      CNY 100.00   SHOPS   -     -           H9: typed twice
    T9   5 March   dispatch   CRANE → WAGTAIL      CNY 500.00   SHOPS   G03   REH-MONEY   tranche 4
"""


def said_here() -> tuple[list[StoredAct], str]:
    """The lamps programme and three entries more, said in the books at hand: every act, and the state they made."""
    books.found()
    books.take(books.LAMPS)
    books.post(LATER)
    return list(acts()), state_digest()


@contextmanager
def elsewhere(file: Path) -> Iterator[None]:
    """In this block the books at hand are new ones, in an SQLCipher file of its own."""
    described = encrypted_file(file)
    described["OPTIONS"]["key"] = lambda: KEY
    here, settings = connections["default"], connections.settings["default"]
    connections.settings["default"] = ConnectionHandler({"default": described}).settings["default"]
    del connections["default"]
    is_server.cache_clear()
    try:
        call_command("migrate", verbosity=0, interactive=False)
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = settings
        connections["default"] = here
        is_server.cache_clear()


@pytest.mark.django_db
def test_a_replay_gives_the_same_state() -> None:
    with books.undone():
        said, digest = said_here()
    assert list(acts()) == []
    counted: list[int] = []
    assert replay(said, told=counted.append) == len(said) == sum(counted)
    assert state_digest() == digest
    assert list(acts()) == said


@pytest.mark.django_db
def test_what_no_folder_says_is_replayed_as_well(tmp_path: Path) -> None:
    with books.undone():
        full_stall.keep(tmp_path / "stall")
        said, digest = list(acts()), state_digest()
    replay(said)
    assert state_digest() == digest


@pytest.mark.django_db
def test_what_was_said_here_gives_the_same_state_in_a_file(tmp_path: Path) -> None:
    said, digest = said_here()
    with elsewhere(tmp_path / "books.db"):
        replay(said)
        assert state_digest() == digest


@pytest.mark.django_db
def test_what_was_said_in_a_file_gives_the_same_state_here(tmp_path: Path) -> None:
    with elsewhere(tmp_path / "books.db"):
        said, digest = said_here()
    replay(said)
    assert state_digest() == digest


@pytest.mark.django_db
def test_the_same_programme_taken_in_on_two_databases_makes_the_same_books(tmp_path: Path) -> None:
    with elsewhere(tmp_path / "books.db"):
        there = said_here()
    assert said_here() == there


@pytest.mark.django_db
def test_nothing_that_any_row_says_escapes_the_digest(tmp_path: Path) -> None:
    full_stall.keep(tmp_path / "stall")
    digest = state_digest()
    digests = {digest}
    for table, column in COLUMNS:
        if table in ("journal_act", "journal_checkpoint") or column in ("act_id", "id", "entry_id"):
            continue  # what the acts became, not the acts; and places of these books' own
        field = next(one for one in TABLES[table]._meta.concrete_fields if one.column == column)
        with tampered(table):
            row = next((row for row in reversed(rows(table)) if row[column] is not None), rows(table)[0])
            changes = [partial(tampering.update, table, row, **{column: other}) for other in tampering.others(field, row[column])]
            assert first_taken(changes), f"{table}.{column}"
            changed = state_digest()
        assert changed not in digests, f"{table}.{column}"
        digests.add(changed)
    assert len(digests) > 80
    assert state_digest() == digest


@pytest.mark.django_db
def test_a_row_less_changes_the_digest(tmp_path: Path) -> None:
    full_stall.keep(tmp_path / "stall")
    digest = state_digest()
    for table in TABLES:
        if table not in ("journal_act", "journal_checkpoint"):
            with tampered(table):
                tampering.delete(table, rows(table)[-1])
                assert state_digest() != digest, table


def first_act(body: bytes, *, kind: str = "unit_defined") -> StoredAct:
    """The first act of a journal, made by a hand that knows how to chain."""
    return StoredAct(1, unlocked().office, 1, kind, body, act_digest(FIRST, body))


@pytest.mark.django_db
def test_an_act_of_a_later_version_is_refused() -> None:
    parts: dict[str, Any] = {"number": 1, "content": {}, "after": {}, "recorded_at": "2026-01-05T09:00:00Z"}
    body = act_body(office=unlocked().office, kind="moon_landed", **parts)
    with pytest.raises(ActKindUnknown, match="“moon_landed”"):
        replay([first_act(body, kind="moon_landed")])


@pytest.mark.django_db
def test_an_act_that_is_no_text_of_ours_is_refused() -> None:
    with pytest.raises(ActUnreadable):
        replay([first_act(b"{}")])


@pytest.mark.django_db
def test_acts_that_do_not_follow_are_refused() -> None:
    with books.undone():
        said, _ = said_here()
    with pytest.raises(ChainBroken, match="Act 3 of"):
        replay([*said[:1], *said[2:]])
    assert list(acts()) == [], "nothing of a refused replay stays"


def test_an_act_that_says_what_no_entry_says_is_refused(db: None) -> None:
    said, _ = said_here()
    entry = next(act for act in said if act.kind == "entry_posted")
    moment = "2026-01-01T00:00:00Z"
    odd = {"reference": "E1", "happened_at": moment, "moves": []}
    elsewhere = "f" * 16
    body = act_body(office=elsewhere, number=1, kind="entry_posted", content=odd, after={}, recorded_at=moment)
    with pytest.raises(ActUnreadable, match="content"):
        replay([entry._replace(id=1_000_000, office=elsewhere, number=1, body=body, digest=act_digest(FIRST, body))])
