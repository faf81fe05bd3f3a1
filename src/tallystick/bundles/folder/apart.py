"""Entries whose lines lie apart: the lines of one reference at one moment stand together, or the file is refused.

Every entry seen is remembered by a 64-bit mark and its line, 16 bytes in all, so that a million entries stay within a few
megabytes. Two different entries share a mark about once in 37 million files of a million entries each.
"""

from array import array
from datetime import datetime

from tallystick.core.refusal import Refusal

SHELF_COUNT = 4_096
MARK = (1 << 64) - 1


class EntryApart(Refusal):
    code = "entry_apart"
    words = "{reference} at {moment} goes on here, apart from its first lines, which begin on line {first}."
    expected = "the lines of one entry next to each other, from line {first} on"


class EntryOfTwoClocks(Refusal):
    code = "entry_of_two_clocks"
    words = "{reference} happened at one moment, which line {first} tells by another clock ({told}) than this one."
    expected = "the same offset on every line of the entry"


class Seen:
    """The entries met so far, in the order of the file.

    Where moments only ever grow, nothing needs looking up; the shelves are put up at the first that goes back.
    """

    def __init__(self) -> None:
        self._marks = array("Q")
        self._lines = array("Q")
        self._shelves: list[tuple[array[int], array[int]]] = []

    def meet(self, moment: datetime, reference: str, *, line: int, fresh: bool) -> int | None:
        """The line where this entry was met before; None, and it is remembered, where this is its first.

        `fresh` says that nothing before can have happened at this moment.
        """
        mark = hash((moment, reference)) & MARK
        if not self._shelves:
            if fresh:
                self._marks.append(mark)
                self._lines.append(line)
                return None
            self._put_up_shelves()
        marks, lines = self._shelves[mark % SHELF_COUNT]
        if not fresh and mark in marks:
            return lines[marks.index(mark)]
        marks.append(mark)
        lines.append(line)
        return None

    def _put_up_shelves(self) -> None:
        self._shelves = [(array("Q"), array("Q")) for _ in range(SHELF_COUNT)]
        for mark, line in zip(self._marks, self._lines, strict=True):
            marks, lines = self._shelves[mark % SHELF_COUNT]
            marks.append(mark)
            lines.append(line)
        self._marks = self._lines = array("Q")
