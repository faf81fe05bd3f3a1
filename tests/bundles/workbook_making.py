"""Workbooks for tests: the stall by the river as people make it in a spreadsheet, and as nobody should."""

import csv
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tallystick.bundles.folder.layout import COLUMNS, PROGRAMME
from tests.bundles.folder_making import STALL

KEYS = [("format", 1), ("name", "A stall by the river"), ("rehearsal", True), ("home", "KR"), ("reporting_unit", "USD"),
        ("opened", "2014-03-01")]  # fmt: skip


def make_workbook(path: Path, *, change: Callable[[Workbook], None] = lambda book: None, suffix: str = "") -> Path:
    """The stall as openpyxl writes it, all cells text; `change` may do what it likes before it is saved."""
    book = Workbook()
    sheet = book.active
    sheet.title = PROGRAMME.removesuffix(".toml")
    for key in KEYS:
        sheet.append(key)
    for file, columns in COLUMNS.items():
        sheet = book.create_sheet(file.removesuffix(".csv") + suffix)
        sheet.append(columns)
        for row in csv.reader(STALL[file]):
            sheet.append([cell or None for cell in row])
    change(book)
    book.save(path)
    return path


def setting(sheet: str, cell: str, *, value: Any, shape: str = "") -> Callable[[Workbook], None]:
    """A change of one cell and of its number format."""

    def change(book: Workbook) -> None:
        book[sheet][cell] = value
        if shape:
            book[sheet][cell].number_format = shape

    return change


def repack(path: Path, changes: Mapping[str, Callable[[bytes], bytes]]) -> Path:
    """The same archive with some parts changed; part names are matched by their end."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            change = next((change for end, change in changes.items() if name.endswith(end)), bytes)
            archive.writestr(name, change(data))
    return path
