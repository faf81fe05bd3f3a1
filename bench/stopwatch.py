"""The real `tallystick` command with a stopwatch beside it: `python -m bench.stopwatch FILE import FOLDER --home DIR --json`.

It runs the command's own entry and notes when the books were open. FILE is written with the seconds from there to the end of
the command: what the command does once Python, its modules and the key are there.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from tallystick.ops import command, options


def main() -> None:
    note = Path(sys.argv.pop(1))
    open_books, marks = options.open_books, []

    def opened(*args: Any, **kwargs: Any) -> Any:
        keyring = open_books(*args, **kwargs)
        marks.append(time.perf_counter())
        return keyring

    options.open_books = opened
    try:
        command.main()
    finally:
        ended = time.perf_counter()
        note.write_text(json.dumps({"seconds": ended - marks[0] if marks else None}), encoding="utf-8")


if __name__ == "__main__":
    main()
