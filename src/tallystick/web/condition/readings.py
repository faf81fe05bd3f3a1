"""What the metrics say: how much there is in the books, how much of it is signed, and what this process has answered."""

from collections.abc import Iterator
from datetime import datetime
from threading import Lock

from django.db import Error

from tallystick.core.refusal import Refusal
from tallystick.journal.queries import head_of, last_checkpoint
from tallystick.ledger.queries.counts import act_count, moves_between
from tallystick.vault.keys import unlocked
from tallystick.web.condition.exposition import Metric, counter, gauge, histogram
from tallystick.web.condition.requests import BOUNDS, answered

PIECE = 250_000  # acts whose moves are counted at one time of asking


class MoveCount:
    """The moves counted once, a piece at each time of asking, and after that only those that came since.

    Books are only added to, so what was counted stays counted.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._acts = self._moves = 0

    def up_to(self, acts: int) -> int | None:
        """How many moves the first `acts` acts have made; None while there are more to count than one piece."""
        with self._lock:
            if acts < self._acts:  # other books than before
                self._acts = self._moves = 0
            last = min(acts, self._acts + PIECE)
            self._moves += moves_between(self._acts, last)
            self._acts = last
            return self._moves if last == acts else None


move_count = MoveCount()


def metrics(*, now: datetime) -> Iterator[Metric]:
    """Everything there is to tell; of books that do not answer, only that they do not."""
    try:
        books = [*_books(), *_signed(now)]
    except (Error, Refusal):
        books = []
    yield gauge("tallystick_books_answer", "Whether the database of the books answers: 1 or 0.", value=int(bool(books)))
    yield from books
    yield histogram(
        "tallystick_request_seconds",
        "How long this process took to answer, by page and status.",
        bounds=BOUNDS,
        spreads=answered.spreads(),
    )


def _books() -> Iterator[Metric]:
    acts, entries = act_count()
    yield counter("tallystick_acts_total", "Acts in the journal of these books.", value=acts)
    yield counter("tallystick_entries_total", "Entries in these books.", value=entries)
    moves = move_count.up_to(acts)
    if moves is not None:
        yield counter("tallystick_moves_total", "Moves in these books; missing while they are first counted.", value=moves)


def _signed(now: datetime) -> Iterator[Metric]:
    office = unlocked().office
    head, last = head_of(office), last_checkpoint(office)
    unsigned = head.number - (last.number if last else 0)
    yield gauge("tallystick_unsigned_acts", "Acts of this office since its last signed checkpoint.", value=unsigned)
    if last is not None:
        age = (now - last.signed_at).total_seconds()
        yield gauge("tallystick_checkpoint_age_seconds", "Time since this office last signed a checkpoint.", value=age)
