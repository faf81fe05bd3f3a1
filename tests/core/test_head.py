"""A head has one text: what is written is read again, and the first line that is otherwise is named with its number."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from tallystick.core.chain import checkpoint_statement, sign_checkpoint
from tallystick.core.head import BYTES_MAX, HeadUnreadable, SignedHead, head_text, read_head

KEY = SigningKey(bytes(range(32)))
TEXT = """\
Tallystick head, version 1
REHEARSAL: invented people and places
Shows whether books were rewritten: tallystick verify --against FILE

office      0123456789abcdef
acts        112
follows     2
head        68686868 68686868 68686868 68686868
            68686868 68686868 68686868 68686868
root        72727272 72727272 72727272 72727272
            72727272 72727272 72727272 72727272
signed at   2026-11-23T16:00:00Z
public key  03a107bf f3ce10be 1d70dd18 e74bc099
            67e4d630 9ba50d5f 1ddc8664 125531b8
"""


def signed(*, follows: int | None = 2, rehearsal: bool = True, number: int = 112) -> SignedHead:
    said = {"office": "0123456789abcdef", "number": number, "head": b"h" * 32, "root": b"r" * 32, "follows": follows}
    said["signed_at"] = "2026-11-23T16:00:00Z"
    signature = sign_checkpoint(bytes(KEY), checkpoint_statement(**said))
    return SignedHead(**said, public_key=bytes(KEY.verify_key), signature=signature, rehearsal=rehearsal)


def test_a_statement_that_names_the_checkpoint_before_it_is_of_another_form_than_one_that_does_not() -> None:
    said = {"office": "0123456789abcdef", "number": 17, "head": b"h" * 32, "root": b"r" * 32, "signed_at": "2026-11-23T16:00:00Z"}
    common = b'"head":"' + b"68" * 32 + b'","number":17,"office":"0123456789abcdef","root":"' + b"72" * 32
    end = b'","signed_at":"2026-11-23T16:00:00Z"}'
    assert checkpoint_statement(**said, follows=0) == b'tallystick/checkpoint/2\n{"follows":0,' + common + end
    assert checkpoint_statement(**said) == b"tallystick/checkpoint/1\n{" + common + end


def read(text: str) -> SignedHead:
    return read_head(text.encode(), file="march.head")


def test_a_head_is_a_page_that_a_person_can_read_aloud() -> None:
    assert head_text(signed()).startswith(TEXT)
    assert head_text(signed()).count("\n") == 18
    assert max(map(len, head_text(signed()).splitlines())) < 70
    assert read(head_text(signed())) == signed()


@pytest.mark.parametrize("head", [signed(follows=None), signed(follows=0), signed(rehearsal=False), signed(number=1, follows=0)])
def test_a_head_is_read_as_it_was_written(head: SignedHead) -> None:
    assert read(head_text(head)) == head
    assert ("REHEARSAL" in head_text(head)) == head.rehearsal
    assert head.bears_signature()


@given(place=st.integers(0, 31), bit=st.integers(0, 7), part=st.sampled_from(["head", "root", "public_key", "signature"]))
def test_a_head_with_any_bit_changed_does_not_bear_its_signature(place: int, bit: int, part: str) -> None:
    data = bytearray(getattr(signed(), part))
    data[place] ^= 1 << bit
    assert not replace(signed(), **{part: bytes(data)}).bears_signature()


@pytest.mark.parametrize(
    "other",
    [{"number": 113}, {"office": "0123456789abcdee"}, {"follows": 1}, {"follows": None}, {"signed_at": "2026-11-23T16:00:01Z"}],
)
def test_a_head_that_says_anything_else_does_not_bear_its_signature(other: dict[str, object]) -> None:
    assert not replace(signed(), **other).bears_signature()


def test_what_mail_does_to_a_text_does_no_harm() -> None:
    text = head_text(signed())
    for changed in (text.replace("\n", "\r\n"), text.replace("\n", "  \n"), text + "\n\n \r\n", text[:-1], "\ufeff" + text):
        assert read(changed) == signed()


@pytest.mark.parametrize(
    ("stands", "instead", "line", "found", "wanted"),
    [
        ("version 1", "version 2", 1, "“Tallystick head, version 2”", "“Tallystick head, version 1”"),
        ("REHEARSAL: invented", "REHEARSAL: real", 2, "“REHEARSAL: real people and places”", "“Shows whether"),
        ("\n\n", "\n", 4, "“office      0123456789abcdef”", "an empty line"),
        ("cdef", "cdeF", 5, "“office      0123456789abcdeF”", "“office”, and from column 13 on 16 hexadecimal digits in lower"),
        ("acts        112", "acts        0112", 6, "“acts        0112”", "“acts”, and from column 13 on a whole number"),
        ("acts        112", "acts        ¹¹²", 6, "“acts        ¹¹²”", "“acts”, and from column 13 on a whole number"),
        ("acts        112", "acts        9007199254740992", 6, "“acts        9007199254740992”", "a whole number up to"),
        ("acts        112", "acts 112", 6, "“acts 112”", "“acts”, and from column 13"),
        ("follows     2", "follows     112", 7, "“follows     112”", "a whole number smaller than 112, or “not said”"),
        (
            "follows     2",
            "follows     none",
            7,
            "“follows     none”",
            "“follows”, and from column 13 on a whole number, or “not",
        ),
        ("follows     2\n", "", 7, "“head        68686868", "“follows”"),
        (
            "68686868\n   ",
            "6868686\n   ",
            8,
            "“head        68686868 68686868 68686868 6868686”",
            "“head”, and from column 13 on 32",
        ),
        ("            68686868", "68686868", 9, "“68686868", "nothing, and from column 13 on 32 hexadecimal digits"),
        (
            "16:00:00Z",
            "16:00:00+00:00",
            12,
            "“signed at   2026-11-23T16:00:00+00:00”",
            "“signed at”, and from column 13 on a moment",
        ),
        ("11-23T", "11-33T", 12, "“signed at   2026-11-33T16:00:00Z”", "a moment of UTC"),
        ("public key", "public\tkey", 13, "“public\ufffdkey", "“public key”"),
    ],
)
def test_a_line_that_is_otherwise_is_named(*, stands: str, instead: str, line: int, found: str, wanted: str) -> None:
    text = head_text(signed())
    assert stands in text
    with pytest.raises(HeadUnreadable) as refused:
        read(text.replace(stands, instead, 1))
    assert str(refused.value).startswith(f"Line {line} of the head march.head cannot be read: {found}")
    assert refused.value.expectation().startswith(wanted)


def test_a_head_ends_where_it_ends() -> None:
    with pytest.raises(HeadUnreadable) as refused:
        read(head_text(signed()) + "and so on")
    assert (str(refused.value), refused.value.expectation()) == (
        "Line 19 of the head march.head cannot be read: “and so on” stands there.", "the end",
    )  # fmt: skip
    cut = "\n".join(head_text(signed()).splitlines()[:-1])
    with pytest.raises(HeadUnreadable, match=r"Line 18 of the head march\.head cannot be read: nothing stands there"):
        read(cut)


@pytest.mark.parametrize("data", [b"", b"\0" * 10, b"\xff\xfe", b"\x1b[2J", b"PK\x03\x04", b" " * (BYTES_MAX + 1)])
def test_a_file_of_anything_else_is_no_head(data: bytes) -> None:
    with pytest.raises(HeadUnreadable, match="Line 1 ") as refused:
        read_head(data, file="march.head")
    assert str(refused.value).isprintable()


@given(st.binary(max_size=200))
def test_whatever_is_read_is_written_the_same(data: bytes) -> None:
    text = head_text(signed()).encode()
    place = len(data) * 3 % len(text)
    for changed in (data, text[:place] + data + text[place:], text[:place] + data + text[place + len(data) :]):
        try:
            head = read_head(changed, file="march.head")
        except HeadUnreadable:
            continue
        plain = "\n".join(line.rstrip() for line in changed.decode().removeprefix("\ufeff").rstrip().split("\n"))
        assert head_text(head).rstrip() == plain
