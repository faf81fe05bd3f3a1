"""Notes every file that a process of the product opens for writing, in the file that TALLY_WATCHED names. Python runs this by itself."""

import os
import sys

WATCHED = os.environ.get("TALLY_WATCHED")
WRITING = os.O_WRONLY | os.O_RDWR


def note(event: str, told: tuple[object, ...]) -> None:
    if event != "open" or not isinstance(told[0], str | bytes):
        return
    path, flags = os.fsdecode(told[0]), told[2]
    if isinstance(flags, int) and flags & WRITING and path != WATCHED and not path.endswith(".pyc"):
        line = os.open(WATCHED, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(line, f"{path}\n".encode())
        os.close(line)


if WATCHED:
    sys.addaudithook(note)
