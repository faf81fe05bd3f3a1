"""The chain and its checkpoints: an act is read back as it was written, and a signature stands for exactly one statement."""

from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_core_ed25519_add
from nacl.signing import SigningKey

from tallystick.core.canonical import NotCanonical, encode
from tallystick.core.chain import (
    ACT_TAG,
    CHECKPOINT_TAG,
    FIRST,
    ActContent,
    ActUnreadable,
    PublicKeyWeak,
    act_bodies,
    act_body,
    act_digest,
    chain,
    check_public_key,
    checkpoint_statement,
    read_act,
    sign_checkpoint,
    verify_checkpoint,
)

SEOUL, DANDONG = "0123456789abcdef", "fedcba9876543210"
ACT: dict[str, Any] = {
    "office": SEOUL,
    "number": 17,
    "kind": "entry_posted",
    "content": {"reference": "H0005", "moves": [{"amount": "800000", "giver": "OFFICE", "taker": "MAGPIE", "unit": "USD"}]},
    "after": {DANDONG: 3},
    "recorded_at": "2026-11-23T16:00:00Z",
}
SHARED: dict[str, Any] = {part: ACT[part] for part in ("office", "kind", "after", "recorded_at")}
CONTENTS = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["", "시장", 7, [], {"d": "e"}]))
FRONTIERS = st.dictionaries(st.sampled_from([DANDONG, "0" * 16]), st.integers(1, 2**53 - 1))
BODIES = [act_body(**ACT | {"number": number}) for number in range(1, 8)]

# The key and the signature of the empty message are the first test of RFC 8032, section 7.1.
SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC_KEY = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
ORDER = 2**252 + 27742317777372353535851937790883648493
PRIME = 2**255 - 19

STATEMENT = checkpoint_statement(office=SEOUL, number=17, head=b"h" * 32, root=b"r" * 32, signed_at="2026-11-23T16:00:00Z")


def small_order_keys() -> list[bytes]:
    """Every encoding of a point of order 1, 2, 4 or 8, reckoned from the curve −x² + y² = 1 + dx²y².

    Their y is 1, −1, 0, or a root of dy⁴ + 2y² = 1; each is written with either sign, and also as y + p where 255 bits allow.
    """
    d = -121665 * pow(121666, -1, PRIME) % PRIME
    squares = [(root - 1) * pow(d, -1, PRIME) % PRIME for root in square_roots((1 + d) % PRIME)]
    ys = {0, 1, PRIME - 1, *(y for square in squares for y in square_roots(square))}
    written = [value for y in ys for value in (y, y + PRIME) if value < 2**255]
    return [(value | sign << 255).to_bytes(32, "little") for value in written for sign in (0, 1)]


def square_roots(number: int) -> list[int]:
    """By Atkin, for a prime that is 5 modulo 8."""
    twice = pow(2 * number, (PRIME - 5) // 8, PRIME)
    root = number * twice * (2 * number * twice * twice - 1) % PRIME
    return sorted({root, PRIME - root}) if root * root % PRIME == number else []


SMALL_ORDER_KEYS = small_order_keys()
ORDER_8 = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")


@given(
    number=st.integers(1, 2**53 - 1),
    kind=st.from_regex("[a-z]{1,8}(_[a-z]{1,8}){0,2}", fullmatch=True),
    content=CONTENTS,
    after=FRONTIERS,
    recorded_at=st.datetimes().map(lambda moment: f"{moment.isoformat()}Z"),
)
def test_an_act_is_read_back_as_it_was_written(**parts: Any) -> None:
    act = {"office": SEOUL} | parts
    assert read_act(act_body(**act)) == ActContent(**act)


def test_an_act_is_canonical_json_with_its_six_parts() -> None:
    assert act_body(**ACT) == encode(ACT)
    assert read_act(encode(ACT | {"number": 2**53 - 1})).number == 2**53 - 1


@given(contents=st.lists(CONTENTS, max_size=4), first=st.integers(1, 2**50), after=FRONTIERS)
def test_many_acts_at_once_are_written_as_each_alone(contents: list[Any], first: int, after: dict[str, int]) -> None:
    shared = SHARED | {"after": after}
    one_by_one = [act_body(content=content, number=number, **shared) for number, content in enumerate(contents, first)]
    assert act_bodies(map(encode, contents), first=first, **shared) == one_by_one


WRONG_PARTS = {
    "office": ["", "0123456789ABCDEF", SEOUL[:-1], SEOUL + "0", SEOUL + "\n", 123],
    "number": [0, -1, "17", []],
    "kind": ["", "Entry_posted", "entry posted", "entry__posted", "_entry", "entry_", "entry_posted\n", "gäste", ["gift"]],
    "content": ["H0005", [], 5],
    "after": [[], "", {DANDONG: 0}, {DANDONG: "3"}, {"dandong": 3}, {SEOUL: 16}],
    "recorded_at": [
        "", 1764000000, "2026-11-23", "2026-11-23T16:00:00", "2026-11-23T16:00:00+00:00", "2026-11-23T16:00:00z",
        "2026-11-23 16:00:00Z", "2026-11-23T16:00Z", "20261123T160000Z", "2026-11-23T16:00:00.5Z", "2026-11-23T16:00:00.000000Z",
        "2026-11-23T24:00:00Z", "2026-02-29T16:00:00Z", "2026-11-23T16:00:00+08:00Z", "2026-11-23T16:00:00ZZ",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("part", "value"), [(part, value) for part, values in WRONG_PARTS.items() for value in values])
def test_an_act_with_a_part_that_is_not_as_it_must_be_is_neither_read_nor_written(part: str, value: object) -> None:
    with pytest.raises(ActUnreadable) as refusal:
        read_act(encode(ACT | {part: value}))
    assert refusal.value.facts["part"] == part
    assert refusal.value.expectation()
    with pytest.raises(AssertionError):
        act_body(**ACT | {part: value})
    if part in SHARED:
        with pytest.raises(AssertionError):
            act_bodies([], first=1, **SHARED | {part: value})


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (encode(ACT)[:-1], "The act's text cannot be read: Character 240 holds what is not JSON."),
        (encode(ACT).replace(b":17", b": 17"), "The act's text cannot be read: Byte 173 holds “ ”."),
        (encode(ACT).replace(b":17", b":1.7"), "The act's text cannot be read: “number” holds a value of type float."),
        (b"[]", "The act's parts cannot be read: it has none."),
        (b'"entry_posted"', "The act's parts cannot be read: it has none."),
        (b'{"number":1}', "The act's parts cannot be read: it has ['number']."),
        (encode(ACT | {"signature": ""}), "The act's parts cannot be read: it has ['after', 'content', 'kind', 'number', 'office', 'recorded_at', ...]."),
        (encode(ACT | {"number": 0}), "The act's number cannot be read: 0 stands there."),
        (encode(ACT | {"after": {SEOUL: 1}}), f"The act's after cannot be read: it names its own office {SEOUL}."),
    ],
)  # fmt: skip
def test_what_is_no_act_is_refused_in_a_sentence(body: bytes, sentence: str) -> None:
    with pytest.raises(ActUnreadable) as refusal:
        read_act(body)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("part", ACT)
def test_an_act_without_one_of_its_parts_is_refused(part: str) -> None:
    with pytest.raises(ActUnreadable, match="parts"):
        read_act(encode({name: value for name, value in ACT.items() if name != part}))


def test_a_long_part_is_shortened_in_the_sentence() -> None:
    with pytest.raises(ActUnreadable) as refusal:
        read_act(encode(ACT | {"kind": "x" * 100_000 + "!"}))
    assert len(str(refusal.value)) < 200


def test_a_content_without_canonical_text_is_refused() -> None:
    with pytest.raises(NotCanonical, match="moves"):
        act_body(**ACT | {"content": {"moves": [1.5]}})


def test_a_digest_covers_the_tag_the_digest_before_and_the_exact_bytes() -> None:
    assert act_digest(FIRST, BODIES[0]) == sha256(b"tallystick/act/1\n" + bytes(32) + BODIES[0]).digest()


def test_a_chain_is_its_digests_one_after_another() -> None:
    previous, digests = FIRST, []
    for body in BODIES:
        previous = act_digest(previous, body)
        digests.append(previous)
    assert chain(FIRST, BODIES) == digests
    assert chain(digests[2], BODIES[3:]) == digests[3:]
    assert chain(FIRST, iter(BODIES)) == digests
    assert chain(FIRST, []) == []


@pytest.mark.parametrize("place", range(len(BODIES)))
def test_an_act_that_was_changed_changes_every_digest_after_it(place: int) -> None:
    changed = [*BODIES[:place], BODIES[place].replace(b"MAGPIE", b"YUSUF"), *BODIES[place + 1 :]]
    before, after = chain(FIRST, BODIES), chain(FIRST, changed)
    assert before[:place] == after[:place]
    assert not set(before[place:]) & set(after[place:])


def test_acts_that_change_places_change_the_head() -> None:
    assert chain(FIRST, BODIES)[-1] != chain(FIRST, [BODIES[1], BODIES[0], *BODIES[2:]])[-1]


def test_a_statement_names_office_number_head_root_and_moment() -> None:
    assert STATEMENT == (
        b'tallystick/checkpoint/1\n{"head":"' + b"68" * 32 + b'","number":17,"office":"0123456789abcdef","root":"' + b"72" * 32
        + b'","signed_at":"2026-11-23T16:00:00Z"}'
    )  # fmt: skip


def test_no_statement_can_be_taken_for_an_act() -> None:
    assert not CHECKPOINT_TAG.startswith(ACT_TAG)
    assert not ACT_TAG.startswith(CHECKPOINT_TAG)
    with pytest.raises(ActUnreadable):
        read_act(STATEMENT)


def test_a_statement_about_a_number_that_no_act_can_have_is_refused() -> None:
    with pytest.raises(NotCanonical, match="number"):
        checkpoint_statement(office=SEOUL, number=2**60, head=b"", root=b"", signed_at="")


def test_an_office_signs_as_rfc_8032_does() -> None:
    signature = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    assert sign_checkpoint(SEED, b"").hex() == signature
    assert bytes(SigningKey(SEED).verify_key) == PUBLIC_KEY
    assert verify_checkpoint(PUBLIC_KEY, statement=b"", signature=bytes.fromhex(signature))


def test_signing_twice_gives_the_same_signature() -> None:
    assert sign_checkpoint(SEED, STATEMENT) == sign_checkpoint(SEED, STATEMENT)


def test_a_signature_holds_for_its_statement_and_its_office_alone() -> None:
    signature = sign_checkpoint(SEED, STATEMENT)
    other = bytes(SigningKey(bytes(31) + b"\1").verify_key)
    assert verify_checkpoint(PUBLIC_KEY, statement=STATEMENT, signature=signature)
    assert not verify_checkpoint(other, statement=STATEMENT, signature=signature)
    assert not verify_checkpoint(PUBLIC_KEY, statement=STATEMENT.replace(b":17", b":18"), signature=signature)
    assert not verify_checkpoint(PUBLIC_KEY, statement=STATEMENT, signature=sign_checkpoint(bytes(32), STATEMENT))


def test_a_signature_with_any_byte_changed_does_not_hold() -> None:
    signature = sign_checkpoint(SEED, STATEMENT)
    for place in range(64):
        changed = bytearray(signature)
        changed[place] ^= 1
        assert not verify_checkpoint(PUBLIC_KEY, statement=STATEMENT, signature=bytes(changed))


def test_a_signature_has_one_way_of_writing() -> None:
    """S + L would verify as S does wherever nobody looks; RFC 8032, section 5.1.7 has S below the group's order L."""
    signature = sign_checkpoint(SEED, STATEMENT)
    again = int.from_bytes(signature[32:], "little") + ORDER
    assert not verify_checkpoint(PUBLIC_KEY, statement=STATEMENT, signature=signature[:32] + again.to_bytes(32, "little"))


@pytest.mark.parametrize(("key_length", "signature_length"), [(0, 64), (31, 64), (33, 64), (32, 0), (32, 63), (32, 65)])
def test_a_key_or_a_signature_of_another_length_does_not_hold(key_length: int, signature_length: int) -> None:
    key = PUBLIC_KEY.ljust(key_length, b"\0")[:key_length]
    signature = sign_checkpoint(SEED, STATEMENT).ljust(signature_length, b"\0")[:signature_length]
    assert not verify_checkpoint(key, statement=STATEMENT, signature=signature)


def test_the_key_of_an_office_is_taken() -> None:
    check_public_key(PUBLIC_KEY)
    for number in range(20):
        check_public_key(bytes(SigningKey(bytes([number]) * 32).verify_key))


def test_the_keys_of_small_order_are_fourteen() -> None:
    assert len(SMALL_ORDER_KEYS) == len(set(SMALL_ORDER_KEYS)) == 14
    assert ORDER_8 in SMALL_ORDER_KEYS


@pytest.mark.parametrize("key", SMALL_ORDER_KEYS, ids=bytes.hex)
def test_a_key_of_small_order_is_refused_and_signs_nothing(key: bytes) -> None:
    with pytest.raises(PublicKeyWeak) as refusal:
        check_public_key(key)
    assert str(refusal.value) == f"The public key {key.hex()} is not one for which only its owner could sign."
    # With R the neutral point and S nought the equation S·B = R + k·A holds for some or all statements under such a key.
    for point in SMALL_ORDER_KEYS:
        assert not verify_checkpoint(key, statement=STATEMENT, signature=point + bytes(32))


def test_an_honest_key_with_a_point_of_small_order_added_is_refused() -> None:
    mixed = {crypto_core_ed25519_add(PUBLIC_KEY, key) for key in SMALL_ORDER_KEYS} - {PUBLIC_KEY}
    assert len(mixed) == 7
    for key in mixed:
        with pytest.raises(PublicKeyWeak):
            check_public_key(key)


@pytest.mark.parametrize(
    "key",
    [
        b"",
        PUBLIC_KEY[:-1],
        PUBLIC_KEY + b"\0",
        b"\2" + bytes(31),  # no x stands above y = 2
        (PRIME + 3).to_bytes(32, "little"),  # y = 3, written the long way
        b"\xff" * 32,
    ],
    ids=bytes.hex,
)
def test_what_is_no_point_in_its_one_way_of_writing_is_refused(key: bytes) -> None:
    with pytest.raises(PublicKeyWeak) as refusal:
        check_public_key(key)
    assert refusal.value.expectation().startswith("32 bytes")
