"""Notes that the demo leaves beside its books, so that a second run can say what the first one said."""

import os
from pathlib import Path


def write_note(note: Path, text: str) -> None:
    """Write a note for its owner alone, over an earlier one."""
    note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    note.unlink(missing_ok=True)
    with open(os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text + "\n")
