"""The question “whose hands now” alone, asked several times of open books: `python -m bench.holdings_query HOME`.

Prints the seconds of each asking, and how many accounts were not empty.
"""

import json
import sys
import time
from pathlib import Path

from bench.place import PASSPHRASE
from tallystick.ops.opening import open_books

ASKED = 5  # times; the first finds nothing in the database's own memory


def main() -> None:
    open_books(Path(sys.argv[1]), PASSPHRASE)
    from tallystick.reports.holdings import whose_hands

    seconds = []
    for _ in range(ASKED):
        started = time.perf_counter()
        held = whose_hands()
        seconds.append(time.perf_counter() - started)
    print(json.dumps({"seconds": seconds, "accounts": len(held)}))


if __name__ == "__main__":
    main()
