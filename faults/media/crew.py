"""Workers: processes that each have books of their own and share out what is to be tried."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import TypeVar

from faults.media.books import start

Task = TypeVar("Task")
Made = TypeVar("Made")


def share_out(work: Callable[[Task], Made], tasks: Iterable[Task], *, url: str = "") -> Iterator[Made]:
    """What `work` makes of each task, in the order in which it is done; the workers and all they wrote are gone at the end.

    With `url` there is one worker, whose books lie in that PostgreSQL database.
    """
    with tempfile.TemporaryDirectory(prefix="tally-") as base, _crew(base, url) as crew:
        for done in as_completed([crew.submit(work, task) for task in tasks]):
            yield done.result()


def _crew(base: str, url: str) -> ProcessPoolExecutor:
    # Begun anew, not forked: what this process has open, a database above all, is none of theirs.
    count = 1 if url else os.cpu_count() or 1
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=start, initargs=(base, url))
