"""Canonical JSON: one value has one text, so that a digest over the bytes is a digest over the meaning.

The text is that of RFC 8785, for objects, arrays, strings and whole numbers alone. Strings stand in Unicode normal form C
and hold neither U+0000, which PostgreSQL's text cannot hold, nor noncharacters, which RFC 7493 (section 2.1) rules out. Keys
are ASCII and not empty; then RFC 8785's order of UTF-16 units is the order of the bytes. Whole numbers lie within ±(2^53 − 1).
"""

import re
from typing import Any
from unicodedata import is_normalized

import orjson

from tallystick.core.refusal import Refusal

WHOLE_MAX = 2**53 - 1
DEPTH_MAX = 32
NONCHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
STRAY = re.compile(f"[\ud800-\udfff{NONCHARACTERS}]")
JSON_WORDS = {None: "null", True: "true", False: "false"}
OPTIONS = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_STRICT_INTEGER
    | orjson.OPT_PASSTHROUGH_SUBCLASS
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
)
Path = tuple[str | int, ...]


class NotCanonical(Refusal):
    code = "not_canonical"
    words = "{place} holds {found}."
    expected = "{wanted}"


def encode(value: Any) -> bytes:
    """The one text of `value`. Only dict, list, str and int themselves are taken, nothing derived from them.

    Raises NotCanonical, which names the place and what stands there.
    """
    try:
        text = orjson.dumps(value, option=OPTIONS)
    except orjson.JSONEncodeError:
        text = b""
    if _is_seen_at_once(text) and _is_plain(value, DEPTH_MAX):
        return text
    fault = _find_fault(value, ())
    if fault is not None:
        raise fault
    assert text, "the encoder refused what the rules allow"
    return text


def decode(data: bytes) -> Any:
    """The value whose one text is exactly `data`; the caller bounds the size.

    Raises NotCanonical for any other text: spaces, another order, a key given twice, another escape, a byte after the end.
    """
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as problem:
        raise NotCanonical(place=f"Character {problem.pos + 1}", found="what is not JSON", wanted="JSON") from problem
    text = encode(value)
    if text != data:
        raise _difference(text, data)
    return value


def _is_seen_at_once(text: bytes) -> bool:
    """Whether the text as a whole shows that every string and key in it may stand: ASCII is in normal form by itself."""
    return text.isascii() and b"\\u0000" not in text and b'"":' not in text and text != b""


def _is_plain(value: Any, depth: int) -> bool:
    """Whether nothing but dict, list, str and int stands there, at most `depth` deep; it does not look into strings."""
    kind = type(value)
    if kind is dict:
        items = value.values()
    elif kind is list:
        items = value
    else:
        return kind is str or kind is int
    if not depth:
        return False
    for item in items:
        kind = type(item)
        if kind is not str and kind is not int and not _is_plain(item, depth - 1):
            return False
    return True


def _find_fault(value: Any, path: Path) -> NotCanonical | None:
    """The first thing in `value` that has no canonical text, or None."""
    kind = type(value)
    if kind is str:
        return _text_fault(value, path)
    if kind is int:
        return _number_fault(value, path)
    if kind is not dict and kind is not list:
        found = JSON_WORDS[value] if value is None or kind is bool else f"a value of type {kind.__name__}"
        return _not_canonical(path, found=found, wanted="an object, an array, a string or a whole number")
    if len(path) == DEPTH_MAX:
        return _not_canonical(path, found="one level too many", wanted=f"at most {DEPTH_MAX} levels, one in another")
    return _inner_fault(value, path)


def _inner_fault(value: dict[Any, Any] | list[Any], path: Path) -> NotCanonical | None:
    if type(value) is dict:
        for key in value:
            if type(key) is not str or not key or not key.isascii() or "\0" in key:
                return _not_canonical(path, found=f"the key {key!r}", wanted="keys of ASCII text, none of them empty")
    for key, item in value.items() if type(value) is dict else enumerate(value):
        if type(item) is str and item.isascii() and "\0" not in item:
            continue
        fault = _find_fault(item, (*path, key))
        if fault is not None:
            return fault
    return None


def _number_fault(value: int, path: Path) -> NotCanonical | None:
    if -WHOLE_MAX <= value <= WHOLE_MAX:
        return None
    return _not_canonical(path, found=f"a whole number of {value.bit_length()} bits", wanted=f"at most {WHOLE_MAX} either way")


def _text_fault(text: str, path: Path) -> NotCanonical | None:
    if "\0" in text:
        return _not_canonical(path, found="the character U+0000", wanted="text without it")
    if text.isascii():
        return None
    stray = STRAY.search(text)
    if stray is not None:
        return _not_canonical(path, found=f"the code point U+{ord(stray[0]):04X}", wanted="code points that stand for characters")
    if not is_normalized("NFC", text):
        return _not_canonical(path, found="text in another normal form", wanted="text in Unicode normal form C")
    return None


def _not_canonical(path: Path, *, found: str, wanted: str) -> NotCanonical:
    steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return NotCanonical(place=f"“{steps.removeprefix('.')}”" if steps else "The whole", found=found, wanted=wanted)


def _difference(text: bytes, data: bytes) -> NotCanonical:
    """What to say of `data`, which stands for the same value as the canonical `text` and is written otherwise."""
    pairs = enumerate(zip(text, data, strict=False))
    place = next((place for place, (ours, theirs) in pairs if ours != theirs), min(len(text), len(data)))
    return NotCanonical(
        place=f"Byte {place + 1}",
        found=_quoted(data[place : place + 1]),
        wanted=_quoted(text[place : place + 1]),
    )


def _quoted(byte: bytes) -> str:
    return f"“{byte.decode('latin-1').encode('unicode_escape').decode()}”" if byte else "the end"
