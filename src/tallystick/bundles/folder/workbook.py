"""A workbook: a sheet for each file of a programme folder."""

import warnings
from collections.abc import Callable
from contextlib import ExitStack
from itertools import zip_longest
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.styles import cell_style

from tallystick.bundles.folder.fault import Fault, Faults
from tallystick.bundles.folder.layout import PROGRAMME, PROGRAMME_KEYS, sheet_name
from tallystick.bundles.folder.package import TROUBLES, WorkbookUnreadable, check_package, describe
from tallystick.bundles.folder.programme import Said
from tallystick.bundles.folder.records import RowTwice
from tallystick.bundles.folder.sheet import SheetTable
from tallystick.bundles.folder.table import FileMissing
from tallystick.core.refusal import Refusal

vars(cell_style)["print"] = lambda *words: None  # of a style that is missing it would speak where an answer in JSON may stand


class SheetTwice(Refusal):
    code = "sheet_twice"
    words = "{file} has two sheets for {sheet}."
    expected = "one sheet for each file"


class WorkbookFile:
    """The sheets of a workbook; they can be read from `open` to `close`."""

    def __init__(self, name: str, faults: Faults, *, opening: Callable[[], IO[bytes]]) -> None:
        self.name = name
        self.faults = faults
        self._opening = opening
        self._sheets: dict[str, Any] = {}
        self._open = ExitStack()

    def open(self) -> None:
        """Raises WorkbookUnreadable."""
        try:
            file = self._open.enter_context(self._opening())
        except OSError as problem:
            raise WorkbookUnreadable(file=self.name, reason=problem.strerror or type(problem).__name__) from problem
        try:
            check_package(file, self.name)
            self._sheets = self._named(self._load(file))
        except WorkbookUnreadable:
            self.close()
            raise

    def close(self) -> None:
        self._sheets = {}
        self._open.close()

    def table(self, file: str) -> SheetTable:
        """The sheet of a file; where there is none, that is a fault and the table has no rows."""
        sheet = self._sheets.get(sheet_name(file))
        table = SheetTable(sheet, file=file, faults=self.faults)
        if sheet is None:
            table.whole = False
            self._refuse(FileMissing(folder=self.name, file=f"sheet {table.place}"), table.place)
        return table

    def place(self, file: str) -> str:
        sheet = self._sheets.get(sheet_name(file))
        return sheet_name(file) if sheet is None else str(sheet.title)

    def programme(self) -> dict[str, Said] | None:
        """What the sheet `programme` says: a header with one row beneath, or a key and its value in each row."""
        table = self.table(PROGRAMME)
        rows = list(table.texts())
        if not table.whole:
            return None
        names = rows[0][1] if rows else []
        if len(rows) == 2 and len(set(names) & set(PROGRAMME_KEYS)) > 2:
            line, cells = rows[1]
            pairs = [(name, Said(cell, line)) for name, cell in zip_longest(names, cells, fillvalue="")]
        else:
            listed = rows[1:] if names[:2] == ["key", "value"] else rows
            pairs = [(cells[0], Said("".join(cells[1:2]), line)) for line, cells in listed]
        return self._once(pairs, table.place)

    def _once(self, pairs: list[tuple[str, Said]], place: str) -> dict[str, Said]:
        """The first saying of every key; a second one is a fault."""
        said: dict[str, Said] = {}
        for key, one in pairs:
            if key in said:
                refusal = RowTwice(asked=key, first=said[key].line, column_name="key")
                self.faults.add(Fault.of(refusal, file=place, line=one.line, column=key, found=one.text or ""))
            said.setdefault(key, one)
        return said

    def _load(self, file: IO[bytes]) -> list[Any]:
        """The sheets, by the library that reads them row by row; its warnings say nothing that is not said here."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
                self._open.callback(book.close)
                for sheet in book.worksheets:
                    sheet.reset_dimensions()  # what a sheet says of its own size may be anything
            return list(book.worksheets)
        except TROUBLES as problem:
            raise WorkbookUnreadable(file=self.name, reason=describe(problem)) from problem

    def _named(self, sheets: list[Any]) -> dict[str, Any]:
        """The sheets by name, with or without `.csv` behind it."""
        named: dict[str, Any] = {}
        for sheet in sheets:
            name = sheet_name(str(sheet.title))
            if name in named:
                self._refuse(SheetTwice(file=self.name, sheet=name), str(sheet.title))
            named.setdefault(name, sheet)
        return named

    def _refuse(self, refusal: Refusal, place: str) -> None:
        self.faults.add(Fault.of(refusal, file=place))
