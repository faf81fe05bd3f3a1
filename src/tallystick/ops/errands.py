"""A worker's day: what waits is done by the task library, one errand after another; what was left under way is put back first."""

import time
from datetime import UTC, datetime

from django_tasks_db.management.commands.db_worker import Worker

from tallystick.core.refusal import Refusal
from tallystick.errands.actions import sweep, take_up
from tallystick.errands.queries import some_wait
from tallystick.errands.slate import Slate, write_on
from tallystick.journal.reach import within_reach

LOOK_SECONDS = 0.5  # between two looks whether anything waits
RETRY_SECONDS = 3.0  # after the books were out of reach, or busy
SWEEP_SECONDS = 3600.0


def work_on(slate: Slate, *, worker: str) -> None:
    """Do what waits until this worker is to end. Books out of reach are waited for, and after each errand it is looked what was left.

    An errand may have been claimed and not begun, or have ended without a word of it in the books, where those were busy for long.
    """
    write_on(slate)
    knows_what_was_left, swept_at = False, -SWEEP_SECONDS
    while not slate.is_to_end:
        try:
            if not knows_what_was_left:
                _put_back_what_was_left(worker)
                knows_what_was_left = True
            if time.monotonic() - swept_at >= SWEEP_SECONDS:
                sweep(datetime.now(UTC))
                swept_at = time.monotonic()
            did_something = _one(worker)
            knows_what_was_left = not did_something
        except Refusal:
            knows_what_was_left = False
            time.sleep(RETRY_SECONDS)
        else:
            if not did_something:
                time.sleep(LOOK_SECONDS)
    take_up(worker)


def _put_back_what_was_left(worker: str) -> None:
    """And wait a moment where there was any: what is left every time must not be tried without end and rest."""
    if take_up(worker):
        time.sleep(LOOK_SECONDS)


@within_reach()
def _one(worker: str) -> bool:
    """Do one errand, if any waits. The library takes the lock of an embedded database to look; asked before, it need not."""
    if not some_wait():
        return False
    Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=1,
        worker_id=worker, excluded_queue_names=[],
    ).run()  # fmt: skip
    return True
