"""Halves of a code: eight digits drawn by chance and two that check them, to be read out over a bad line and typed by thumb.

The check digits are ISO 7064 mod 97-10: they find every single wrong digit and every pair that changed places, so that a slip of
the thumb is told from a wrong code and costs nobody a try.
"""

import unicodedata
from typing import NewType

from stdnum.iso7064 import mod_97_10

from tallystick.core.refusal import Refusal

Half = NewType("Half", str)
"""Ten digits, the last two of which check the others."""

CHANCES = 10**8
CHOSEN, CHECKING = 8, 2  # digits
LENGTH = CHOSEN + CHECKING
GROUPS = (4, 4, 2)
TEXT_MAX = 60  # characters; more was never a code, however it is written
BETWEEN = {"Zs", "Cc", "Cf", "Pd"}  # blanks, line ends, marks of direction, hyphens and dashes
ALSO_BETWEEN = set(".,/_\N{MINUS SIGN}\N{KATAKANA MIDDLE DOT}\N{MIDDLE DOT}")


class CodeUnreadable(Refusal):
    code = "digits_unreadable"
    words = "A code is {length} digits and nothing else; {found} digits can be read here."
    expected = "{length} digits, in groups or not; this cost no try"


class CodeMistyped(Refusal):
    code = "code_mistyped"
    words = "The digits of this code do not fit together: one of them is wrong, or two changed places."
    expected = "the same digits once more; this cost no try"


def half_drawn(chance: int) -> Half:
    """The half that one of CHANCES stands for; whoever asks brings the chance."""
    assert 0 <= chance < CHANCES, "a half is drawn among as many as there are"
    digits = str(chance).rjust(CHOSEN, "0")
    return Half(digits + str(mod_97_10.calc_check_digits(digits)))


def read_half(text: str) -> Half:
    """The half that was typed, in the digits of any script and with anything usual between them.

    Raises CodeUnreadable, CodeMistyped. What was typed stands in neither.
    """
    digits = [_digit(letter) for letter in text[:TEXT_MAX] if not _stands_between(letter)]
    if len(digits) != LENGTH or None in digits or len(text) > TEXT_MAX:
        raise CodeUnreadable(length=LENGTH, found=sum(one is not None for one in digits))
    half = "".join(map(str, digits))
    if mod_97_10.checksum(half) != 1:
        raise CodeMistyped
    return Half(half)


def show_half(half: Half) -> str:
    """“1234 5678 90”."""
    shown, start = [], 0
    for size in GROUPS:
        shown.append(half[start : start + size])
        start += size
    return " ".join(shown)


def _stands_between(letter: str) -> bool:
    return letter in ALSO_BETWEEN or unicodedata.category(letter) in BETWEEN


def _digit(letter: str) -> int | None:
    return unicodedata.decimal(letter, None)
