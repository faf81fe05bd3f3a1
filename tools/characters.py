"""Which characters our fonts hold: the common ones of each script, by the national standards, and whatever our catalogs say."""

from collections.abc import Iterable, Iterator

HANGUL = "U+3131-318E, U+AC00-D7A3"
HAN = "U+3001-3003, U+3008-3011, U+3014-3017, U+3400-4DBF, U+4E00-9FFF, U+FF01-FF5E"
HAN_MARKS = "—‘’“”…"
"""Quotation marks and dashes are as wide as a character in Chinese, and belong to the Latin font elsewhere."""

ARABIC = "U+0600-06FF, U+FB50-FDFF, U+FE70-FEFC"


def common_hangul() -> set[str]:
    """The 2,350 syllables of KS X 1001 and its single letters."""
    syllables = {chr(code) for code in range(0xAC00, 0xD7A4) if len(_encoded(chr(code), "euc_kr")) == 2}
    return syllables | {chr(code) for code in range(0x3131, 0x3164)}


def common_han() -> set[str]:
    """The 3,755 characters of the first level of GB 2312, and the punctuation of our Han range."""
    level = {chr(code) for code in range(0x4E00, 0xA000) if b"\xb0" <= _encoded(chr(code), "gb2312")[:1] <= b"\xd7"}
    return level | set("、。〃〈〉《》「」『』【】〔〕〖〗！％（），．／：；？［］｛｝～＋－＝")


def of_script(letters: Iterable[str], script: str) -> set[str]:
    """Those letters that lie in a range such as HANGUL."""
    spans = list(_spans(script))
    return {letter for letter in letters if any(first <= ord(letter) <= last for first, last in spans)}


def ranges(letters: Iterable[str]) -> str:
    """The letters as CSS says them: U+AC00-AC02, U+AC10."""
    spans: list[list[int]] = []
    for code in sorted({ord(letter) for letter in letters}):
        if spans and code == spans[-1][1] + 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return ", ".join(f"U+{first:04X}" if first == last else f"U+{first:04X}-{last:04X}" for first, last in spans)


def _spans(script: str) -> Iterator[tuple[int, int]]:
    for span in script.split(", "):
        first, _, last = span.removeprefix("U+").partition("-")
        yield int(first, 16), int(last or first, 16)


def _encoded(letter: str, encoding: str) -> bytes:
    try:
        return letter.encode(encoding)
    except UnicodeEncodeError:
        return b""
