"""django-hordak, the peer that keeps books in Django too: whether it is here, and its programs in peer_hordak/ run."""

from importlib.util import find_spec
from typing import Any

from bench.fresh import run
from bench.place import WORK
from bench.setting import Engine

MISSING = "django-hordak, which is installed in the bench's own environment and not in this one"
WITH = {
    "SQLCipher": "hordak, on the same SQLCipher, without the triggers that it has elsewhere",
    "PostgreSQL": "hordak, with its triggers",
}


def has_hordak() -> bool:
    return find_spec("hordak") is not None


def hordak(program: str, engine: Engine, *, words: tuple[object, ...]) -> dict[str, Any]:
    """What one of its programs says of new, empty books of hordak's on this engine, which are gone afterwards."""
    database = engine.new_database() or str(WORK / "hordak.db")
    try:
        return run(f"peer_hordak.{program}", database, *words).said
    finally:
        engine.drop_database(database if engine.cluster else "")
        for path in WORK.glob("hordak.db*"):
            path.unlink()
