"""Which databases the books are kept in, read from three variables of the environment.

TALLYSTICK_HOME names the office's folder; its `books.db` is an encrypted file unless TALLYSTICK_DATABASE_URL names a
PostgreSQL database. With TALLYSTICK_SCRATCH, a path, this process works on empty books at that path, encrypted under a key that
only its memory holds, and reads the real ones as `source`: that is how a replay proves the journal.
"""

import secrets
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dj_database_url

from tallystick.core.refusal import Refusal
from tallystick.ops.opening import BOOKS_FILE, HOME, SCRATCH

URL = "TALLYSTICK_DATABASE_URL"
POSTGRESQL = "django.db.backends.postgresql"
SQLCIPHER = "tallystick.config.sqlcipher"


class DatabaseUrlUnreadable(Refusal):
    """The URL itself is no fact of this refusal: it may hold a password."""

    code = "database_url_unreadable"
    words = "TALLYSTICK_DATABASE_URL cannot be read; it begins with {scheme}."
    expected = "postgresql://USER:PASSWORD@HOST:PORT/NAME"


class PostgresDriverMissing(Refusal):
    code = "postgres_driver_missing"
    words = "TALLYSTICK_DATABASE_URL names a PostgreSQL database, and the driver for it is not installed."
    expected = "pip install 'tallystick[postgres]'"


def databases(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Django's DATABASES for this environment. Refuses with DatabaseUrlUnreadable or PostgresDriverMissing."""
    home = Path(environ.get(HOME) or Path.home() / ".tallystick")
    url, scratch = environ.get(URL, ""), environ.get(SCRATCH, "")
    books = postgresql(url) if url else encrypted_file(home / BOOKS_FILE)
    if not scratch:
        return {"default": books}
    return {"default": scratch_file(Path(scratch)), "source": read_only(books)}


def encrypted_file(path: Path) -> dict[str, Any]:
    """Books in an SQLCipher file, under the key of the unlocked keyring."""
    return {
        "ENGINE": SQLCIPHER,
        "NAME": str(path),
        "CONN_MAX_AGE": None,  # a kept connection keeps its pages decrypted; the file has no server to spare
        "OPTIONS": {"transaction_mode": "IMMEDIATE"},
        # Django would test on a database in memory, which SQLCipher does not encrypt.
        "TEST": {"NAME": str(path.with_name(f"test-{path.name}"))},
    }


def scratch_file(path: Path) -> dict[str, Any]:
    """Books to be thrown away: encrypted under a key drawn here and kept nowhere, and not worth waiting for the disk."""
    key = secrets.token_bytes(32)
    books = encrypted_file(path)
    books["OPTIONS"] |= {"key": lambda: key, "init_command": "PRAGMA synchronous = OFF"}
    return books


def read_only(books: dict[str, Any]) -> dict[str, Any]:
    """The same books, which the database itself then refuses to change."""
    options = dict(books["OPTIONS"])
    if books["ENGINE"] == POSTGRESQL:
        options["options"] = f"{options.get('options', '')} -c default_transaction_read_only=on".strip()
    else:
        options["query_only"] = True
    return {**books, "OPTIONS": options}


def postgresql(url: str) -> dict[str, Any]:
    """Books in a PostgreSQL database, which may hold those of a whole office."""
    scheme = url.partition(":")[0] if "://" in url else "something else"
    if scheme not in ("postgres", "postgresql"):
        raise DatabaseUrlUnreadable(scheme=scheme)
    if find_spec("psycopg") is None:
        raise PostgresDriverMissing
    try:
        parsed = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    except ValueError:
        raise DatabaseUrlUnreadable(scheme=scheme) from None
    if not parsed.get("NAME"):
        raise DatabaseUrlUnreadable(scheme=scheme)
    # Statements here are many and small: compiling one, or planning it anew each time, costs more than running it.
    options = parsed.get("OPTIONS", {})
    said = f"{options.get('options', '')} -c jit=off -c plan_cache_mode=force_generic_plan".strip()
    return {**parsed, "OPTIONS": {**options, "options": said}}
