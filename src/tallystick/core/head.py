"""A head to carry away: what an office's books were when it signed them, as a text that can be printed, mailed and read aloud.

Whoever keeps one can tell later whether those books were rewritten or cut off, even by their own keeper: the signature covers
the digest and the Merkle root of all acts up to then (core/chain.py), and nobody can make other acts that have the same ones.
A head has one text. Its digits stand in groups of eight, four groups to a line, so that no mail wraps them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tallystick.core.canonical import WHOLE_MAX
from tallystick.core.chain import KEY_SIZE, OFFICE, SIGNATURE_SIZE, checkpoint_statement, is_moment, verify_checkpoint
from tallystick.core.merkle import DIGEST_SIZE
from tallystick.core.refusal import Refusal

TITLE = "Tallystick head, version 1"
REHEARSAL = "REHEARSAL: invented people and places"
USE = "Shows whether books were rewritten: tallystick verify --against FILE"
NOT_SAID = "not said"  # by a checkpoint of the first form, which names none before it
BYTES_MAX = 4096  # of a file that may be a head, which has less than a quarter of that
LABEL_WIDTH = 12
GROUP_BYTES, LINE_BYTES = 4, 16
FOUND_MAX = 60

WHOLE = re.compile("[1-9][0-9]{0,15}")
FOLLOWED = re.compile(f"0|{WHOLE.pattern}|{NOT_SAID}")
DIGITS = re.compile("[0-9a-f]{8}(?: [0-9a-f]{8}){3}")
MOMENT = re.compile("[0-9T:.-]+Z")
WORDS = {
    OFFICE: "16 hexadecimal digits in lower case",
    WHOLE: "a whole number from 1 up",
    FOLLOWED: f"a whole number, or “{NOT_SAID}”",
    DIGITS: "32 hexadecimal digits in lower case, in four groups of eight",
    MOMENT: "a moment of UTC, such as 2026-11-23T16:00:00Z",
}


class HeadUnreadable(Refusal):
    code = "head_unreadable"
    words = "Line {number} of the head {file} cannot be read: {found} stands there."
    expected = "{wanted}"


@dataclass(frozen=True, slots=True)
class SignedHead:
    """That this office's first `number` acts end in the digest `head` and have the Merkle root `root`, as it signed.

    `follows` is how many acts the checkpoint before it signed; None where it does not say.
    """

    office: str
    number: int
    follows: int | None
    head: bytes
    root: bytes
    signed_at: str  # UTC, ending in Z
    public_key: bytes
    signature: bytes
    rehearsal: bool

    def bears_signature(self) -> bool:
        """Whether whoever has the other half of `public_key` signed this."""
        statement = checkpoint_statement(
            office=self.office, number=self.number, head=self.head, root=self.root, signed_at=self.signed_at, follows=self.follows
        )
        return verify_checkpoint(self.public_key, statement=statement, signature=self.signature)


def head_text(head: SignedHead) -> str:
    """The one text of a head, which `read_head` reads."""
    fields: dict[str, str | bytes] = {
        "office": head.office,
        "acts": str(head.number),
        "follows": NOT_SAID if head.follows is None else str(head.follows),
        "head": head.head,
        "root": head.root,
        "signed at": head.signed_at,
        "public key": head.public_key,
        "signature": head.signature,
    }
    lines = [TITLE, *([REHEARSAL] if head.rehearsal else []), USE, ""]
    for label, value in fields.items():
        first, *more = [value] if isinstance(value, str) else _digits(value)
        lines.append(f"{label:<{LABEL_WIDTH}}{first}")
        lines += [" " * LABEL_WIDTH + digits for digits in more]
    return "\n".join([*lines, ""])


def _digits(data: bytes) -> Iterator[str]:
    for start in range(0, len(data), LINE_BYTES):
        yield data[start : start + LINE_BYTES].hex(" ", GROUP_BYTES)


def read_head(data: bytes, *, file: str) -> SignedHead:
    """The head that a file called `file` holds. Spaces at a line's end and empty lines at the end do no harm.

    Raises HeadUnreadable, which names the first line that is not as a head's. Whether it is signed is not looked at.
    """
    lines = _Lines(data, file)
    lines.take_fixed(TITLE)
    rehearsal = lines.next == REHEARSAL
    for fixed in (*([REHEARSAL] if rehearsal else []), USE, ""):
        lines.take_fixed(fixed)
    office = lines.take("office", OFFICE)
    number = int(lines.take("acts", WHOLE))
    lines.check(number <= WHOLE_MAX, f"a whole number up to {WHOLE_MAX}")
    said = lines.take("follows", FOLLOWED)
    follows = None if said == NOT_SAID else int(said)
    lines.check(follows is None or follows < number, f"a whole number smaller than {number}, or “{NOT_SAID}”")
    head, root = lines.take_bytes("head", DIGEST_SIZE), lines.take_bytes("root", DIGEST_SIZE)
    signed_at = lines.take("signed at", MOMENT)
    lines.check(is_moment(signed_at), WORDS[MOMENT])
    public_key, signature = lines.take_bytes("public key", KEY_SIZE), lines.take_bytes("signature", SIGNATURE_SIZE)
    lines.take_end()
    return SignedHead(office, number, follows, head, root, signed_at, public_key, signature, rehearsal)


class _Lines:
    """The lines of a file, taken one after another; the first that is not as it should be is refused with its number."""

    def __init__(self, data: bytes, file: str) -> None:
        text = data.decode("utf-8", "backslashreplace").removeprefix("\ufeff")
        self.lines = [line.rstrip(" \t\r") for line in text.rstrip(" \t\r\n").split("\n")]
        self.file = file
        self.taken = 0
        if len(data) > BYTES_MAX:
            raise HeadUnreadable(number=1, file=file, found="more than a head has", wanted=f"at most {BYTES_MAX} bytes")

    @property
    def next(self) -> str | None:
        """The next line; None after the last."""
        return self.lines[self.taken] if self.taken < len(self.lines) else None

    def take_fixed(self, line: str) -> None:
        self._refuse_unless(self.next == line, number=self.taken + 1, wanted=f"“{line}”" if line else "an empty line")
        self.taken += 1

    def take(self, label: str, pattern: re.Pattern[str]) -> str:
        """What stands behind this label."""
        value = (self.next or "")[LABEL_WIDTH:]
        fits = self.next == f"{label:<{LABEL_WIDTH}}{value}" and pattern.fullmatch(value) is not None
        place = f"“{label}”" if label else "nothing"
        self._refuse_unless(fits, number=self.taken + 1, wanted=f"{place}, and from column {LABEL_WIDTH + 1} on {WORDS[pattern]}")
        self.taken += 1
        return value

    def take_bytes(self, label: str, size: int) -> bytes:
        """So many bytes, behind this label and on the lines that go on from there."""
        labels = [label, *[""] * (size // LINE_BYTES - 1)]
        return bytes.fromhex("".join(self.take(one, DIGITS) for one in labels))

    def check(self, fits: bool, wanted: str) -> None:
        """Refuse the line taken last unless it fits."""
        self._refuse_unless(fits, number=self.taken, wanted=wanted)

    def take_end(self) -> None:
        self._refuse_unless(self.next is None, number=self.taken + 1, wanted="the end")

    def _refuse_unless(self, fits: bool, *, number: int, wanted: str) -> None:
        if fits:
            return
        line = self.lines[number - 1] if number <= len(self.lines) else ""
        shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in line[:FOUND_MAX])
        raise HeadUnreadable(number=number, file=self.file, found=f"“{shown}”" if line else "nothing", wanted=wanted)
