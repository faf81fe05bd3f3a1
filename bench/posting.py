"""The product's own door, `hand_over`, with a stopwatch beside it.

`python -m bench.posting HOME FOLDER batches` posts the programme's entries in batches of 10,000 moves, a transaction each;
`python -m bench.posting HOME FOLDER singles FIRST SECONDS` posts the first entries in one batch, which is not timed, and then one
entry after another for so many seconds; `python -m bench.posting HOME FOLDER plain SECONDS` does so with entries of its own, one
move each between custodians who have plenty. The books are open and the entries in memory before the clock starts; what was posted is
signed after it stops. Prints the moves and entries that were posted and the seconds of each call.
"""

import gc
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.custodians import fill, passing
from bench.place import BATCH, PASSPHRASE
from tallystick.core.entry import Entry
from tallystick.ops.command import GARBAGE
from tallystick.ops.opening import open_books
from tallystick.vault.keys import Keyring

UNTIMED = 50  # plain entries, posted in one batch before the first is timed
PLAIN = 30_000  # of them, more than can be posted in the time that there is


def main() -> None:
    home, folder, form = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    gc.set_threshold(*GARBAGE)  # as the command does
    keyring = open_books(home, PASSPHRASE)
    from django.db import connection

    connection.ensure_connection()
    if form == "batches":
        said = timed(list(batches(read_entries(folder))), keyring=keyring)
    else:
        entries, first = (read_entries(folder), int(sys.argv[4])) if form == "singles" else (plain(keyring), UNTIMED)
        timed([entries[:first]], keyring=keyring)
        said = timed([[entry] for entry in entries[first:]], keyring=keyring, seconds_most=float(sys.argv[-1]))
    sign(keyring)
    print(json.dumps(said))


def read_entries(folder: Path) -> list[Entry]:
    """The entries of a programme folder, in their order."""
    from tallystick.bundles.folder.reading import open_folder

    with open_folder(folder) as opened:
        return [entry for entry, _ in opened.entries()]


def plain(keyring: Keyring) -> list[Entry]:
    """One move after another, between custodians who have been given enough for all of them."""
    custodians, chance = fill(keyring.office), random.Random(7)
    return [passing(f"P{number}", custodians, chance=chance) for number in range(PLAIN)]


def batches(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The entries in batches of as many moves as a batch has, and at most one entry more."""
    batch: list[Entry] = []
    moves = 0
    for entry in entries:
        batch.append(entry)
        moves += len(entry.lines)
        if moves >= BATCH:
            yield batch
            batch, moves = [], 0
    if batch:
        yield batch


def timed(asked: Sequence[Sequence[Entry]], *, keyring: Keyring, seconds_most: float = float("inf")) -> dict[str, Any]:
    """Post each batch of `asked`, and begin none when the time is over; every one of them has to be taken in whole."""
    from tallystick.handovers.actions import hand_over

    delays: list[float] = []
    entry_count = move_count = 0
    ends_at = time.perf_counter() + seconds_most
    for batch in asked:
        started = time.perf_counter()
        if started > ends_at:
            break
        posted = hand_over(batch, office=keyring.office, recorded_at=datetime.now(UTC))
        delays.append(time.perf_counter() - started)
        entry_count += len(batch)
        move_count += sum(len(entry.lines) for entry in batch)
        assert (len(posted.entries), posted.already_count) == (len(batch), 0), "a batch was not taken in whole"
    return {"entries": entry_count, "moves": move_count, "delays": delays}


def sign(keyring: Keyring) -> None:
    from tallystick.journal.actions import sign_head

    sign_head(keyring.office, signing_key=bytes(keyring.signing_key), signed_at=datetime.now(UTC))


if __name__ == "__main__":
    main()
