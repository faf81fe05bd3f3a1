"""Which characters our fonts hold: the common ones of each script, by the national standards, and whatever our catalogs say.

And which of several files each of them lies in, so that a page fetches little besides what stands on it.
"""

from collections.abc import Iterable, Iterator, Mapping

HANGUL = "U+3131-318E, U+AC00-D7A3"
HAN = "U+3001-3003, U+3008-3011, U+3014-3017, U+3400-4DBF, U+4E00-9FFF, U+FF01-FF5E"
WHOLE = "U+3400-4DBF, U+4E00-9FFF, U+AC00-D7A3"
HAN_MARKS = "—‘’“”…"
"""Quotation marks and dashes are as wide as a character in Chinese, and belong to the Latin font elsewhere."""

PAGES = ("src/tallystick/web/templates/web/", "src/tallystick/web/")  # where areas of pages lie, each in its folder
FIRST = {"base.html", "menu.html", "menu.py", "languages.html", "pager.html", "figures.py", "today"}
"""What stands around every page, and on the page that a member sees first."""

SHARED = 4  # a character that so many areas say belongs to none of them
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


def is_whole(letter: str) -> bool:
    """Whether this is a Han character or a Hangul syllable, and no mark or single letter beside them."""
    return bool(of_script([letter], WHOLE))


def slices(places: Mapping[str, set[str]], *, size: int) -> list[set[str]]:
    """The characters of a catalog, each with the files that say it: what every page needs in one part, the others `size` by `size`.

    What many areas of the pages say comes before what stands in one of them, and what only refusals say comes last.
    """
    areas = {letter: {_area(file) for file in files} - {""} for letter, files in places.items()}
    first = {letter for letter, found in areas.items() if found & FIRST}
    others = sorted(areas.keys() - first, key=lambda letter: (_rank(areas[letter]), letter))
    return [first, *(set(others[at : at + size]) for at in range(0, len(others), size))]


def runs(letters: Iterable[str], *, size: int) -> list[tuple[str, set[str]]]:
    """Letters in their order, `size` by `size`, each part with a range from its first letter to its last: (range, letters)."""
    ordered = sorted(letters)
    parts = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    return [(f"U+{ord(part[0]):04X}-{ord(part[-1]):04X}", set(part)) for part in parts]


def _rank(areas: set[str]) -> tuple[bool, int, str]:
    count = len(areas)
    return count == 0, -count if count >= SHARED else 0, "" if count >= SHARED else min(areas, default="")


def _area(file: str) -> str:
    """The area of the pages that a file belongs to, or its own name beside them; empty where it is none of the pages'."""
    found = next((file.removeprefix(folder) for folder in PAGES if file.startswith(folder)), "")
    return found.partition("/")[0]


def _spans(script: str) -> Iterator[tuple[int, int]]:
    for span in script.split(", "):
        first, _, last = span.removeprefix("U+").partition("-")
        yield int(first, 16), int(last or first, 16)


def _encoded(letter: str, encoding: str) -> bytes:
    try:
        return letter.encode(encoding)
    except UnicodeEncodeError:
        return b""
