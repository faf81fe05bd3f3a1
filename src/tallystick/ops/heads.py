"""`tallystick head` and the heads of `tallystick verify --against`: what is carried away from the books, and comes back."""

import sys
from pathlib import Path
from typing import Any

from tallystick.bundles.folder.writing import appearing
from tallystick.bundles.verify.heads import Carried, Compared, last_head, unsigned_count
from tallystick.core.head import BYTES_MAX, SignedHead, head_text, read_head
from tallystick.core.refusal import Refusal
from tallystick.ops.terminal import banner, print_json, say, warn
from tallystick.vault.keys import Keyring


class HeadMissing(Refusal):
    code = "head_missing"
    words = "No head can be read from {file}: {reason}."
    expected = "a file that tallystick head wrote"


def carried(file: Path) -> Carried:
    """The head in a file. Raises HeadMissing, HeadUnreadable."""
    try:
        with file.open("rb") as opened:
            data = opened.read(BYTES_MAX + 1)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise HeadMissing(file=file, reason=reason) from problem
    return Carried(str(file), read_head(data, file=str(file)))


def show_head(keyring: Keyring, *, target: Path | None, as_json: bool) -> None:
    """Write what the office signed last into `target`, or show it. Raises NothingSigned, HeadForged, TargetExists, TargetUnwritable."""
    head = last_head(keyring.office, keyring.public_key)
    beyond = unsigned_count(head)
    if target is not None:
        with appearing(target) as part:
            part.write_text(head_text(head), encoding="utf-8", newline="\n")
    if as_json:
        told = {"done": True, "target": str(target) if target else None, "unsigned": beyond, "text": head_text(head)}
        print_json(told | head_document(head))
        return
    if target is None:
        sys.stdout.write(head_text(head))
    else:
        banner(rehearsal=head.rehearsal)
        say(f"Wrote the head of {head.number:,} acts into {target}. Keep it where these books are not: print it, or mail it.")
    if beyond:
        first = head.number + 1
        warn(f"Acts {first:,} to {head.number + beyond:,} are not signed yet; this head says nothing of them.")


def head_document(head: SignedHead) -> dict[str, Any]:
    """What `--json` says of a head."""
    return {
        "rehearsal": head.rehearsal, "office": head.office, "acts": head.number, "follows": head.follows,
        "head": head.head.hex(), "root": head.root.hex(), "signed_at": head.signed_at,
        "public_key": head.public_key.hex(), "signature": head.signature.hex(),
    }  # fmt: skip


def compared_document(one: Compared) -> dict[str, Any]:
    """What `--json` says of a head that came back; `holds` is null where other problems kept anyone from telling."""
    head = one.carried.head
    return {
        "file": one.carried.file, "office": head.office, "acts": head.number, "signed_at": head.signed_at, "holds": one.holds,
    }  # fmt: skip


def comparison(one: Compared) -> str:
    """A head that holds, in a sentence."""
    head = one.carried.head
    return (
        f"They begin with the {head.number:,} acts that {head.office} had signed at {head.signed_at}, as {one.carried.file} says."
    )
