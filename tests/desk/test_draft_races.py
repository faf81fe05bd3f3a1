"""The same wish from two clients at once waits once.

As tests/ledger/test_races.py: two processes with a connection each, which decide at the same time if nothing keeps them from it.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.synchronize import Barrier
from pathlib import Path
from threading import BrokenBarrierError
from typing import Any

import pytest

from faults.bank.crowd import WAIT_SECONDS, at_once, meeting
from tallystick.core.amount import Parts
from tallystick.core.party import LaterLimit
from tallystick.desk import actions
from tallystick.desk.actions import ask
from tallystick.desk.entries import ReversalWish
from tallystick.desk.models import Draft
from tallystick.desk.queries import same_draft
from tests import books
from tests.desk.goods import DUNLIN, GIVEN


@pytest.fixture(autouse=True)
def stocked_for_all(transactional_db: None, tmp_path: Path) -> None:
    books.found()
    books.take(books.without_moves(books.LAMPS, tmp_path / "lamps"))
    books.post(GIVEN)


def reversing() -> int:
    return _asked("reversal", ReversalWish("R1", "2016-03-04T09:00:00+09:00", "E1"))


def limiting() -> int:
    return _asked("holding-limit", LaterLimit("HERON", "CNY", Parts(100)))


def _asked(name: str, wish: object) -> int:
    draft = ask(name, wish, by=DUNLIN, asked_at=books.POSTED_AT, reason="it was typed twice")
    assert isinstance(draft, Draft)
    return draft.pk


def looking_together(place: Barrier, wish: Callable[[], int]) -> int:
    """Whoever has looked for a draft that waits already goes on when the other has looked too, or after half a second."""

    def look_and_wait(*words: Any, **named: Any) -> Draft | None:
        found = same_draft(*words, **named)
        with suppress(BrokenBarrierError):
            place.wait(timeout=WAIT_SECONDS)
        return found

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(actions, "same_draft", look_and_wait)
        return wish()


@pytest.mark.parametrize("wish", [reversing, limiting])
def test_the_same_asked_for_twice_at_once_waits_once(wish: Callable[[], int]):
    place = meeting(2)
    first, second = at_once(*(partial(looking_together, place, wish) for _ in range(2)))
    assert first == second
    assert Draft.objects.count() == 1
