#!/usr/bin/env python3
"""The fonts of the pages, cut down from Noto: python tools/fonts.py [FOLDER], where FOLDER holds the fonts as Debian installs them.

Needs fonttools and brotli, which nothing else does (`uv run --with fonttools --with brotli --with babel tools/fonts.py`), and Debian's
fonts-noto-core and fonts-noto-cjk. Writes src/tallystick/web/static/web/fonts: WOFF2 files and fonts.css. Hangul and Han come in many
files, and a browser asks for those that hold what stands on the page: first what every page says, then what our catalogs say
elsewhere, then the rest of the common characters, for names. Han comes in one weight, of which browsers make the bold one: two would
not go into a first load. Run it again when a test tells that a catalog says a character which no file holds, or that a first load has
grown too large because what is said anew lies among the rest.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fontTools.subset import Options, Subsetter, save_font
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tools.catalogs import catalogs, read  # noqa: E402
from tools.characters import ARABIC, HAN, HAN_MARKS, HANGUL, common_han, common_hangul, is_whole, of_script, ranges, runs, slices  # noqa: E402

TARGET = ROOT / "src" / "tallystick" / "web" / "static" / "web" / "fonts"
WEIGHTS = (("Regular", "400"), ("Bold", "600 700"))
FINENESS = (
    320  # steps to an em of Hangul and Han: a seventh of a pixel in our largest heading, and a fifth less to fetch than 1,000
)
FACES = {"KR": 1, "SC": 2}  # places in Debian's collection of CJK fonts
NAMES = {"kr": "한국어", "sc": "简体中文", "arabic": "العربية"}


class Face(NamedTuple):
    """One @font-face: `letters` are in the file, `range` is what a browser asks it for."""

    family: str
    weight: str
    file: str
    range: str


class Part(NamedTuple):
    """The letters of one file, and what a browser asks it for."""

    name: str
    letters: set[str]
    range: str


def cut(font: TTFont, letters: Iterable[str], *, file: str) -> int:
    """Write the part of `font` that these letters need; its size in bytes."""
    options = Options()
    options.flavor = "woff2"
    options.hinting = False
    options.desubroutinize = True
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG", "STAT"]
    options.layout_features = [
        feature for feature in options.layout_features if feature not in ("vert", "vrt2", "valt", "vkrn", "vpal")
    ]
    font.recalcTimestamp = False  # the same characters give the same bytes
    cutter = Subsetter(options)
    cutter.populate(unicodes={ord(letter) for letter in letters})
    cutter.subset(font)
    if font["head"].unitsPerEm == 1000 and "CFF " in font:
        scale_upem(font, FINENESS)
    save_font(font, str(TARGET / file), options)
    return (TARGET / file).stat().st_size


@cache
def installed(folder: Path, script: str, *, weight: str) -> Path:
    name = f"NotoSansArabic-{weight}.ttf" if script == "Arabic" else f"NotoSansCJK-{weight}.ttc"
    return next(folder.rglob(name))


def opened(folder: Path, script: str, *, weight: str) -> TTFont:
    file = installed(folder, script, weight=weight)
    return TTFont(file) if script == "Arabic" else TTFont(file, fontNumber=FACES[script])


def said(locale: str, script: str) -> dict[str, set[str]]:
    """Every character of this script in a catalog's translations, with the files that say it."""
    places: dict[str, set[str]] = defaultdict(set)
    for message in read(catalogs()[locale]):
        if message.id:
            for letter in of_script("".join(message.string), script):
                places[letter] |= {file for file, _ in message.locations}
    return places


def parts_of(name: str, said: dict[str, set[str]], *, common: set[str], sizes: tuple[int, int], beside: str = "") -> list[Part]:
    """The files of a script: the rest by ranges that may hold what comes after them, then the catalog's, what all pages need last."""
    first, *others = slices(said, size=sizes[0])
    rest = common - said.keys()
    marks = {letter for letter in rest if not is_whole(letter)}
    found = [
        Part(f"{name}-rest-{number}", letters, span)
        for number, (span, letters) in enumerate(runs(rest - marks, size=sizes[1]), 1)
    ]
    found += [Part(f"{name}-marks", marks, ranges(marks))] if marks else []
    found += [Part(f"{name}-said-{number}", letters, ranges(letters)) for number, letters in enumerate(others, 2)]
    return [*found, Part(f"{name}-said-1", first | set(beside), ranges(first))]


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts")
    TARGET.mkdir(exist_ok=True)
    for old in TARGET.glob("*.woff2"):
        old.unlink()
    hangul, han = said("ko", HANGUL), said("zh_Hans", HAN)
    arabic = [Part("noto-sans-arabic", of_script(map(chr, range(0x600, 0x700)), ARABIC), ARABIC)]
    plan = (
        ("KR", WEIGHTS, parts_of("noto-sans-kr", hangul, common=common_hangul(), sizes=(60, 250))),
        ("SC", WEIGHTS[:1], parts_of("noto-sans-sc", han, common=common_han(), sizes=(24, 60), beside=HAN_MARKS)),
        ("Arabic", WEIGHTS, arabic),
    )
    faces = []
    for script, weights, parts in plan:
        for weight, numbers in weights:
            for part in parts:
                file = f"{part.name}-{weight.lower()}.woff2"
                size = cut(opened(folder, script, weight=weight), part.letters, file=file)
                print(f"{file}: {len(part.letters)} characters, {size:,} bytes")
                faces.append(Face(f"Noto Sans {script}", numbers, file, part.range))
        if script == "SC":
            faces.append(Face("Noto Sans SC Marks", faces[-1].weight, faces[-1].file, ranges(HAN_MARKS)))
    for script, letters in NAMES.items():
        file = f"language-{script}.woff2"
        size = cut(opened(folder, {"kr": "KR", "sc": "SC", "arabic": "Arabic"}[script], weight="Regular"), letters, file=file)
        print(f"{file}: {size:,} bytes")
        faces.append(Face("Tallystick Languages", "400 700", file, ranges(letters)))
    (TARGET / "fonts.css").write_text(style_sheet(faces), encoding="utf-8")


def style_sheet(faces: Iterable[Face]) -> str:
    """The later of two faces is asked first, so that what our own pages say never brings in the rest."""
    rules = (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-display: swap;'
        f' src: url("{face.file}") format("woff2"); unicode-range: {face.range}; }}'
        for face in faces
    )
    return "\n".join(["/* Written by tools/fonts.py. Noto Sans, under the SIL Open Font License: OFL.txt. */", "", *rules, ""])


if __name__ == "__main__":
    main()
