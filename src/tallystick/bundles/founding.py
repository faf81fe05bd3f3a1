"""Founding an office: its stream opens with its public key, and whether it may hold real people."""

from datetime import datetime

from django.db import transaction

from tallystick.bundles.records import say_known
from tallystick.core.office import OfficeOpened
from tallystick.core.refusal import Refusal
from tallystick.journal.actions import lock_stream, sign_head
from tallystick.journal.queries import offices
from tallystick.vault.keys import BooksAlreadyThere, Keyring


class RehearsalOnly(Refusal):
    code = "rehearsal_only"
    words = "Books for real people need gates that are not built yet (a recorded basis, a screening, a second person)."
    expected = "--rehearsal, with invented people"


@transaction.atomic
def found_office(keyring: Keyring, *, rehearsal: bool, recorded_at: datetime) -> None:
    """Open the stream of this keyring's office in empty books. Raises RehearsalOnly, BooksAlreadyThere."""
    if not rehearsal:
        raise RehearsalOnly
    if offices():
        raise BooksAlreadyThere(home="The database")
    opened = OfficeOpened(office=keyring.office, public_key=keyring.public_key.hex(), rehearsal=rehearsal)
    say_known([opened], head=lock_stream(keyring.office), recorded_at=recorded_at)
    sign_head(keyring.office, signing_key=bytes(keyring.signing_key), signed_at=recorded_at)
