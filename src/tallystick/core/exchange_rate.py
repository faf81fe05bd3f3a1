"""The rate of an exchange or the price of a purchase, as people say it: one of the dearer unit for so many of the other."""

from typing import NamedTuple

from tallystick.core.amount import show_amount

DECIMALS = 4


class Side(NamedTuple):
    """An amount of a unit: smallest parts, and how many decimals the unit has."""

    unit: str
    amount: int
    places: int


def rate_words(given: Side, got: Side) -> str:
    """“1 USD = 6.1400 CNY”, whichever way round is more than one; nothing where either amount is none."""
    if given.amount <= 0 or got.amount <= 0:
        return ""
    one, other = (given, got) if _whole(given) <= _whole(got) else (got, given)
    scaled = other.amount * 10 ** (one.places + DECIMALS)
    divisor = one.amount * 10**other.places
    return f"1 {one.unit} = {show_amount((2 * scaled + divisor) // (2 * divisor), DECIMALS)} {other.unit}"


def _whole(side: Side) -> int:
    """The amount by a measure that is the same for both sides; units have at most 6 decimals."""
    return side.amount * int(10 ** (6 - side.places))
