"""Books of one engine, made anew as often as an experiment likes: one process, one keyring, one database after another."""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from faults.finding import POSTGRES, SQLCIPHER
from tests.home import Home, books_in, make_home
from tests.postgres import Cluster, find_programs, start_cluster

ENGINES = (SQLCIPHER, POSTGRES) if find_programs() else (SQLCIPHER,)
"""The engines that this machine has."""


@dataclass
class Ground:
    """`cluster` is the server that the databases lie on, None where each is a file."""

    engine: str
    home: Home
    cluster: Cluster | None
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def start(self) -> None:
        """Starts Django in this process. What imports a table can be imported from now on, and not before."""
        database = self.cluster.url("postgres") if self.cluster else None
        os.environ.update(self.home.environment | books_in(database) | {"DJANGO_SETTINGS_MODULE": "tallystick.config.settings"})
        import django

        django.setup()

    def empty(self) -> None:
        """From now on this process works on a database with nothing in it; the one before is gone."""
        from django.db import connection

        connection.close()
        before = str(connection.settings_dict["NAME"])
        if self.cluster:
            connection.settings_dict["NAME"] = self.cluster.make_database().rpartition("/")[2]
            if before != "postgres":
                self.cluster.drop_database(self.cluster.url(before))
            return
        for path in self.home.folder.glob("books-*"):
            path.unlink()
        connection.settings_dict["NAME"] = str(self.home.folder / f"books-{next(self.numbers)}.db")

    def found(self) -> None:
        """New books of this home's office, with nothing in them."""
        from tallystick.bundles.founding import found_office
        from tallystick.ops.tables import make_tables
        from tallystick.vault.keys import unlocked

        self.empty()
        make_tables()
        found_office(unlocked(), rehearsal=True, recorded_at=now())

    def open_lamps(self) -> None:
        """New books that have taken in the example programme."""
        from tests import books

        self.found()
        books.take(books.LAMPS, recorded_at=now())


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def standing_ground(engine: str) -> Iterator[Ground]:
    """A ground of this engine, durable as an office's would be, and cleared at the end."""
    cluster = start_cluster(durable=True) if engine == POSTGRES else None
    home = None
    try:
        home = make_home(database=None)
        yield Ground(engine, home, cluster)
    finally:
        if home:
            home.remove()
        if cluster:
            cluster.stop()
