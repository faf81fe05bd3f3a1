"""Clients at one server, all at once: `python -m bench.crowd HOME ROUND CLIENTS SECONDS`.

Each client is a process with a connection of its own, and hands over a little from one custodian to another, one entry and one
commit at a time, as fast as the books let it; all begin when the last is ready. Prints what each client's entries took, what went
wrong, how many entries the books have more, and how many deadlocks the server counted.
"""

import gc
import json
import multiprocessing
import os
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.custodians import fill, passing
from bench.place import PASSPHRASE
from tallystick.ops.command import GARBAGE
from tallystick.ops.opening import open_books
from tallystick.vault.keys import unlocked

UNTIMED = 3
READY_SECONDS = 120
START: list[Any] = []  # the barrier at which all wait for the last one, in each client's process
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
ENTRIES = "SELECT COUNT(*) FROM ledger_entry"


def main() -> None:
    home, number, clients, seconds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    gc.set_threshold(*GARBAGE)  # as the command does
    keyring = open_books(home, PASSPHRASE)
    from django.db import connection

    from tallystick.journal.actions import sign_head

    custodians = fill(keyring.office)
    before, deadlocks = asked(ENTRIES), asked(DEADLOCKS)
    connection.close()  # a child must not find its parent's
    fork = multiprocessing.get_context("fork")
    with fork.Pool(clients, initializer=START.append, initargs=(fork.Barrier(clients),)) as pool:
        said = pool.map(client, [(f"{number}-{place}", custodians, seconds) for place in range(clients)], chunksize=1)
    sign_head(keyring.office, signing_key=bytes(keyring.signing_key), signed_at=datetime.now(UTC))
    added = asked(ENTRIES) - before - UNTIMED * clients
    print(json.dumps({"clients": said, "entries": added, "deadlocks": deadlocks_now() - deadlocks}))


def client(told: tuple[str, list[str], float]) -> dict[str, Any]:
    """What one client does in its process: a few entries to get ready, and then, with all the others, what counts."""
    name, custodians, seconds = told
    chance = random.Random(name)
    for number in range(UNTIMED):
        hand_over_one(f"{name}-{number}", custodians, chance=chance)
    START[0].wait(timeout=READY_SECONDS)
    return work(name, custodians, chance=chance, seconds=seconds)


def asked(question: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(question)
        return int(cursor.fetchone()[0])


def deadlocks_now() -> int:
    """What the server has counted: each process tells it when it leaves, or a second later."""
    time.sleep(1)
    return asked(DEADLOCKS)


def hand_over_one(reference: str, custodians: list[str], *, chance: random.Random) -> None:
    from tallystick.handovers.actions import hand_over

    entry = passing(reference, custodians, chance=chance)
    posted = hand_over([entry], office=unlocked().office, recorded_at=datetime.now(UTC))
    assert len(posted.entries) == 1, f"{reference} was not taken in"


def work(name: str, custodians: list[str], *, chance: random.Random, seconds: float) -> dict[str, Any]:
    """Hand over until the time is over. What the database says against an entry is noted, and the next one tried."""
    from django.db import DatabaseError

    delays: list[float] = []
    failures: list[str] = []
    began = time.perf_counter()
    while (started := time.perf_counter()) < began + seconds:
        try:
            hand_over_one(f"{name}-t{len(delays)}-{len(failures)}", custodians, chance=chance)
        except DatabaseError as problem:
            failures.append(f"{type(problem).__name__}: {str(problem).partition(os.linesep)[0]}")
        else:
            delays.append(time.perf_counter() - started)
    return {"delays": delays, "failures": failures, "seconds": time.perf_counter() - began}


if __name__ == "__main__":
    main()
