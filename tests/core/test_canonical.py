"""Canonical JSON is RFC 8785's, byte for byte, and no second text is taken for any value."""

import json
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tallystick.core.canonical import DEPTH_MAX, WHOLE_MAX, NotCanonical, decode, encode

NONCHARACTERS = [
    chr(code) for code in (*range(0xFDD0, 0xFDF0), *(plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF)))
]

# Text is drawn from all of Unicode, and often from where it goes wrong: marks that combine, Hangul in parts, escapes, quotes.
AWKWARD = '\u0301\u0338\u0345\u1161\u11a8ᄀ가e\u00e9nbtfru0"\\/\x01\x07\b\t\n\x0b\f\r\x1f\x7f\x80\u2028\ufeff\U00010000\U0001f642'
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters=["\0", *NONCHARACTERS]) | st.sampled_from(AWKWARD)
TEXTS = st.text(CHARACTERS, max_size=12).map(lambda text: unicodedata.normalize("NFC", text))
KEYS = st.text(st.characters(codec="ascii", exclude_characters="\0"), min_size=1, max_size=8)
NUMBERS = st.integers(-WHOLE_MAX, WHOLE_MAX)
VALUES = st.recursive(
    TEXTS | NUMBERS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)
ACT = {
    "after": {"fedcba9876543210": 12},
    "content": {
        "happened_at": "2014-03-10T10:00:00+08:00",
        "moves": [
            {"amount": "800000", "giver": "OFFICE", "kind": "handover", "note": "시장에서", "taker": "MAGPIE", "unit": "USD"}
        ],
        "reference": "H0005",
    },
    "number": 17,
}


def nested(depth: int) -> Any:
    value: Any = "coin"
    for level in range(depth):
        value = [value] if level % 2 else {"box": value}
    return value


@given(value=VALUES)
def test_the_text_is_that_of_rfc_8785(value: Any) -> None:
    assert encode(value) == rfc8785.dumps(value)


@given(value=VALUES)
def test_what_was_written_is_read_back(value: Any) -> None:
    assert decode(encode(value)) == value


@given(value=VALUES)
def test_the_order_in_which_a_value_was_put_together_leaves_no_trace(value: Any) -> None:
    def turned(one: Any) -> Any:
        if isinstance(one, dict):
            return {key: turned(one[key]) for key in reversed(one)}
        return [turned(item) for item in one] if isinstance(one, list) else one

    assert encode(turned(value)) == encode(value)


@given(text=st.text(CHARACTERS, max_size=12))
def test_text_in_another_normal_form_is_refused_and_no_other_text(text: str) -> None:
    if unicodedata.normalize("NFC", text) == text:
        assert decode(encode([text])) == [text]
    else:
        with pytest.raises(NotCanonical, match="another normal form"):
            encode([text])


@given(value=VALUES, ascii_only=st.booleans(), spaced=st.booleans(), indent=st.sampled_from([None, 1]))
def test_no_other_way_of_writing_a_value_is_taken(value: Any, ascii_only: bool, spaced: bool, indent: int | None) -> None:
    separators = (", ", ": ") if spaced else (",", ":")
    other = json.dumps(value, ensure_ascii=ascii_only, separators=separators, indent=indent).encode()
    if other == encode(value):
        return
    with pytest.raises(NotCanonical):
        decode(other)


@given(value=VALUES, data=st.data())
def test_changed_bytes_are_refused_or_are_the_one_text_of_another_value(value: Any, data: st.DataObject) -> None:
    text = encode(value)
    place = data.draw(st.integers(0, len(text)))
    removed = data.draw(st.integers(0, 3))
    put_in = data.draw(
        st.binary(max_size=3) | st.sampled_from([b" ", b'"', b",", b"0", b".0", b"e1", b"-", b"\\u0061", b"\xcc\x81", b"{}"])
    )
    changed = text[:place] + put_in + text[place + removed :]
    if changed == text:
        return
    try:
        read = decode(changed)
    except NotCanonical:
        return
    assert read != value
    assert encode(read) == rfc8785.dumps(read) == changed


@given(data=st.binary(max_size=40))
def test_any_bytes_are_refused_or_are_the_one_text_of_a_value(data: bytes) -> None:
    try:
        read = decode(data)
    except NotCanonical:
        return
    assert encode(read) == data


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({}, b"{}"),
        ([], b"[]"),
        ("", b'""'),
        (0, b"0"),
        (WHOLE_MAX, b"9007199254740991"),
        (-WHOLE_MAX, b"-9007199254740991"),
        ({"b": 1, "a": 2, "B": 3, "aa": 4}, b'{"B":3,"a":2,"aa":4,"b":1}'),
        ('\x01\x1f\x7f\b\t\n\f\r"\\/', b'"\\u0001\\u001f\x7f\\b\\t\\n\\f\\r\\"\\\\/"'),
        ("\u0301 first", b'"\xcc\x81 first"'),
        ("\n\u0301", b'"\\n\xcc\x81"'),
        ("\ufeff€🙂", b'"\xef\xbb\xbf\xe2\x82\xac\xf0\x9f\x99\x82"'),
        ({'a"': "b"}, b'{"a\\"":"b"}'),
        ('"":', b'"\\"\\":"'),
        ("\\u0000", b'"\\\\u0000"'),
    ],
)
def test_a_value_has_this_text(value: Any, text: bytes) -> None:
    assert encode(value) == rfc8785.dumps(value) == text
    assert decode(text) == value


class Kind(StrEnum):
    GIFT = "gift"


class Place(IntEnum):
    FIRST = 1


class Word(str):
    pass


@dataclass
class Coin:
    worth: int


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (1.0, "The whole holds a value of type float."),
        ({"amount": 0.5}, "“amount” holds a value of type float."),
        ({"moves": [{"amount": 5}, {"amount": float("nan")}]}, "“moves[1].amount” holds a value of type float."),
        (["시장", float("inf")], "“[1]” holds a value of type float."),
        ({"note": None}, "“note” holds null."),
        ([True], "“[0]” holds true."),
        ({"received": False}, "“received” holds false."),
        ({"number": WHOLE_MAX + 1}, "“number” holds a whole number of 54 bits."),
        ([-WHOLE_MAX - 1], "“[0]” holds a whole number of 54 bits."),
        (10**400, "The whole holds a whole number of 1329 bits."),
        ({"note": "cafe\u0301"}, "“note” holds text in another normal form."),
        ({"note": "\u212b"}, "“note” holds text in another normal form."),
        ({"note": "half \ud83d"}, "“note” holds the code point U+D83D."),
        ({"note": "\ufffe"}, "“note” holds the code point U+FFFE."),
        ({"note": "\U0010ffff"}, "“note” holds the code point U+10FFFF."),
        ({"note": "a\0b"}, "“note” holds the character U+0000."),
        ({"": 1}, "The whole holds the key ''."),
        ({"box": {"é": 1}}, "“box” holds the key 'é'."),
        ({"box": {"a\0": 1}}, "“box” holds the key 'a\\x00'."),
        ({"box": [{7: 1}]}, "“box[0]” holds the key 7."),
        ({None: 1}, "The whole holds the key None."),
        ({Word("note"): 1}, "The whole holds the key 'note'."),
        ((1, 2), "The whole holds a value of type tuple."),
        ({"kind": Kind.GIFT}, "“kind” holds a value of type Kind."),
        ({"kind": Word("gift")}, "“kind” holds a value of type Word."),
        ({"place": Place.FIRST}, "“place” holds a value of type Place."),
        ({"amount": Decimal(1)}, "“amount” holds a value of type Decimal."),
        ({"body": b"coin"}, "“body” holds a value of type bytes."),
        ({"on": date(2014, 3, 10)}, "“on” holds a value of type date."),
        ({"at": datetime(2014, 3, 10, tzinfo=UTC)}, "“at” holds a value of type datetime."),
        ({"coin": Coin(5)}, "“coin” holds a value of type Coin."),
        ({"id": UUID(int=1)}, "“id” holds a value of type UUID."),
    ],
)  # fmt: skip
def test_what_has_no_canonical_text_is_named_with_its_place(value: Any, sentence: str) -> None:
    with pytest.raises(NotCanonical) as refusal:
        encode(value)
    assert str(refusal.value) == sentence
    assert refusal.value.expectation()


@pytest.mark.parametrize(
    "data",
    [
        b"", b" ", b"{", b"nothing", b"'a'", b"{a:1}", b"[1,]", b'{"a":1,}', b"[1]]", b"[1][2]", b"[1]\n", b" [1]", b"[1 ]", b"[1]\0",
        b"\xef\xbb\xbf[1]", b"[1] // one", b'{"a":1,"a":1}', b'{"a":1,"a":2}', b'{"b":1,"a":2}', b'{"a": 1}', b'{"a":1, "b":2}',
        b"1.0", b"1.5", b"1e2", b"1E2", b"-0", b"-0.0", b"01", b"+1", b"0x1", b"1_000", b"NaN", b"Infinity", b"-Infinity", b".5", b"5.",
        b"null", b"true", b"false", b"[null]", b"9007199254740992", b"-9007199254740992", b"18446744073709551616", b"1e400",
        b'"\\u0041"', b'"\\/"', b'"\\u00e9"', b'"\\u000A"', b'"\\u000a"', b'"\\u001F"', b'"\\u007f"', b'"\\ud83d\\ude42"', b'"\\ud83d"',
        b'"\\x41"', b'"\n"', b'"\t"', b'"\x01"', b'"\\u0000"', b'"\0"', b'"a', b'"\\"',
        b'"\xff"', b'"\xc0\xaf"', b'"\xed\xa0\xbd"', b'"\xf4\x90\x80\x80"', b'"\xe2\x82"', b'"\xef\xbf\xbe"', b'"e\xcc\x81"',
        b'{"":1}', b'{"\xc3\xa9":1}', b'{1:2}', "[1]".encode("utf-16"), "[1]".encode("utf-32"),
    ],
)  # fmt: skip
def test_any_other_text_is_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical) as refusal:
        decode(data)
    assert str(refusal.value)


@pytest.mark.parametrize(
    ("data", "sentence", "expected"),
    [
        (b'{"a": 1}', "Byte 6 holds “ ”.", "“1”"),
        (b"[1]\n", "Byte 4 holds “\\n”.", "the end"),
        (b'{"a":1,"a":1}', "Byte 7 holds “,”.", "“}”"),
        (b'"\\u00e9"', "Byte 2 holds “\\\\”.", "“\\xc3”"),
        (b"one", "Character 1 holds what is not JSON.", "JSON"),
    ],
)
def test_the_first_byte_that_differs_is_named(data: bytes, sentence: str, expected: str) -> None:
    with pytest.raises(NotCanonical) as refusal:
        decode(data)
    assert str(refusal.value) == sentence
    assert refusal.value.expectation() == expected


def test_levels_are_counted_and_one_too_many_is_refused() -> None:
    assert DEPTH_MAX == 32, "offices that count otherwise would not take each other's acts"
    deepest = nested(DEPTH_MAX)
    assert decode(encode(deepest)) == deepest
    with pytest.raises(NotCanonical, match="one level too many"):
        encode(nested(DEPTH_MAX + 1))
    with pytest.raises(NotCanonical):
        decode(json.dumps(nested(DEPTH_MAX + 1), separators=(",", ":")).encode())


@pytest.mark.parametrize("depth", [100, 254, 255, 1000, 1025, 100_000])
def test_no_depth_overflows_the_stack(depth: int) -> None:
    with pytest.raises(NotCanonical):
        decode(b"[" * depth + b"]" * depth)
    with pytest.raises(NotCanonical):
        decode(b'{"a":' * depth + b"1" + b"}" * depth)


def test_a_value_that_holds_itself_is_refused() -> None:
    ring: list[Any] = []
    ring.append(ring)
    with pytest.raises(NotCanonical, match="one level too many"):
        encode(ring)


def test_an_act_with_any_bit_turned_is_refused_or_another_act() -> None:
    text = encode(ACT)
    for place in range(len(text) * 8):
        changed = bytearray(text)
        changed[place // 8] ^= 1 << place % 8
        try:
            assert decode(bytes(changed)) != ACT
        except NotCanonical:
            continue
