"""Codes of a few digits: drawn by chance, kept only as a digest that nobody without the office's key can try out.

A digest is Argon2id, with a salt of its own, over HMAC-SHA-256 of the slip's name and the code. Whoever has the digests alone, as
other offices do, lacks the key of 256 bits; whoever has stolen the key as well tries 100 million codes, for each slip anew, at
some tenths of a second each.
"""

import hmac
import secrets

from argon2.exceptions import VerifyMismatchError
from argon2.low_level import Type, hash_secret, verify_secret

from tallystick.core.half import CHANCES, Half, half_drawn
from tallystick.vault.derived import Purpose, drawn_key

TIME_COST, MEMORY_KIB, PARALLELISM = 2, 65536, 1
SALT_BYTES, DIGEST_BYTES = 16, 32
LETTERS = "23456789BCDFGHJKMNPQRTVWXZ"  # none that is taken for another, and none that makes a word
GROUPS, GROUP_LETTERS = 2, 4


def draw_half() -> Half:
    """A code that nobody could foresee."""
    return half_drawn(secrets.randbelow(CHANCES))


def draw_name() -> str:
    """“7QM4-2XPK”, one of two hundred thousand million: what a slip is called, which says nothing of what it is good for."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP_LETTERS)) for _ in range(GROUPS))


def digest_of(half: Half, *, slip: str) -> str:
    """What is kept of a code, in PHC form: how it was made, the salt, and the digest."""
    made: bytes = hash_secret(
        _keyed(half, slip),
        secrets.token_bytes(SALT_BYTES),
        time_cost=TIME_COST,
        memory_cost=MEMORY_KIB,
        parallelism=PARALLELISM,
        hash_len=DIGEST_BYTES,
        type=Type.ID,
    )
    return made.decode()


def is_right(half: Half, *, slip: str, digest: str) -> bool:
    """Whether this is the code of which the digest was kept; takes as long as it took to make it."""
    try:
        return bool(verify_secret(digest.encode(), _keyed(half, slip), Type.ID))
    except VerifyMismatchError:
        return False


def proof_of_showing(slip: str, *, name: str) -> str:
    """What whoever typed the right code is given in its place: good for this slip, in this member's hands, at this office."""
    return hmac.digest(drawn_key(Purpose.CODES_SHOWN), f"{slip}\n{name}".encode(), "sha256").hex()


def is_proof(shown: str, *, slip: str, name: str) -> bool:
    """Whether `proof_of_showing` gave this."""
    return hmac.compare_digest(shown.encode(), proof_of_showing(slip, name=name).encode())


def _keyed(half: Half, slip: str) -> bytes:
    return hmac.digest(drawn_key(Purpose.CODES), f"{slip}\n{half}".encode(), "sha256")
