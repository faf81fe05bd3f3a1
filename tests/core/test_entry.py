"""What an act says of an entry, there and back; and nothing that is spelt otherwise comes back."""

from typing import Any

import pytest
from hypothesis import given, settings

from tallystick.core.amount import PARTS_MAX
from tallystick.core.canonical import decode, encode
from tallystick.core.entry import Move, PostedEntry, entry_content, entry_said
from tests.core.ledger_page import moment_of
from tests.core.tales import Tale, tales

POSTED = PostedEntry(
    "T1",
    moment_of("3 March"),
    (
        Move("dispatch", "Store", "@transit:T1", "LAMP", 40, "LIGHT", "Yusuf", "G2", "BASIS", "by the bridge"),
        Move("commission", "Store", "@commission:Store", "USD", PARTS_MAX, "SHOPS"),
    ),
)
CONTENT = {
    "reference": "T1",
    "happened_at": "2024-03-03T10:00:00+03:00",
    "moves": [
        {
            "kind": "dispatch", "giver": "Store", "taker": "@transit:T1", "unit": "LAMP", "amount": "40", "earmark": "LIGHT",
            "named": "Yusuf", "grant": "G2", "authorisation": "BASIS", "note": "by the bridge",
        },
        {
            "kind": "commission", "giver": "Store", "taker": "@commission:Store", "unit": "USD",
            "amount": "9223372036854775807", "earmark": "SHOPS",
        },
    ],
}  # fmt: skip


def test_amounts_are_texts_and_what_is_empty_is_left_out():
    assert entry_content(POSTED) == CONTENT
    assert entry_content(POSTED._replace(reverses="T0")) == CONTENT | {"reverses": "T0"}


def test_what_was_said_is_read_back_with_its_clock():
    read = entry_said(CONTENT)
    assert read == POSTED
    assert read.happened_at.isoformat() == CONTENT["happened_at"]


@settings(max_examples=15)
@given(tale=tales())
def test_every_entry_comes_back_from_the_journal_as_it_went_in(tale: Tale):
    for entry in tale.entries:
        assert entry_said(decode(encode(entry_content(entry)))) == entry


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("amount", "040"), ("amount", "+40"), ("amount", "4_0"), ("amount", " 40"), ("amount", "٤٠"), ("amount", "40.0"),
        ("amount", "0"), ("amount", "-40"), ("amount", "9223372036854775808"), ("amount", "forty"), ("amount", ""),
        ("amount", 40), ("amount", ["40"]), ("grant", ""), ("named", ""), ("note", 5), ("kind", 5), ("kind", ""),
        ("giver", ["Store"]), ("earmark", ""), ("colour", "blue"), ("colour", ""),
    ],
)  # fmt: skip
def test_a_move_written_otherwise_is_not_read(key: str, value: Any):
    first, second = CONTENT["moves"]
    with pytest.raises((TypeError, ValueError)):
        entry_said(CONTENT | {"moves": [first | {key: value}, second]})


@pytest.mark.parametrize("key", ["kind", "giver", "taker", "unit", "amount", "earmark"])
def test_a_move_that_lacks_anything_is_not_read(key: str):
    first, second = CONTENT["moves"]
    with pytest.raises(KeyError):
        entry_said(CONTENT | {"moves": [{name: said for name, said in first.items() if name != key}, second]})


@pytest.mark.parametrize(
    "changed",
    [
        {"happened_at": "2024-03-03T10:00:00"},
        {"happened_at": "2024-03-03T10:00+03:00"},
        {"happened_at": "2024-03-03 10:00:00+03:00"},
        {"happened_at": "20240303T100000+0300"},
        {"happened_at": "2024-03-03T10:00:00.000000+03:00"},
        {"happened_at": "2024-03-03T07:00:00Z"},
        {"happened_at": "3 March"},
        {"happened_at": 20240303},
        {"reference": ""},
        {"reference": 1},
        {"reverses": ""},
        {"reverses": 1},
        {"moves": []},
        {"moves": tuple(CONTENT["moves"])},
        {"moves": {"0": "gift"}},
        {"moves": None},
        {"colour": "blue"},
    ],
)
def test_an_entry_written_otherwise_is_not_read(changed: dict[str, Any]):
    with pytest.raises((TypeError, ValueError)):
        entry_said(CONTENT | changed)


@pytest.mark.parametrize("key", ["reference", "happened_at", "moves"])
def test_an_entry_that_lacks_anything_is_not_read(key: str):
    with pytest.raises(KeyError):
        entry_said({name: said for name, said in CONTENT.items() if name != key})
