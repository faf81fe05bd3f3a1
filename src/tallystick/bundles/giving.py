"""Giving the books out as a programme folder or workbook, in the order in which everything was said."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tallystick.bundles.folder.writing import Content, archive_of, workbook_of, write
from tallystick.bundles.standing import COUNTED, KEYED
from tallystick.core.entry import PostedEntry
from tallystick.core.refusal import Refusal
from tallystick.journal.snapshot import snapshot
from tallystick.ledger.queries.records import programme
from tallystick.ledger.queries.state import all_entries

Told = Callable[[int], None]


class NothingToExport(Refusal):
    code = "nothing_to_export"
    words = "These books have no programme yet, so there is nothing to write."
    expected = "an imported programme folder"


def _nobody(count: int) -> None:
    """Nobody listens how far it is."""


def give_folder(path: Path, *, told: Told = _nobody) -> int:
    """Write everything to `path`, a workbook where it ends in .xlsx, a folder otherwise; how many moves it has.

    Raises NothingToExport, TargetExists, WorkbookTooLong.
    """
    counter = _Counter(told)
    with snapshot():
        write(path, _everything(counter))
    return counter.count


def give_bytes(*, as_workbook: bool, told: Told = _nobody) -> bytes:
    """Everything as a workbook or as a ZIP archive of the folder's files, in memory alone.

    Raises NothingToExport, WorkbookTooLongForMemory.
    """
    with snapshot():
        content = _everything(_Counter(told))
        return workbook_of(content) if as_workbook else archive_of(content)


class _Counter:
    """Counts the moves that pass, and tells somebody."""

    def __init__(self, told: Told) -> None:
        self.count = 0
        self._told = told

    def passing(self, entries: Iterable[PostedEntry]) -> Iterator[PostedEntry]:
        for posted in entries:
            self.count += len(posted.moves)
            self._told(len(posted.moves))
            yield posted


def _everything(counter: _Counter) -> Content:
    opened = programme()
    if opened is None:
        raise NothingToExport
    records: dict[str, Sequence[Any]] = {file: list(read().values()) for file, read in KEYED.items()}
    records |= {file: read() for file, read in COUNTED.items()}
    return Content(programme=opened, records=records, entries=counter.passing(all_entries()))
