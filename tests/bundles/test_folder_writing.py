"""Writing folders and workbooks: what was read is written again to the byte, whole or not at all, and closed to others."""

import csv
import filecmp
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tallystick.bundles.folder import written_sheets
from tallystick.bundles.folder.content import Content
from tallystick.bundles.folder.layout import COLUMNS, MOVES, PROGRAMME
from tallystick.bundles.folder.writing import TargetExists, TargetUnwritable, write, write_folder, write_workbook
from tallystick.bundles.folder.written_sheets import WorkbookTooLong
from tallystick.core.entry import Move, PostedEntry
from tallystick.core.programme import Programme
from tests.bundles.folder_making import LAMPS, content_of, make_stall

Write = Callable[[Path, Content], None]
BOTH = pytest.mark.parametrize(("writer", "name"), [(write_folder, "out"), (write_workbook, "out.xlsx")])
PROGRAMME_OF_NOTHING = Programme("Nothing yet", False, "KR", "USD", date(2014, 3, 1))
NOTHING = Content(PROGRAMME_OF_NOTHING, {file: [] for file in COLUMNS if file != MOVES}, [])


def written(path: Path, content: Content) -> bytes:
    write(path, content)
    return path.read_bytes()


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def moves_of(folder: Path) -> list[list[str]]:
    with (folder / MOVES).open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


def test_the_lamps_are_written_again_to_the_byte(tmp_path: Path):
    write_folder(tmp_path / "out", content_of(LAMPS))
    same, other, missing = filecmp.cmpfiles(LAMPS, tmp_path / "out", COLUMNS, shallow=False)
    assert (sorted(same), other, missing) == (sorted(COLUMNS), [], [])
    assert (tmp_path / "out" / PROGRAMME).read_bytes() == (
        b'format = 1\nname = "Lamps and Noodles"\nrehearsal = true\nhome = "KR"\nreporting_unit = "USD"\nopened = 2014-03-01\n'
    )


@pytest.mark.parametrize("name", ["again", "again.xlsx"])
def test_written_read_and_written_again_has_the_same_bytes(tmp_path: Path, name: str):
    write(tmp_path / "first.xlsx", content_of(LAMPS))
    write(tmp_path / name, content_of(tmp_path / "first.xlsx"))
    if name == "again":
        write(tmp_path / "from_csv", content_of(LAMPS))
        assert files_of(tmp_path / "again") == files_of(tmp_path / "from_csv")
    else:
        assert (tmp_path / name).read_bytes() == (tmp_path / "first.xlsx").read_bytes()


def test_a_generated_programme_is_written_again_to_the_byte(tmp_path: Path, generated: Path):
    write_folder(tmp_path / "out", content_of(generated))
    write_workbook(tmp_path / "out.xlsx", content_of(generated))
    write_folder(tmp_path / "back", content_of(tmp_path / "out.xlsx"))
    assert files_of(tmp_path / "out") == {name: (generated / name).read_bytes() for name in (*sorted(COLUMNS), PROGRAMME)} | (
        files_of(tmp_path / "back")
    )


def test_a_name_decides_between_folder_and_workbook(tmp_path: Path):
    write(tmp_path / "a", NOTHING)
    write(tmp_path / "b.XLSX", NOTHING)
    assert (tmp_path / "a").is_dir()
    assert zipfile.is_zipfile(tmp_path / "b.XLSX")


def test_the_row_names_the_party_where_the_books_name_the_tally():
    """Dispatch: the carrier meant. Receipt, loss and return: the giver. A reversal and an untouched end stay as they are."""
    transit = "@transit:T1"
    ends = [
        (Move("dispatch", "HERON", transit, "USD", 1, "S", named="SWALLOW"), ("HERON", "SWALLOW")),
        (Move("receipt", transit, "SWALLOW", "USD", 1, "S", named="HERON"), ("HERON", "SWALLOW")),
        (Move("loss", transit, "@loss:theft", "USD", 1, "S", named="HERON"), ("HERON", "@loss:theft")),
        (Move("return", transit, "HERON", "USD", 1, "S", named="SWALLOW"), ("SWALLOW", "HERON")),
        (Move("receipt", transit, "SWALLOW", "USD", 1, "S"), (transit, "SWALLOW")),
        (Move("reversal", transit, "HERON", "USD", 1, "S", note="T1"), (transit, "HERON")),
        (Move("loss", "HERON", "@loss:theft", "USD", 1, "S"), ("HERON", "@loss:theft")),
    ]
    from tallystick.bundles.folder.content import written_ends

    assert [written_ends(move) for move, _ in ends] == [pair for _, pair in ends]


def test_a_moment_is_written_with_the_clock_it_was_told_by(tmp_path: Path):
    moments = [
        datetime(2014, 3, 3, 10, tzinfo=UTC),
        datetime(2014, 3, 3, 10, 0, 0, 250, tzinfo=timezone(timedelta(hours=-3.5))),
    ]
    gift = Move("gift", "PARISH", "OFFICE", "USD", 1, "SHOPS")
    stall = content_of(make_stall(tmp_path / "stall"))
    write_folder(
        tmp_path / "out", replace(stall, entries=[PostedEntry(f"E{m.hour}{m.microsecond}", m, (gift,)) for m in moments])
    )
    assert [row[0] for row in moves_of(tmp_path / "out")] == ["2014-03-03T10:00:00+00:00", "2014-03-03T10:00:00.000250-03:30"]


@BOTH
def test_nothing_is_written_over(tmp_path: Path, writer: Write, name: str):
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(TargetExists):
        writer(tmp_path / name, NOTHING)
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"
    assert [file.name for file in tmp_path.iterdir()] == [name]


@BOTH
def test_not_even_a_link_that_leads_nowhere_is_written_over(tmp_path: Path, writer: Write, name: str):
    (tmp_path / name).symlink_to(tmp_path / "nowhere")
    with pytest.raises(TargetExists):
        writer(tmp_path / name, NOTHING)


@BOTH
def test_what_appears_meanwhile_is_not_written_over(tmp_path: Path, writer: Write, name: str):
    def meanwhile() -> Iterator[PostedEntry]:
        (tmp_path / name).mkdir()
        yield from ()

    with pytest.raises(TargetExists):
        writer(tmp_path / name, replace(NOTHING, entries=meanwhile()))
    assert [file.name for file in tmp_path.iterdir()] == [name]


@BOTH
def test_what_breaks_off_leaves_nothing_behind(tmp_path: Path, writer: Write, name: str):
    def broken() -> Iterator[PostedEntry]:
        yield from content_of(LAMPS).entries
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        writer(tmp_path / name, replace(content_of(LAMPS), entries=broken()))
    assert list(tmp_path.iterdir()) == []


@BOTH
def test_a_place_that_cannot_be_written_to_is_refused(tmp_path: Path, writer: Write, name: str):
    with pytest.raises(TargetUnwritable) as refused:
        writer(tmp_path / "nowhere" / name, NOTHING)
    assert "No such file" in str(refused.value)


@BOTH
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, writer: Write, name: str):
    def full() -> Iterator[PostedEntry]:
        raise OSError(28, "No space left on device")
        yield

    with pytest.raises(TargetUnwritable):
        writer(tmp_path / name, replace(NOTHING, entries=full()))
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_that_cannot_be_put_together_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*how: object, **options: object):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("xlsxwriter.workbook.ZipFile", refuse)
    with pytest.raises(TargetUnwritable):
        write_workbook(tmp_path / "out.xlsx", NOTHING)
    assert list(tmp_path.iterdir()) == []


def test_only_the_owner_may_look(tmp_path: Path):
    write_folder(tmp_path / "out", NOTHING)
    write_workbook(tmp_path / "out.xlsx", NOTHING)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.rglob("*")}
    assert modes.pop("out") == 0o700
    assert set(modes.values()) == {0o600}


def test_a_workbook_longer_than_a_sheet_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(written_sheets, "SHEET_ROWS_MAX", 127)
    write_workbook(tmp_path / "fits.xlsx", content_of(LAMPS))
    monkeypatch.setattr(written_sheets, "SHEET_ROWS_MAX", 126)
    with pytest.raises(WorkbookTooLong) as refused:
        write_workbook(tmp_path / "out.xlsx", content_of(LAMPS))
    assert str(refused.value) == "moves has more rows than the 125 that a sheet holds."
    assert not (tmp_path / "out.xlsx").exists()


def test_the_same_content_makes_the_same_workbook_whenever_and_wherever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    import os
    import time

    first = written(tmp_path / "a.xlsx", content_of(LAMPS))
    monkeypatch.setenv("TZ", "Asia/Seoul")
    time.tzset()
    old = os.umask(0o077)
    try:
        assert written(tmp_path / "b.xlsx", content_of(LAMPS)) == first
    finally:
        os.umask(old)
        monkeypatch.undo()
        time.tzset()


def test_no_cell_of_a_written_workbook_is_a_formula_or_a_link(tmp_path: Path):
    notes = ["=1+1", "+1", "-1", "@SUM(A1)", "http://example.org", "{=1}", "<r><t>x</t></r>", "_x0041_", " both ends ", "007"]
    stall = content_of(make_stall(tmp_path / "stall"))
    at = datetime(2014, 3, 3, tzinfo=UTC)
    moves = tuple(Move("gift", "PARISH", "OFFICE", "USD", 1, "SHOPS", note=note) for note in notes)
    path = tmp_path / "out.xlsx"
    write_workbook(path, replace(stall, entries=[PostedEntry("E1", at, moves)]))
    sheet = load_workbook(path)["moves"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    assert [move.note for entry in content_of(path).entries for move in entry.moves] == notes


def test_a_rehearsal_shows_in_a_written_workbook(tmp_path: Path):
    write_workbook(tmp_path / "lamps.xlsx", content_of(LAMPS))
    write_workbook(tmp_path / "real.xlsx", NOTHING)
    lamps, real = load_workbook(tmp_path / "lamps.xlsx"), load_workbook(tmp_path / "real.xlsx")
    assert lamps.sheetnames == ["programme", *(file.removesuffix(".csv") for file in COLUMNS)]
    assert lamps["programme"]["C4"].value == "REHEARSAL: every party and place in this workbook is invented."
    assert all("REHEARSAL" in sheet.oddHeader.center.text for sheet in lamps)
    assert lamps["moves"].freeze_panes == "A2"
    assert real["programme"]["C4"].value is None
    assert not any(sheet.oddHeader.center.text for sheet in real)
