"""A keeper who rewrites the books from the ground: other acts, every digest after them made anew, every row as those acts make it.

Whoever has the passphrase can do so. What stops him is what does not lie in the database: the signing key, and, where he has
that too, a head that was carried away.
"""

from collections.abc import Callable, Iterator
from typing import Any

from tallystick.bundles.replay import replay
from tallystick.core.canonical import decode, encode
from tallystick.core.chain import FIRST, act_digest, checkpoint_statement, sign_checkpoint
from tallystick.core.merkle import CompactRange
from tallystick.journal.actions import utc_text
from tallystick.journal.bulk import read_moment
from tallystick.journal.queries import StoredAct, acts
from tests.bundles.tampering import TABLES, delete, rows, run, update

Change = Callable[[dict[str, Any]], None]


def as_it_was(act: dict[str, Any]) -> None:
    """No change."""


def rewrite(at: int, change: Change = as_it_was, *, last: int | None = None) -> None:
    """The act at place `at` says what `change` makes of its JSON, acts after `last` were never said, and all follows from that.

    To be called while the guards are down. The checkpoints are left as they are.
    """
    forged = list(_chained(at, change, last=last))
    for table in TABLES:
        if table != "journal_checkpoint":
            run(f'DELETE FROM "{table}"')
    replay(forged)


def _chained(at: int, change: Change, *, last: int | None) -> Iterator[StoredAct]:
    previous = FIRST
    for act in list(acts())[:last]:
        said = decode(act.body)
        if act.id == at:
            change(said)
        body = encode(said)
        previous = act_digest(previous, body)
        yield act._replace(body=body, digest=previous)


def forget_checkpoints(*, after: int) -> None:
    """The checkpoints after this act are gone."""
    for checkpoint in rows("journal_checkpoint"):
        if checkpoint["number"] > after:
            delete("journal_checkpoint", checkpoint)


def sign_anew(signing_key: bytes) -> None:
    """Every checkpoint covers the acts that now stand before it, and is signed with this key."""
    digests = [bytes(act["digest"]) for act in rows("journal_act")]
    for checkpoint in rows("journal_checkpoint"):
        leaves = CompactRange().extend(digests[: checkpoint["number"]])
        head, root = digests[checkpoint["number"] - 1], leaves.root()
        statement = checkpoint_statement(
            office=checkpoint["office"], number=checkpoint["number"], follows=checkpoint["follows"], head=head, root=root,
            signed_at=utc_text(read_moment(checkpoint["signed_at"])),
        )  # fmt: skip
        signature = sign_checkpoint(signing_key, statement)
        update("journal_checkpoint", checkpoint, head=head, root=root, peaks=leaves.peaks_bytes(), signature=signature)


def more_given(act: dict[str, Any]) -> None:
    """A gift that was one smallest part larger: every rule of the books allows it."""
    move = act["content"]["moves"][0]
    move["amount"] = str(int(move["amount"]) + 1)


def said_otherwise(act: dict[str, Any]) -> None:
    """A note under the entry's first move, which changes nothing but what was said."""
    act["content"]["moves"][0]["note"] = "said otherwise"


def first_gift() -> int:
    """The place of the first entry, which in any programme is a gift."""
    return next(act["id"] for act in rows("journal_act") if act["kind"] == "entry_posted")
