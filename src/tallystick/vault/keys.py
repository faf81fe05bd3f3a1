"""The keyring: one passphrase opens the books of an office and the key it signs with.

A file `keys.json` in the office's home holds what is needed besides the passphrase. One run of Argon2id (RFC 9106) stretches
the passphrase into 96 bytes, cut into three keys of 32: the database's, the one that seals the signing key, and one kept for
indexes over sealed fields. The Ed25519 signing key lies in the file sealed with XChaCha20-Poly1305; the database's key is
never written anywhere. Nothing here knows Django, so that the bundle tool can use it alone.
"""

import hashlib
import hmac
import json
import os
import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from nacl.exceptions import CryptoError
from nacl.secret import Aead
from nacl.signing import SigningKey

from tallystick.core.refusal import Refusal

KEYRING_FILE = "keys.json"
FORMAT = 1
PASSPHRASE_LENGTH_MIN = 8
KEY_BYTES = 32
SALT_BYTES = 16
OFFICE_LENGTH = 16  # hexadecimal digits of SHA-256 over the public key

TIME_COST, MEMORY_KIB, PARALLELISM = 3, 65536, 4
FILE_BYTES_MAX = 4096


class BooksAlreadyThere(Refusal):
    code = "books_already_there"
    words = "{home} already holds the keys of an office; they are not written over."
    expected = "a folder without books"


class NoBooksThere(Refusal):
    code = "no_books_there"
    words = "{home} holds no keys of an office."
    expected = "a folder made by tallystick init"


class PassphraseTooShort(Refusal):
    code = "passphrase_too_short"
    words = "The passphrase has {length} characters."
    expected = "{shortest} characters or more"


class PassphraseWrong(Refusal):
    code = "passphrase_wrong"
    words = "The passphrase does not open the keys in {home}."


class KeyringUnreadable(Refusal):
    code = "keyring_unreadable"
    words = "{file} is not a keyring that this version reads: {part} is {found}."
    expected = "{wanted}"


@dataclass(frozen=True, slots=True)
class Keyring:
    """An office's keys, opened. Its `repr` shows the office and nothing secret."""

    office: str  # 16 hexadecimal digits
    public_key: bytes = field(repr=False)
    database_key: bytes = field(repr=False)  # 32 bytes, handed to SQLCipher raw
    index_key: bytes = field(repr=False)  # 32 bytes, for keyed digests of sealed fields
    signing_key: SigningKey = field(repr=False)


def office_code(public_key: bytes) -> str:
    """The code an office goes by: the first 16 hexadecimal digits of SHA-256 over its public key."""
    return hashlib.sha256(public_key).hexdigest()[:OFFICE_LENGTH]


def make_keyring(home: Path, passphrase: str) -> Keyring:
    """Draw a new signing key, seal it under `passphrase` and write the keyring into `home`, for its owner alone.

    Refuses with BooksAlreadyThere or PassphraseTooShort.
    """
    path = home / KEYRING_FILE
    if path.exists():
        raise BooksAlreadyThere(home=home)
    _check_length(passphrase)
    signing_key = SigningKey.generate()
    public_key = bytes(signing_key.verify_key)
    office = office_code(public_key)
    content: dict[str, Any] = {
        "format": FORMAT,
        "kdf": "argon2id",
        "time_cost": TIME_COST,
        "memory_kib": MEMORY_KIB,
        "parallelism": PARALLELISM,
        "salt": secrets.token_hex(SALT_BYTES),
        "office": office,
        "public_key": public_key.hex(),
    }
    database_key, sealing_key, index_key = _stretch(passphrase, content)
    content["sealed_signing_key"] = Aead(sealing_key).encrypt(bytes(signing_key), aad=_seal_label(office)).hex()
    _make_private_folder(home)
    _write_once(path, json.dumps(content, indent=2) + "\n")
    return Keyring(office, public_key, database_key=database_key, index_key=index_key, signing_key=signing_key)


def open_keyring(home: Path, passphrase: str) -> Keyring:
    """The keys in `home`, opened with `passphrase`; takes about a tenth of a second by design.

    Refuses with NoBooksThere, KeyringUnreadable, PassphraseTooShort or PassphraseWrong.
    """
    path = home / KEYRING_FILE
    content = _read(path)
    _check_length(passphrase)
    database_key, sealing_key, index_key = _stretch(passphrase, content)
    sealed = bytes.fromhex(content["sealed_signing_key"])
    try:
        signing_key = SigningKey(Aead(sealing_key).decrypt(sealed, aad=_seal_label(content["office"])))
    except CryptoError:
        raise PassphraseWrong(home=home) from None
    public_key = bytes(signing_key.verify_key)
    if public_key.hex() != content["public_key"]:
        raise KeyringUnreadable(file=path, part="public_key", found=content["public_key"], wanted="the sealed key's other half")
    return Keyring(content["office"], public_key, database_key=database_key, index_key=index_key, signing_key=signing_key)


def _check_length(passphrase: str) -> None:
    if len(passphrase) < PASSPHRASE_LENGTH_MIN:
        raise PassphraseTooShort(length=len(passphrase), shortest=PASSPHRASE_LENGTH_MIN)


def _stretch(passphrase: str, content: dict[str, Any]) -> tuple[bytes, bytes, bytes]:
    stretched = hash_secret_raw(
        _as_bytes(passphrase),
        bytes.fromhex(content["salt"]),
        time_cost=content["time_cost"],
        memory_cost=content["memory_kib"],
        parallelism=content["parallelism"],
        hash_len=3 * KEY_BYTES,
        type=Type.ID,
    )
    return stretched[:KEY_BYTES], stretched[KEY_BYTES : 2 * KEY_BYTES], stretched[2 * KEY_BYTES :]


def _as_bytes(passphrase: str) -> bytes:
    # One keyboard composes an accented letter and another sends it in two parts: both must open the same books.
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")


def _seal_label(office: str) -> bytes:
    return f"tallystick keyring {FORMAT} {office}".encode()


def _whole_number(least: int, most: int) -> tuple[str, Callable[[Any], bool]]:
    return f"a whole number from {least} to {most}", lambda found: type(found) is int and least <= found <= most


def _hexadecimal(byte_count: int) -> tuple[str, Callable[[Any], bool]]:
    digits = re.compile(f"[0-9a-f]{{{2 * byte_count}}}")
    return f"{2 * byte_count} hexadecimal digits", lambda found: isinstance(found, str) and bool(digits.fullmatch(found))


# The parts of the file: what each must be, in words and as a test. The bounds on the costs keep a hostile file from hanging
# the machine: at the most 20 passes over 1 GiB.
PARTS = {
    "format": (str(FORMAT), lambda found: type(found) is int and found == FORMAT),
    "kdf": ("argon2id", lambda found: found == "argon2id"),
    "time_cost": _whole_number(1, 20),
    "memory_kib": _whole_number(1024, 1024 * 1024),
    "parallelism": _whole_number(1, 16),
    "salt": _hexadecimal(SALT_BYTES),
    "office": _hexadecimal(OFFICE_LENGTH // 2),
    "public_key": _hexadecimal(KEY_BYTES),
    "sealed_signing_key": _hexadecimal(Aead.NONCE_SIZE + KEY_BYTES + Aead.MACBYTES),
}
NO_SUCH_PART = ("no such part", lambda _: False)


def _read(path: Path) -> dict[str, Any]:
    """The parts of the file, each of them as PARTS wants it, and the office as its public key says."""
    try:
        with path.open("rb") as file:
            text = file.read(FILE_BYTES_MAX + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise NoBooksThere(home=path.parent) from None
    content = _parse(text)
    if content is None:
        raise KeyringUnreadable(file=path, part="the file", found="something else", wanted="a JSON object")
    for part in sorted(PARTS.keys() | content.keys()):
        wanted, fits = PARTS.get(part, NO_SUCH_PART)
        if part not in content or not fits(content[part]):
            raise KeyringUnreadable(file=path, part=part, found=_shown(content, part), wanted=wanted)
    if content["office"] != office_code(bytes.fromhex(content["public_key"])):
        raise KeyringUnreadable(file=path, part="office", found=content["office"], wanted="the code of the public key")
    return content


def _parse(text: bytes) -> dict[str, Any] | None:
    try:
        content = json.loads(text) if len(text) <= FILE_BYTES_MAX else None
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def _shown(content: dict[str, Any], part: str) -> str:
    return ascii(content[part])[:80] if part in content else "nothing"


def _make_private_folder(home: Path) -> None:
    # A folder that already holds other things may be shared on purpose, so only a new or an empty one is closed to others.
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not any(home.iterdir()):
        home.chmod(0o700)


def _write_once(path: Path, text: str) -> None:
    """Write a whole file or none, for its owner alone, and never over another."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        _rename_to_new(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _rename_to_new(draft: Path, path: Path) -> None:
    # A hard link, unlike a rename, is refused when the name is taken: of two programs that make books here one loses cleanly.
    try:
        os.link(draft, path)
    except FileExistsError:
        raise BooksAlreadyThere(home=path.parent) from None
    except OSError:  # a memory stick's file system knows no links
        if path.exists():
            raise BooksAlreadyThere(home=path.parent) from None
        draft.rename(path)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder, and writes its names through
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(slots=True)
class _Memory:
    """What this process has unlocked: Argon2 runs once, however many connections are opened."""

    home: Path | None = None
    proof: bytes = b""
    keyring: Keyring | None = None


_memory = _Memory()
_PROOF_KEY = secrets.token_bytes(KEY_BYTES)


def unlock(home: Path, passphrase: str) -> Keyring:
    """Open the keys in `home` and remember them for this process; asked again with the same words, nothing is derived anew.

    Refuses as open_keyring does; a refusal leaves what was unlocked before.
    """
    proof = hmac.digest(_PROOF_KEY, _as_bytes(passphrase), "sha256")
    place = home.resolve()
    if _memory.keyring is not None and _memory.home == place and hmac.compare_digest(_memory.proof, proof):
        return _memory.keyring
    keyring = open_keyring(home, passphrase)
    _memory.home, _memory.proof, _memory.keyring = place, proof, keyring
    return keyring


def adopt(home: Path, keyring: Keyring) -> None:
    """Work with what another process of this program has opened and handed over."""
    _memory.home, _memory.proof, _memory.keyring = home.resolve(), b"", keyring


def unlocked() -> Keyring:
    """The keyring this process works with; asking before unlock() is a fault."""
    assert _memory.keyring is not None, "the books were not unlocked before they were used"
    return _memory.keyring


def is_unlocked() -> bool:
    """Whether this process has opened any books."""
    return _memory.keyring is not None
