"""What is left of an errand when the books, or the worker, fail between two words that belong together: it is done all the same."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tallystick.core.errand import ErrandState
from tallystick.errands import running
from tallystick.errands.actions import ask_weigh, take_up
from tallystick.errands.models import Errand
from tallystick.errands.queries import some_wait
from tallystick.ops import errands as day
from tests.errands.working import ASKED_AT, archive, fresh, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office", "slate")]


@pytest.fixture
def waiting() -> Errand:
    return ask_weigh(archive(), by="WREN", asked_at=ASKED_AT)


def row_of(errand: Errand) -> Any:
    return DBTaskResult.objects.filter(pk=errand.run)


def test_what_a_killed_worker_had_claimed_and_not_begun_is_taken_up_again(waiting: Errand):
    row_of(waiting).update(status="RUNNING", worker_ids=["W1"])
    assert not some_wait()
    assert take_up("W2") == 0, "another worker may be about to begin it"
    assert take_up("W1") == 1
    work_off()
    assert (fresh(waiting).state, fresh(waiting).tries) == (ErrandState.DONE, 1)


def test_what_waits_and_has_no_row_or_one_that_is_over_is_taken_up_by_anybody(waiting: Errand):
    row_of(waiting).update(status="FAILED", worker_ids=["W1"], finished_at=ASKED_AT)
    assert take_up("W2") == 1
    row_of(fresh(waiting)).delete()
    assert take_up("W2") == 1
    assert take_up("W2") == 0, "what waits and will be done is left alone"
    work_off()
    assert fresh(waiting).state == ErrandState.DONE


def busy_once(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """One step of an errand that does not come to be written."""
    real: Callable[..., Any] = getattr(running, name)
    seen: list[str] = []

    def step(*given: Any, **named: Any) -> Any:
        if not seen:
            seen.append(name)
            raise OperationalError("database is locked")
        return real(*given, **named)

    monkeypatch.setattr(running, name, step)


@pytest.mark.parametrize("step", ["_begun", "_end"])
def test_a_worker_does_again_what_it_could_not_begin_or_end(
    monkeypatch: pytest.MonkeyPatch, slate: Any, waiting: Errand, step: str
):
    busy_once(monkeypatch, step)
    if step == "_end":
        Errand.objects.filter(pk=waiting.pk).update(file="0" * 16)  # a file that is gone: the errand is refused at its end
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if fresh(waiting).state not in (ErrandState.WAITING, ErrandState.UNDER_WAY) or len(slept) > 5:
            slate.end()

    monkeypatch.setattr(day.time, "sleep", sleep)
    with patch(f"{Worker.__module__}.close_old_connections"):
        day.work_on(slate, worker="W1")
    assert fresh(waiting).state == (ErrandState.DONE if step == "_begun" else ErrandState.REFUSED)
