"""What is asked of the database in a block of a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

# PostgreSQL is told now and then to keep statements and to plan them anew: when, is no matter of the page that asks next.
KEEPING = ("SET enable_seqscan = off;\nPREPARE ", "DEALLOCATE ALL")


class Questions(CaptureQueriesContext):
    """The statements of a block, `[{"sql": …}, …]` and their number, without those by which the server keeps statements."""

    def __init__(self, asked: Any = connection) -> None:
        super().__init__(asked)

    @property
    def captured_queries(self) -> list[dict[str, Any]]:
        return [asked for asked in super().captured_queries if not asked["sql"].startswith(KEEPING)]


@contextmanager
def asking(count: int) -> Iterator[None]:
    """So many statements are told in this block, neither more nor less."""
    with Questions() as asked:
        yield
    assert len(asked) == count, "\n".join(one["sql"] for one in asked)
