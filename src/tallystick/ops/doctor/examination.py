"""Everything looked at in turn: what can be seen without a key first, and the books as far as they open."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, InterfaceError, connection

from tallystick.core.refusal import Refusal
from tallystick.journal.medium import refused_by_medium
from tallystick.journal.reach import refusal_of
from tallystick.ops.doctor import places, programs
from tallystick.ops.doctor.clock import clock
from tallystick.ops.doctor.finding import Finding, Standing, fine, wrong
from tallystick.vault.keys import Keyring

DATABASE_URL = "TALLYSTICK_DATABASE_URL"  # read by tallystick.config, which stands above
BOOKS = "books"


@dataclass(frozen=True, slots=True)
class Examined:
    """Everything that was found; `rehearsal` is None where the books did not open."""

    findings: tuple[Finding, ...]
    rehearsal: bool | None

    def count(self, standing: Standing) -> int:
        return sum(finding.standing is standing for finding in self.findings)


def examine(home: Path, *, open_them: Callable[[], Keyring], now: datetime) -> Examined:
    """Look at everything; nothing that is found, and no book that does not open, ends the looking.

    `open_them` opens the books in `home`, or refuses.
    """
    on_server = bool(os.environ.get(DATABASE_URL))
    findings = [*programs.versions()]
    findings += [] if on_server else _looked("library", programs.library)
    findings += _home(home)
    opened = _opened(open_them)
    if isinstance(opened, Keyring):
        return Examined((*findings, *_books(home, office=opened.office, now=now)), _is_rehearsal())
    findings += opened
    if home.is_dir():
        findings += places.disk(home, books_bytes=places.bytes_in(home), on_server=on_server)
        findings += clock(home, now=now, last_act=None, server=None)
    return Examined(tuple(findings), None)


def _home(home: Path) -> Iterator[Finding]:
    if not home.is_dir():
        yield wrong("home", f"There is no folder {home}.", advice="Name another with --home, or make books with tallystick init.")
        return
    yield from _looked("home", lambda: places.home_rights(home))
    yield from _looked("keys", lambda: places.key_rights(home))


def _opened(open_them: Callable[[], Keyring]) -> Keyring | list[Finding]:
    """The keyring of books that open; or why they do not."""
    try:
        return open_them()
    except Refusal as refusal:
        return [wrong(BOOKS, f"The books do not open. {refusal}", advice=_expected(refusal))]
    except (DatabaseError, InterfaceError, OSError) as problem:
        return [
            wrong(
                BOOKS, f"The books do not open: {_kind(problem)}.", advice="Try the last backup, beside these and not over them."
            )
        ]


def _books(home: Path, *, office: str, now: datetime) -> Iterator[Finding]:
    """What is to be seen of books that are open. Nothing of Django's tables is imported before they are."""
    from tallystick.ops.doctor import books, engine

    on_server = connection.vendor == engine.ON_SERVER
    yield fine(BOOKS, f"The books of office {office} open.")
    yield from _looked("server", engine.server)
    yield from _looked("durability", engine.durability)
    yield from _looked("disk", lambda: places.disk(home, books_bytes=engine.size_of(home), on_server=on_server))
    tables = _looked("tables", books.tables)
    yield from tables
    if any(finding.standing is Standing.WRONG for finding in tables):
        return  # whoever reads tables of another release takes one thing for another
    yield from _looked("clock", lambda: clock(home, now=now, last_act=books.last_recorded(), server=engine.server_clock()))
    yield from _looked("guards", books.guards)
    yield from _looked("signatures", lambda: books.signatures(office, now=now))
    yield from _looked("months", lambda: books.months(now))
    yield from _looked("staff", books.staff)
    yield from _looked("backups", books.backups)


def _looked(topic: str, look: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """What a look finds; where the database or the disk does not let it, that."""
    try:
        return list(look())
    except Refusal as refusal:
        return [wrong(topic, f"This could not be looked at. {refusal}", advice=_expected(refusal))]
    except (DatabaseError, InterfaceError, OSError) as problem:
        told = refused_by_medium(problem) or refusal_of(problem)
        words = f"This could not be looked at{f'. {told}' if told else f': {_kind(problem)}.'}"
        return [wrong(topic, words, advice=_expected(told) if told else "Run tallystick verify; it says more.")]


def _kind(problem: BaseException) -> str:
    """What kind of failure it is, in the words of whoever failed and without what they quote."""
    cause = problem.__cause__ or problem
    name = getattr(cause, "sqlite_errorname", None) or getattr(cause, "strerror", None) or type(cause).__name__
    state = getattr(cause, "sqlstate", None)
    return f"{name} ({state})" if state else str(name)


def _expected(refusal: Refusal) -> str:
    expected = refusal.expectation()
    return f"Expected: {expected}." if expected else ""


def _is_rehearsal() -> bool | None:
    from tallystick.journal.queries import is_rehearsal

    try:
        return is_rehearsal()
    except DatabaseError:
        return None
