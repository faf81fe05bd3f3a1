"""A folder weighed: what an import would do, with nothing written and nobody waiting."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tallystick.bundles.digest import state_digest
from tallystick.bundles.folder.fault import Fault
from tallystick.bundles.folder.layout import MOVES
from tallystick.bundles.folder.reading import open_folder
from tallystick.bundles.taking import weighing
from tallystick.bundles.taking.take import FolderRefused
from tallystick.bundles.taking.weigh import Weighed, weigh_folder
from tallystick.journal.queries import act_count
from tallystick.vault.keys import unlocked
from tests import books
from tests.ops.faulty import CHANGED, DECIDED, READ, Edit, Place, edited

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def office(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with books.standing(django_db_blocker):
        books.found()
        yield


def weighed(path: Path) -> tuple[Weighed, list[Fault]]:
    with open_folder(path) as folder:
        return weigh_folder(folder, office=unlocked().office), list(folder.faults)


def refused(path: Path) -> list[Fault]:
    """The faults that taking the same folder in is refused for."""
    with pytest.raises(FolderRefused) as refusal:
        books.take(path)
    return list(refusal.value.faults)


def test_a_folder_is_weighed_as_it_is_then_taken_and_nothing_is_written_before() -> None:
    before = state_digest(), act_count()
    found, faults = weighed(books.LAMPS)
    assert faults == []
    assert (state_digest(), act_count()) == before
    taken = books.take(books.LAMPS)
    assert (found.taken.new, found.taken.already) == (taken.new, taken.already)
    assert (found.taken.entry_count, found.taken.entry_already_count) == (taken.entry_count, taken.entry_already_count)


def test_the_first_entries_are_those_that_are_then_posted(monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = weighed(books.LAMPS)
    assert (len(found.first), found.first[0].reference, found.first[0].moves[0].kind) == (
        found.taken.entry_count,
        "E0001",
        "gift",
    )
    monkeypatch.setattr("tallystick.bundles.taking.weigh.FIRST", 7)
    assert [one.reference for one in weighed(books.LAMPS)[0].first] == [one.reference for one in found.first[:7]]


def test_what_the_books_hold_already_is_told_from_what_is_new(tmp_path: Path) -> None:
    books.take(books.LAMPS)
    again, _ = weighed(books.LAMPS)
    assert again.taken.changed_nothing
    row = "2016-03-01T09:00:00+09:00,N1,handover,CRANE,WAGTAIL,CNY,1.00,SHOPS,,,"
    more, faults = weighed(edited(tmp_path / "lamps", [(MOVES, "", row), ("parties.csv", "", "GULL,custodian:agent,Yanji,,")]))
    assert faults == []
    assert (more.taken.new[MOVES], more.taken.already[MOVES], more.taken.entry_count) == (1, 126, 1)
    assert (more.taken.new["parties.csv"], more.taken.already["parties.csv"]) == (1, again.taken.already["parties.csv"])
    assert [one.reference for one in more.first] == ["N1"]


@pytest.mark.parametrize("edits", [edits for edits, _ in [*READ.values(), *DECIDED.values()]], ids=[*READ, *DECIDED])
def test_the_faults_are_those_that_an_import_is_refused_for(tmp_path: Path, edits: list[Edit]) -> None:
    folder = edited(tmp_path / "lamps", edits)
    before = act_count()
    _, faults = weighed(folder)
    assert faults == refused(folder)
    assert faults
    assert act_count() == before


@pytest.mark.parametrize(("edits", "faults"), CHANGED.values(), ids=CHANGED)
def test_what_would_change_the_books_is_counted_by_file(tmp_path: Path, edits: list[Edit], faults: list[Place]) -> None:
    books.take(books.LAMPS)
    folder = edited(tmp_path / "lamps", edits)
    found, listed = weighed(folder)
    assert listed == refused(folder)
    changed = [place[0] for place in faults if place[4] == "record_changed"]
    assert {file: count for file, count in found.changed.items() if count} == {file: changed.count(file) for file in changed}


@pytest.mark.parametrize("batch", [1, 7])
def test_batches_make_no_difference_to_the_faults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, batch: int) -> None:
    edits = [edit for name in ("no earmark", "no grant", "received and never sent") for edit in DECIDED[name][0]]
    folder = edited(tmp_path / "lamps", edits)
    whole = weighed(folder)[1]
    monkeypatch.setattr(weighing, "BATCH", batch)
    assert weighed(folder)[1] == whole == refused(folder)


def test_the_lines_of_several_batches_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "BATCH", 50)
    told: list[int] = []
    with open_folder(books.LAMPS) as folder:
        weigh_folder(folder, office=unlocked().office, told=told.append)
    assert (sum(told), len(told)) == (126, 3)


def test_books_without_a_programme_can_be_weighed_against(tmp_path: Path) -> None:
    empty = books.without_moves(books.LAMPS, tmp_path / "lamps")
    found, faults = weighed(empty)
    assert (faults, found.taken.entry_count, found.first) == ([], 0, [])
    books.take(empty)
    found, faults = weighed(books.LAMPS)
    assert (faults, found.taken.new[MOVES], found.taken.new["units.csv"]) == ([], 126, 0)
    shutil.rmtree(empty)
