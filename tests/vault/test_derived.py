"""Keys drawn from the keyring, and secrets sealed under one of them."""

import hashlib
import os
import subprocess
import sys

import pytest
from nacl.bindings import crypto_generichash_blake2b_salt_personal
from nacl.exceptions import CryptoError

from tallystick.vault import derived
from tallystick.vault.derived import Purpose, drawn_key, seal, seal_bytes, secret_of_pages, unseal, unseal_bytes
from tallystick.vault.keys import unlocked


def test_a_key_is_the_one_that_libsodium_would_draw():
    for purpose in Purpose:
        theirs = crypto_generichash_blake2b_salt_personal(b"", digest_size=32, key=unlocked().index_key, person=purpose.encode())
        assert drawn_key(purpose) == theirs


def test_every_purpose_has_a_key_of_its_own_that_is_none_of_the_keyring():
    drawn = {drawn_key(purpose) for purpose in Purpose}
    keyring = unlocked()
    assert len(drawn | {keyring.index_key, keyring.database_key, bytes(keyring.signing_key)}) == len(Purpose) + 3
    assert all(len(purpose.encode()) <= hashlib.blake2b.PERSON_SIZE for purpose in Purpose)


def test_where_no_books_are_open_the_pages_have_a_secret_of_the_moment(monkeypatch: pytest.MonkeyPatch):
    assert secret_of_pages() == secret_of_pages() == drawn_key(Purpose.PAGES).hex()
    monkeypatch.setattr(derived, "is_unlocked", lambda: False)
    assert secret_of_pages() != secret_of_pages()


def test_every_process_that_opens_the_books_has_the_same_secret():
    program = (
        "import os; from pathlib import Path; from tests.home import PASSPHRASE; from tallystick.vault.keys import unlock;"
        "unlock(Path(os.environ['TALLYSTICK_HOME']), PASSPHRASE);"
        "from tallystick.config.settings import SECRET_KEY; print(SECRET_KEY)"
    )
    drawn = {subprocess.check_output([sys.executable, "-c", program], env=os.environ | {"PYTHONPATH": "."}) for _ in range(2)}
    assert drawn == {f"{secret_of_pages()}\n".encode()}


def test_what_is_sealed_is_opened_again_and_looks_different_each_time():
    sealed = {seal("JBSWY3DPEHPK3PXP") for _ in range(2)}
    assert len(sealed) == 2
    assert {unseal(one) for one in sealed} == {"JBSWY3DPEHPK3PXP"}
    assert not any("JBSWY3DP" in one for one in sealed)


def test_what_was_tampered_with_does_not_open():
    sealed = seal("JBSWY3DPEHPK3PXP")
    with pytest.raises(CryptoError):
        unseal(("A" if sealed[0] != "A" else "B") + sealed[1:])


def test_what_an_errand_keeps_opens_at_its_own_place_alone():
    sealed = seal_bytes(b"PK rows and rows", label="aa 0")
    assert unseal_bytes(sealed, label="aa 0") == b"PK rows and rows"
    assert b"rows" not in sealed
    assert seal_bytes(b"PK rows and rows", label="aa 0") != sealed
    for label, changed in (("aa 1", sealed), ("aa 0", sealed[:-1] + bytes([sealed[-1] ^ 1]))):
        with pytest.raises(CryptoError):
            unseal_bytes(changed, label=label)
