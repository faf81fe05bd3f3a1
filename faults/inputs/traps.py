"""Traps that people have laid for readers of archives, XML, CSV, TOML and JSON: known by name, each sprung once."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from faults.finding import Finding
from faults.inputs.folders import Desk, Sound, packed
from faults.inputs.watch import Watch

MIB = 1 << 20
SHEET = "xl/worksheets/sheet2.xml"
STRINGS = "xl/sharedStrings.xml"
OPENING = b'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CLOSING = b"</sheetData></worksheet>"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">%b]><worksheet>&j;</worksheet>' % b"".join(
    b'<!ENTITY %c "%b">' % (98 + number, b"&%c;" % (97 + number) * 10) for number in range(9)
)


def workbook_traps(sound: Sound) -> Iterator[tuple[str, bytes]]:
    """(name, the whole file)."""
    parts = sound.packed
    cell = b'<c r="A1" t="inlineStr"><is><t>%b</t></is></c>'
    yield "a sheet of 1 GiB of blanks", bomb(parts, SHEET, size=1024 * MIB)
    yield "a sheet of 63 MiB of blanks", bomb(parts, SHEET, size=63 * MIB)
    yield "63 MiB of empty rows", packed(parts | {SHEET: OPENING + b"<row/>" * (63 * MIB // 6) + CLOSING})
    yield "63 MiB of empty cells", packed(parts | {SHEET: OPENING + b"<row>" + b"<c/>" * (63 * MIB // 4) + b"</row>" + CLOSING})
    yield "a cell of 32 MiB", packed(parts | {SHEET: OPENING + b'<row r="1">' + cell % (b"A" * 32 * MIB) + b"</row>" + CLOSING})
    yield "a string of 60 MiB", packed(parts | {STRINGS: b"<sst><si><t>" + b"A" * 60 * MIB + b"</t></si></sst>"})
    yield (
        "a sheet said to end at XFD1048576",
        packed(parts | {SHEET: OPENING.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>') + CLOSING}),
    )
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    yield "one cell in the last corner", packed(parts | {SHEET: OPENING + far + CLOSING})
    yield "a million elements, each in the one before", packed(parts | {SHEET: OPENING + b"<a>" * 1_000_000})
    yield (
        "a hundred thousand attributes",
        packed(
            parts | {SHEET: OPENING + b"<row " + b" ".join(b'a%d="1"' % number for number in range(100_000)) + b"/>" + CLOSING}
        ),
    )
    yield "a billion laughs", packed(parts | {SHEET: LAUGHS})
    yield (
        "a file of the system in an entity",
        packed(parts | {SHEET: b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'}),
    )
    yield "ten thousand parts more", packed(parts | {f"xl/{number}.xml": b"" for number in range(10_000)})
    yield "the same part twice", twice(parts, SHEET)
    yield "a part outside the archive", packed(parts | {"../../outside.xml": b"<a/>"})
    yield "an archive in the archive, ten deep", nested(sound.workbook.read_bytes(), depth=10)
    yield "a part shorter than it says", lying(parts, SHEET)
    yield "an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4_096
    yield "an empty file", b""
    yield "an empty archive", packed({})


def folder_traps(sound: Sound) -> Iterator[tuple[str, str, bytes]]:
    """(name, the file, what stands in it)."""
    moves, programme = sound.parts["moves.csv"], sound.parts["programme.toml"]
    yield "a cell of 10 MiB", "moves.csv", moves + b"A" * 10 * MIB
    yield "a quotation mark that is never closed", "moves.csv", moves + b'"' + b"A,\n" * 60_000
    yield "a million commas", "moves.csv", moves + b"," * 1_000_000
    yield "a header of a million columns", "moves.csv", b"," * 1_000_000 + b"\n"
    yield "a million empty lines", "moves.csv", moves + b"\n" * 1_000_000
    yield "a hundred thousand quotation marks", "moves.csv", moves + b'"' * 100_000
    yield "nothing but zeros, 10 MiB", "moves.csv", b"\0" * 10 * MIB
    yield "another encoding", "moves.csv", moves.decode().encode("utf-16")
    yield "bytes of no encoding, 1 MiB", "moves.csv", moves + b"\xff\xfe\xfd\n" * (MIB // 4)
    yield "one entry of twenty thousand lines", "moves.csv", moves + moves.splitlines(keepends=True)[1] * 20_000
    yield "lists in lists, a thousand deep", "programme.toml", programme + b"x = " + b"[" * 1_000 + b"]" * 1_000
    yield "lists in lists, a hundred thousand deep", "programme.toml", programme + b"x = " + b"[" * 100_000
    yield "tables in tables, ten thousand deep", "programme.toml", programme + b"[" + b"a." * 10_000 + b"a]\n"
    yield (
        "a number of a hundred thousand digits",
        "programme.toml",
        programme.replace(b"format = 1", b"format = " + b"1" * 100_000),
    )
    yield "a thousand keys", "programme.toml", programme + b"".join(b"k%d = 1\n" % number for number in range(1_000))


def spring_traps(desk: Desk, sound: Sound, *, engine: str) -> Finding:
    """Every trap once; each must be answered like any input, and may be taken only where it says nothing new."""
    said = Watch()
    for name, build in traps(desk.base, sound):
        path = build()
        watch = desk.look_at_one(path, told=name)
        said.problems += watch.problems
        said.codes += watch.codes
        said.refused, said.taken = said.refused + watch.refused, said.taken + watch.taken
        said.longest_seconds = max(said.longest_seconds, watch.longest_seconds)
    return Finding("known traps", engine, said.said(), tuple(said.problems))


def traps(base: Path, sound: Sound) -> Iterator[tuple[str, Callable[[], Path]]]:
    """(name, what lays the trap and says where), one after the other: each takes the one before away."""
    book, folder = base / "trap.xlsx", base / "trap"

    def as_workbook(data: bytes) -> Path:
        book.write_bytes(data)
        return book

    def as_folder(file: str, data: bytes) -> Path:
        folder.mkdir(exist_ok=True)
        for name, content in sound.parts.items():
            (folder / name).write_bytes(data if name == file else content)
        return folder

    for name, data in workbook_traps(sound):
        yield name, lambda data=data: as_workbook(data)
    book.unlink()
    for name, file, data in folder_traps(sound):
        yield name, lambda file=file, data=data: as_folder(file, data)


def bomb(parts: dict[str, bytes], name: str, *, size: int) -> bytes:
    """The parts, one of them so many bytes of white space."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            with archive.open(part, "w", force_zip64=True) as file:
                if part != name:
                    file.write(data)
                    continue
                file.write(OPENING)
                for _ in range(size // MIB):
                    file.write(b" " * MIB)
                file.write(CLOSING)
    return out.getvalue()


def twice(parts: dict[str, bytes], name: str) -> bytes:
    """An archive that lists a part under its name, and another one under the same name."""
    other = name.replace("sheet2", "sheetX")
    return packed(parts | {other: parts[name]}).replace(other.encode(), name.encode())


def nested(data: bytes, *, depth: int) -> bytes:
    for number in range(depth):
        data = packed({f"{number}.xlsx": data})
    return data


def lying(parts: dict[str, bytes], name: str) -> bytes:
    """An archive whose list says that a part unpacks to one byte."""
    data = bytearray(packed(parts))
    place = data.rindex(name.encode()) - 46  # of the part's entry in the list at the end; its size stands 24 bytes into it
    data[place + 24 : place + 28] = (1).to_bytes(4, "little")
    return bytes(data)
