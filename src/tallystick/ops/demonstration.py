"""`tallystick demo`: one command from nothing to proved books of an invented programme."""

import os
import secrets
from datetime import datetime
from pathlib import Path

from tallystick.ops.opening import open_books
from tallystick.core.refusal import Refusal
from tallystick.ops.founding import make_office
from tallystick.ops.terminal import banner, print_json, say
from tallystick.vault.keys import KEYRING_FILE, Keyring

EXAMPLE = Path(__file__).parents[3] / "examples" / "lamps"
PASSPHRASE_NOTE = "passphrase-of-the-demo.txt"


class ExampleMissing(Refusal):
    code = "example_missing"
    words = "The example programme does not lie at {path}."
    expected = "a clone of the repository"


def demonstrate(home: Path, *, fd: int | None, recorded_at: datetime, port: int | None, as_json: bool) -> None:
    """Make, import, show, prove, and serve on `port` (None stops before). Done again, it shows the same books."""
    if not EXAMPLE.is_dir():
        raise ExampleMissing(path=EXAMPLE)
    keyring, passphrase = _books(home, recorded_at=recorded_at)
    from tallystick.ops.folders import take
    from tallystick.ops.proofs import show_proof
    from tallystick.ops.questions import show_holdings
    from tallystick.ops.serving import serve_page

    if not as_json:
        say(f"The demo's books lie in {home}; their passphrase is: {passphrase}")
    take(EXAMPLE, keyring, recorded_at=recorded_at, as_json=as_json)
    show_holdings(at=None, by="holder", now=recorded_at, form="json" if as_json else "table")
    show_proof(keyring, as_json=as_json)
    if port is not None:
        serve_page(port=port, as_json=as_json)


def _books(home: Path, *, recorded_at: datetime) -> tuple[Keyring, str]:
    """The demo's books, made now or by an earlier run, and their passphrase, which lies beside them: nobody in them is real."""
    note = home / PASSPHRASE_NOTE
    if (home / KEYRING_FILE).exists() and note.exists():
        passphrase = note.read_text(encoding="utf-8").strip()
        return open_books(home, passphrase), passphrase
    passphrase = "-".join(secrets.token_hex(2) for _ in range(5))
    keyring = make_office(home, passphrase, rehearsal=True, recorded_at=recorded_at)
    with open(os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(passphrase + "\n")
    return keyring, passphrase
