"""A throw-away home for books: a folder with a passphrase beside it, and what a process needs to find both."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tallystick.vault.keys import make_keyring, unlock

PASSPHRASE = "three herons over the ford"


@dataclass(frozen=True)
class Home:
    """`environment` is what is set for a process that works with these books."""

    base: Path
    folder: Path
    environment: dict[str, str]

    def remove(self) -> None:
        shutil.rmtree(self.base, ignore_errors=True)


def make_home(*, database: str | None) -> Home:
    """A home whose keys this process has unlocked; its books lie in the PostgreSQL `database`, or in a file where that is None."""
    base = Path(tempfile.mkdtemp(prefix="tally-")).resolve()
    folder = base / "books"
    make_keyring(folder, PASSPHRASE)
    unlock(folder, PASSPHRASE)
    environment = {"TALLYSTICK_HOME": str(folder), **passphrase_in(base), **books_in(database)}
    return Home(base=base, folder=folder, environment=environment)


def passphrase_in(folder: Path) -> dict[str, str]:
    """Writes the test passphrase into a file in `folder`; gives the variable that names it."""
    file = folder / "passphrase"
    file.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    file.chmod(0o600)
    return {"TALLYSTICK_PASSPHRASE_FILE": str(file)}


def books_in(database: str | None) -> dict[str, str]:
    return {"TALLYSTICK_DATABASE_URL": database or ""}
