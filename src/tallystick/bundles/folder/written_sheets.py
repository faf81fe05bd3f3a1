"""The sheets of a written workbook: every cell text, so that nothing in it can turn into a formula."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from tallystick.bundles.folder.content import Cells, Content, programme_values, rows_of
from tallystick.bundles.folder.layout import COLUMNS, PROGRAMME, sheet_name
from tallystick.bundles.folder.package import SHEET_ROWS_MAX
from tallystick.core.refusal import Refusal

CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # the same content has the same bytes, whenever it is written
REHEARSAL = "REHEARSAL: every party and place in this workbook is invented."
WIDTHS = {"happened_at": 26, "name": 34, "note": 48, "purpose": 34, "basis": 26, "issuer": 24, "holding_limit": 26}
WIDTH = 16
KEY_WIDTHS = (18, 34, 66)
IN_MEMORY_ROWS_MAX = 100_000  # of one sheet; each takes about two kilobytes until the workbook is whole


class WorkbookTooLong(Refusal):
    code = "workbook_too_long"
    words = "{file} has more rows than the {most} that a sheet holds."
    expected = "a folder of CSV files, which may be of any length"


class WorkbookTooLongForMemory(Refusal):
    code = "workbook_too_long_for_memory"
    words = "{file} has more rows than the {most} of a workbook that is made without a file on the disk."
    expected = "an archive of CSV files, which may be of any length, or tallystick export"


class PlainSheet(Worksheet):  # type: ignore[misc]
    """A sheet that takes text that looks like XlsxWriter's own mark-up for text like any other."""

    def _xml_rich_inline_string(self, string: str, attributes: Any = ()) -> None:
        preserve = string[:1].isspace() or string[-1:].isspace()
        self._xml_inline_string(string, preserve, list(attributes))

    def let_go(self) -> None:
        """Closes the file in which the rows wait; XlsxWriter does so itself only where all goes well."""
        self._opt_close()


class SheetInMemory(PlainSheet):
    """A sheet whose rows wait in memory: XlsxWriter's own way of writing row by row has them wait in a file, for anybody to read."""

    def _initialize(self, init_data: dict[str, Any]) -> None:
        super()._initialize(init_data | {"constant_memory": False})  # which would make the file
        self.constant_memory = True
        self.row_data_fh = self.fh = StringIO()

    def _opt_close(self) -> None: ...

    def _opt_reopen(self) -> None: ...

    def _write_optimized_sheet_data(self) -> None:
        self._xml_start_tag("sheetData")
        self.fh.write(self.row_data_fh.getvalue())
        self._xml_end_tag("sheetData")


def write_sheets(path: Path, content: Content) -> None:
    """Writes the workbook; rows go to the disk as they come. Raises WorkbookTooLong, OSError."""
    with _workbook(path) as book:
        _fill(book, content)


def sheets_in_memory(content: Content) -> bytes:
    """The workbook, with nothing of it on any disk. Raises WorkbookTooLongForMemory."""
    made = BytesIO()
    book = Workbook(made, {"constant_memory": True})
    book.in_memory = True  # from here on: said at the beginning, it would undo writing row by row
    book.worksheet_class = SheetInMemory
    _fill(book, content)
    book.close()
    return made.getvalue()


def _fill(book: Workbook, content: Content) -> None:
    rehearsal = content.programme.rehearsal
    book.set_properties({"created": CREATED, "title": content.programme.name, "comments": REHEARSAL if rehearsal else ""})
    head = book.add_format({"bold": True, "bottom": 1})
    _write_programme(book, content, head=head)
    for file, columns in COLUMNS.items():
        sheet = _sheet(book, file, rehearsal=rehearsal)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, WIDTHS.get(column, WIDTH))
        _write_rows(sheet, columns, rows=rows_of(content, file), head=head)


@contextmanager
def _workbook(path: Path) -> Iterator[Workbook]:
    """A workbook that is closed in any case; its rows wait in the folder of `path`, where nobody else may look."""
    book = Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
    book.use_zip64()
    book.worksheet_class = PlainSheet
    try:
        yield book
    finally:
        try:
            book.close()
        except FileCreateError as problem:
            for sheet in book.worksheets():
                sheet.let_go()
            raise problem.args[0] from problem  # the OSError that it wraps


def _write_programme(book: Workbook, content: Content, *, head: Any) -> None:
    """The first sheet: a key, its value, and beside `rehearsal` what that means for everything in the workbook."""
    rehearsal = content.programme.rehearsal
    sheet = _sheet(book, PROGRAMME, rehearsal=rehearsal)
    for place, width in enumerate(KEY_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, "key", head)
    sheet.write_string(0, 1, "value", head)
    warning = book.add_format({"bold": True, "font_color": "#9C0006", "bg_color": "#FFE5E5"})
    for row, (key, value) in enumerate(programme_values(content.programme).items(), start=1):
        marked = warning if key == "rehearsal" and rehearsal else None
        sheet.write_string(row, 0, key, marked)
        sheet.write_string(row, 1, str(value).lower() if isinstance(value, bool) else str(value), marked)
        if marked:
            sheet.write_string(row, 2, REHEARSAL, marked)


def _sheet(book: Workbook, file: str, *, rehearsal: bool) -> Worksheet:
    """An empty sheet whose first row stays in sight; in a rehearsal every printed page says so."""
    sheet = book.add_worksheet(sheet_name(file))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)  # all columns on one page, as many pages down as there are rows
    sheet.set_footer("&L&A&R&P / &N")
    if rehearsal:
        sheet.set_header(f"&C&B{REHEARSAL}")
        sheet.set_tab_color("#C00000")
    return sheet


def _write_rows(sheet: Worksheet, columns: Cells, *, rows: Iterable[Cells], head: Any) -> None:
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, head)
    for row, cells in enumerate(rows, start=1):
        if row > IN_MEMORY_ROWS_MAX and isinstance(sheet, SheetInMemory):
            raise WorkbookTooLongForMemory(file=sheet.get_name(), most=IN_MEMORY_ROWS_MAX)
        if row >= SHEET_ROWS_MAX:
            raise WorkbookTooLong(file=sheet.get_name(), most=SHEET_ROWS_MAX - 1)
        for place, cell in enumerate(cells):
            if cell:
                sheet.write_string(row, place, cell)
