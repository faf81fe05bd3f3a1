"""What an import did, and how it notes a fault."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tallystick.bundles.folder.fault import Fault
from tallystick.bundles.folder.reading import Folder
from tallystick.bundles.standing import code_of
from tallystick.core.bringing import REASONS, why_two_for_entry, why_two_for_record
from tallystick.core.entry import PostedEntry
from tallystick.core.refusal import Refusal

NAMED_MOST = 50  # codes and references that are told of what takes two


@dataclass(slots=True)
class ForTwo:
    """How many rows or entries take two people for one reason, and the first of them by code or reference."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, code: str) -> None:
        self.count += 1
        if len(self.first) < NAMED_MOST:
            self.first.append(code)


@dataclass(slots=True)
class Taken:
    """By file, how many rows are new and how many the books already held; moves and entries among them."""

    new: dict[str, int] = field(default_factory=dict)
    already: dict[str, int] = field(default_factory=dict)
    entry_count: int = 0
    entry_already_count: int = 0
    for_two: dict[str, ForTwo] = field(default_factory=lambda: {reason: ForTwo() for reason in REASONS})

    def add(self, file: str, *, new: int, already: int) -> None:
        self.new[file] = self.new.get(file, 0) + new
        self.already[file] = self.already.get(file, 0) + already

    def note_records(self, records: Iterable[Any]) -> None:
        """Note which of these new records take two."""
        for record in records:
            if reason := why_two_for_record(record):
                self.for_two[reason].add(code_of(record))

    def note_entries(self, entries: Iterable[PostedEntry]) -> None:
        """Note which of these new entries take two."""
        for posted in entries:
            for reason in why_two_for_entry(posted):
                self.for_two[reason].add(posted.reference)

    @property
    def takes_two(self) -> bool:
        return any(found.count for found in self.for_two.values())

    @property
    def changed_nothing(self) -> bool:
        return not any(self.new.values())


def note_fault(
    folder: Folder, file: str, *, refusal: Refusal, line: int | None = None, found: str = "", column: str = ""
) -> None:
    """Put a refusal on the folder's list, at its place."""
    folder.faults.add(Fault.of(refusal, file=folder.place(file), line=line, column=column, found=found))
