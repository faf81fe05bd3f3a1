"""What is done to the database while a crowd works with it."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import connection, transaction

from faults.finding import POSTGRES, SQLCIPHER
from faults.kills.ground import Ground
from tallystick.journal.actions import lock_stream
from tallystick.vault.keys import unlocked
from tests.postgres import Cluster

CUTS = 20  # in a round
BETWEEN_CUTS_SECONDS_MAX = 0.03
HELD_SECONDS_MAX = 0.3
WAIT_SECONDS = 0.05  # how long a client waits for a lock, or for a statement, where they are held from it
ANOTHER = (
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1"
)


@dataclass(frozen=True)
class Disturbance:
    """`disturb` does it once, while the clients work; they were `set_up` to bear it badly, where that is needed."""

    title: str
    engine: str
    rounds: int  # in the short form
    disturb: Callable[[Ground, Random], None]
    set_up: Callable[[], None] = lambda: None


def restart(how: signal.Signals) -> Callable[[Ground, Random], None]:
    def disturb(ground: Ground, chance: Random) -> None:
        cluster = _cluster(ground)
        cluster.halt(how)
        time.sleep(chance.uniform(0, HELD_SECONDS_MAX))
        cluster.resume()

    return disturb


def kill_server_process(ground: Ground, chance: Random) -> None:
    """The server ends the sessions of everybody, and recovers what its log holds."""
    del chance
    with _asking(_cluster(ground)) as asking:
        row = asking.execute(ANOTHER).fetchone()
        os.kill(row[0], signal.SIGKILL)


def cut(ground: Ground, chance: Random) -> None:
    with _asking(_cluster(ground)) as asking:
        for _ in range(CUTS):
            asking.execute(f"SELECT pg_terminate_backend(pid) FROM ({ANOTHER}) one")
            time.sleep(chance.uniform(0, BETWEEN_CUTS_SECONDS_MAX))


def hold(ground: Ground, chance: Random) -> None:
    """Holds what every writer needs for longer than the clients wait."""
    del ground
    with transaction.atomic():
        lock_stream(unlocked().office)
        time.sleep(chance.uniform(2 * WAIT_SECONDS, HELD_SECONDS_MAX))
    connection.close()


def wait_briefly(setting: str) -> Callable[[], None]:
    """What makes a client of PostgreSQL give up soon, by this setting of the server's."""

    def set_up() -> None:
        options = connection.settings_dict["OPTIONS"]
        options["options"] += f" -c {setting}={WAIT_SECONDS * 1000:.0f}ms"

    return set_up


def be_busy_briefly() -> None:
    connection.settings_dict["OPTIONS"]["timeout"] = WAIT_SECONDS


def _cluster(ground: Ground) -> Cluster:
    assert ground.cluster, "these books lie on a server"
    return ground.cluster


def _asking(cluster: Cluster) -> Any:
    """A connection beside Django's to the database in use."""
    import psycopg

    return psycopg.connect(cluster.url(str(connection.settings_dict["NAME"])), autocommit=True)


DISTURBANCES = (
    Disturbance("the server restarted, sessions ended in order (fast)", POSTGRES, 3, restart(signal.SIGINT)),
    Disturbance("the server restarted, sessions dropped (immediate)", POSTGRES, 3, restart(signal.SIGQUIT)),
    Disturbance("a process of the server killed with signal 9", POSTGRES, 3, kill_server_process),
    Disturbance(f"connections cut, {CUTS} a round", POSTGRES, 5, cut),
    Disturbance("the stream held past lock_timeout", POSTGRES, 5, hold, wait_briefly("lock_timeout")),
    Disturbance("the stream held past statement_timeout", POSTGRES, 5, hold, wait_briefly("statement_timeout")),
    Disturbance("the file held past the time a writer waits", SQLCIPHER, 10, hold, be_busy_briefly),
)
