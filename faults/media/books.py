"""Books in a folder of this process alone, laid down and taken up again as the bytes of their files.

`start` is called once in a process that is to work with them, before anything that needs Django is imported.
"""

import os
import tempfile
from pathlib import Path

from tallystick.ops.opening import BOOKS_FILE, HOME, SCRATCH, SETTINGS
from tallystick.vault.keys import make_keyring, unlock

URL, FILE = "TALLYSTICK_DATABASE_URL", "TALLYSTICK_PASSPHRASE_FILE"
PASSPHRASE = "seven plovers on the mud flat"
FOUNDED: dict[str, bytes] = {}
"""The files of books that hold an office and nothing more."""


def start(base: str, url: str = "") -> None:
    """A home with new keys somewhere in the folder `base`, and Django on its books, which hold an office and nothing more.

    They lie in the PostgreSQL database `url`, or in a file where that is empty.
    """
    home = Path(tempfile.mkdtemp(prefix="books-", dir=base))
    make_keyring(home, PASSPHRASE)
    unlock(home, PASSPHRASE)
    passphrase = home.with_name(f"{home.name}.passphrase")
    passphrase.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    os.environ |= {HOME: str(home), SCRATCH: "", URL: url, FILE: str(passphrase), "DJANGO_SETTINGS_MODULE": SETTINGS}
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from tests import books

    books.found()
    close()
    FOUNDED.update(take_up())


def pragma(words: str) -> None:
    """Books that are opened from now on are set like this (`synchronous = OFF`); empty leaves it to the product."""
    from django.db import connection

    close()
    connection.settings_dict["OPTIONS"]["init_command"] = f"PRAGMA {words}" if words else ""


def home() -> Path:
    return Path(os.environ[HOME])


def close() -> None:
    """Let go of the files; whatever SQLite does at the end is done."""
    from django.db import connection

    connection.close()


def take_up() -> dict[str, bytes]:
    """The files of the books as they lie there."""
    return {path.name: path.read_bytes() for path in home().glob(f"{BOOKS_FILE}*") if not path.name.endswith("-shm")}


def lay_down(files: dict[str, bytes]) -> None:
    """These files and no others are the books from now on; nobody may have them open."""
    for path in home().glob(f"{BOOKS_FILE}*"):
        path.unlink()
    for name, content in files.items():
        (home() / name).write_bytes(content)
