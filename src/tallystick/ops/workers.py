"""The workers: processes of their own that do long work, beside those that show pages and started them.

A worker is started anew rather than forked, and is handed the opened keyring through the pipe that Python starts it by: the passphrase
stands in no argument, in no variable of the environment and in no file, and the process that was told it does not keep it. When the
process that started it is gone, however it went, a worker ends.
"""

import hashlib
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import MutableSequence
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from tallystick.errands.slate import CELLS, Slate, hang_up
from tallystick.ops.logbook import noted
from tallystick.ops.opening import open_handed_over
from tallystick.ops.place import taken
from tallystick.vault.keys import Keyring

AGAIN_SECONDS = 3.0  # after which a worker that is gone is started again
END_SECONDS = 15.0  # that a worker is given to end in order
STOP_SECONDS = 5.0  # and to end at all
_spawning = multiprocessing.get_context("spawn")


class Workers:
    """So many workers, each with a slate and a place of its own."""

    def __init__(self, home: Path, keyring: Keyring, *, count: int) -> None:
        self._home = home.resolve()
        self._keyring = keyring
        self._cells: list[MutableSequence[int]] = [_spawning.RawArray("q", CELLS) for _ in range(count)]
        self._processes: dict[int, SpawnProcess] = {}
        self._started_at: dict[int, float] = {}
        hang_up(*map(Slate, self._cells))

    def keep(self) -> None:
        """Start whoever is not there, and not more often than every few seconds."""
        for place, cells in enumerate(self._cells):
            if place in self._processes and not _is_gone(self._processes[place]):
                continue
            if time.monotonic() - self._started_at.get(place, -AGAIN_SECONDS) >= AGAIN_SECONDS:
                self._start(place, cells)

    def end(self) -> None:
        """What is under way is put back, and done when there is a worker again; who does not listen is stopped, which loses nothing."""
        for cells in self._cells:
            Slate(cells).end()
        until = time.monotonic() + END_SECONDS
        for process in self._processes.values():
            wait([process.sentinel], max(until - time.monotonic(), 0))
        for process in self._processes.values():
            if not _is_gone(process):
                process.kill()
                wait([process.sentinel], STOP_SECONDS)

    def _start(self, place: int, cells: MutableSequence[int]) -> None:
        Slate(cells).wipe()
        self._started_at[place] = time.monotonic()
        process = _spawning.Process(
            target=work, args=(self._home, self._keyring), kwargs={"place": place, "cells": cells}, daemon=True
        )
        process.start()
        self._processes[place] = process


def work(home: Path, keyring: Keyring, *, place: int, cells: MutableSequence[int]) -> None:
    """What a worker does from its beginning to its end."""
    os.umask(0o077)
    slate = Slate(cells)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started it, who says so on the slate
    signal.signal(signal.SIGTERM, lambda *_: slate.end())
    threading.Thread(target=_end_with_parent, args=(slate,), daemon=True).start()
    with taken(home, place, given_up=lambda: slate.is_to_end) as is_mine:
        if is_mine:
            open_handed_over(home, keyring)
            from tallystick.ops.errands import work_on

            # Python would tell a fault with all that its message quotes; the log tells it without.
            sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115  (to the end of this process)
            with noted(("serve",)):
                work_on(slate, worker=_name(home, place))


def _name(home: Path, place: int) -> str:
    """The same for whoever has this place in these books on this machine, and nobody else; it says nothing of the three."""
    return hashlib.sha256(f"{socket.gethostname()}\0{home}\0{place}".encode()).hexdigest()[:32]


def _is_gone(process: SpawnProcess) -> bool:
    """Asked of the pipe that ends with a process: whoever serves pages may have taken its exit status already."""
    return bool(wait([process.sentinel], 0))


def _end_with_parent(slate: Slate) -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None, "a worker was started by somebody"
    wait([parent.sentinel])
    slate.end()
