"""Giving the books out as a programme folder or workbook, in the order in which everything was said."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tallystick.bundles.folder.writing import Content, write
from tallystick.bundles.standing import COUNTED, KEYED
from tallystick.core.entry import PostedEntry
from tallystick.core.refusal import Refusal
from tallystick.journal.snapshot import snapshot
from tallystick.ledger.queries.records import programme
from tallystick.ledger.queries.state import all_entries


class NothingToExport(Refusal):
    code = "nothing_to_export"
    words = "These books have no programme yet, so there is nothing to write."
    expected = "an imported programme folder"


def give_folder(path: Path, *, told: Callable[[int], None] = lambda count: None) -> int:
    """Write everything to `path`, a workbook where it ends in .xlsx, a folder otherwise; how many moves it has.

    Raises NothingToExport, TargetExists, WorkbookTooLong.
    """
    with snapshot():
        opened = programme()
        if opened is None:
            raise NothingToExport
        records = {file: list(read().values()) for file, read in KEYED.items()}
        records |= {file: read() for file, read in COUNTED.items()}
        count = 0

        def counted() -> Iterator[PostedEntry]:
            nonlocal count
            for posted in all_entries():
                count += len(posted.moves)
                told(len(posted.moves))
                yield posted

        write(path, Content(programme=opened, records=records, entries=counted()))
    return count
