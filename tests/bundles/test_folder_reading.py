"""Reading a programme folder: every record and every entry, with the lines they stand on."""

import csv
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tallystick.bundles.folder import entries as grouping
from tallystick.bundles.folder.layout import COLUMNS, MOVES
from tallystick.bundles.folder.reading import FolderMissing, open_folder
from tallystick.core.amount import Parts
from tallystick.core.corridor import Leg
from tallystick.core.entry import Line
from tallystick.core.party import HoldingLimit, Party
from tallystick.core.programme import Programme
from tallystick.core.visit import Visit
from tests.bundles.folder_making import LAMPS, STALL, copy_lamps, faults_in, make_stall, posted, read_to_the_end, shown
from tests.core.lamps import read_entries as entries_told_by_another


def test_the_lamps_are_read_whole():
    folder, entries = read_to_the_end(LAMPS)
    assert list(folder.faults) == []
    assert folder.programme == Programme("Lamps and Noodles", True, "KR", "USD", date(2014, 3, 1))
    assert {file: len(records) for file, records in folder.records.items()} == {
        "units.csv": 10, "parties.csv": 28, "earmarks.csv": 3, "authorisations.csv": 4, "legs.csv": 9, "grants.csv": 12,
        "vouches.csv": 25, "visits.csv": 15,
    }  # fmt: skip
    assert sum(len(entry.lines) for entry, _ in entries) == 126


def test_the_entries_of_the_lamps_are_those_that_another_reader_finds():
    _, entries = read_to_the_end(LAMPS)
    assert posted(entry for entry, _ in entries) == list(entries_told_by_another(LAMPS))


def test_records_carry_every_column_and_their_line():
    records = read_to_the_end(LAMPS)[0].records
    assert records["parties.csv"][3] == (
        Party("OFFICE", "custodian:fund", "Seoul", (HoldingLimit("USD", Parts(8_000_000)),), "the programme's own account"), 5,
    )  # fmt: skip
    tariff = (120_000, Parts(10_000), "CNY", 2, Parts(3_500_000), "REH-MONEY")
    assert records["legs.csv"][4] == (Leg("DDG-SIN", "Dandong", "Sinuiju", "by hand", *tariff), 6)
    assert records["visits.csv"][13].record == Visit("G07", date(2015, 10, 12), True, jobs=2, helped_others=4)


def test_an_entry_has_its_lines_and_says_where_they_stand():
    _, entries = read_to_the_end(LAMPS)
    entry, numbers = entries[2]
    assert (entry.reference, numbers) == ("H0006", (4, 5))
    assert entry.happened_at.isoformat() == "2014-03-11T09:00:00+08:00"
    assert entry.lines[1] == Line("commission", "MAGPIE", "@commission:MAGPIE", "USD", 80_000, "SHOPS")


def test_a_byte_order_mark_windows_line_ends_and_blank_lines_change_nothing(tmp_path: Path):
    folder = copy_lamps(tmp_path / "lamps")
    for file in folder.glob("*.csv"):
        text = file.read_text(encoding="utf-8").replace("\n", "\r\n\r\n")
        file.write_bytes(b"\xef\xbb\xbf" + text.encode() + b",,,,\r\n   \r\n".replace(b"   ", b""))
    (folder / "programme.toml").write_bytes(b"\xef\xbb\xbf" + (folder / "programme.toml").read_bytes())
    plain, marked = read_to_the_end(LAMPS), read_to_the_end(folder)
    assert list(marked[0].faults) == []
    assert [entry for entry, _ in marked[1]] == [entry for entry, _ in plain[1]]
    assert marked[1][2][1] == (7, 9)


def test_columns_may_stand_in_any_order(tmp_path: Path):
    folder = make_stall(tmp_path / "stall")
    columns = list(reversed(COLUMNS[MOVES]))
    rows = [",".join(reversed(row.split(","))) for row in STALL[MOVES]]
    (folder / MOVES).write_text("\n".join([",".join(columns), *rows]), encoding="utf-8")
    assert read_to_the_end(folder)[1] == read_to_the_end(make_stall(tmp_path / "other"))[1]


def test_a_quoted_cell_may_hold_commas_and_quotation_marks(tmp_path: Path):
    folder = make_stall(tmp_path / "stall", earmarks=['SHOPS,PARISH,USD,"shops, ""big"" and small"'])
    assert read_to_the_end(folder)[0].records["earmarks.csv"][0].record.purpose == 'shops, "big" and small'


def test_several_holding_limits_are_read_in_their_order(tmp_path: Path):
    folder = make_stall(
        tmp_path / "stall", parties=["OFFICE,custodian:fund,,USD 80000; LAMP 5,", "PARISH,donor,,,", "R01,recipient,,,"]
    )
    limits = read_to_the_end(folder)[0].records["parties.csv"][0].record.holding_limit
    assert limits == (HoldingLimit("USD", Parts(8_000_000)), HoldingLimit("LAMP", Parts(5)))


def test_entries_of_one_moment_may_interleave(tmp_path: Path):
    at = "2014-03-03T10:00:00+09:00"
    rows = [f"{at},{reference},gift,PARISH,OFFICE,USD,{n}.00,SHOPS,,," for n, reference in enumerate("ABAB", start=1)]
    folder, entries = read_to_the_end(make_stall(tmp_path / "stall", moves=rows))
    assert list(folder.faults) == []
    assert [(entry.reference, numbers) for entry, numbers in entries] == [("A", (2, 4)), ("B", (3, 5))]


def test_a_reference_may_return_at_a_later_moment(tmp_path: Path):
    rows = [f"2014-03-0{day}T10:00:00+09:00,T1,gift,PARISH,OFFICE,USD,1.00,SHOPS,,," for day in (3, 4)]
    folder, entries = read_to_the_end(make_stall(tmp_path / "stall", moves=rows))
    assert list(folder.faults) == []
    assert [numbers for _, numbers in entries] == [(2,), (3,)]


def test_moments_need_not_be_in_order(tmp_path: Path):
    rows = [f"2014-03-{day:02}T10:00:00+09:00,E{day},gift,PARISH,OFFICE,USD,1.00,SHOPS,,," for day in (9, 4, 7, 5, 12)]
    folder, entries = read_to_the_end(make_stall(tmp_path / "stall", moves=rows))
    assert list(folder.faults) == []
    assert [entry.reference for entry, _ in entries] == ["E9", "E4", "E7", "E5", "E12"]


def test_lines_of_an_entry_that_stand_apart_are_refused_with_both_lines(tmp_path: Path):
    moments = [("03", "A"), ("04", "B"), ("03", "A"), ("03", "A"), ("05", "C")]
    rows = [f"2014-03-{day}T10:00:00+09:00,{reference},gift,PARISH,OFFICE,USD,1.00,SHOPS,,," for day, reference in moments]
    folder, entries = read_to_the_end(make_stall(tmp_path / "stall", moves=rows))
    assert shown(folder.faults) == [("moves.csv", 4, "entry", "A", "entry_apart")]
    assert "begin on line 2" in next(iter(folder.faults)).words
    assert [entry.reference for entry, _ in entries] == ["A", "B", "C"]


def test_lines_apart_are_found_though_told_by_another_clock(tmp_path: Path):
    moments = ["2014-03-03T10:00:00+09:00", "2014-03-04T10:00:00+09:00", "2014-03-03T09:00:00+08:00"]
    rows = [f"{moment},{name},gift,PARISH,OFFICE,USD,1.00,SHOPS,,," for moment, name in zip(moments, "ABA", strict=True)]
    assert shown(faults_in(make_stall(tmp_path / "stall", moves=rows))) == [("moves.csv", 4, "entry", "A", "entry_apart")]


def test_one_moment_told_by_two_clocks_is_refused(tmp_path: Path):
    moments = ["2014-03-03T10:00:00+09:00", "2014-03-03T09:00:00+08:00"]
    rows = [f"{moment},A,gift,PARISH,OFFICE,USD,1.00,SHOPS,,," for moment in moments]
    folder, entries = read_to_the_end(make_stall(tmp_path / "stall", moves=rows))
    assert shown(folder.faults) == [("moves.csv", 3, "happened_at", moments[1], "entry_of_two_clocks")]
    assert entries == []


@pytest.mark.parametrize("column", ["amount", "happened_at"])
def test_an_entry_with_a_line_that_cannot_be_read_is_held_back_whole(tmp_path: Path, column: str):
    rows = [f"2014-03-03T10:00:00+09:00,{name},gift,PARISH,OFFICE,USD,1.00,SHOPS,,," for name in "AAB"]
    for place in (0, 1):
        bad = [*rows]
        bad[place] = bad[place].replace({"amount": "1.00", "happened_at": "T10"}[column], "?")
        folder, entries = read_to_the_end(make_stall(tmp_path / f"stall{place}", moves=bad))
        assert [fault.column for fault in folder.faults] == [column]
        assert [entry.reference for entry, _ in entries] == ["B"]


def test_a_moment_with_endless_entries_does_not_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(grouping, "OPEN_MAX", 20)
    monkeypatch.setattr(grouping, "REACH", 10)
    rows = [f"2014-03-03T10:00:00+09:00,E{n // 3},gift,PARISH,OFFICE,USD,1.00,SHOPS,,," for n in range(300)]
    rows.append(rows[0])
    folder, entries = read_to_the_end(make_stall(tmp_path / "stall", moves=rows))
    assert len(entries) == 100
    assert shown(folder.faults) == [("moves.csv", 302, "entry", "E0", "entry_apart")]


def test_entries_may_be_run_through_again_and_faults_are_listed_once(tmp_path: Path):
    path = make_stall(tmp_path / "stall", moves=[*STALL[MOVES], "yesterday,E9,gift,PARISH,OFFICE,USD,1.00,SHOPS,,,"])
    with open_folder(path) as folder:
        assert list(folder.entries()) == list(folder.entries())
        assert len(folder.faults) == 1


def test_a_long_programme_passes_through_little_memory(tmp_path: Path):
    """Ten times the rows take hardly more: 16 bytes an entry."""
    import tracemalloc

    start, peaks = datetime(2014, 3, 3, tzinfo=UTC), []
    for count in (2_000, 20_000):
        rows = (
            f"{(start + timedelta(minutes=n)).isoformat()},E{n},gift,PARISH,OFFICE,USD,{n}.01,SHOPS,,,note {n}"
            for n in range(count)
        )
        with open_folder(make_stall(tmp_path / f"stall{count}", moves=rows)) as folder:
            tracemalloc.start()
            assert sum(1 for _ in folder.entries()) == count
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] - peaks[0] < 18_000 * 32


def test_reading_costs_a_small_multiple_of_taking_the_csv_apart(tmp_path: Path):
    """Cells, amounts, moments and entries together come to about eight times Python's own parsing of the lines."""
    rows = [
        f"2014-03-03T10:{n // 60:02}:{n % 60:02}+09:00,E{n},gift,PARISH,OFFICE,USD,{n}.01,SHOPS,G1,," for n in range(1, 3_600)
    ]
    path = make_stall(tmp_path / "stall", moves=rows)

    def parse() -> None:
        with (path / MOVES).open(newline="", encoding="utf-8") as file:
            assert sum(1 for _ in csv.reader(file)) == 3_600

    def read() -> None:
        assert sum(1 for _ in folder.entries()) == 3_599

    with open_folder(path) as folder:
        assert min(cost_of(read) for _ in range(5)) < 25 * min(cost_of(parse) for _ in range(5))


def cost_of(work: Callable[[], None]) -> float:
    """Seconds of this process's own time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def test_a_generated_programme_is_read_without_a_fault(generated: Path):
    folder, entries = read_to_the_end(generated)
    assert list(folder.faults) == []
    assert sum(len(numbers) for _, numbers in entries) >= 2_000
    assert posted(entry for entry, _ in entries) == list(entries_told_by_another(generated))


def test_where_nothing_is_nothing_is_opened(tmp_path: Path):
    with pytest.raises(FolderMissing):
        open_folder(tmp_path / "nowhere")
