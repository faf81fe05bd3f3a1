"""Where the files of a programme folder lie: on a disk, or in a ZIP archive that is held in memory.

An archive is looked over whole before any of it is read: what it may hold is named, and how much of it there may be is bounded,
whatever the archive says of itself.
"""

from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Protocol
from zipfile import ZipFile, ZipInfo

from tallystick.bundles.folder.layout import COLUMNS, PROGRAMME
from tallystick.bundles.folder.package import CHUNK, TROUBLES, describe, unpacking_trouble
from tallystick.core.refusal import Refusal

KNOWN = (PROGRAMME, *COLUMNS)
FILES_MAX = 100  # names in an archive, those of folders and of what a system adds by itself included
ADDED_BY_SYSTEMS = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


class ArchiveUnreadable(Refusal):
    code = "archive_unreadable"
    words = "{file} cannot be read as a ZIP archive of a programme folder: {reason}."
    expected = "a ZIP archive, not encrypted, of the files of one programme folder"


class ArchiveFileUnknown(Refusal):
    code = "archive_file_unknown"
    words = "{file} holds {name}, which is no file of a programme folder or lies too deep."
    expected = "{known}; all at the top of the archive, or all in one folder"


class Files(Protocol):
    """The files of a folder, by name."""

    name: str

    def look_over(self) -> None:
        """Raises a Refusal where the whole cannot be read; before it no file is opened."""

    def open(self, file: str) -> IO[bytes] | None:
        """The file, to be closed; None where there is none of this name. Raises OSError."""
        ...


class FilesOnDisk:
    """The files in a folder of the disk."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._path = path

    def look_over(self) -> None: ...

    def open(self, file: str) -> IO[bytes] | None:
        path = self._path / file
        return path.open("rb") if path.is_file() else None


class FilesInArchive:
    """The files in a ZIP archive; nothing of them is ever written anywhere."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self._data = data
        self._archive: ZipFile | None = None
        self._parts: dict[str, ZipInfo] = {}

    def look_over(self) -> None:
        """Raises ArchiveUnreadable, ArchiveFileUnknown."""
        try:
            self._archive = ZipFile(BytesIO(self._data))
            parts = self._archive.infolist()
            trouble = f"it has {len(parts)} files" if len(parts) > FILES_MAX else unpacking_trouble(parts)
            if not trouble:
                self._parts = self._named(parts)
                self._unpack_once(self._archive)
        except TROUBLES as problem:
            raise ArchiveUnreadable(file=self.name, reason=describe(problem)) from problem
        if trouble:
            raise ArchiveUnreadable(file=self.name, reason=trouble)

    def open(self, file: str) -> IO[bytes] | None:
        assert self._archive is not None, "an archive is looked over before it is read"
        return self._archive.open(self._parts[file]) if file in self._parts else None

    def _named(self, parts: list[ZipInfo]) -> dict[str, ZipInfo]:
        """The parts by the names of the files they are, wherever all of them lie."""
        files = [part for part in parts if not part.is_dir() and not _is_added(part.filename)]
        tops = {part.filename.partition("/")[0] for part in files}
        inside = f"{tops.pop()}/" if len(tops) == 1 and all("/" in part.filename for part in files) else ""
        named = {part.filename.removeprefix(inside): part for part in files}
        for name, part in named.items():
            if name not in KNOWN or inside in ("/", "./", "../"):
                raise ArchiveFileUnknown(file=self.name, name=part.filename, known=", ".join(KNOWN))
        return named

    def _unpack_once(self, archive: ZipFile) -> None:
        """Reads every file through, which holds it to the size and the checksum that the archive gives for it."""
        for part in self._parts.values():
            with archive.open(part) as stream:
                while stream.read(CHUNK):
                    pass


def _is_added(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and (path.parts[0] in ADDED_BY_SYSTEMS or path.name in ADDED_BY_SYSTEMS)
