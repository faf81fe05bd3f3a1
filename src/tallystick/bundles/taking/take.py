"""The import: one transaction, one list of faults, one signature at the end."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from tallystick.bundles.folder.fault import Faults
from tallystick.bundles.folder.reading import Folder
from tallystick.bundles.taking.entries import EntryTaking
from tallystick.bundles.taking.records import take_records
from tallystick.bundles.taking.taken import Taken
from tallystick.core.refusal import Refusal
from tallystick.core.sign_off import SignOff
from tallystick.journal.actions import lock_stream, sign_head
from tallystick.journal.records import say_records
from tallystick.ledger.apply.stock import take_stock
from tallystick.staff.apply import SIGNED_OFF
from tallystick.vault.keys import Keyring

MANY = 5_000  # entries; after so many new ones the tables are no longer what they were


class FolderRefused(Refusal):
    """A folder with faults; `faults` lists them. The books are as they were."""

    code = "folder_refused"
    words = "{folder} is refused whole; it has {count} fault(s), and the books are as they were."

    def __init__(self, folder: str, faults: Faults) -> None:
        super().__init__(folder=folder, count=len(faults))
        self.faults = faults


@transaction.atomic
def take_folder(
    folder: Folder,
    *,
    keyring: Keyring,
    recorded_at: datetime,
    told: Callable[[int], None] = lambda count: None,
    signed_off: SignOff | None = None,
) -> Taken:
    """Import a programme folder or workbook, signed at its end. `told` hears how many moves each batch took in.

    `signed_off` says who asked for it; it is said where anything was new, and by nobody for whoever has the passphrase of the books.
    Raises FolderRefused with every fault, at most 1,000 of them listed.
    """
    taken = Taken()
    head = lock_stream(keyring.office)
    take_records(folder, taken, head=head, recorded_at=recorded_at)
    if folder.faults:
        for _ in folder.entries():  # what can be read is read on, so that its faults are listed too
            told(0)
    else:
        EntryTaking(folder, taken, office=keyring.office, recorded_at=recorded_at).take(told)
    if folder.faults:
        raise FolderRefused(folder.name, folder.faults)
    if taken.entry_count > MANY:
        take_stock(taken.entry_count)
    if signed_off is not None and not taken.changed_nothing:
        say_records([signed_off], SIGNED_OFF, head=lock_stream(keyring.office), recorded_at=recorded_at)
    sign_head(keyring.office, signing_key=bytes(keyring.signing_key), signed_at=recorded_at)
    return taken
