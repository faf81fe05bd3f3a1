"""The keyring: what opens it, what it gives away, and what becomes of one that was tampered with."""

import json
import shutil
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from tallystick.vault import keys
from tallystick.vault.keys import (
    KEYRING_FILE,
    BooksAlreadyThere,
    KeyringUnreadable,
    NoBooksThere,
    PassphraseTooShort,
    PassphraseWrong,
    make_keyring,
    office_code,
    open_keyring,
    unlock,
    unlocked,
)

PASSPHRASE = "Amina counts forty lamps"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Argon2 is slow by design: one keyring is made and copied for every test that only reads."""
    home = tmp_path_factory.mktemp("made") / "books"
    make_keyring(home, PASSPHRASE)
    return home


@pytest.fixture
def at_home(home: Path, made_once: Path) -> Path:
    return Path(shutil.copytree(made_once, home))


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has unlocked nothing yet."""
    monkeypatch.setattr(keys, "_memory", keys._Memory())


def rewrite(home: Path, **changes: object) -> None:
    """Changes parts of the file; a part changed to None is taken out."""
    path = home / KEYRING_FILE
    content = json.loads(path.read_text()) | changes
    path.write_text(json.dumps({part: found for part, found in content.items() if found is not None}))


def test_the_keys_that_were_made_are_the_keys_that_are_opened(home: Path) -> None:
    made = make_keyring(home, PASSPHRASE)
    opened = open_keyring(home, PASSPHRASE)
    assert opened == made
    assert opened.signing_key.verify_key.encode() == opened.public_key
    assert opened.office == office_code(opened.public_key)
    assert len({opened.database_key, opened.index_key, bytes(opened.signing_key)}) == 3
    assert len(opened.database_key) == len(opened.index_key) == 32


def test_the_database_key_is_the_one_that_argon2_gives_by_its_published_parameters(at_home: Path) -> None:
    from argon2.low_level import Type, hash_secret_raw

    salt = bytes.fromhex(json.loads((at_home / KEYRING_FILE).read_text())["salt"])
    wanted = hash_secret_raw(PASSPHRASE.encode(), salt, 3, 65536, 4, 96, Type.ID)
    opened = open_keyring(at_home, PASSPHRASE)
    assert (opened.database_key, opened.index_key) == (wanted[:32], wanted[64:])


def test_only_the_owner_can_read_the_keyring(at_home: Path) -> None:
    assert stat.S_IMODE(at_home.stat().st_mode) == 0o700
    assert stat.S_IMODE((at_home / KEYRING_FILE).stat().st_mode) == 0o600


def test_a_folder_in_use_keeps_its_mode(home: Path) -> None:
    home.mkdir(mode=0o755)
    (home / "letters.txt").write_text("to the referees")
    make_keyring(home, PASSPHRASE)
    assert stat.S_IMODE(home.stat().st_mode) == 0o755
    assert stat.S_IMODE((home / KEYRING_FILE).stat().st_mode) == 0o600


def test_nothing_but_the_keyring_is_left_in_the_folder(at_home: Path) -> None:
    assert [path.name for path in at_home.iterdir()] == [KEYRING_FILE]


def test_the_file_and_the_repr_hold_no_secret(at_home: Path) -> None:
    opened = open_keyring(at_home, PASSPHRASE)
    text = (at_home / KEYRING_FILE).read_text()
    for secret in (opened.database_key, opened.index_key, bytes(opened.signing_key)):
        assert secret.hex() not in text
    assert repr(opened) == f"Keyring(office='{opened.office}')"


def test_two_offices_with_one_passphrase_share_no_key(tmp_path: Path) -> None:
    north, south = (make_keyring(tmp_path / name, PASSPHRASE) for name in ("north", "south"))
    assert north.office != south.office
    assert north.database_key != south.database_key


def test_a_keyring_is_never_written_over(at_home: Path) -> None:
    before = (at_home / KEYRING_FILE).read_bytes()
    with pytest.raises(BooksAlreadyThere):
        make_keyring(at_home, "another passphrase")
    assert (at_home / KEYRING_FILE).read_bytes() == before


def test_of_two_programs_that_make_books_in_one_folder_one_is_refused(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (at_home / KEYRING_FILE).read_bytes()
    monkeypatch.setattr(Path, "exists", lambda path: False)  # what the slower one saw before the faster one wrote
    with pytest.raises(BooksAlreadyThere):
        make_keyring(at_home, "another passphrase")
    assert (at_home / KEYRING_FILE).read_bytes() == before
    assert [path.name for path in at_home.iterdir()] == [KEYRING_FILE]


def without_links(source: object, target: object) -> None:
    raise PermissionError("Operation not permitted")


def test_a_disk_without_links_holds_a_keyring_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.link", without_links)
    make_keyring(home, PASSPHRASE)
    assert open_keyring(home, PASSPHRASE)
    with pytest.raises(BooksAlreadyThere):
        keys._write_once(home / KEYRING_FILE, "another keyring")


@pytest.mark.parametrize("passphrase", ["", "seven77"])
def test_a_short_passphrase_is_refused(passphrase: str, home: Path, tmp_path: Path) -> None:
    with pytest.raises(PassphraseTooShort) as refused:
        make_keyring(home, passphrase)
    assert refused.value.expectation() == "8 characters or more"
    assert not home.exists()
    make_keyring(tmp_path / "there", PASSPHRASE)
    with pytest.raises(PassphraseTooShort):
        open_keyring(tmp_path / "there", passphrase)


@pytest.mark.parametrize("passphrase", ["amina counts forty lamps", PASSPHRASE + " ", "Yusuf counts forty lamps"])
def test_another_passphrase_opens_nothing(passphrase: str, at_home: Path) -> None:
    with pytest.raises(PassphraseWrong) as refused:
        open_keyring(at_home, passphrase)
    assert passphrase not in str(refused.value) + repr(refused.value)


def test_one_passphrase_opens_however_a_keyboard_spells_its_accents(home: Path) -> None:
    made = make_keyring(home, "caf\u00e9 at the ford")
    assert open_keyring(home, "cafe\u0301 at the ford") == made


@pytest.mark.parametrize("make", [lambda home: None, lambda home: home.mkdir(), lambda home: home.write_text("a file")])
def test_where_no_keys_are_none_are_opened(make: Callable[[Path], object], home: Path) -> None:
    make(home)
    with pytest.raises(NoBooksThere):
        open_keyring(home, PASSPHRASE)


@pytest.mark.parametrize(
    ("part", "found"),
    [
        *[(part, None) for part in keys.PARTS],
        ("format", 2),
        ("format", True),
        ("format", "1"),
        ("kdf", "scrypt"),
        ("time_cost", 0),
        ("time_cost", 21),
        ("time_cost", 3.0),
        ("memory_kib", 1023),
        ("memory_kib", 1024 * 1024 + 1),
        ("memory_kib", 10**30),
        ("parallelism", 0),
        ("parallelism", 17),
        ("parallelism", True),
        ("salt", "00" * 15),
        ("salt", "zz" * 16),
        ("salt", "00" * 16 + "\n"),
        ("office", "0123456789abcdef"),
        ("public_key", "ab" * 32),
        ("public_key", ["ab" * 32]),
        ("sealed_signing_key", "ab" * 71),
        ("hint", "my first school"),
    ],
)
def test_a_part_that_is_not_as_it_must_be_is_named(part: str, found: object, at_home: Path) -> None:
    rewrite(at_home, **{part: found})
    with pytest.raises(KeyringUnreadable) as refused:
        open_keyring(at_home, PASSPHRASE)
    assert refused.value.facts["part"] == ("office" if part == "public_key" and found == "ab" * 32 else part)
    assert refused.value.expectation()


def test_a_keyring_that_asks_for_all_the_machine_is_refused_at_once(at_home: Path) -> None:
    rewrite(at_home, time_cost=10**6, memory_kib=2**31)
    began = time.monotonic()
    with pytest.raises(KeyringUnreadable):
        open_keyring(at_home, PASSPHRASE)
    assert time.monotonic() - began < 0.05


@pytest.mark.parametrize("part", ["salt", "sealed_signing_key"])
def test_a_changed_digit_opens_nothing(part: str, at_home: Path) -> None:
    digits = json.loads((at_home / KEYRING_FILE).read_text())[part]
    rewrite(at_home, **{part: ("1" if digits[0] == "0" else "0") + digits[1:]})
    with pytest.raises(PassphraseWrong):
        open_keyring(at_home, PASSPHRASE)


@pytest.mark.parametrize("cost", [{"time_cost": 1}, {"memory_kib": 8192}, {"parallelism": 1}])
def test_costs_made_cheaper_open_nothing(cost: dict[str, int], at_home: Path) -> None:
    rewrite(at_home, **cost)
    with pytest.raises(PassphraseWrong):
        open_keyring(at_home, PASSPHRASE)


def test_the_office_cannot_be_exchanged_for_another(at_home: Path) -> None:
    stranger = bytes(SigningKey.generate().verify_key)
    rewrite(at_home, public_key=stranger.hex(), office=office_code(stranger))
    with pytest.raises(PassphraseWrong):
        open_keyring(at_home, PASSPHRASE)


def test_a_signing_key_that_is_not_the_public_keys_other_half_is_refused(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "SigningKey", lambda seed: SigningKey(bytes(32)))
    with pytest.raises(KeyringUnreadable) as refused:
        open_keyring(at_home, PASSPHRASE)
    assert refused.value.facts["part"] == "public_key"


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 4000, b'{"format": 1' + b" " * 5000 + b"}", b"NaN"])
def test_a_file_that_is_no_keyring_is_refused(text: bytes, at_home: Path) -> None:
    (at_home / KEYRING_FILE).write_bytes(text)
    with pytest.raises(KeyringUnreadable) as refused:
        open_keyring(at_home, PASSPHRASE)
    assert refused.value.facts["part"] == "the file"


def test_a_keyring_cut_anywhere_is_refused(at_home: Path) -> None:
    whole = (at_home / KEYRING_FILE).read_bytes()
    for length in range(len(whole) - 2):
        (at_home / KEYRING_FILE).write_bytes(whole[:length])
        with pytest.raises(KeyringUnreadable):
            open_keyring(at_home, PASSPHRASE)


def test_a_process_derives_its_keys_once(at_home: Path, locked: None, monkeypatch: pytest.MonkeyPatch) -> None:
    first = unlock(at_home, PASSPHRASE)
    monkeypatch.setattr(keys, "hash_secret_raw", None)
    assert unlock(at_home, PASSPHRASE) is first is unlocked()


def test_a_wrong_passphrase_is_refused_also_after_the_right_one(at_home: Path, locked: None) -> None:
    keyring = unlock(at_home, PASSPHRASE)
    with pytest.raises(PassphraseWrong):
        unlock(at_home, "Yusuf counts forty lamps")
    assert unlocked() is keyring


def test_using_the_keys_before_unlocking_them_is_a_fault(locked: None) -> None:
    with pytest.raises(AssertionError):
        unlocked()
