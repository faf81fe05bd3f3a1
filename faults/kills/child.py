"""A child that works until it is killed, and says through a pipe how far it is."""

import os
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

READY = "ready"
FAULT = "fault "
PATIENCE_SECONDS = 60
CHUNK = 65536
Tell = Callable[[str], None]
Work = Callable[[Tell], None]


@dataclass(frozen=True)
class Fate:
    """What a child said until it was killed, or until it came to its end before that."""

    said: tuple[str, ...]
    was_killed: bool
    after_seconds: float

    @property
    def faults(self) -> list[str]:
        return [words.removeprefix(FAULT) for words in self.said if words.startswith(FAULT)]

    def acknowledged(self) -> set[str]:
        return {words.removeprefix("done ") for words in self.said if words.startswith("done ")}

    def begun(self) -> list[str]:
        return [words.removeprefix("begin ") for words in self.said if words.startswith("begin ")]

    def was_inside(self) -> bool:
        """Whether the last that was heard is that something began."""
        return self.was_killed and bool(self.said) and self.said[-1].startswith("begin ")


def kill_while(work: Work, *, after_seconds: float) -> Fate:
    """Does `work` in a child of this process, which is killed with signal 9 so long after it was ready.

    The child says `begin X` and `done X`. Whatever it holds open it opens itself: this process has no connection meanwhile.
    """
    pid, reading = bear(work)
    try:
        heard = hear(reading, until=time.monotonic() + PATIENCE_SECONDS, first=True)
        assert heard, "the child did not begin"
        heard += hear(reading, until=time.monotonic() + after_seconds)
    finally:
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
    heard += hear(reading, until=time.monotonic() + PATIENCE_SECONDS)
    os.close(reading)
    said = tuple(heard.decode().splitlines())[1:]
    return Fate(said, was_killed=os.waitstatus_to_exitcode(status) == -signal.SIGKILL, after_seconds=after_seconds)


def seconds_of(work: Work) -> float:
    """How long a child takes that nobody kills: what is killed at a moment within it is killed in its midst."""
    started = time.perf_counter()
    fate = kill_while(work, after_seconds=PATIENCE_SECONDS)
    assert not fate.was_killed and not fate.faults, f"undisturbed, it ended so: {fate}"
    return time.perf_counter() - started


def bear(work: Work) -> tuple[int, int]:
    """A child that does `work` and ends; its number, and where it is heard. This process has no connection afterwards."""
    from django.apps import apps

    if apps.ready:
        from django.db import connection

        connection.close()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _live(work, writing)
    os.close(writing)
    return pid, reading


def _live(work: Work, writing: int) -> None:
    """The child's whole life: it ends here, and nothing that its parent has begun is put away by it."""

    def tell(words: str) -> None:
        os.write(writing, f"{words}\n".encode())

    status = 0
    try:
        tell(READY)
        work(tell)
    except BaseException as fault:  # noqa: BLE001  (it is told to the parent, who judges it)
        tell(f"{FAULT}{type(fault).__name__}: {str(fault)[:200]}".replace("\n", " "))
        status = 1
    os._exit(status)


def hear(reading: int, *, until: float, first: bool = False) -> bytes:
    """What comes through the pipe until it is closed, or until that moment; with `first`, until there is anything."""
    heard = b""
    while (left := until - time.monotonic()) > 0 and not (first and heard):
        ready, _, _ = select.select([reading], [], [], left)
        if ready:
            chunk = os.read(reading, CHUNK)
            if not chunk:
                break
            heard += chunk
    return heard
