"""What an import did, and how it notes a fault."""

from dataclasses import dataclass, field

from tallystick.bundles.folder.fault import Fault
from tallystick.bundles.folder.reading import Folder
from tallystick.core.refusal import Refusal


@dataclass(slots=True)
class Taken:
    """By file, how many rows are new and how many the books already held; moves and entries among them."""

    new: dict[str, int] = field(default_factory=dict)
    already: dict[str, int] = field(default_factory=dict)
    entry_count: int = 0
    entry_already_count: int = 0

    def add(self, file: str, *, new: int, already: int) -> None:
        self.new[file] = self.new.get(file, 0) + new
        self.already[file] = self.already.get(file, 0) + already

    @property
    def changed_nothing(self) -> bool:
        return not any(self.new.values())


def note_fault(
    folder: Folder, file: str, *, refusal: Refusal, line: int | None = None, found: str = "", column: str = ""
) -> None:
    """Put a refusal on the folder's list, at its place."""
    folder.faults.add(Fault.of(refusal, file=folder.place(file), line=line, column=column, found=found))
