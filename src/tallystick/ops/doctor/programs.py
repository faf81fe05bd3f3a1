"""The programs under the books: Python, Django, and the library that keeps an encrypted file."""

import platform
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version
from typing import Any

import django
from sqlcipher3 import dbapi2

from tallystick.ops.doctor.finding import Finding, fine, wrong

# Before this release two connections can leave a write-ahead log so that a later checkpoint skips part of what was committed:
# https://www.sqlite.org/wal.html#walresetbug
SQLITE_SAFE = (3, 51, 3)


def versions() -> Iterator[Finding]:
    words = f"Tallystick {version('tallystick')} on Python {platform.python_version()} with Django {django.get_version()}."
    if __debug__:
        yield fine("programs", words)
    else:
        yield wrong(
            "programs", f"{words} Python runs with -O, which strips the checks on the books.", advice="Run it without -O."
        )


def library(driver: Any = dbapi2) -> Iterator[Finding]:
    """Whether the library under an encrypted file encrypts, and keeps a write-ahead log safely."""
    with closing(driver.connect(":memory:")) as connection:
        row = connection.execute("PRAGMA cipher_version").fetchone()
    words = f"SQLCipher {row[0].split()[0]} on SQLite {driver.sqlite_version}" if row else f"SQLite {driver.sqlite_version}"
    remedy = "Install the packages that Tallystick was tried with: make demo does, and so does requirements/run.txt."
    if not row:
        yield wrong("library", f"{words} cannot encrypt: it would write the books for all to read.", advice=remedy)
    elif driver.sqlite_version_info < SQLITE_SAFE:
        safe = ".".join(map(str, SQLITE_SAFE))
        yield wrong(
            "library",
            f"{words} can lose what was committed: before {safe}, two programs that write and tidy up at the same instant can"
            " leave the write-ahead log so that part of it never reaches the books. They are not opened with it.",
            advice=remedy,
        )
    else:
        yield fine("library", f"{words}, which encrypts and keeps a write-ahead log safely.")
