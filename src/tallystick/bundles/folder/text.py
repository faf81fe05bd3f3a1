"""Text in cells: codes, references, holders and free text, taken exactly as they stand or refused."""

import re
from unicodedata import is_normalized, normalize

from tallystick.core.canonical import STRAY
from tallystick.core.refusal import Refusal

CODE_LENGTH = 64
HOLDER_LENGTH = 160
NAME_LENGTH = 200
TEXT_LENGTH = 2_000
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class ValueMissing(Refusal):
    code = "value_missing"
    words = "Nothing stands where {what} is needed."
    expected = "{what}"


class TextTooLong(Refusal):
    code = "text_too_long"
    words = "“{asked}” is {count} characters long."
    expected = "at most {most} characters"


class TextHoldsControl(Refusal):
    code = "text_holds_control"
    words = "“{asked}” holds the character {sign}, which nobody can see."
    expected = "one line of text, without tabs and other control characters"


class TextNotComposed(Refusal):
    code = "text_not_composed"
    words = "“{asked}” is written with accents apart from their letters, so it would not be found under its usual spelling."
    expected = "“{composed}” in Unicode's normal form C"


class CodeUnreadable(Refusal):
    code = "code_unreadable"
    words = "“{asked}” cannot be {what}: it {trouble}."
    expected = "{what} without it"


def read_text(text: str) -> str:
    """Free text, which may be empty; raises TextTooLong, TextHoldsControl, TextNotComposed."""
    return _plain(text, most=TEXT_LENGTH) if text else text


def read_name(text: str) -> str:
    """A name that must be there; raises ValueMissing and what `read_text` raises."""
    return _plain(_present(text, what="a name"), most=NAME_LENGTH)


def read_code(text: str) -> str:
    """The code of a unit, an earmark, a grant and their like.

    Raises ValueMissing, TextTooLong, TextHoldsControl, TextNotComposed, CodeUnreadable.
    """
    return _code(text, what="a code", never=";")


def read_optional_code(text: str) -> str:
    return _code(text, what="a code", never=";") if text else text


def read_party(text: str) -> str:
    """A party's code name: like any code, and without the colon that parts the names of the books' own accounts."""
    return _code(text, what="a code name", never=";:")


def read_holder(text: str) -> str:
    """Who gives or takes: a party, or one of the books' own accounts such as `@cost:bank fee`. Raises as `read_party` does."""
    if not text.startswith("@"):
        return read_party(text)
    return _unpadded(_plain(text, most=HOLDER_LENGTH), what="a holder")


def read_reference(text: str) -> str:
    """An entry's reference; raises as `read_code` does."""
    if text.isascii() and text.isalnum() and len(text) <= CODE_LENGTH:
        return text
    return _unpadded(_plain(_present(text, what="a reference"), most=CODE_LENGTH), what="a reference")


def _code(text: str, *, what: str, never: str) -> str:
    _unpadded(_plain(_present(text, what=what), most=CODE_LENGTH), what=what)
    if text.startswith("@"):
        raise CodeUnreadable(asked=text, what=what, trouble="begins with “@”, as only the books' own accounts do")
    for sign in never:
        if sign in text:
            raise CodeUnreadable(asked=text, what=what, trouble=f"holds “{sign}”")
    return text


def _present(text: str, *, what: str) -> str:
    if not text:
        raise ValueMissing(what=what)
    return text


def _unpadded(text: str, *, what: str) -> str:
    """Refuses blanks at the ends and signs that cannot be seen: two codes that look alike must be alike."""
    if text.strip() != text:
        raise CodeUnreadable(asked=text, what=what, trouble="begins or ends with a blank")
    if not text.isprintable():
        hidden = next(sign for sign in text if not sign.isprintable())
        raise CodeUnreadable(asked=text, what=what, trouble=f"holds U+{ord(hidden):04X}, which nobody can see")
    return text


def _plain(text: str, *, most: int) -> str:
    if len(text) > most:
        raise TextTooLong(asked=f"{text[:20]}…", count=len(text), most=most)
    if text.isascii() and text.isprintable():
        return text
    hidden = CONTROL.search(text) or STRAY.search(text)
    if hidden is not None:
        raise TextHoldsControl(asked=text, sign=f"U+{ord(hidden[0]):04X}")
    if not is_normalized("NFC", text):
        raise TextNotComposed(asked=text, composed=normalize("NFC", text))
    return text
