"""Values in cells: whole numbers, percentages, amounts, yes and no, words out of a list, holding limits."""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from tallystick.bundles.folder.text import ValueMissing, read_code
from tallystick.core.amount import AmountNegative, Parts, read_amount, show_amount
from tallystick.core.party import HoldingLimit
from tallystick.core.refusal import Refusal

T = TypeVar("T")

WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)
PERCENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,4}))?\s?%?", re.ASCII)
PPM_MAX = 1_000_000
YES_NO = {"yes": True, "no": False}


class ValueUnreadable(Refusal):
    code = "value_unreadable"
    words = "“{asked}” is not {what}."
    expected = "{what}"


class ValueOfUnknownKind(Refusal):
    code = "value_unknown_kind"
    words = "“{asked}” is none of the words that stand here."
    expected = "one of {words_known}"


class LimitTwice(Refusal):
    code = "limit_twice"
    words = "“{asked}” limits {unit} twice."
    expected = "one limit for each unit"


def one_of(known: Iterable[str]) -> Callable[[str], str]:
    """A reader of words out of a list; the reader raises ValueMissing, ValueOfUnknownKind."""
    words = frozenset(map(str, known))
    listed = ", ".join(map(str, known))

    def read(text: str) -> str:
        if not text:
            raise ValueMissing(what=f"one of {listed}")
        if text not in words:
            raise ValueOfUnknownKind(asked=text, words_known=listed)
        return text

    return read


def whole(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers between two bounds; the reader raises ValueMissing, ValueUnreadable."""
    what = f"a whole number from {least} to {most}"

    def read(text: str) -> int:
        if not text:
            raise ValueMissing(what=what)
        if WHOLE.fullmatch(text) is None or not least <= int(text) <= most:
            raise ValueUnreadable(asked=text, what=what)
        return int(text)

    return read


def optional(read: Callable[[str], T]) -> Callable[[str], T | None]:
    """A reader that takes an empty cell for None."""
    return lambda text: read(text) if text else None


def read_yes_no(text: str) -> bool:
    if text not in YES_NO:
        raise ValueUnreadable(asked=text, what="yes or no") if text else ValueMissing(what="yes or no")
    return YES_NO[text]


def read_percent(text: str) -> int:
    """Parts per million of a percentage from 0 to 100 with at most four decimals: “12.5” is 125,000."""
    match = PERCENT.fullmatch(text)
    ppm = int(match[1] + (match[2] or "").ljust(4, "0")) if match else PPM_MAX + 1
    if ppm > PPM_MAX:
        raise ValueUnreadable(asked=text, what="a percentage from 0 to 100, with at most four decimals")
    return ppm


def show_percent(ppm: int) -> str:
    """The percentage without needless decimals: 125,000 parts per million is “12.5”."""
    shown = show_amount(ppm, 4)
    return shown.rstrip("0").rstrip(".")


def read_held(text: str, *, unit: str, places: int) -> Parts:
    """An amount that stands, 0 or more; raises ValueMissing, AmountNegative and what `read_amount` raises."""
    if not text:
        raise ValueMissing(what=f"an amount of {unit}")
    parts = read_amount(text, unit=unit, places=places)
    if parts < 0:
        raise AmountNegative(asked=text, unit=unit)
    return parts


def read_limits(text: str, places_of: Callable[[str], int]) -> tuple[HoldingLimit, ...]:
    """Holding limits as they are written, “USD 80000; CNY 90000”; `places_of` gives a unit's decimals or refuses the unit.

    Raises ValueUnreadable, LimitTwice, and what reading the unit and the amount raises.
    """
    limits: dict[str, HoldingLimit] = {}
    for one in text.split(";") if text else ():
        unit, _, amount = one.strip(" ").rpartition(" ")
        if not unit:
            raise ValueUnreadable(asked=one, what="a unit and an amount, like USD 80000, several joined by “; ”")
        if unit in limits:
            raise LimitTwice(asked=text, unit=unit)
        limits[unit] = HoldingLimit(unit, read_held(amount, unit=unit, places=places_of(read_code(unit))))
    return tuple(limits.values())


def show_limits(limits: Iterable[HoldingLimit], places: dict[str, int]) -> str:
    """Holding limits as people write them: decimals only where there is a fraction."""
    return "; ".join(f"{one.unit} {show_round(one.amount, places[one.unit])}" for one in limits)


def show_round(parts: int, places: int) -> str:
    """An amount without decimals where they are all zero: 8000000 at 2 places is “80000”, 8000050 is “80000.50”."""
    return str(parts // 10**places) if parts % 10**places == 0 else show_amount(parts, places)
