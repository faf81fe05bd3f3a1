"""Amounts are read from people's decimals, shown as them, and never pass through a float."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.core.amount import (
    PARTS_MAX,
    AmountTooLarge,
    AmountTooPrecise,
    AmountUnreadable,
    read_amount,
    read_typed,
    show_amount,
    show_apart,
)

PARTS = st.integers(-PARTS_MAX, PARTS_MAX)
PLACES = st.integers(0, 6)


@given(parts=PARTS, places=PLACES)
def test_what_is_shown_is_read_back(parts: int, places: int) -> None:
    assert read_amount(show_amount(parts, places), unit="USD", places=places) == parts


@given(parts=PARTS, places=PLACES)
def test_what_is_shown_is_the_amount_to_the_last_digit(parts: int, places: int) -> None:
    shown = show_amount(parts, places)
    assert Decimal(shown) == Decimal(parts).scaleb(-places)
    assert len(shown.partition(".")[2]) == places


@given(parts=PARTS, places=PLACES)
def test_noughts_at_the_end_may_be_left_out(parts: int, places: int) -> None:
    shown = show_amount(parts, places)
    shorter = shown.rstrip("0").removesuffix(".") if places else shown
    assert read_amount(shorter, unit="USD", places=places) == parts


@given(parts=PARTS, places=PLACES)
def test_an_amount_read_is_a_whole_number(parts: int, places: int) -> None:
    assert type(read_amount(show_amount(parts, places), unit="USD", places=places)) is int


@given(text=st.one_of(st.text(), st.text("0123456789.-٣² ", max_size=24)))
def test_any_text_is_read_exactly_or_refused(text: str) -> None:
    try:
        parts = read_amount(text, unit="USD", places=2)
    except (AmountUnreadable, AmountTooPrecise, AmountTooLarge):
        return
    assert Decimal(text) == Decimal(parts).scaleb(-2)


@pytest.mark.parametrize(
    ("text", "places", "parts"),
    [
        ("8000", 2, 800_000),
        ("10526.32", 2, 1_052_632),
        ("10526.3", 2, 1_052_630),
        ("0", 0, 0),
        ("0.05", 2, 5),
        ("-0.05", 2, -5),
        ("-0", 2, 0),
        ("007", 0, 7),
        ("0.000001", 6, 1),
        ("9223372036854775807", 0, PARTS_MAX),
        ("92233720368547758.07", 2, PARTS_MAX),
        ("-92233720368547758.07", 2, -PARTS_MAX),
    ],
)
def test_a_decimal_is_so_many_of_the_smallest_part(text: str, places: int, parts: int) -> None:
    assert read_amount(text, unit="USD", places=places) == parts


@pytest.mark.parametrize(
    ("parts", "places", "text"),
    [(1_052_632, 2, "10526.32"), (5, 2, "0.05"), (-5, 2, "-0.05"), (0, 2, "0.00"), (-40, 0, "-40"), (1, 6, "0.000001")],
)
def test_every_decimal_of_the_unit_is_shown(parts: int, places: int, text: str) -> None:
    assert show_amount(parts, places) == text


@pytest.mark.parametrize(
    "text",
    ["", " ", "1e3", "1E3", "１２", "١٢", "²", " 1", "1 ", "1\n", "+1", "--1", "−1", "1,000", "1 000", "1_000", "1'000",
     ".5", "5.", ".", "1.2.3", "0x10", "NaN", "Infinity", "USD 1", "1 USD", "$1", "1.０", "=1+1", "\ufeff1", "1\0"],
)  # fmt: skip
def test_what_is_no_plain_decimal_is_unreadable(text: str) -> None:
    with pytest.raises(AmountUnreadable) as refusal:
        read_amount(text, unit="USD", places=2)
    assert str(refusal.value) == f"“{text}” is not an amount of USD."
    assert refusal.value.expectation() == "digits, with a point before the decimals and nothing else"


@pytest.mark.parametrize(("text", "places"), [("1.005", 2), ("1.500", 2), ("1.0", 0), ("0.0000001", 6), ("-0.001", 2)])
def test_more_decimals_than_the_unit_is_counted_in_are_refused_and_never_rounded(text: str, places: int) -> None:
    with pytest.raises(AmountTooPrecise) as refusal:
        read_amount(text, unit="USD", places=places)
    assert refusal.value.facts == {"asked": text, "unit": "USD", "places": places}
    assert refusal.value.expectation() == f"at most {places} decimals"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("9223372036854775808", 0),
        ("-9223372036854775808", 0),
        ("92233720368547758.08", 2),
        ("9223372036854775807", 2),
        ("9" * 40, 6),
    ],
)
def test_more_than_the_books_can_hold_in_one_number_is_refused(text: str, places: int) -> None:
    with pytest.raises(AmountTooLarge, match="more than the books can hold in one number") as refusal:
        read_amount(text, unit="USD", places=places)
    assert refusal.value.facts["asked"] == text


@pytest.mark.parametrize(
    ("text", "refused"),
    [("9" * 1_000_000, AmountTooLarge), ("0." + "1" * 1_000_000, AmountTooPrecise), ("z" * 1_000_000, AmountUnreadable)],
)
def test_a_cell_of_a_megabyte_is_refused_in_a_short_sentence(text: str, refused: type[Exception]) -> None:
    with pytest.raises(refused) as refusal:
        read_amount(text, unit="USD", places=2)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(
    ("parts", "places", "shown"),
    [(1_052_632, 2, "10,526.32"), (-1_052_632, 2, "-10,526.32"), (999, 0, "999"), (1_200, 3, "1.200"), (-5, 2, "-0.05")],
)
def test_thousands_stand_apart_where_somebody_only_reads(parts: int, places: int, shown: str) -> None:
    assert show_apart(parts, places) == shown


@pytest.mark.parametrize(
    ("typed", "parts"),
    [("1,052.50", 105_250), ("1 052.50", 105_250), ("1\u202f052", 105_200), (" 12.5 ", 1_250), ("1,000,000", 100_000_000), ("-1,052", -105_200)],
)  # fmt: skip
def test_a_person_may_part_thousands(typed: str, parts: int) -> None:
    assert read_typed(typed, unit="USD", places=2) == parts


@pytest.mark.parametrize("typed", ["1,50", "12,5", "1,0000", "1,052,50", ",052", "10526,32", "1,,052", "1.052,50", "1,052.", ""])
def test_a_comma_that_parts_no_thousands_is_not_taken_out(typed: str) -> None:
    with pytest.raises(AmountUnreadable):
        read_typed(typed, unit="USD", places=2)
