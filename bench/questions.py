"""Questions to open books, each asked several times: `python -m bench.questions HOME`.

Prints the seconds of each asking, the first of which found nothing in the memory of the process or of its connection, and how many
accounts were not empty.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.place import PASSPHRASE
from bench.traced import EARMARK, FUND, UNIT
from tallystick.ops.opening import open_books

BALANCE, TRACE, HANDS, PAGE = "balance", "trace", "hands", "page"
TIMES = {BALANCE: 300, TRACE: 5, HANDS: 7, PAGE: 5}


def main() -> None:
    open_books(Path(sys.argv[1]), PASSPHRASE)
    from django.db import connection
    from django.test import Client

    from tallystick.ledger.queries.holdings import balance_of, held_now, open_tallies
    from tallystick.reports.trace import trace

    browser = Client(headers={"host": "127.0.0.1"})
    asked: dict[str, Callable[[], Any]] = {
        BALANCE: lambda: balance_of(FUND, unit=UNIT, earmark=EARMARK),
        TRACE: lambda: trace(EARMARK),
        HANDS: lambda: (held_now(), open_tallies()),
        PAGE: lambda: browser.get("/"),
    }
    connection.ensure_connection()
    seconds = {name: timed(question, times=TIMES[name]) for name, question in asked.items()}
    assert asked[BALANCE]() > 0, f"{FUND} holds {UNIT} for {EARMARK}"
    assert asked[PAGE]().status_code == 200, "the page is shown"
    print(json.dumps({"seconds": seconds, "accounts": len(held_now()), "steps": len(trace(EARMARK).trace.steps)}))


def timed(question: Callable[[], Any], *, times: int) -> list[float]:
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        question()
        seconds.append(time.perf_counter() - started)
    return seconds


if __name__ == "__main__":
    main()
