"""Books that earlier releases made, each test with a copy of its own."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.conftest import CLUSTER

KEPT = sorted(Path(__file__).parent.glob("books-*"))


@dataclass(frozen=True)
class Earlier:
    """A home with books of an earlier release; `said` is what that release said of them."""

    home: Path
    said: dict[str, Any]
    tell: Callable[..., dict[str, Any]]
    """Runs a command on them and gives the JSON that it printed, with its exit status under `status`."""


@pytest.fixture(params=KEPT, ids=lambda folder: folder.name)
def earlier(
    request: pytest.FixtureRequest, engine: str, tmp_path: Path, run_tallystick: Callable[..., CompletedProcess[str]]
) -> Earlier:
    folder: Path = request.param / ("server" if engine == "postgres" else "file")
    home = tmp_path / "books"
    shutil.copytree(folder, home)
    environment = {"TALLYSTICK_PASSPHRASE_FILE": str(home / "passphrase.txt")}
    if engine == "postgres":
        environment["TALLYSTICK_DATABASE_URL"] = loaded(folder / "books.sql", request.config.stash[CLUSTER].make_database())

    def tell(*words: object) -> dict[str, Any]:
        told = run_tallystick(*words, "--json", home=home, environment=environment)
        assert told.stdout, told.stderr
        said: dict[str, Any] = json.loads(told.stdout)
        return said | {"status": told.returncode}

    return Earlier(home, json.loads((folder / "said.json").read_text(encoding="utf-8")), tell)


def loaded(dump: Path, database: str) -> str:
    """The address of this database, once the dump is in it."""
    import psycopg

    with psycopg.connect(database) as connection:
        connection.execute(dump.read_bytes())
    return database
