"""What lies under the books: full, failing, closed to writing or damaged, and what a person is told of it.

Neither database leaves anything half done by it. A disk that fails on the last word of a transaction may yet have heard it:
then, as after a lost connection, whoever asks for the same again is told whether it stands.
"""

from pathlib import Path
from shutil import disk_usage

from django.db import connections

from tallystick.core.refusal import Refusal

ROOM_LEAST = 64 * 1024  # bytes; beside the file of the books SQLite keeps half as much to find its way in the log


class DiskFull(Refusal):
    code = "disk_full"
    words = "There is no room left on the disk under the books."
    expected = "room on that disk, then the same again: what was posted is not posted twice"


class DiskFailing(Refusal):
    code = "disk_failing"
    words = "The disk under the books does not read or write as it should, and what was asked for may not have been done."
    expected = "a disk that is sound, then the same again: what was posted is not posted twice"


class BooksReadOnly(Refusal):
    code = "books_read_only"
    words = "The books lie where they cannot be written, and nothing was done."
    expected = "a folder and files in it (books.db, with -wal and -shm) that may be written, or a database that may"


class BooksDamaged(Refusal):
    code = "books_damaged"
    words = "A part of the books does not read as it was written, so that nothing more can be said of them."
    expected = "the last backup, and a disk that is sound"


# SQLite's: https://www.sqlite.org/rescode.html. The lower byte is one of these, whatever the rest adds to it.
SQLITE = {8: BooksReadOnly, 10: DiskFailing, 11: BooksDamaged, 13: DiskFull, 14: BooksReadOnly, 26: BooksDamaged}
LOWER_BYTE = 0xFF
# PostgreSQL's: https://www.postgresql.org/docs/current/errcodes-appendix.html
POSTGRESQL = {
    "25006": BooksReadOnly, "53100": DiskFull, "58030": DiskFailing, "XX001": BooksDamaged, "XX002": BooksDamaged,
}  # fmt: skip


def refused_by_medium(problem: BaseException) -> Refusal | None:
    """The refusal that a database's exception comes to; None of everything else, which the disk has no part in.

    `problem` is Django's exception, the driver's own, or one met while putting away what either had left.
    """
    seen: BaseException | None = problem
    while seen is not None:
        if kind := _kind_of(seen):
            return DiskFull() if kind is DiskFailing and not _has_room() else kind()
        seen = seen.__cause__ or seen.__context__
    return None


def _kind_of(fault: BaseException) -> type[Refusal] | None:
    number, state = getattr(fault, "sqlite_errorcode", None), getattr(fault, "sqlstate", None)
    return SQLITE.get(number & LOWER_BYTE) if number is not None else POSTGRESQL.get(state or "")


def _has_room() -> bool:
    """Whether the disks under embedded books have room: without it SQLite speaks of failing as often as of no room."""
    folders = [Path(one.settings_dict["NAME"]).parent for one in connections.all() if one.vendor == "sqlite"]
    try:
        return all(disk_usage(folder).free >= ROOM_LEAST for folder in folders)
    except OSError:
        return True
