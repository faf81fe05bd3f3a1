"""Writing a programme folder or a workbook: it appears under its name whole, or not at all.

What was read and is written again has the same bytes.
"""

import csv
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import tomli_w

from tallystick.bundles.folder.content import Cells, Content, programme_values, rows_of
from tallystick.bundles.folder.layout import COLUMNS, PROGRAMME
from tallystick.core.refusal import Refusal

__all__ = [
    "Content",
    "TargetExists",
    "TargetUnwritable",
    "archive_of",
    "packed",
    "workbook_of",
    "write",
    "write_folder",
    "write_workbook",
]


class TargetExists(Refusal):
    code = "target_exists"
    words = "{target} is already there and is not written over."
    expected = "a name that is not taken"


class TargetUnwritable(Refusal):
    code = "target_unwritable"
    words = "{target} cannot be written: {reason}."
    expected = "a folder that may be written to, with room left"


def write(path: Path, content: Content) -> None:
    """Writes a workbook where the name ends in .xlsx, a folder otherwise; raises as those two do."""
    if path.suffix.lower() == ".xlsx":
        write_workbook(path, content)
    else:
        write_folder(path, content)


def write_folder(path: Path, content: Content) -> None:
    """Writes the folder of programme.toml and CSV files; raises TargetExists, TargetUnwritable and leaves nothing then."""
    with appearing(path) as folder:
        folder.mkdir()
        (folder / PROGRAMME).write_text(tomli_w.dumps(programme_values(content.programme)), encoding="utf-8", newline="\n")
        for file, columns in COLUMNS.items():
            _write_csv(folder / file, columns, rows=rows_of(content, file))


def write_workbook(path: Path, content: Content) -> None:
    """Writes the XLSX workbook with a sheet for each file.

    Raises WorkbookTooLong where a file has more rows than a sheet, TargetExists, TargetUnwritable, and leaves nothing then.
    """
    from tallystick.bundles.folder.written_sheets import write_sheets  # its library is loaded by nobody else

    with appearing(path) as file:
        write_sheets(file, content)


def workbook_of(content: Content) -> bytes:
    """The same workbook in memory, and nothing of it on any disk. Raises WorkbookTooLongForMemory."""
    from tallystick.bundles.folder.written_sheets import sheets_in_memory

    return sheets_in_memory(content)


def archive_of(content: Content) -> bytes:
    """The files of the folder in a ZIP archive, in memory; the same content has the same bytes."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        with _packed(archive, PROGRAMME) as file:
            file.write(tomli_w.dumps(programme_values(content.programme)).encode())
        for name, columns in COLUMNS.items():
            with _packed(archive, name) as file, TextIOWrapper(file, encoding="utf-8", newline="") as text:
                _write_rows(text, columns, rows=rows_of(content, name))
    return made.getvalue()


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files that came one by one, in a ZIP archive in memory."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name, data in files.items():
            with _packed(archive, name) as file:
                file.write(data)
    return made.getvalue()


def _packed(archive: ZipFile, name: str) -> IO[bytes]:
    part = ZipInfo(name)  # of 1 January 1980, whenever it is written
    part.compress_type = ZIP_DEFLATED
    return archive.open(part, "w", force_zip64=True)


def _write_csv(path: Path, columns: Cells, *, rows: Iterable[Cells]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        _write_rows(file, columns, rows=rows)


def _write_rows(file: IO[str], columns: Cells, *, rows: Iterable[Cells]) -> None:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(columns)
    out.writerows(rows)


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """A path to make a file or a folder at, which then takes the name `target`; left by an exception, nothing stays.

    It lies in a folder beside the target that only its owner may enter. Raises TargetExists, TargetUnwritable.
    """
    try:
        _refuse_taken(target)
        workshop = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    except OSError as problem:
        raise _unwritable(target, problem) from problem
    try:
        made = workshop / target.name
        yield made
        _settle(made)
        _refuse_taken(target)
        made.rename(target)
        _sync(target.parent)
    except OSError as problem:
        raise _unwritable(target, problem) from problem
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _refuse_taken(target: Path) -> None:
    if os.path.lexists(target):
        raise TargetExists(target=target)


def _settle(made: Path) -> None:
    """Closed to everybody else, and on the disk."""
    for path in [*made.rglob("*"), made]:
        path.chmod(0o700 if path.is_dir() else 0o600)
        _sync(path)


def _sync(path: Path) -> None:
    if path.is_dir() and not hasattr(os, "O_DIRECTORY"):
        return  # where folders cannot be opened, the system sees to their names itself
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unwritable(target: Path, problem: OSError) -> TargetUnwritable:
    return TargetUnwritable(target=target, reason=problem.strerror or type(problem).__name__)
