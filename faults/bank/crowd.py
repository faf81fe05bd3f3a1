"""Several at the same moment: each in a process of its own, with a connection to the books of its own."""

import os
import pickle
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from threading import BrokenBarrierError
from typing import Any

from django.db import connections

from tallystick.core.custody.book import Book

WAIT_SECONDS = 0.5
TOGETHER = get_context("fork")


@dataclass(frozen=True)
class Ended:
    """What came of somebody who gave no answer: the fault that ended it, or nothing where it was killed."""

    fault: str


def at_once(*wishes: Callable[[], Any]) -> list[Any]:
    """What each of these gave back when all of them were done at once, in their order; an Ended of who did not come to its end.

    They are children of this process, which holds no connection meanwhile.
    """
    connections.close_all()
    children = [_bear(wish) for wish in wishes]
    return [_await(pid, reading) for pid, reading in children]


def _bear(wish: Callable[[], Any]) -> tuple[int, int]:
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a thread of whoever runs the tests is of no use to the child, nor in its way
        pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    os.close(reading)
    try:
        answer = wish()
    except BaseException:  # noqa: BLE001
        answer = Ended(traceback.format_exc())
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(pickle.dumps(answer))
    os._exit(0)


def _await(pid: int, reading: int) -> Any:
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(pid, 0)
    return pickle.loads(said) if said else Ended("")


def meeting(count: int) -> Barrier:
    """Where so many processes meet."""
    return TOGETHER.Barrier(count)


@contextmanager
def deciding_together(place: Barrier) -> Iterator[list[bool]]:
    """Whoever has decided an entry goes on when all the others have decided too, or after half a second; whether they met.

    If anything keeps one from deciding before the other has written, they never meet, and that is what is hoped for. If nothing
    does, they always meet, and have all decided on the same books: a race that is lost every time and not once in a thousand.
    """
    carry, met = Book.carry, [False]

    def carry_and_wait(book: Book, *words: Any, **named: Any) -> None:
        carry(book, *words, **named)
        with suppress(BrokenBarrierError):
            place.wait(timeout=WAIT_SECONDS)
            met[0] = True

    Book.carry = carry_and_wait  # type: ignore[method-assign]
    try:
        yield met
    finally:
        Book.carry = carry  # type: ignore[method-assign]


def racing(*wishes: Callable[[], Any]) -> list[Any]:
    """The same as `at_once`, and each decides while the others do, if nothing keeps them from it."""
    place = meeting(len(wishes))

    def met(wish: Callable[[], Any]) -> Callable[[], Any]:
        def run() -> Any:
            with deciding_together(place):
                return wish()

        return run

    return at_once(*map(met, wishes))


def faults_of(answers: Sequence[Any]) -> list[str]:
    """The faults that ended somebody, as Python tells them; none in a crowd where all came to their end."""
    return [answer.fault or "it was killed" for answer in answers if isinstance(answer, Ended)]
