"""Killed while the tables of new books are made from nothing: they are made to their end by whoever comes next."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from django.db import Error, connection

from faults.finding import Finding
from faults.kills import whole
from faults.kills.child import PATIENCE_SECONDS, Tell, kill_while, seconds_of
from faults.kills.ground import Ground, now
from tallystick.bundles.founding import found_office
from tallystick.journal.queries import offices
from tallystick.ops.tables import make_tables
from tallystick.vault.keys import unlocked
from tests import books

OTHERS = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
PAUSE_SECONDS = 0.005


@dataclass
class Count:
    """What was done and seen so far; `late` children had come to their end, and are no kills."""

    kills: int = 0
    late: int = 0
    tables: int = 0
    founding: int = 0
    problems: list[str] = field(default_factory=list)


def kill_while_migrating(ground: Ground, *, kills: int, seed: int, told: Callable[[str], None]) -> Finding:
    count, chance = Count(), Random(f"S{seed}M")
    ground.empty()
    seconds_max = seconds_of(_make)
    while count.kills < kills:
        ground.empty()
        delay = chance.uniform(0, seconds_max)
        found = list(_kill(count, delay))
        count.problems += [f"kill {count.kills} of seed {seed}, after {delay * 1000:.1f} ms: {words}" for words in found]
    told(f"{ground.engine}: {count.kills} killed while migrating")
    tried = (
        f"{count.kills:,} kills of new books from nothing, {count.tables:,} of them while tables were made and {count.founding:,}"
        " at the first act; each time the tables were made to their end, and the example was taken in and the proof made"
    )
    return Finding("migrating", ground.engine, tried, tuple(count.problems))


def _make(tell: Tell) -> None:
    connection.ensure_connection()
    tell("begin tables")
    make_tables()
    tell("done tables")
    tell("begin founding")
    found_office(unlocked(), rehearsal=True, recorded_at=now())
    tell("done founding")


def _kill(count: Count, delay: float) -> Iterator[str]:
    fate = kill_while(_make, after_seconds=delay)
    count.kills += fate.was_killed
    count.late += not fate.was_killed
    if fate.was_inside():
        count.tables += fate.begun()[-1] == "tables"
        count.founding += fate.begun()[-1] == "founding"
    yield from fate.faults
    wait_for_orphans()
    try:
        make_tables()
    except Error as problem:
        yield f"the tables were not made to their end: {type(problem).__name__}"
        return
    if "founding" in fate.acknowledged() and not offices():
        yield "the founding was acknowledged, and the office is not there"
    if not offices():
        found_office(unlocked(), rehearsal=True, recorded_at=now())
    books.take(books.LAMPS, recorded_at=now())
    yield from whole.unproved()


def wait_for_orphans() -> None:
    """A server ends the session of a client that was killed when it has done what it was told last."""
    given_up_at = time.monotonic() + PATIENCE_SECONDS
    while connection.vendor == "postgresql" and whole.ask(OTHERS):
        assert time.monotonic() < given_up_at, "the server keeps the session of a client that is dead"
        time.sleep(PAUSE_SECONDS)
