"""Workbooks as people make them: what a cell holds is what the CSV file would have said, or it is refused."""

import os
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from tallystick.bundles.folder.reading import open_folder
from tallystick.core.amount import Parts
from tests.bundles.folder_making import Shown, faults_in, make_stall, read_to_the_end, shown
from tests.bundles.workbook_making import make_workbook, repack, setting


@pytest.mark.parametrize("suffix", ["", ".csv"])
def test_a_workbook_holds_what_the_folder_holds(tmp_path: Path, suffix: str):
    folder, entries = read_to_the_end(make_workbook(tmp_path / "stall.xlsx", suffix=suffix))
    plain, plain_entries = read_to_the_end(make_stall(tmp_path / "stall"))
    assert list(folder.faults) == []
    assert folder.programme == plain.programme
    assert folder.records == plain.records
    assert entries == plain_entries


def test_the_programme_may_stand_in_one_row_under_its_keys(tmp_path: Path):
    def lay_flat(book: Workbook) -> None:
        sheet = book["programme"]
        rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
        sheet.delete_rows(1, len(rows))
        for row in zip(*rows, strict=True):
            sheet.append(row)

    folder, _ = read_to_the_end(make_workbook(tmp_path / "stall.xlsx", change=lay_flat))
    assert list(folder.faults) == []
    assert folder.programme is not None
    assert folder.programme.opened == date(2014, 3, 1)


TYPED: list[tuple[str, str, Any, str, str, str, Any]] = [
    ("grants", "G2", 200, "General", "grants.csv", "amount", Parts(20_000)),
    ("grants", "G2", 10526.32, "General", "grants.csv", "amount", Parts(1_052_632)),
    ("grants", "G2", 100.0, "0.00", "grants.csv", "amount", Parts(10_000)),
    ("grants", "G2", 0.1, "General", "grants.csv", "amount", Parts(10)),
    ("grants", "A2", 101, "General", "grants.csv", "grant", "101"),
    ("units", "E3", 9405.21, "General", "units.csv", "hs_code", "9405.21"),
    ("legs", "E2", 0.125, "0.0%", "legs.csv", "commission_ppm", 125_000),
    ("legs", "E2", 12.5, "General", "legs.csv", "commission_ppm", 125_000),
    ("legs", "E2", 1, "0%", "legs.csv", "commission_ppm", 1_000_000),
    ("visits", "C2", True, "General", "visits.csv", "trading", True),
    ("visits", "B2", date(2014, 6, 15), "yyyy-mm-dd", "visits.csv", "visited_on", date(2014, 6, 15)),
    ("visits", "B2", datetime(2014, 6, 15), "d.m.yyyy", "visits.csv", "visited_on", date(2014, 6, 15)),
]


@pytest.mark.parametrize(("sheet", "cell", "value", "shape", "file", "field", "expected"), TYPED)
def test_numbers_dates_and_truths_are_read_as_they_are_meant(
    tmp_path: Path, sheet: str, cell: str, value: Any, shape: str, file: str, field: str, expected: Any
):
    path = make_workbook(tmp_path / "stall.xlsx", change=setting(sheet, cell, value=value, shape=shape))
    folder, _ = read_to_the_end(path)
    assert list(folder.faults) == []
    record = folder.records[file][int(cell[1:]) - 2].record
    assert getattr(record, field) == expected


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "shape", "expected"),
    [
        ("moves", "G2", 900.005, "", ("moves", 2, "amount", "900.005", "amount_too_precise")),
        ("moves", "G2", 10526.3199999999, "", ("moves", 2, "amount", "10526.3199999999", "amount_too_precise")),
        ("moves", "G2", 1e22, "", ("moves", 2, "amount", "1e+22", "amount_unreadable")),
        ("moves", "G2", 0.0000001, "", ("moves", 2, "amount", "0.0000001", "amount_too_precise")),
        ("moves", "G2", 0.5, "0%", ("moves", 2, "amount", "50%", "amount_unreadable")),
        ("moves", "A2", datetime(2014, 3, 3, 10), "yyyy-mm-dd hh:mm", ("moves", 2, "happened_at", "2014-03-03T10:00:00", "moment_without_offset")),
        ("moves", "A2", datetime(2014, 3, 3), "yyyy-mm-dd", ("moves", 2, "happened_at", "2014-03-03", "moment_without_offset")),
        ("moves", "A2", time(10, 30), "hh:mm", ("moves", 2, "happened_at", "10:30:00", "moment_unreadable")),
        ("moves", "A2", timedelta(days=2), "[hh]:mm", ("moves", 2, "happened_at", "2 days, 0:00:00", "moment_unreadable")),
        ("moves", "A3", True, "", ("moves", 3, "happened_at", "yes", "moment_unreadable")),
        ("moves", "G4", "=G2-G3", "", ("moves", 4, "amount", "=G2-G3", "workbook_formula")),
        ("moves", "G4", ArrayFormula("G4:G4", "=SUM(G2:G3)"), "", ("moves", 4, "amount", "=SUM(G2:G3)", "workbook_formula")),
        ("moves", "K4", "#REF!", "", ("moves", 4, "note", "#REF!", "workbook_cell_broken")),
        ("moves", "M3", "beside", "", ("moves", 3, "M", "beside", "row_width")),
        ("moves", "L1", "colour", "", ("moves", 1, "colour", "colour", "file_columns")),
        ("moves", "K2", "a\nb", "", ("moves", 2, "note", r"a\nb", "text_holds_control")),
        ("moves", "K2", "a_x000D_b", "", ("moves", 2, "note", r"a\rb", "text_holds_control")),
        ("programme", "B2", "=A1", "", ("programme", 2, "B", "=A1", "workbook_formula")),
        ("programme", "B1", 2, "", ("programme", 1, "format", "2", "format_version")),
        ("programme", "B3", "perhaps", "", ("programme", 3, "rehearsal", "perhaps", "value_unreadable")),
        ("programme", "A7", "format", "", ("programme", 7, "format", "", "row_twice")),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_taken_is_named_with_its_place(
    tmp_path: Path, sheet: str, cell: str, value: Any, shape: str, expected: Shown
):
    path = make_workbook(tmp_path / "stall.xlsx", change=setting(sheet, cell, value=value, shape=shape))
    assert shown(faults_in(path)) == [expected]


def test_a_formula_in_a_header_leaves_its_sheet_unread(tmp_path: Path):
    path = make_workbook(tmp_path / "stall.xlsx", change=setting("moves", "G1", value='="amount"'))
    assert shown(faults_in(path)) == [("moves", 1, "G", '="amount"', "workbook_formula")]


def test_formulas_and_anything_else_on_other_sheets_are_nobodys_business(tmp_path: Path):
    def reckon(book: Workbook) -> None:
        book.create_sheet("reckoning")["A1"] = "=SUM(moves!G2:G4)"

    assert faults_in(make_workbook(tmp_path / "stall.xlsx", change=reckon)) == []


def test_a_missing_sheet_is_named(tmp_path: Path):
    def tear_out(book: Workbook) -> None:
        del book["legs"], book["programme"]

    faults = faults_in(make_workbook(tmp_path / "stall.xlsx", change=tear_out))
    assert shown(faults) == [("programme", None, "", "", "file_missing"), ("legs", None, "", "", "file_missing")]
    assert faults[1].words == "stall.xlsx has no sheet legs."


def test_two_sheets_for_one_file_are_refused(tmp_path: Path):
    def double(book: Workbook) -> None:
        book.create_sheet("moves.csv").append(["something"])

    path = make_workbook(tmp_path / "stall.xlsx", change=double)
    assert shown(faults_in(path)) == [("moves.csv", None, "", "", "sheet_twice")]


def test_empty_rows_and_cells_around_the_table_change_nothing(tmp_path: Path):
    def scatter(book: Workbook) -> None:
        book["moves"].insert_rows(3, 4)
        book["moves"]["Z9"].number_format = "0.00"

    folder, entries = read_to_the_end(make_workbook(tmp_path / "stall.xlsx", change=scatter))
    assert list(folder.faults) == []
    assert [numbers for _, numbers in entries] == [(2,), (7,), (8,)]


def test_a_sheet_that_lies_about_its_size_is_read_whole(tmp_path: Path):
    def lie(data: bytes) -> bytes:
        start, end = data.index(b"<dimension"), data.index(b"/>", data.index(b"<dimension"))
        return data[:start] + b'<dimension ref="A1:B2"' + data[end:]

    path = repack(make_workbook(tmp_path / "stall.xlsx"), {"sheet9.xml": lie})
    assert len(read_to_the_end(path)[1]) == 3


def test_faults_are_placed_by_sheet(tmp_path: Path):
    with open_folder(make_workbook(tmp_path / "stall.xlsx", suffix=".csv")) as folder:
        assert folder.place("moves.csv") == "moves.csv"
    with open_folder(make_workbook(tmp_path / "other.xlsx")) as folder:
        assert folder.place("moves.csv") == "moves"


def with_part(end: str, change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    return lambda path: repack(path, {end: change})


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
ATTRIBUTES = b"".join(b' a%d=""' % number for number in range(50_000))
NO_CELLS = b"".join(b"<c><!--%d--></c>" % number for number in range(20_000))
NO_CELL = b"".join(b"<x><!--%d--></x>" % number for number in range(110_000))
TRAPS: list[tuple[str, Callable[[Path], object], str]] = [
    ("no archive", lambda path: path.write_bytes(b"unit,kind\n"), "not a zip"),
    ("empty", lambda path: path.write_bytes(b""), "not a zip"),
    ("cut short", lambda path: path.write_bytes(path.read_bytes()[:-40]), "zip"),
    ("cut in the middle", lambda path: path.write_bytes(path.read_bytes()[2_000:]), ""),
    ("old or encrypted", lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600)), "encrypted"),
    ("a document type", with_part("styles.xml", lambda data: DOCTYPE), "document type"),
    ("a document type in a sheet", with_part("sheet1.xml", lambda data: DOCTYPE), "document type"),
    ("a document type in UTF-16", with_part("sheet1.xml", lambda data: DOCTYPE.decode().encode("utf-16")), "document type"),
    ("no workbook in it", with_part("[Content_Types].xml", lambda data: b"<Types/>"), ""),
    ("broken XML", with_part("workbook.xml", lambda data: data[:100]), ""),
    ("a bomb", with_part("theme1.xml", lambda data: bytes(70 << 20)), "unpacks"),
    ("a large part", with_part("theme1.xml", lambda data: os.urandom(1 << 20) * 66), "too large"),
    ("rows backwards", with_part("sheet9.xml", lambda data: data.replace(b'r="3"', b'r="1"', 1)), "row 1 out of order"),
    ("rows beyond the end", with_part("sheet9.xml", lambda data: data.replace(b'<row r="4"', b'<row r="9999999"')), "out of order"),
    ("cells backwards", with_part("sheet9.xml", lambda data: data.replace(b'r="B3"', b'r="A3"', 1)), "cell A3 out of order"),
    ("cells in another row", with_part("sheet9.xml", lambda data: data.replace(b'r="B3"', b'r="B4"', 1)), "cell B4 out of order"),
    ("a cell far away", with_part("sheet9.xml", lambda data: data.replace(b'<row r="4"', b'<row r="999999"')), "row 999999, and most"),
    ("a row of very many cells", with_part("sheet9.xml", lambda data: data.replace(b"</row>", NO_CELLS + b"</row>", 1)), "cells in a row"),
    ("very many other things", with_part("sheet9.xml", lambda data: data.replace(b"</row>", NO_CELL + b"</row>", 1)), "no cells"),
    ("blanks", with_part("sheet9.xml", lambda data: data.replace(b"</row>", b" " * (20 << 20) + b"</row>", 1)), "unpacks to"),
    ("a tag without an end", with_part("sheet9.xml", lambda data: data.replace(b'<row r="4"', b'<row r="4"' + ATTRIBUTES)), "256 KiB"),
    ("a cell of no column", with_part("sheet9.xml", lambda data: data.replace(b'r="B3"', b'r="b3"', 1)), "cell b3 out of order"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "reason"), [trap[1:] for trap in TRAPS], ids=[trap[0] for trap in TRAPS])
def test_a_workbook_with_a_trap_is_not_opened(tmp_path: Path, spoil: Callable[[Path], object], reason: str):
    path = make_workbook(tmp_path / "stall.xlsx")
    spoil(path)
    folder, entries = read_to_the_end(path)
    assert [(fault.file, fault.code) for fault in folder.faults] == [("stall.xlsx", "workbook_unreadable")]
    assert reason in next(iter(folder.faults)).words
    assert entries == []


def test_a_part_packed_in_another_way_is_not_opened(tmp_path: Path):
    import zipfile

    path = tmp_path / "stall.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert [fault.code for fault in faults_in(path)] == ["workbook_unreadable"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_not_opened(tmp_path: Path):
    import zipfile

    path = make_workbook(tmp_path / "stall.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet9.xml", "<worksheet/>")
    (fault,) = faults_in(path)
    assert "two parts called xl/worksheets/sheet9.xml" in fault.words


def test_a_workbook_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = make_workbook(tmp_path / "stall.xlsx")

    def refuse(*how: object, **options: object):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (fault,) = faults_in(path)
    assert (fault.code, fault.found) == ("workbook_unreadable", "")
    assert "Permission denied" in fault.words


def test_nothing_but_the_answer_is_printed_of_a_workbook_without_its_styles(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    path = make_workbook(tmp_path / "stall.xlsx")
    repack(
        path,
        {
            "styles.xml": lambda text: re.sub(
                b"<cellStyleXfs.*?</cellStyleXfs>", b"<cellStyleXfs></cellStyleXfs>", text, flags=re.DOTALL
            )
        },
    )
    faults = open_folder(path).faults
    assert [fault.code for fault in faults] == ["workbook_unreadable"]
    assert capfd.readouterr().out == ""


def test_the_library_under_it_expands_no_entities():
    import openpyxl

    assert openpyxl.DEFUSEDXML
