"""A worker's place in a home: held by one process at a time, and free again when that process is gone, however it went."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tallystick.ops.opening import writing_in

NAME = "work-{place}.lock"
AGAIN_SECONDS = 0.5


@contextmanager
def taken(home: Path, place: int, *, given_up: Callable[[], bool]) -> Iterator[bool]:
    """Wait for the place and hold it; False where the wait was given up. The file is empty: the system keeps the lock on it."""
    with writing_in(home):
        file = (home / NAME.format(place=place)).open("a")
    with file:
        while not (held := _held(file)) and not given_up():
            time.sleep(AGAIN_SECONDS)
        yield held


def _held(file: IO[str]) -> bool:
    """Whether the lock was to be had."""
    try:
        import fcntl
    except ImportError:  # Windows
        return _held_on_windows(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _held_on_windows(file: IO[str]) -> bool:
    import msvcrt

    try:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    return True
