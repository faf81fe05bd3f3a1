"""Taking a programme in: all of it or nothing, in whatever batches, and twice is once."""

import shutil
from pathlib import Path

import pytest

from tallystick.bundles.digest import state_digest
from tallystick.bundles.folder.fault import Fault
from tallystick.bundles.folder.reading import open_folder
from tallystick.bundles.founding import RehearsalOnly, found_office
from tallystick.bundles.taking import weighing as taking
from tallystick.bundles.taking.take import FolderRefused, take_folder
from tallystick.journal.queries import act_count, checkpoints
from tallystick.ledger.queries.state import all_entries
from tallystick.vault.keys import BooksAlreadyThere, unlocked
from tests import books

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def founded(db: None) -> None:
    books.found()


def with_rows(folder: Path, **rows: list[str]) -> Path:
    """The lamps programme with these rows added; `moves=["…"]` goes to the end of moves.csv."""
    shutil.copytree(books.LAMPS, folder)
    for name, added in rows.items():
        with (folder / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.writelines(f"{row}\n" for row in added)
    return folder


def faults_of(folder: Path) -> list[Fault]:
    with pytest.raises(FolderRefused) as refused:
        books.take(folder)
    return list(refused.value.faults)


def test_an_import_counts_what_is_new() -> None:
    taken = books.take(books.LAMPS)
    assert taken.new == {
        "programme.toml": 1, "units.csv": 10, "parties.csv": 28, "earmarks.csv": 3, "authorisations.csv": 4, "legs.csv": 9,
        "grants.csv": 12, "vouches.csv": 25, "visits.csv": 15, "moves.csv": 126,
    }  # fmt: skip
    assert (taken.entry_count, taken.entry_already_count, taken.changed_nothing) == (98, 0, False)
    assert set(taken.already.values()) == {0}


def test_twice_is_once() -> None:
    books.take(books.LAMPS)
    before = state_digest(), act_count(), len(checkpoints())
    taken = books.take(books.LAMPS, recorded_at=books.POSTED_AT)
    assert taken.changed_nothing
    assert (taken.already["moves.csv"], taken.entry_already_count) == (126, 98)
    assert (state_digest(), act_count(), len(checkpoints())) == before


def test_a_folder_that_grew_adds_what_is_new(tmp_path: Path) -> None:
    books.take(books.LAMPS)
    grown = with_rows(
        tmp_path / "lamps",
        parties=["GULL,custodian:carrier,Hyesan,,"],
        vouches=["R01,REF-A,cousin,20,2014-03-04,for"],  # word for word the first one: said a second time
        moves=["2016-03-01T09:00:00+09:00,H1,handover,HERON,GULL,CNY,5.00,SHOPS,,,"],
    )
    taken = books.take(grown, recorded_at=books.POSTED_AT)
    assert {file: count for file, count in taken.new.items() if count} == {"parties.csv": 1, "vouches.csv": 1, "moves.csv": 1}
    assert (taken.already["vouches.csv"], taken.already["moves.csv"]) == (25, 126)
    assert books.take(grown, recorded_at=books.POSTED_AT).changed_nothing
    assert books.proof().holds


def test_an_import_is_signed_once_at_its_end() -> None:
    books.take(books.LAMPS)
    assert [(one.number, one.signed_at) for one in checkpoints()] == [(1, books.FOUNDED_AT), (206, books.TAKEN_AT)]


@pytest.mark.parametrize("batch", [1, 7, 50])
def test_batches_make_no_difference(monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    with books.undone():
        books.take(books.LAMPS)
        digest = state_digest()
    monkeypatch.setattr(taking, "BATCH", batch)
    told: list[int] = []
    with open_folder(books.LAMPS) as folder:
        take_folder(folder, keyring=unlocked(), recorded_at=books.TAKEN_AT, told=told.append)
    assert (sum(told), len(told)) == (126, {1: 98, 7: 18, 50: 3}[batch])
    assert state_digest() == digest
    assert books.proof().holds


BAD_MOVES = [
    "2016-03-01T09:00:00+09:00,H1,handover,HERON,GULL,CNY,5.00,SHOPS,,,",
    "2016-03-01T10:00:00+09:00,H2,handover,HERON,CRANE,CNY,5.00,TEAS,,,",
    "2016-03-01T11:00:00+09:00,H3,handover,HERON,CRANE,CNY,50000.00,SHOPS,,,",
    "2016-03-01T12:00:00+09:00,H4,handover,HERON,CRANE,CNY,1.00,SHOPS,,,",
    "2016-03-01T13:00:00+09:00,H5,handover,HERON,CRANE,CNY,oops,SHOPS,,,",
    "2016-03-01T14:00:00+09:00,H6,handover,HERON,GULL,CNY,1.00,SHOPS,,,",
]


@pytest.mark.parametrize("batch", [1, 30, 10_000])
def test_faults_are_the_same_in_whatever_batches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, batch: int) -> None:
    monkeypatch.setattr(taking, "BATCH", batch)
    before = state_digest(), act_count()
    faults = faults_of(with_rows(tmp_path / "lamps", moves=BAD_MOVES))
    # After the row that cannot be read nobody knows who holds what, so nothing behind it is weighed.
    assert sorted((fault.line, fault.code) for fault in faults) == [
        (128, "party_unknown"), (129, "earmark_unknown"), (130, "holding_too_small"), (132, "amount_unreadable"),
    ]  # fmt: skip
    assert (state_digest(), act_count()) == before


def test_entries_are_not_weighed_while_records_are_at_fault(tmp_path: Path) -> None:
    folder = with_rows(tmp_path / "lamps", grants=["G99,R99,stall,SHOPS,REH-MONEY,CNY,1.00,1"], moves=BAD_MOVES)
    assert [fault.code for fault in faults_of(folder)] == ["party_unknown", "amount_unreadable"]


def test_a_refusal_tells_how_many_faults_there_are(tmp_path: Path) -> None:
    with pytest.raises(FolderRefused, match=r"lamps is refused whole; it has 4 fault\(s\)"):
        books.take(with_rows(tmp_path / "lamps", moves=BAD_MOVES))


def test_entries_keep_the_clock_and_the_order_of_the_folder() -> None:
    books.take(books.LAMPS)
    entries = list(all_entries())
    assert [entries[0].reference, entries[1].reference, entries[-1].reference] == ["E0001", "H0005", "H0077"]
    assert entries[1].happened_at.isoformat() == "2014-03-10T10:00:00+08:00"


def test_an_office_is_founded_once_and_for_a_rehearsal() -> None:
    with pytest.raises(BooksAlreadyThere):
        books.found()
    with pytest.raises(RehearsalOnly):
        found_office(unlocked(), rehearsal=False, recorded_at=books.FOUNDED_AT)
