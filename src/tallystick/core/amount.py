"""Amounts: whole numbers of a unit's smallest part, read from people's decimals and shown as them."""

import re
from typing import NewType

from tallystick.core.refusal import Refusal

Parts = NewType("Parts", int)
"""A whole number of the smallest part of a unit: cents, lamps, kilograms of a tonne."""

PARTS_MAX = 2**63 - 1
DIGITS_MAX = 40  # more than any amount has; a cell may hold a megabyte of digits, which neither int() nor a sentence should see
DIGITS_SURE = 19  # fewer are never more than PARTS_MAX
APART = re.compile(r"-?[0-9]{1,3}(?:[, \u00a0\u202f][0-9]{3})+(?:\.[0-9]+)?", re.ASCII)  # thousands apart, as they are shown
DECIMAL = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?", re.ASCII)


class AmountUnreadable(Refusal):
    code = "amount_unreadable"
    words = "“{asked}” is not an amount of {unit}."
    expected = "digits, with a point before the decimals and nothing else"


class AmountTooPrecise(Refusal):
    code = "amount_too_precise"
    words = "“{asked}” {unit} has more decimals than the {places} that {unit} is counted in."
    expected = "at most {places} decimals"


class AmountTooLarge(Refusal):
    code = "amount_too_large"
    words = "{asked} {unit} is more than the books can hold in one number."
    expected = "at most 9223372036854775807 of the smallest part"


class AmountNotPositive(Refusal):
    code = "amount_not_positive"
    words = "A move of {asked} {unit} moves nothing."
    expected = "more than 0"


class AmountNegative(Refusal):
    code = "amount_negative"
    words = "{asked} {unit} is below zero."
    expected = "0 or more"


def check_not_negative(parts: int | None, *, unit: str, places: int) -> None:
    """Refuses, with AmountNegative, a limit or a fee below zero; None is no limit."""
    if parts is not None and parts < 0:
        raise AmountNegative(asked=show_amount(parts, places), unit=unit)


def read_amount(text: str, *, unit: str, places: int) -> Parts:
    """The smallest parts that `text` stands for; `places` is the unit's number of decimals (0 to 6).

    Raises AmountUnreadable, AmountTooPrecise, AmountTooLarge.
    """
    digits = text.replace(".", "", 1) if places and text[-places - 1 : -places] == "." else text
    if len(digits) == len(text) - bool(places) and places < len(digits) < DIGITS_SURE and digits.isascii() and digits.isdecimal():
        return Parts(int(digits))  # written in full, as nearly every amount is
    match = DECIMAL.fullmatch(text)
    if match is None:
        raise AmountUnreadable(asked=_shortened(text), unit=unit)
    sign, whole, decimals = match.groups(default="")
    if len(decimals) > places:
        raise AmountTooPrecise(asked=_shortened(text), unit=unit, places=places)
    if len(whole) > DIGITS_MAX:
        raise AmountTooLarge(asked=_shortened(text), unit=unit)
    parts = int(whole + decimals.ljust(places, "0"))
    if parts > PARTS_MAX:
        raise AmountTooLarge(asked=text, unit=unit)
    return Parts(-parts if sign else parts)


def read_typed(text: str, *, unit: str, places: int) -> Parts:
    """The same of what a person typed, who may part thousands as they are shown: “1,052.50”.

    A comma anywhere else is no sign for thousands, and may be one for decimals: “1,50” is refused, as it could be 1.50 or 150.
    """
    text = text.strip()
    if APART.fullmatch(text):
        text = re.sub(r"[^0-9.-]", "", text)
    return read_amount(text, unit=unit, places=places)


def show_amount(parts: int, places: int) -> str:
    """The decimal that people read, with exactly `places` decimals: 1052632 at 2 places is “10526.32”."""
    if not places:
        return str(parts)
    digits = str(abs(parts)).rjust(places + 1, "0")
    return f"{'-' if parts < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def show_apart(parts: int, places: int) -> str:
    """The same with its thousands apart, for whoever reads it and types nothing: “10,526.32”."""
    whole, point, decimals = show_amount(abs(parts), places).partition(".")
    return f"{'-' if parts < 0 else ''}{int(whole):,}{point}{decimals}"


def _shortened(text: str) -> str:
    return text if len(text) <= DIGITS_MAX else f"{text[: DIGITS_MAX // 2]}…"
