"""Opening the books: a process unlocks the keyring and then starts Django on the database it belongs to."""

import os
from pathlib import Path

import django
from django.apps import apps
from django.core.management.base import BaseCommand

from tallystick.vault.keys import Keyring, make_keyring, unlock

SETTINGS = "tallystick.config.settings"
HOME = "TALLYSTICK_HOME"
SCRATCH = "TALLYSTICK_SCRATCH"
BOOKS_FILE = "books.db"


def make_books(home: Path, passphrase: str) -> Keyring:
    """Make the keys of a new office in `home`; the tables and the first act are the command's to write.

    Refuses with BooksAlreadyThere or PassphraseTooShort.
    """
    return make_keyring(home, passphrase)


def open_books(home: Path, passphrase: str, *, scratch: Path | None = None) -> Keyring:
    """Unlock the books in `home` for this process and start Django on them; doing it again changes nothing.

    With `scratch`, the process works on throw-away books at that path and has the real ones as the database `source`.
    A process opens one home: another one later is a fault. Refuses as tallystick.vault.keys.unlock and
    the settings' databases do.
    """
    keyring = unlock(home, passphrase)
    wanted = {HOME: str(home.resolve()), SCRATCH: str(scratch.resolve()) if scratch else ""}
    if apps.ready:
        assert wanted == {name: os.environ.get(name, "") for name in wanted}, "this process has other books open"
        return keyring
    os.environ.update(wanted)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    BaseCommand().check(tags=["tallystick"], databases=["default"])
    return keyring
