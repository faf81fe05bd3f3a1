"""Keys for what comes and goes with the pages: each drawn from the keyring for one purpose, and of no use for another.

BLAKE2b, keyed and with a `person`, is libsodium's own way of drawing keys from a key (crypto_kdf); Python brings the same
function. The key they are drawn from is the one that is kept for indexes: whoever changes the passphrase changes them all.
"""

import base64
import hashlib
import secrets
from enum import StrEnum

from nacl.secret import Aead, SecretBox

from tallystick.vault.keys import KEY_BYTES, is_unlocked, unlocked


class Purpose(StrEnum):
    """What a key is for, in at most the 16 bytes that a `person` may have."""

    PAGES = "tally pages"
    SECOND_FACTORS = "tally 2nd factor"
    ERRANDS = "tally errands"
    CODES = "tally codes"
    CODES_SHOWN = "tally shown"
    API_TOKENS = "tally api tokens"


def drawn_key(purpose: Purpose) -> bytes:
    """The key of the unlocked keyring for this purpose: always the same one, whichever process asks."""
    return hashlib.blake2b(key=unlocked().index_key, person=purpose.encode(), digest_size=KEY_BYTES).digest()


def secret_of_pages() -> str:
    """What the pages sign cookies with: the keyring's, or, where no books are open, one that nobody will see again."""
    return drawn_key(Purpose.PAGES).hex() if is_unlocked() else secrets.token_hex(KEY_BYTES)


def seal(text: str) -> str:
    """A secret of a second factor as the tables keep it: XSalsa20-Poly1305 under a nonce of its own, in base64."""
    return base64.b64encode(SecretBox(drawn_key(Purpose.SECOND_FACTORS)).encrypt(text.encode())).decode()


def unseal(sealed: str) -> str:
    """The secret that was sealed; one that was tampered with, or sealed under other keys, is a fault (CryptoError)."""
    return SecretBox(drawn_key(Purpose.SECOND_FACTORS)).decrypt(base64.b64decode(sealed)).decode()


def seal_bytes(data: bytes, *, label: str) -> bytes:
    """What an errand keeps for a while, a piece of a file or what came of it: XChaCha20-Poly1305, bound to the place it is kept at."""
    return bytes(Aead(drawn_key(Purpose.ERRANDS)).encrypt(data, aad=label.encode()))


def unseal_bytes(sealed: bytes, *, label: str) -> bytes:
    """What was sealed for this place; anything else is a fault (CryptoError)."""
    return bytes(Aead(drawn_key(Purpose.ERRANDS)).decrypt(sealed, aad=label.encode()))


def token_digest(token: str) -> bytes:
    """What the tables keep of a token: enough to know it again, of no use to whoever reads the tables without the keyring."""
    return hashlib.blake2b(
        token.encode("utf-8", "surrogateescape"), key=drawn_key(Purpose.API_TOKENS), digest_size=KEY_BYTES
    ).digest()


def books_on_this_machine() -> str:
    """A short name for the open books that tells them from others here; it says no more than the footer of every page."""
    return unlocked().office[:8] if is_unlocked() else "none"
