"""Codes of eight digits and two that check them, as people say and type them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.core.half import CHANCES, CodeMistyped, CodeUnreadable, half_drawn, read_half, show_half

HALVES = st.integers(0, CHANCES - 1).map(half_drawn)
TWELVE = half_drawn(12_345_678)


def test_a_half_is_shown_in_groups_that_can_be_read_out():
    assert TWELVE == "1234567889"
    assert show_half(TWELVE) == "1234 5678 89"
    assert half_drawn(0) == "0000000098"


@pytest.mark.parametrize(
    "typed",
    [
        "1234567889",
        "1234 5678 89",
        " 1234-5678-89\n",
        "1234–5678–89",
        "12.34.56.78.89",
        "\u200f١٢٣٤ ٥٦٧٨ ٨٩",
        "۱۲۳۴ ۵۶۷۸ ۸۹",
        "１２３４\u3000５６７８\u3000８９",
        "१२३४५६७८८९",
    ],
)
def test_a_half_is_read_however_a_telephone_writes_digits(typed: str):
    assert read_half(typed) == TWELVE


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", 0), ("1234 5678", 8), ("1234 5678 899", 11), ("1234 5678 8x", 9), ("1234567889²", 10), ("1" * 500, 60), ("½" * 10, 0)],
)
def test_what_has_not_ten_digits_is_no_code_and_the_refusal_does_not_repeat_it(typed: str, found: int):
    with pytest.raises(CodeUnreadable) as told:
        read_half(typed)
    assert told.value.facts == {"length": 10, "found": found}


@given(half=HALVES, place=st.integers(0, 9), more=st.integers(1, 9))
def test_one_wrong_digit_is_a_slip_of_the_thumb_and_no_other_code(half: str, place: int, more: int):
    wrong = half[:place] + str((int(half[place]) + more) % 10) + half[place + 1 :]
    with pytest.raises(CodeMistyped) as told:
        read_half(wrong)
    assert not re.search("[0-9]", str(told.value))


@given(half=HALVES, one=st.integers(0, 9), other=st.integers(0, 9))
def test_two_digits_that_changed_places_are_found_wherever_they_stood(half: str, one: int, other: int):
    swapped = list(half)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    if half[one] == half[other]:
        assert read_half("".join(swapped)) == half
        return
    with pytest.raises(CodeMistyped):
        read_half("".join(swapped))


@given(half=HALVES)
def test_what_is_shown_is_read_again(half: str):
    assert read_half(show_half(read_half(half))) == half
