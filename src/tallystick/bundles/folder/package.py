"""Whether a file may be opened as a workbook at all: an XLSX file is a ZIP archive of XML, and may hold traps.

Looked at before any of it is taken in: archives that unpack to far more than they are, encryption, document types with
entities (XML 1.0, section 2.8), and rows or cells out of order, of which a reader would quietly leave some out (ECMA-376,
part 1, 18.3.1.73 has them ascend).
"""

import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from tallystick.core.refusal import Refusal

UNPACKED_MAX = 2 << 30  # bytes of all parts together
PART_MAX = 64 << 20  # bytes of a part that is read whole
SUSPECT = 8 << 20  # bytes to which an archive may unpack whatever it was packed to
STRINGS_MAX = 512 << 20
RATIO_MAX = 250  # unpacked to packed, of an archive that unpacks to more than SUSPECT; sheets come to 10 to 60
PARTS_MAX = 10_000
CHUNK = 1 << 16
SHEET_ROWS_MAX = 1_048_576
SHEET_COLUMNS_MAX = 16_384
ROWS_LEFT_OUT_MAX = 100_000  # of a sheet, between its rows
OTHERS_MAX = 100_000  # elements of a sheet that are neither cells nor in one
TAG_MAX = 4 * CHUNK  # bytes of a sheet from "<" to ">"; those of a real one are shorter than 1 KiB
CELL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main c"
ROW = "http://schemas.openxmlformats.org/spreadsheetml/2006/main row"
IN_CELLS = {CELL[:-1] + name for name in ("v", "f", "is", "t", "r", "rPr")}
OLD_OFFICE_MARK = b"\xd0\xcf\x11\xe0"

TROUBLES = (
    ArithmeticError, AssertionError, AttributeError, BadZipFile, EOFError, LookupError, OSError, ParseError, RuntimeError,
    TypeError, ValueError, expat.ExpatError, struct.error, zlib.error,
)  # fmt: skip
"""What the archive, the XML and the workbook libraries raise on a file that is not as it should be; found by fuzzing."""


class WorkbookUnreadable(Refusal):
    code = "workbook_unreadable"
    words = "{file} cannot be read as a workbook: {reason}."
    expected = "an XLSX workbook, not encrypted"


def check_package(file: IO[bytes], name: str) -> None:
    """Refuses, with WorkbookUnreadable, a file that is no XLSX workbook or holds a trap; `name` is how it is called."""
    mark = file.read(len(OLD_OFFICE_MARK))
    file.seek(0)
    if mark == OLD_OFFICE_MARK:
        raise WorkbookUnreadable(file=name, reason="it is encrypted with a password, or in the older XLS format")
    try:
        with ZipFile(file) as archive:
            reason = _size_trouble(archive.infolist()) or next(_part_troubles(archive), "")
    except TROUBLES as problem:
        raise WorkbookUnreadable(file=name, reason=describe(problem)) from problem
    if reason:
        raise WorkbookUnreadable(file=name, reason=reason)


def describe(problem: BaseException) -> str:
    """A library's complaint in one line, the cause under it where there is one."""
    cause = problem.__cause__ or problem
    lines = str(cause).strip().splitlines()
    return f"{lines[0].rstrip('.')} ({type(cause).__name__})" if lines else type(cause).__name__


def _size_trouble(parts: list[ZipInfo]) -> str:
    """What speaks against unpacking a workbook."""
    if any(part.file_size > _part_max(part.filename) for part in parts):
        return unpacking_trouble(parts) or "one of its parts is too large"
    return unpacking_trouble(parts)


def unpacking_trouble(parts: list[ZipInfo]) -> str:
    """What speaks against unpacking, as far as the archive's own list of parts tells; unzipping holds it to that list."""
    names = [part.filename for part in parts]
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    doubled = next((name for name in names if names.count(name) > 1), "") if len(names) <= PARTS_MAX else ""
    troubles = (
        (len(parts) > PARTS_MAX, f"it has {len(parts)} parts"),
        (unpacked > UNPACKED_MAX, f"it unpacks to {unpacked >> 20} MiB"),
        (unpacked > max(SUSPECT, packed * RATIO_MAX), f"it unpacks to {unpacked // max(packed, 1)} times its size"),
        (bool(doubled), f"it has two parts called {doubled}"),
        (any(part.flag_bits & 1 for part in parts), "it is encrypted"),
        (any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts), "it is packed in an unusual way"),
    )
    return next((words for holds, words in troubles if holds), "")


def _part_max(name: str) -> int:
    if name.startswith("xl/worksheets/"):
        return UNPACKED_MAX
    return STRINGS_MAX if name == "xl/sharedStrings.xml" else PART_MAX


def _part_troubles(archive: ZipFile) -> Iterator[str]:
    """What is wrong inside the parts, one trouble after another; parts that are no XML are passed over."""
    for part in archive.infolist():
        if part.is_dir():
            continue
        probe = _Probe()
        with archive.open(part) as stream:
            while not probe.done and (chunk := stream.read(CHUNK)):
                probe.feed(chunk)
        if probe.trouble:
            yield f"{part.filename} {probe.trouble}"


class _Probe:
    """Looks at one part: at its beginning, and through the whole of it where it is a sheet."""

    def __init__(self) -> None:
        self.done = False
        self.trouble = ""
        self._row = 0
        self._row_name = "0"
        self._column = 0
        self._left_out = 0
        self._others = 0
        self._fed = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartElementHandler = self._look_at_root

    def feed(self, chunk: bytes) -> None:
        self._fed += len(chunk)
        try:
            self._parser.Parse(chunk, False)
        except expat.ExpatError:
            self.done = True  # no XML: a picture, say; where a reader needs it as XML, it will complain
        if not self.done and self._fed - self._parser.CurrentByteIndex > TAG_MAX:
            self._stop(f"has a tag of more than {TAG_MAX >> 10} KiB")

    def _stop(self, trouble: str = "") -> None:
        self.done = True
        self.trouble = self.trouble or trouble
        self._parser.StartElementHandler = None

    def _refuse_doctype(self, *names: Any) -> None:
        del names
        self._stop("brings a document type of its own")

    def _look_at_root(self, name: str, attributes: dict[str, str]) -> None:
        del attributes
        if name.rpartition(" ")[2] == "worksheet" and not self.done:
            self._parser.StartElementHandler = self._look_at_cell
        else:
            self._stop()

    def _look_at_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name == CELL:
            self._column += 1
            if self._column > SHEET_COLUMNS_MAX:
                self._stop(f"has more than {SHEET_COLUMNS_MAX:,} cells in a row")
            cell = attributes.get("r")
            if cell is not None:
                letters = cell.rstrip("0123456789")
                column = column_number(letters)
                if column < self._column or cell[len(letters) :] != self._row_name:
                    self._stop(f"has the cell {cell} out of order")
                self._column = column
        elif name == ROW:
            self._look_at_row(attributes.get("r", str(self._row + 1)))
        elif name not in IN_CELLS:
            self._others += 1
            if self._others > OTHERS_MAX:
                self._stop(f"has more than {OTHERS_MAX:,} elements that are no cells")

    def _look_at_row(self, number: str) -> None:
        row = int(number)
        if not self._row < row <= SHEET_ROWS_MAX:
            self._stop(f"has row {row} out of order")
        self._left_out += row - self._row - 1
        if self._left_out > ROWS_LEFT_OUT_MAX:
            self._stop(f"has row {row}, and most of the rows before it are not there")
        self._row_name, self._row, self._column = number, row, 0


@lru_cache(SHEET_COLUMNS_MAX)
def column_number(letters: str) -> int:
    """The number of a column by its letters, “C” is 3; 0 for what names no column."""
    if len(letters) > 3:
        return 0
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - ord("A") + 1
    return number if number <= SHEET_COLUMNS_MAX else 0
