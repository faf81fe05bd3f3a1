"""`tallystick demo`: one command from nothing to proved books of an invented programme."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tallystick.core.refusal import Refusal
from tallystick.ops.founding import FIRST_LEAD, Founding, make_office, open_made
from tallystick.ops.notes import write_note
from tallystick.ops.opening import writing_in
from tallystick.ops.terminal import banner, print_json, say
from tallystick.vault.keys import KEYRING_FILE, BooksAlreadyThere, Keyring

EXAMPLE = Path(__file__).parents[3] / "examples" / "lamps"
PASSPHRASE_NOTE = "passphrase-of-the-demo.txt"


class ExampleMissing(Refusal):
    code = "example_missing"
    words = "The example programme does not lie at {path}."
    expected = "a clone of the repository"


def demonstrate(home: Path, *, recorded_at: datetime, port: int | None, as_json: bool) -> bool:
    """Make, import, show, prove, and serve on `port` (None stops before); whether the books were proved.

    Done again, it shows the same books. Raises ExampleMissing, BooksAlreadyThere where other books lie in `home`, FoundingCutShort,
    PortTaken.
    """
    if not EXAMPLE.is_dir():
        raise ExampleMissing(path=EXAMPLE)
    books = _books(home, recorded_at=recorded_at)
    show = _document if as_json else _in_words
    shown = show(home, books, recorded_at=recorded_at)
    if port is not None and shown["done"]:
        from tallystick.ops.serving import say_address, serve_page

        told = (lambda address: print_json(shown | {"address": address})) if as_json else say_address
        serve_page(home, books.keyring, port=port, told=told)
    elif as_json:
        print_json(shown)
    return bool(shown["done"])


@dataclass(frozen=True, slots=True)
class DemoBooks:
    """The demo's keys, their passphrase, and the password of its lead where the books were made just now."""

    keyring: Keyring
    passphrase: str
    password: str = ""


def _in_words(home: Path, books: DemoBooks, *, recorded_at: datetime) -> dict[str, Any]:
    from tallystick.bundles.taking.taken import Taken
    from tallystick.ops.demo_lead import demo_lead
    from tallystick.ops.folders import take_in, told_of
    from tallystick.ops.proofs import prove_here, say_proof
    from tallystick.ops.questions import print_tables
    from tallystick.reports.holdings import whose_hands

    banner(rehearsal=True)
    say(f"The demo's books lie in {home}; their passphrase is: {books.passphrase}")
    taken: Taken = take_in(EXAMPLE, books.keyring, recorded_at=recorded_at)
    for line in told_of(EXAMPLE, taken):
        say(line)
    print_tables(whose_hands(), by="holder", now=recorded_at)
    proof = prove_here(books.keyring)
    say_proof(proof)
    for line in demo_lead(home, password=books.password).words():
        say(line)
    return {"done": proof.holds}


def _document(home: Path, books: DemoBooks, *, recorded_at: datetime) -> dict[str, Any]:
    from tallystick.ops.demo_lead import demo_lead
    from tallystick.ops.folders import take_in, taken_document
    from tallystick.ops.proofs import proof_document, prove_here
    from tallystick.ops.questions import holdings_document
    from tallystick.reports.holdings import whose_hands

    lead = demo_lead(home, password=books.password)
    taken = take_in(EXAMPLE, books.keyring, recorded_at=recorded_at)
    proof = prove_here(books.keyring)
    return {
        "done": proof.holds, "rehearsal": True, "home": str(home), "passphrase": books.passphrase, "lead": lead.document(),
        **taken_document(taken), "holdings": holdings_document(whose_hands()), **proof_document(proof),
    }  # fmt: skip


def _books(home: Path, *, recorded_at: datetime) -> DemoBooks:
    """The demo's books, made now or by an earlier run, and their passphrase, which lies beside them: nobody in them is real."""
    note = home / PASSPHRASE_NOTE
    if (home / KEYRING_FILE).exists():
        if not note.exists():
            raise BooksAlreadyThere(home=home)
        passphrase = note.read_text(encoding="utf-8").strip()
        return DemoBooks(open_made(home, passphrase), passphrase)
    passphrase = "-".join(secrets.token_hex(2) for _ in range(5))
    with writing_in(home):
        write_note(note, passphrase)  # before the keys: a demo cut short in between can be run again
    founded = make_office(home, passphrase, founding=Founding(rehearsal=True, lead=FIRST_LEAD, recorded_at=recorded_at))
    return DemoBooks(founded.keyring, passphrase, founded.password)
