"""One sheet of a workbook, row by row, every cell as the text that the CSV file would have."""

import re
import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from tallystick.bundles.folder.fault import Fault, Faults
from tallystick.bundles.folder.header import read_header
from tallystick.bundles.folder.layout import sheet_name
from tallystick.bundles.folder.package import TROUBLES, WorkbookUnreadable, describe
from tallystick.bundles.folder.table import RowWidth
from tallystick.core.refusal import Refusal

EXACT_MAX = 1e15  # beyond it a spreadsheet's own numbers are no longer exact
ESCAPE = re.compile("_x005F(_x[0-9A-Fa-f]{4}_)|_x(00[01][0-9A-Fa-f]|007[Ff]|[Ff]{3}[EeFf])_")
"""How XLSX writes what XML cannot hold, and text that looks like it (ECMA-376, part 1, 22.9.2.19)."""


class WorkbookFormula(Refusal):
    code = "workbook_formula"
    words = "{cell} holds the formula {formula}, and nobody vouches for what it would give."
    expected = "the value itself (in a spreadsheet: copy, then paste values)"


class WorkbookCellBroken(Refusal):
    code = "workbook_cell_broken"
    words = "{cell} shows {asked} where a value belongs."
    expected = "a value"


class SheetTable:
    """The rows of a sheet, as `CsvTable` gives those of a file."""

    def __init__(self, sheet: Any, *, file: str, faults: Faults) -> None:
        self.file = file
        self.place = sheet_name(file) if sheet is None else str(sheet.title)
        self.faults = faults
        self.whole = True
        self._sheet = sheet
        self._names: Sequence[str] = ()

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """(row number, cells in FORMAT's order) of every row that can be read and is not blank."""
        texts = self.texts()
        line, names = next(texts, (1, None))
        if not self.whole:
            return  # the sheet, or its header, could not be read
        pick = read_header(names, file=self.file, place=self.place, line=line, faults=self.faults)
        if pick is None or names is None:
            self.whole = False
            return
        self._names = names
        width = len(names)
        for number, cells in texts:
            if len(cells) <= width:
                yield number, pick(cells + [""] * (width - len(cells)))
            else:
                refusal = RowWidth(count=len(cells), wanted=width)
                self._refuse(refusal, line=number, column=get_column_letter(len(cells)), found=cells[-1])

    def texts(self) -> Iterator[tuple[int, list[str]]]:
        """(row number, cells without the empty ones at the end); rows with a formula are named and left out."""
        if self._sheet is None:
            return
        try:
            for number, cells in enumerate(_quiet_rows(self._sheet), start=1):
                refused = [self._is_refused(number, place, cell=cell) for place, cell in enumerate(cells)]
                texts = [_text(value, shape) for value, _, shape in cells]
                while texts and not texts[-1]:
                    texts.pop()
                if texts and not any(refused):
                    yield number, texts
        except WorkbookUnreadable as refusal:
            self._refuse(refusal)

    def _is_refused(self, number: int, place: int, *, cell: tuple[Any, str, str]) -> bool:
        value, data_type, _ = cell
        if data_type not in ("f", "e"):
            return False
        letter = get_column_letter(place + 1)
        shown = str(getattr(value, "text", None) or value)
        refusal: Refusal = WorkbookCellBroken(cell=f"{letter}{number}", asked=shown)
        if data_type == "f":
            refusal = WorkbookFormula(cell=f"{letter}{number}", formula=shown)
        column = self._names[place] if place < len(self._names) else letter
        self._refuse(refusal, line=number, column=column, found=shown)
        return True

    def _refuse(self, refusal: Refusal, *, line: int | None = None, column: str = "", found: str = "") -> None:
        self.whole = False
        self.faults.add(Fault.of(refusal, file=self.place, line=line, column=column, found=found))


def _quiet_rows(sheet: Any) -> Iterator[list[tuple[Any, str, str]]]:
    """(value, data type, number format) of every cell, row after row; the library's warnings say nothing that is not said here.

    Raises WorkbookUnreadable.
    """
    rows = sheet.iter_rows()
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                cells = next(rows, None)
                seen = [(c.value, c.data_type, c.number_format if type(c.value) in (int, float) else "") for c in cells or ()]
        except TROUBLES as problem:
            raise WorkbookUnreadable(file=sheet.title, reason=describe(problem)) from problem
        if cells is None:
            return
        yield seen


def _text(value: Any, shape: str) -> str:
    """A cell's value as people would have typed it into the CSV file; `shape` is its number format."""
    if value is None:
        return ""
    if isinstance(value, str):
        return ESCAPE.sub(lambda match: match[1] or chr(int(match[2], 16)), value) if "_x" in value else value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _percent(value) if "%" in shape else _number(value)
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _number(value: int | float) -> str:
    """Digits, without an exponent: 10526.32, and 100 for 100.0."""
    if isinstance(value, int):
        return str(value)
    if value.is_integer() and abs(value) < EXACT_MAX:
        return str(int(value))
    return format(Decimal(repr(value)), "f") if abs(value) < EXACT_MAX else repr(value)


def _percent(value: int | float) -> str:
    """What a cell shaped as a percentage shows: “12.5%” for 0.125."""
    return f"{(Decimal(repr(value)) * 100).normalize():f}%" if abs(value) < EXACT_MAX else repr(value)
