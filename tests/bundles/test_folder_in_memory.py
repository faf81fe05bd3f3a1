"""A programme folder that lies in memory alone: a ZIP archive or a workbook, read and written with nothing of it on a disk."""

import os
import tempfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from tallystick.bundles.folder import written_sheets
from tallystick.bundles.folder.files import FILES_MAX, KNOWN, ArchiveFileUnknown, ArchiveUnreadable
from tallystick.bundles.folder.reading import open_bytes, open_folder
from tallystick.bundles.folder.writing import Content, archive_of, packed, workbook_of, write_folder, write_workbook
from tallystick.bundles.folder.written_sheets import WorkbookTooLongForMemory
from tests.bundles.folder_making import LAMPS, content_of, make_stall, posted

FILES = {name: (LAMPS / name).read_bytes() for name in KNOWN}


def zipped(files: Mapping[str, bytes], *, method: int = ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def content_in(name: str, data: bytes) -> Content:
    with open_bytes(name, data) as folder:
        entries = posted(entry for entry, _ in folder.entries())
        assert list(folder.faults) == []
        assert folder.programme is not None
        return Content(folder.programme, {file: [one.record for one in rows] for file, rows in folder.records.items()}, entries)


def trouble(data: bytes, name: str = "lamps.zip") -> list[tuple[str, str, str]]:
    """(code, words, where) of what is wrong with an archive as a whole."""
    with open_bytes(name, data) as folder:
        assert list(folder.entries()) == []
        return [(fault.code, fault.words, fault.file) for fault in folder.faults]


@pytest.mark.parametrize("top", ["", "lamps/"])
def test_an_archive_says_what_its_folder_says(top: str) -> None:
    data = zipped(
        {top + name: data for name, data in FILES.items()} | {f"__MACOSX/{top}._moves.csv": b"\0", f"{top}.DS_Store": b"\0"}
    )
    assert content_in("lamps.zip", data) == content_of(LAMPS)


def test_files_that_came_one_by_one_are_an_archive() -> None:
    assert content_in("lamps.zip", packed(FILES)) == content_of(LAMPS)


def test_an_archive_gives_every_file_back_byte_for_byte(tmp_path: Path) -> None:
    write_folder(tmp_path / "lamps", content_of(LAMPS))
    with ZipFile(BytesIO(archive_of(content_of(LAMPS)))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            file.name: file.read_bytes() for file in (tmp_path / "lamps").iterdir()
        }


def test_a_workbook_in_memory_has_the_parts_of_one_on_the_disk(tmp_path: Path) -> None:
    write_workbook(tmp_path / "lamps.xlsx", content_of(LAMPS))
    with ZipFile(tmp_path / "lamps.xlsx") as disk, ZipFile(BytesIO(workbook_of(content_of(LAMPS)))) as memory:
        assert {name: memory.read(name) for name in memory.namelist()} == {name: disk.read(name) for name in disk.namelist()}


@pytest.mark.parametrize("make", [archive_of, workbook_of])
def test_the_same_content_has_the_same_bytes(make: Callable[[Content], bytes]) -> None:
    assert make(content_of(LAMPS)) == make(content_of(LAMPS))


def test_text_that_looks_like_mark_up_comes_back_as_it_was(tmp_path: Path) -> None:
    content = content_of(make_stall(tmp_path / "stall", visits=['G01,2014-06-15,yes,,USD,,,"<r><t>x</t></r>",']))
    assert content_in("stall.xlsx", workbook_of(content)) == content


def test_nothing_is_written_to_any_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    content = content_of(LAMPS)
    written: list[object] = []
    opened = os.open

    def watched(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            written.append(path)
        return opened(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", watched)
    monkeypatch.setattr(tempfile, "mkstemp", lambda *_, **__: written.append("mkstemp"))
    for data, name in ((archive_of(content), "lamps.zip"), (workbook_of(content), "lamps.xlsx")):
        with open_bytes(name, data) as folder:
            assert len(list(folder.entries())) > 50
    assert written == []


def test_a_workbook_for_memory_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written_sheets, "IN_MEMORY_ROWS_MAX", 126)
    assert workbook_of(content_of(LAMPS))
    monkeypatch.setattr(written_sheets, "IN_MEMORY_ROWS_MAX", 125)
    with pytest.raises(WorkbookTooLongForMemory):
        workbook_of(content_of(LAMPS))


def test_a_workbook_that_is_none_is_named_as_one_on_the_disk_would_be(tmp_path: Path) -> None:
    (tmp_path / "lamps.xlsx").write_bytes(b"no workbook")
    with open_folder(tmp_path / "lamps.xlsx") as folder:
        on_disk = [(fault.code, fault.words, fault.file) for fault in folder.faults]
    assert trouble(b"no workbook", "lamps.xlsx") == on_disk
    assert on_disk[0][0] == "workbook_unreadable"


@pytest.mark.parametrize(
    "name",
    [
        "lamps/deep/moves.csv",
        "../moves.csv",
        "/moves.csv",
        "notes.txt",
        "lamps\\moves.csv",
        "C:/moves.csv",
        "moves.csv/moves.csv",
    ],
)
def test_a_file_that_does_not_belong_there_is_named(name: str) -> None:
    [(code, words, where)] = trouble(zipped(FILES | {name: b"x"}))
    assert (code, where) == (ArchiveFileUnknown.code, "lamps.zip")
    assert name.replace("\\", "\\\\") in words or name in words


@pytest.mark.parametrize("top", ["../", "./", "/"])
def test_a_folder_that_is_no_folder_is_no_top(top: str) -> None:
    assert trouble(zipped({top + name: data for name, data in FILES.items()}))[0][0] == ArchiveFileUnknown.code


def bomb() -> bytes:
    return zipped(FILES | {"moves.csv": bytes(64 << 20)})


def spoiled() -> bytes:
    """An archive in which one byte of a file has changed."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name, data in FILES.items():
            archive.writestr(ZipInfo(name), data)
    return made.getvalue().replace(b"handover", b"hand0ver", 1)


def locked() -> bytes:
    data = bytearray(zipped({"units.csv": b"unit"}))
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def doubled() -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("units.csv", b"unit")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("units.csv", b"unit")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (lambda: b"PK", "not a zip file"),
        (bomb, "times its size"),
        (spoiled, "Bad CRC-32"),
        (locked, "encrypted"),
        (doubled, "two parts called units.csv"),
        (lambda: zipped(FILES, method=ZIP_BZIP2), "packed in an unusual way"),
        (lambda: zipped({f"{number}.csv": b"" for number in range(FILES_MAX + 1)}), f"it has {FILES_MAX + 1} files"),
        (lambda: zipped(FILES)[:-40], "not a zip file"),
    ],
    ids=["no archive", "a bomb", "a changed byte", "locked", "a name twice", "another packing", "many files", "cut off"],
)
def test_an_archive_that_holds_a_trap_is_refused_in_words(data: Callable[[], bytes], words: str) -> None:
    [(code, said, where)] = trouble(data())
    assert (code, where) == (ArchiveUnreadable.code, "lamps.zip")
    assert words in said


def test_an_archive_without_a_file_lacks_each_of_them() -> None:
    found = trouble(zipped({}))
    assert {code for code, _, _ in found} == {"file_missing"}
    assert len(found) >= len(FILES)


def test_faults_have_the_lines_of_the_files_in_the_archive() -> None:
    files = FILES | {"moves.csv": FILES["moves.csv"] + b"2016-03-01T09:00:00+09:00,E9,gift,\xff,OFFICE,USD,1.00,SHOPS,,,\n"}
    with open_bytes("lamps.zip", zipped(files)) as folder:
        assert len(list(folder.entries())) > 50
        [fault] = folder.faults
    assert (fault.file, fault.line, fault.column, fault.code) == ("moves.csv", 128, "giver", "file_encoding")


def test_a_table_can_be_run_through_again() -> None:
    with open_bytes("lamps.zip", zipped(FILES)) as folder:
        assert list(folder.entries()) == list(folder.entries())
