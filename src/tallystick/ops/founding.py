"""`tallystick init`: keys, tables, the office's first act and its first member; all of it or nothing."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tallystick.core.member import check_name
from tallystick.core.refusal import Refusal
from tallystick.core.role import Role
from tallystick.ops.opening import BOOKS_FILE, BooksMissing, make_books, open_books
from tallystick.ops.tables import make_tables
from tallystick.ops.terminal import banner, print_json, say
from tallystick.vault.keys import KEYRING_FILE, BooksAlreadyThere, Keyring

FIRST_LEAD = "LEAD"
MADE = (BOOKS_FILE, f"{BOOKS_FILE}-wal", f"{BOOKS_FILE}-shm", KEYRING_FILE)
"""What is taken away again, in this order: keys without books say what happened, books without keys do not."""


class FoundingCutShort(Refusal):
    code = "founding_cut_short"
    words = "{home} holds keys and no books that they open: the making of them was cut short, or the books were lost."
    expected = "another folder, or this one emptied where no books were ever kept in it"


@dataclass(frozen=True, slots=True)
class Founding:
    """What new books are to be: whether with invented people only, who is their lead, and when it is."""

    rehearsal: bool
    lead: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Founded:
    """The keys of new books, and the password of their lead, which is kept nowhere."""

    keyring: Keyring
    password: str


def make(home: Path, passphrase: str, *, founding: Founding, as_json: bool) -> None:
    """Make books and say so. Raises RehearsalOnly, BooksAlreadyThere, PassphraseTooShort, MemberNameUnreadable."""
    founded = make_office(home, passphrase, founding=founding)
    office = founded.keyring.office
    if as_json:
        lead = {"member": founding.lead, "password": founded.password}
        print_json({"done": True, "home": str(home), "office": office, "rehearsal": founding.rehearsal, "lead": lead})
        return
    banner(rehearsal=founding.rehearsal)
    say(f"Books of office {office} stand in {home}, encrypted. Without the passphrase nobody can open them, nor can you.")
    say(f"{founding.lead} may sign in to their pages as lead; the password, shown this once, is: {founded.password}")
    say(f"Next: tallystick import FOLDER --home {home}")


def make_office(home: Path, passphrase: str, *, founding: Founding) -> Founded:
    """Keys, tables, first act and first member in `home`; where anything is refused, what was made is taken away again."""
    check_name(founding.lead)
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
    return Founded(keyring, _found(home, keyring, founding=founding))


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


def _found(home: Path, keyring: Keyring, *, founding: Founding) -> str:
    """The first act and the lead. A server that was lost on the last word of it may have heard it: then the keys stay."""
    from django.db import connection

    try:
        return begin(keyring, founding)
    except BaseException as problem:
        if connection.vendor == "sqlite" or isinstance(problem, Refusal):
            _take_away(home)
        raise


def begin(keyring: Keyring, founding: Founding) -> str:
    """The office's first act and its first member, both or neither; gives back the member's password."""
    from django.db import transaction

    from tallystick.bundles.founding import found_office
    from tallystick.staff.actions import add_member

    with transaction.atomic():
        found_office(keyring, rehearsal=founding.rehearsal, recorded_at=founding.recorded_at)
        return add_member(founding.lead, roles=[Role.LEAD])


def _take_away(home: Path) -> None:
    for name in MADE:
        (home / name).unlink(missing_ok=True)
