"""The chain: each act's digest covers the digest before it, and a signed checkpoint covers the chain's head.

An act's digest is SHA-256(`ACT_TAG` ‖ previous digest ‖ body), and it is also the data of the act's leaf in the Merkle tree.
The tags keep one kind of text from ever being taken for another.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from reprlib import repr as shortened
from typing import Any, TypeVar

from nacl.bindings import crypto_core_ed25519_is_valid_point
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from tallystick.core.canonical import WHOLE_MAX, NotCanonical, decode, encode
from tallystick.core.merkle import DIGEST_SIZE
from tallystick.core.refusal import Refusal

ACT_TAG = b"tallystick/act/1\n"
CHECKPOINT_TAG_FIRST = b"tallystick/checkpoint/1\n"
CHECKPOINT_TAG = b"tallystick/checkpoint/2\n"
FIRST = bytes(DIGEST_SIZE)
"""What stands for the previous digest in the digest of an office's first act."""

OFFICE = re.compile("[0-9a-f]{16}")
KIND = re.compile("[a-z]+(?:_[a-z]+)*")
KEY_SIZE = 32
T = TypeVar("T")
UNSAYABLE = (KeyError, TypeError, ValueError)
"""What reading an act's content raises where this version never wrote such a one."""
SIGNATURE_SIZE = 64


class ActUnreadable(Refusal):
    code = "act_unreadable"
    words = "The act's {part} cannot be read: {found}."
    expected = "{wanted}"


class PublicKeyWeak(Refusal):
    code = "public_key_weak"
    words = "The public key {key} is not one for which only its owner could sign."
    expected = "32 bytes: a point of Ed25519's main subgroup in its one way of writing"


@dataclass(frozen=True, slots=True)
class ActContent:
    """An act as it is written. `after` is the last act seen of every other office; `recorded_at` is UTC, ending in Z."""

    office: str
    number: int
    kind: str
    content: dict[str, Any]
    after: dict[str, int]
    recorded_at: str


def act_body(*, office: str, number: int, kind: str, content: dict[str, Any], after: dict[str, int], recorded_at: str) -> bytes:
    """The canonical bytes of an act. Raises NotCanonical for a content that has none."""
    act = {"office": office, "number": number, "kind": kind, "content": content, "after": after, "recorded_at": recorded_at}
    fault = _find_fault(act)
    assert fault is None, fault
    return encode(act)


def act_bodies(
    contents: Iterable[bytes], *, office: str, first: int, kind: str, after: dict[str, int], recorded_at: str
) -> list[bytes]:
    """The canonical bytes of acts that differ in content and number alone, numbered from `first`.

    `contents` are canonical texts of objects. The same as `act_body` of each; what the acts share is written once, and the
    parts stand in the order of their names.
    """
    shared = {"office": office, "number": first, "kind": kind, "content": {}, "after": after, "recorded_at": recorded_at}
    assert _find_fault(shared) is None, _find_fault(shared)
    before = b'{"after":' + encode(after) + b',"content":'
    between = b',"kind":' + encode(kind) + b',"number":'
    end = b',"office":' + encode(office) + b',"recorded_at":' + encode(recorded_at) + b"}"
    return [b"%b%b%b%d%b" % (before, content, between, number, end) for number, content in enumerate(contents, first)]


def read_act(body: bytes) -> ActContent:
    """The act that `body` is the canonical text of. Raises ActUnreadable."""
    try:
        act = decode(body)
    except NotCanonical as refusal:
        raise ActUnreadable(part="text", found=str(refusal).removesuffix("."), wanted=refusal.expectation()) from refusal
    fault = _find_fault(act)
    if fault is not None:
        raise fault
    return ActContent(**act)


def read_content(act: ActContent, read: Callable[[dict[str, Any]], T]) -> T:
    """What `read` makes of an act's content. Raises ActUnreadable for a content that this version never writes."""
    try:
        return read(act.content)
    except UNSAYABLE as problem:
        raise ActUnreadable(part="content", found=str(problem), wanted=f"what an act of the kind {act.kind} says") from problem


def act_digest(previous: bytes, body: bytes) -> bytes:
    """The digest of an act, given that of the act before it (`FIRST` for an office's first)."""
    return sha256(ACT_TAG + previous + body).digest()


def chain(previous: bytes, bodies: Iterable[bytes]) -> list[bytes]:
    """The digests of acts that follow one another, the first of them after `previous`."""
    digests = []
    for body in bodies:
        previous = sha256(ACT_TAG + previous + body).digest()
        digests.append(previous)
    return digests


def checkpoint_statement(
    *, office: str, number: int, head: bytes, root: bytes, signed_at: str, follows: int | None = None
) -> bytes:
    """What an office signs: that its first `number` acts end in the digest `head` and have the Merkle root `root`.

    `follows` is how many acts the checkpoint before it signed, 0 for the first: of checkpoints that name one another none can be
    taken away. The first form of the statement, that of a checkpoint without it, did not say. Whoever verifies puts it together
    from what lies in a table or came by hand, so nothing is taken for granted here. Raises NotCanonical where there is no such
    text.
    """
    statement: dict[str, Any] = {
        "office": office,
        "number": number,
        "head": head.hex(),
        "root": root.hex(),
        "signed_at": signed_at,
    }
    if follows is None:
        return CHECKPOINT_TAG_FIRST + encode(statement)
    return CHECKPOINT_TAG + encode(statement | {"follows": follows})


def sign_checkpoint(signing_key: bytes, statement: bytes) -> bytes:
    """The Ed25519 signature (64 bytes) over a statement; `signing_key` is the 32 bytes of seed."""
    return SigningKey(signing_key).sign(statement).signature


def verify_checkpoint(public_key: bytes, *, statement: bytes, signature: bytes) -> bool:
    """Whether the office with this public key signed the statement. A weak key signs nothing."""
    if len(public_key) != KEY_SIZE or len(signature) != SIGNATURE_SIZE or not crypto_core_ed25519_is_valid_point(public_key):
        return False
    try:
        VerifyKey(public_key).verify(statement, signature)
    except BadSignatureError:
        return False
    return True


def check_public_key(public_key: bytes) -> None:
    """Raises PublicKeyWeak for a point of low or mixed order, off the curve, or not written in its one way."""
    if len(public_key) != KEY_SIZE or not crypto_core_ed25519_is_valid_point(public_key):
        raise PublicKeyWeak(key=public_key.hex())


@lru_cache(maxsize=1024)
def is_moment(text: str) -> bool:
    """Whether `text` is a moment of UTC in its one way of writing: 2026-11-23T16:00:00Z, and six decimals where it has any."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return text.endswith("Z") and moment.isoformat().removesuffix("+00:00") + "Z" == text


def _is_office(value: Any) -> bool:
    return type(value) is str and OFFICE.fullmatch(value) is not None


def _is_number(value: Any) -> bool:
    return type(value) is int and 1 <= value <= WHOLE_MAX


def _is_kind(value: Any) -> bool:
    return type(value) is str and KIND.fullmatch(value) is not None


def _is_frontier(value: Any) -> bool:
    return type(value) is dict and all(_is_office(office) and _is_number(number) for office, number in value.items())


PARTS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "office": (_is_office, "16 hexadecimal digits in lower case"),
    "number": (_is_number, "a whole number from 1 up"),
    "kind": (_is_kind, "a word in snake_case"),
    "content": (lambda value: type(value) is dict, "an object"),
    "after": (_is_frontier, "the last number seen of every other office"),
    "recorded_at": (lambda value: type(value) is str and is_moment(value), "a moment of UTC, such as 2026-11-23T16:00:00Z"),
}


def _find_fault(act: Any) -> ActUnreadable | None:
    """The first part of an act that is not as `PARTS` says, or None."""
    if type(act) is not dict or act.keys() != PARTS.keys():
        found = f"it has {shortened(sorted(act))}" if type(act) is dict else "it has none"
        return ActUnreadable(part="parts", found=found, wanted=", ".join(sorted(PARTS)))
    for part, (fits, wanted) in PARTS.items():
        if not fits(act[part]):
            return ActUnreadable(part=part, found=f"{shortened(act[part])} stands there", wanted=wanted)
    if act["office"] in act["after"]:
        return ActUnreadable(part="after", found=f"it names its own office {act['office']}", wanted=PARTS["after"][1])
    return None
