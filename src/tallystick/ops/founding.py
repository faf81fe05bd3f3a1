"""`tallystick init`: keys, tables, the office's first act; all of it or nothing."""

from datetime import datetime
from pathlib import Path

from django.core.management import call_command

from tallystick.ops.opening import BOOKS_FILE, make_books, open_books
from tallystick.ops.terminal import banner, print_json, say
from tallystick.vault.keys import KEYRING_FILE, BooksAlreadyThere, Keyring


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
    if (home / BOOKS_FILE).exists():
        raise BooksAlreadyThere(home=home)
    keyring = make_books(home, passphrase)
    try:
        open_books(home, passphrase, new=True)
        from tallystick.bundles.founding import found_office

        call_command("migrate", verbosity=0, interactive=False)
        found_office(keyring, rehearsal=rehearsal, recorded_at=recorded_at)
    except BaseException:
        for name in (KEYRING_FILE, BOOKS_FILE, f"{BOOKS_FILE}-wal", f"{BOOKS_FILE}-shm"):
            (home / name).unlink(missing_ok=True)
        raise
    return keyring
