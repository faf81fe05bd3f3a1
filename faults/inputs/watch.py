"""Watching what an input does: whether it is answered in words, how long that takes, and what it leaves behind."""

import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tallystick.core.refusal import Refusal

SECONDS_MAX = 1.0  # of the processor: how busy the machine is besides is nothing that an input can help
GIVEN_UP_SECONDS = 30
PROBLEMS_MAX = 50
SHOWN = 300  # bytes of an input that are told


class StillAtIt(BaseException):
    """No Exception: nothing on the way may take it for one of its own."""


@dataclass
class Watch:
    """What came of the inputs of one kind."""

    taken: int = 0
    refused: int = 0
    codes: Counter[str] = field(default_factory=Counter)  # of the refusals and of the faults that they list
    problems: list[str] = field(default_factory=list)
    longest_seconds: float = 0.0

    @property
    def count(self) -> int:
        return self.taken + self.refused

    def look(self, answer: Callable[[], Any], *, told: str) -> Any:
        """What `answer` gives; None where it refused, which it may, or did what it must not, which is noted with `told`."""
        started = time.process_time()
        self.refused += 1
        try:
            with given_up():
                given = answer()
        except Refusal as refusal:
            self._hear(refusal, told=told)
            return None
        except StillAtIt:
            self.note(f"It was still at it after {GIVEN_UP_SECONDS} seconds: {told}")
            return None
        except Exception as problem:  # noqa: BLE001  (every crash is a finding)
            frame = traceback.extract_tb(problem.__traceback__)[-1]
            place = f"{Path(frame.filename).name}, line {frame.lineno}"
            self.note(f"{type(problem).__name__} in {place} ({str(problem)[:200]}): {told}")
            return None
        finally:
            self._time(time.process_time() - started, told=told)
        self.refused, self.taken = self.refused - 1, self.taken + 1
        return given

    def note(self, words: str) -> None:
        if len(self.problems) < PROBLEMS_MAX:
            self.problems.append(words)

    def _time(self, seconds: float, *, told: str) -> None:
        self.longest_seconds = max(self.longest_seconds, seconds)
        if seconds > SECONDS_MAX:
            self.note(f"It took {seconds:.1f} seconds: {told}")

    def _hear(self, refusal: Refusal, *, told: str) -> None:
        """A refusal, and each fault that it lists, has a sentence without a gap, and so has what was expected."""
        faults = list(getattr(refusal, "faults", ()))
        self.codes.update({fault.code for fault in faults} or {refusal.code})
        try:
            spoken = bool(str(refusal)) and refusal.expectation() is not None and all(map(str, faults))
        except (LookupError, ValueError) as gap:
            self.note(f"{refusal.code} has a gap in its words ({gap}): {told}")
        else:
            if not spoken:
                self.note(f"{refusal.code} has no words: {told}")

    def said(self) -> str:
        """How many of what, the slowest, and every way in which they were refused."""
        answered = f"{self.taken:,} taken, {self.refused:,} refused in {len(self.codes)} ways"
        return f"{self.count:,} inputs, {answered}; the slowest took {self.longest_seconds:.2f} s"


@contextmanager
def given_up() -> Iterator[None]:
    """Raises StillAtIt in this block after half a minute of the processor's time."""

    def give_up(number: int, frame: object) -> None:
        raise StillAtIt

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, GIVEN_UP_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def shown(data: bytes) -> str:
    """The beginning of an input, to know it by; the seed and its number give the whole."""
    return f"{data[:SHOWN]!r}{'…' if len(data) > SHOWN else ''}"
