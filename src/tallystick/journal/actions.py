"""Writing the journal: take the head, append what was said, and sign where it ends."""

from collections.abc import Sequence
from datetime import UTC, datetime

from tallystick.core.chain import act_bodies, chain, checkpoint_statement, sign_checkpoint
from tallystick.core.merkle import CompactRange
from tallystick.journal.apply import write_acts
from tallystick.journal.models import Checkpoint, Office
from tallystick.journal.queries import Head, StoredAct, digests_after, frontier, head_of, last_checkpoint


def lock_stream(office: str) -> Head:
    """Hold this office's stream until the transaction ends, so that no other writer takes the same number.

    PostgreSQL locks the office's row; SQLite's IMMEDIATE transaction already shut every other writer out.
    """
    list(Office.objects.select_for_update().filter(code=office))
    return head_of(office)


def append(head: Head, kind: str, *, contents: Sequence[bytes], recorded_at: datetime) -> list[StoredAct]:
    """Say these things, one act each, at the end of the stream that `head` holds; the acts as they were written.

    `contents` are canonical texts of objects (core/canonical.py).
    """
    moment = utc_text(recorded_at)
    after = frontier(head.office)
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
    return Head(head.office, acts[-1].number, acts[-1].digest, acts[-1].id)


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
        office=office, number=head.number, head=head.digest, root=root, signed_at=utc_text(signed_at)
    )
    return Checkpoint.objects.create(
        office=office,
        number=head.number,
        head=head.digest,
        root=root,
        peaks=leaves.peaks_bytes(),
        signed_at=signed_at,
        signature=sign_checkpoint(signing_key, statement),
    )


def utc_text(moment: datetime) -> str:
    """A moment as acts and checkpoints write it: UTC, ending in Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
