"""A programme folder or workbook, opened: its records, its entries as a stream, and everything found wrong in it."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Protocol, Self

from tallystick.bundles.folder.entries import read_entries
from tallystick.bundles.folder.fault import Fault, Faults
from tallystick.bundles.folder.files import Files, FilesInArchive, FilesOnDisk
from tallystick.bundles.folder.layout import COLUMNS, MOVES, PROGRAMME, UNITS
from tallystick.bundles.folder.programme import Said, is_other_format, read_programme, read_toml
from tallystick.bundles.folder.records import Located, Table, read_records, read_units
from tallystick.bundles.folder.row import UnitPlaces
from tallystick.bundles.folder.table import CsvTable
from tallystick.core.custody.decide import UnitUnknown
from tallystick.core.entry import Entry
from tallystick.core.programme import Programme
from tallystick.core.refusal import Refusal


class FolderMissing(Refusal):
    code = "folder_missing"
    words = "There is neither a folder nor a workbook at {path}."
    expected = "a folder of CSV files, or an XLSX workbook"


class Source(Protocol):
    """Where the tables come from: the files of a folder or the sheets of a workbook."""

    def open(self) -> None:
        """From now on the tables can be read; raises a Refusal where the whole cannot."""

    def close(self) -> None: ...

    def programme(self) -> dict[str, Said] | None: ...

    def table(self, file: str) -> Table: ...

    def place(self, file: str) -> str:
        """What a file is called in faults: its own name, or its sheet's."""
        ...


class CsvFolder:
    """The files of a folder, wherever they lie."""

    def __init__(self, files: Files, faults: Faults) -> None:
        self.files = files
        self.faults = faults

    def open(self) -> None:
        self.files.look_over()

    def close(self) -> None: ...

    def programme(self) -> dict[str, Said] | None:
        return read_toml(self.files, self.faults)

    def table(self, file: str) -> Table:
        return CsvTable(self.files, file, faults=self.faults)

    def place(self, file: str) -> str:
        return file


class Folder:
    """What a programme folder or workbook holds, as far as it can be read, and everything that is wrong with it.

    `records` has the located records of each file but moves.csv, none of a file that cannot be read; `programme` is None where
    it cannot be read. Only a folder without faults may be taken, and that is known when `entries()` has come to its end.
    """

    def __init__(self, name: str, source: Source, *, faults: Faults) -> None:
        self.name = name
        self.faults = faults
        self.programme: Programme | None = None
        self.records: dict[str, list[Located[Any]]] = {file: [] for file in COLUMNS if file != MOVES}
        self._source = source
        self._units = UnitPlaces()
        self._readable = False  # whether the folder as a whole can be read
        self._read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the workbook's file."""
        self._source.close()

    def place(self, file: str) -> str:
        """What faults call one of FORMAT's files: `moves.csv` in a folder, the sheet's name in a workbook."""
        return self._source.place(file)

    def entries(self) -> Iterator[tuple[Entry, tuple[int, ...]]]:
        """Every entry that can be read, with the line numbers of its lines, in the order of the file, as a stream.

        It may be run through again; a fault found before is not listed twice.
        """
        if self._readable:
            yield from read_entries(self._source.table(MOVES), self._units)

    def _read(self) -> None:
        """Everything but the entries."""
        try:
            self._source.open()
        except Refusal as refusal:
            self.faults.add(Fault.of(refusal, file=self.name))
            return
        said, place = self._source.programme(), self.place(PROGRAMME)
        if said is not None and is_other_format(said, place=place, faults=self.faults):
            return
        self._readable = True
        self.programme = None if said is None else read_programme(said, place=place, faults=self.faults)
        self.records[UNITS], self._units = read_units(self._source.table(UNITS))
        for file in self.records:
            if file != UNITS:
                self.records[file] = read_records(self._source.table(file), self._units)
        if said is not None and self.programme is not None:
            self._check_reporting_unit(self.programme.reporting_unit, said["reporting_unit"].line)

    def _check_reporting_unit(self, unit: str, line: int | None) -> None:
        try:
            self._units.places_of(unit)
        except UnitUnknown as refusal:
            self.faults.add(Fault.of(refusal, file=self.place(PROGRAMME), line=line, column="reporting_unit", found=unit))


def open_folder(path: Path) -> Folder:
    """A programme folder, or a workbook where `path` is a file; close it, or use it in a `with`.

    Raises FolderMissing where nothing is there. What cannot be read is among the folder's faults.
    """
    if path.is_dir():
        return read_folder(path)
    if path.is_file():
        return read_workbook(path)
    raise FolderMissing(path=path)


def open_bytes(name: str, data: bytes) -> Folder:
    """A workbook where the name ends in .xlsx, a ZIP archive of a folder's files otherwise; it lies in memory and stays there.

    Close it, or use it in a `with`. What cannot be read is among the folder's faults.
    """
    if is_workbook(name):
        return _workbook(name, opening=lambda: BytesIO(data))
    faults = Faults()
    return Folder(name, CsvFolder(FilesInArchive(name, data), faults), faults=faults)


def is_workbook(name: str) -> bool:
    return name.lower().endswith(".xlsx")


def read_folder(path: Path) -> Folder:
    """The programme folder of CSV files at `path`."""
    faults = Faults()
    return Folder(path.name, CsvFolder(FilesOnDisk(path), faults), faults=faults)


def read_workbook(path: Path) -> Folder:
    """The XLSX workbook at `path`."""
    return _workbook(path.name, opening=lambda: path.open("rb"))


def _workbook(name: str, *, opening: Callable[[], IO[bytes]]) -> Folder:
    from tallystick.bundles.folder.workbook import WorkbookFile  # its library takes a third of a second to load

    faults = Faults()
    return Folder(name, WorkbookFile(name, faults, opening=opening), faults=faults)
