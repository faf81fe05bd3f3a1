"""One CSV file, row by row: never more of it in memory than a row, every fault named with its line."""

import csv
from collections.abc import Iterator, Sequence
from functools import partial
from typing import IO

from tallystick.bundles.folder.fault import Fault, Faults
from tallystick.bundles.folder.files import Files
from tallystick.bundles.folder.header import read_header
from tallystick.core.refusal import Refusal

UTF_8_MARK = b"\xef\xbb\xbf"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
LINE_LENGTH = 1 << 20  # bytes that are read at once where no line ends
STRAY_LINES_MAX = 20  # after so many lines that are no UTF-8 the file is in another encoding
QUOTING = {
    "unexpected end of data": "a quotation mark is opened and never closed",
    "',' expected after '\"'": "text follows a closing quotation mark",
    "field larger than field limit": "a cell runs over 131,072 characters, as if a quotation mark were never closed",
    "new-line character seen": "a line ends with a carriage return alone",
}


class FileMissing(Refusal):
    code = "file_missing"
    words = "{folder} has no {file}."
    expected = "{file}, with a header alone where there is nothing to say"


class FileUnopened(Refusal):
    code = "file_unopened"
    words = "{file} cannot be read: {reason}."
    expected = "a file that may be read"


class FileEncoding(Refusal):
    code = "file_encoding"
    words = "Byte {byte} is not UTF-8."
    expected = "UTF-8 (in a spreadsheet: save as “CSV UTF-8”)"


class FileOtherEncoding(Refusal):
    code = "file_other_encoding"
    words = "{file} is {encoding}, not in UTF-8; it was read no further."
    expected = "UTF-8 (in a spreadsheet: save as “CSV UTF-8”)"


class FileQuoting(Refusal):
    code = "file_quoting"
    words = "The quotation marks or line ends do not fit together: {trouble}."
    expected = "cells that hold commas or quotation marks in quotation marks, and those inside doubled"


class RowWidth(Refusal):
    code = "row_width"
    words = "The row has {count} cells and the header {wanted}."
    expected = "{wanted} cells; one that holds a comma stands in quotation marks"


class CsvTable:
    """`rows()` gives (line number, cells in FORMAT's order); `whole` is False once a row or all of them could not be had."""

    def __init__(self, files: Files, file: str, *, faults: Faults) -> None:
        self.file = file
        self.place = file
        self.faults = faults
        self.whole = True
        self._files = files
        self._header: Sequence[str] = ()
        self._stray_lines = 0

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The rows that can be read, each with the number of its first line; blank ones are passed over."""
        try:
            file = self._files.open(self.file)
            if file is None:
                self._refuse(FileMissing(folder=self._files.name, file=self.file))
                return
            with file:
                if self._is_utf_8(file):
                    yield from self._rows(file)
        except OSError as problem:
            self._refuse(FileUnopened(file=self.file, reason=problem.strerror or type(problem).__name__))

    def _rows(self, file: IO[bytes]) -> Iterator[tuple[int, tuple[str, ...]]]:
        records = self._records(file)
        line, names = next(records, (1, None))
        if not self.whole:
            return  # the header itself could not be read, and what follows it is none
        pick = read_header(names, file=self.file, place=self.place, line=line, faults=self.faults)
        if pick is None or names is None:
            self.whole = False
            return
        self._header = names
        width = len(names)
        for number, cells in records:
            if len(cells) == width:
                yield number, pick(cells)
            else:
                self._refuse(RowWidth(count=len(cells), wanted=width), line=number, found=",".join(cells))

    def _records(self, file: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
        """(number of the first line, cells) of every record that can be read and is not blank."""
        reader = csv.reader(map(bytes.decode, iter(partial(file.readline, LINE_LENGTH), b"")), strict=True)
        while self._stray_lines < STRAY_LINES_MAX:
            number = reader.line_num + self._stray_lines + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as problem:
                self._refuse(FileQuoting(trouble=_quoting(problem)), line=number)
                continue
            except UnicodeDecodeError as problem:
                self._refuse_stray(problem, number, line=reader.line_num + self._stray_lines + 1)
                continue
            if any(cells):
                yield number, cells

    def _is_utf_8(self, file: IO[bytes]) -> bool:
        """Whether the beginning does not speak against it; leaves the file behind its byte-order mark."""
        head = file.read(512)
        if head.startswith(UTF_16_MARKS) or b"\0" in head[:2]:
            self._refuse(FileOtherEncoding(file=self.file, encoding="in UTF-16"), line=1)
            return False
        file.seek(len(UTF_8_MARK) if head.startswith(UTF_8_MARK) else 0)
        return True

    def _refuse_stray(self, problem: UnicodeDecodeError, number: int, *, line: int) -> None:
        """A line that is no UTF-8, in the record that begins on line `number`: named, or, after too many, the whole file."""
        self._stray_lines += 1
        if self._stray_lines == STRAY_LINES_MAX:
            encoding = f"in another encoding, as {STRAY_LINES_MAX} lines show"
            self._refuse(FileOtherEncoding(file=self.file, encoding=encoding), line=line)
            return
        place = max(len(_cells(problem.object[: problem.start].decode())) - 1, 0)
        cells = _cells(problem.object.decode(errors="surrogateescape"))
        column = self._header[place] if line == number and place < len(self._header) else ""
        byte = f"0x{problem.object[problem.start]:02X}"
        self._refuse(FileEncoding(byte=byte), line=line, column=column, found=cells[place] if place < len(cells) else "")

    def _refuse(self, refusal: Refusal, *, line: int | None = None, column: str = "", found: str = "") -> None:
        self.whole = False
        self.faults.add(Fault.of(refusal, file=self.place, line=line, column=column, found=found))


def _quoting(problem: csv.Error) -> str:
    return next((words for sign, words in QUOTING.items() if sign in str(problem)), str(problem))


def _cells(line: str) -> list[str]:
    """The cells of a line by itself, as far as they can be told apart."""
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return []
