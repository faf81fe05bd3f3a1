"""Opening the books: a process unlocks the keyring and then starts Django on the database it belongs to."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.db import OperationalError, connections

from tallystick.core.refusal import Refusal
from tallystick.journal.medium import refused_by_medium
from tallystick.ops.fitness import check_fitness
from tallystick.ops.releases import check_release
from tallystick.vault.keys import Keyring, adopt, make_keyring, unlock

SETTINGS = "tallystick.config.settings"
HOME = "TALLYSTICK_HOME"
SCRATCH = "TALLYSTICK_SCRATCH"
BOOKS_FILE = "books.db"


class BooksMissing(Refusal):
    code = "books_missing"
    words = "The keys of office {office} lie in {home}, and the books that they open are not in {place}."
    expected = "the books where they were made, or a folder made by tallystick init"


class BooksOfAnother(Refusal):
    code = "books_of_another"
    words = "The database holds the books of {held}; the keys in {home} are those of office {office}."
    expected = "the database that these keys were made for"


class BooksUnopened(Refusal):
    code = "books_unopened"
    words = "The database of the books does not open: {reason}."
    expected = "a database that answers"


class HomeUnwritable(Refusal):
    code = "home_unwritable"
    words = "Nothing can be written into {home}: {reason}."
    expected = "a folder that is there or can be made, with room left"


@contextmanager
def writing_in(home: Path) -> Iterator[None]:
    """What the system says against writing in `home` is a refusal: HomeUnwritable."""
    try:
        yield
    except OSError as problem:
        raise HomeUnwritable(home=home, reason=problem.strerror or type(problem).__name__) from problem


def make_books(home: Path, passphrase: str) -> Keyring:
    """Make the keys of a new office in `home`; the tables and the first act are the command's to write.

    Refuses with BooksAlreadyThere, PassphraseTooShort or HomeUnwritable.
    """
    with writing_in(home):
        return make_keyring(home, passphrase)


def open_books(
    home: Path, passphrase: str, *, scratch: Path | None = None, new: bool = False, may_be_outdated: bool = False
) -> Keyring:
    """Unlock the books in `home` for this process and start Django on them; doing it again changes nothing.

    With `scratch`, the process works on throw-away books at that path and has the real ones as the database `source`.
    The tables of `new` books are still to be made. A process opens one home: another one later is a fault. Refuses with
    BooksUnfit, BooksMissing, BooksOfAnother, BooksUnopened, BooksAhead, BooksOutdated unless those are wanted, and as
    tallystick.vault.keys.unlock and the settings' databases do.
    """
    keyring = unlock(home, passphrase)
    _start(home, keyring, scratch=scratch, new=new, may_be_outdated=may_be_outdated)
    return keyring


def open_handed_over(home: Path, keyring: Keyring) -> None:
    """Start on books that another process of this program opened, with the keyring that it handed over. Refuses as open_books does."""
    adopt(home, keyring)
    _start(home, keyring, scratch=None, new=False, may_be_outdated=False)


def _start(home: Path, keyring: Keyring, *, scratch: Path | None, new: bool, may_be_outdated: bool) -> None:
    wanted = {HOME: str(home.resolve()), SCRATCH: str(scratch.resolve()) if scratch else ""}
    if apps.ready:
        assert wanted == {name: os.environ.get(name, "") for name in wanted}, "this process has other books open"
        return
    os.environ.update(wanted)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    try:
        check_fitness(databases=["default"])
        if not new:
            alias = "source" if scratch else "default"
            look_for_books(home, keyring, alias=alias)
            check_release(alias, may_be_outdated=may_be_outdated)
    except OperationalError as problem:
        raise refused_by_medium(problem) or BooksUnopened(reason=str(problem).strip().partition("\n")[0].rstrip(".")) from problem


def look_for_books(home: Path, keyring: Keyring, *, alias: str) -> None:
    """Refuses an empty database, which SQLite would make here and now, and one of an office with other keys."""
    from tallystick.journal.models import Office

    connection = connections[alias]
    is_file = connection.vendor == "sqlite"
    missing = BooksMissing(office=keyring.office, home=home, place=BOOKS_FILE if is_file else "the database")
    if is_file and not Path(connection.settings_dict["NAME"]).exists():
        raise missing
    if Office._meta.db_table not in connection.introspection.table_names():
        raise missing
    held = sorted(Office.objects.using(alias).values_list("code", flat=True))
    if not held:
        raise missing
    if keyring.office not in held:
        raise BooksOfAnother(held=", ".join(held), home=home, office=keyring.office)
