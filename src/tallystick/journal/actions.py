"""Writing the journal: take the head, append what was said, and sign where it ends."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from django.db import transaction

from tallystick.core.chain import act_bodies, chain, checkpoint_statement, sign_checkpoint
from tallystick.core.merkle import CompactRange
from tallystick.journal.apply import write_acts
from tallystick.journal.asking import ask, together
from tallystick.journal.engine import is_server
from tallystick.journal.models import Checkpoint
from tallystick.journal.queries import Head, StoredAct, ask_head, digests_after, head_of, last_checkpoint

LOCK = int.from_bytes(b"tally", "big")
"""The number under which PostgreSQL keeps whoever writes from whoever else would."""

# Whoever finds the lock taken lets others have it without waiting for the disk, and waits for it afterwards, with them: one
# write to the disk serves all who wait. Until it is done nobody is told that an entry stands. See decision 0007.
TAKE_OR_SHARE = """
    SELECT set_config('synchronous_commit',
                      CASE WHEN pg_try_advisory_xact_lock(%s) THEN current_setting('synchronous_commit') ELSE 'off' END, true),
           pg_advisory_xact_lock(%s)
"""


def lock_stream(office: str) -> Head:
    """Hold the journal until the transaction ends, so that no other writer takes the same number."""
    with together():
        read = ask_for_stream(office)
    return read()


def ask_for_stream(office: str) -> Callable[[], Head]:
    """The same, among other questions that go out together: what it gives back reads the head.

    PostgreSQL keeps one writer at a time by a lock that ends with the transaction, and hands it on in the order of asking;
    SQLite's IMMEDIATE transaction already shut every other writer out.
    """
    if not is_server():
        return ask_head(office)
    commits = ask(TAKE_OR_SHARE, [LOCK, LOCK])
    read_head = ask_head(office)

    def read() -> Head:
        ((synchronous, _),) = commits()
        if synchronous == "off":
            transaction.on_commit(wait_for_disk)
        return read_head()

    return read


def wait_for_disk() -> None:
    """Return when everything that was committed before is safe on the disk; those who ask at once are answered at once.

    SQLite's commits return no sooner.
    """
    if is_server():
        ask("SELECT CASE WHEN NOT pg_is_in_recovery() THEN pg_logical_emit_message(true, 'tallystick', '') END")


def append(head: Head, kind: str, *, contents: Sequence[bytes], recorded_at: datetime) -> list[StoredAct]:
    """Say these things, one act each, at the end of the stream that `head` holds; the acts as they were written.

    `contents` are canonical texts of objects (core/canonical.py).
    """
    moment = utc_text(recorded_at)
    after = dict(head.after)
    bodies = act_bodies(contents, office=head.office, first=head.number + 1, kind=kind, after=after, recorded_at=moment)
    acts = [
        StoredAct(head.last_id + place, head.office, head.number + place, kind, body, digest)
        for place, (body, digest) in enumerate(zip(bodies, chain(head.digest, bodies), strict=True), 1)
    ]
    write_acts(acts)
    return acts


def head_after(head: Head, acts: Sequence[StoredAct]) -> Head:
    """The head that these acts, just appended to `head`, leave behind."""
    if not acts:
        return head
    return Head(head.office, acts[-1].number, acts[-1].digest, acts[-1].id, head.after)


def sign_head(office: str, *, signing_key: bytes, signed_at: datetime) -> Checkpoint | None:
    """Sign where the stream ends now, with the seed of the office's key; None where the last checkpoint already does."""
    head, last = head_of(office), last_checkpoint(office)
    signed = last.number if last else 0
    if head.number == signed:
        return None
    leaves = CompactRange.from_peaks(signed, bytes(last.peaks) if last else b"")
    leaves = leaves.extend(digests_after(office, number=signed))
    assert leaves.size == head.number, f"{office} has {head.number} acts and {leaves.size} digests"
    root = leaves.root()
    statement = checkpoint_statement(
        office=office, number=head.number, head=head.digest, root=root, signed_at=utc_text(signed_at), follows=signed
    )
    return Checkpoint.objects.create(
        office=office,
        number=head.number,
        follows=signed,
        head=head.digest,
        root=root,
        peaks=leaves.peaks_bytes(),
        signed_at=signed_at,
        signature=sign_checkpoint(signing_key, statement),
    )


def utc_text(moment: datetime) -> str:
    """A moment as acts and checkpoints write it: UTC, ending in Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
