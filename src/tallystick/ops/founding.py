"""`tallystick init`: keys, tables, the office's first act; all of it or nothing."""

from datetime import datetime
from pathlib import Path

from tallystick.core.refusal import Refusal
from tallystick.ops.opening import BOOKS_FILE, BooksMissing, make_books, open_books
from tallystick.ops.tables import make_tables
from tallystick.ops.terminal import banner, print_json, say
from tallystick.vault.keys import KEYRING_FILE, BooksAlreadyThere, Keyring

MADE = (BOOKS_FILE, f"{BOOKS_FILE}-wal", f"{BOOKS_FILE}-shm", KEYRING_FILE)
"""What is taken away again, in this order: keys without books say what happened, books without keys do not."""


class FoundingCutShort(Refusal):
    code = "founding_cut_short"
    words = "{home} holds keys and no books that they open: the making of them was cut short, or the books were lost."
    expected = "another folder, or this one emptied where no books were ever kept in it"


def make(home: Path, passphrase: str, *, rehearsal: bool, recorded_at: datetime, as_json: bool) -> None:
    """Make books and say so. Raises RehearsalOnly, BooksAlreadyThere, PassphraseTooShort."""
    keyring = make_office(home, passphrase, rehearsal=rehearsal, recorded_at=recorded_at)
    if as_json:
        print_json({"done": True, "home": str(home), "office": keyring.office, "rehearsal": rehearsal})
        return
    banner(rehearsal=rehearsal)
    say(f"Books of office {keyring.office} stand in {home}, encrypted. Without the passphrase nobody can open them, nor can you.")
    say(f"Next: tallystick import FOLDER --home {home}")


def make_office(home: Path, passphrase: str, *, rehearsal: bool, recorded_at: datetime) -> Keyring:
    """Keys, tables and first act in `home`; where anything is refused, what was made is taken away again."""
    if (home / KEYRING_FILE).exists():
        _refuse_taken(home, passphrase)
    if (home / BOOKS_FILE).exists():
        raise BooksAlreadyThere(home=home)
    keyring = make_books(home, passphrase)
    try:
        open_books(home, passphrase, new=True)
        make_tables()
    except BaseException:
        _take_away(home)
        raise
    _found(home, keyring, rehearsal=rehearsal, recorded_at=recorded_at)
    return keyring


def open_made(home: Path, passphrase: str) -> Keyring:
    """The books that were made in `home` before, opened. Raises FoundingCutShort where there are keys and no books."""
    try:
        return open_books(home, passphrase)
    except BooksMissing:
        raise FoundingCutShort(home=home) from None


def _refuse_taken(home: Path, passphrase: str) -> None:
    """Says why nothing is made here: there are books, or the making of them was cut short. Only their passphrase tells which."""
    try:
        open_made(home, passphrase)
    except FoundingCutShort:
        raise
    except Refusal:
        pass
    raise BooksAlreadyThere(home=home)


def _found(home: Path, keyring: Keyring, *, rehearsal: bool, recorded_at: datetime) -> None:
    """The first act. A server that was lost on the last word of it may have heard it: then the keys stay."""
    from django.db import connection

    from tallystick.bundles.founding import found_office

    try:
        found_office(keyring, rehearsal=rehearsal, recorded_at=recorded_at)
    except BaseException as problem:
        if connection.vendor == "sqlite" or isinstance(problem, Refusal):
            _take_away(home)
        raise


def _take_away(home: Path) -> None:
    for name in MADE:
        (home / name).unlink(missing_ok=True)
