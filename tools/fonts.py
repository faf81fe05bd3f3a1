#!/usr/bin/env python3
"""The fonts of the pages, cut down from Noto: python tools/fonts.py [FOLDER], where FOLDER holds the fonts as Debian installs them.

Needs fonttools and brotli, which nothing else does (`uv run --with fonttools --with brotli --with babel tools/fonts.py`), and Debian's
fonts-noto-core and fonts-noto-cjk. Writes src/tallystick/web/static/web/fonts: WOFF2 files and fonts.css. Hangul and Han come in two
files for each weight: what our own catalogs say, which every page in that language needs, and the rest of the common characters,
which a browser asks for when a name on the page needs them. Run it again when a catalog says a character that is not common; a test
tells.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from fontTools.subset import Options, Subsetter, save_font
from fontTools.ttLib import TTCollection, TTFont

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tools.catalogs import catalogs, read  # noqa: E402
from tools.characters import ARABIC, HAN, HAN_MARKS, HANGUL, common_han, common_hangul, of_script, ranges  # noqa: E402

TARGET = ROOT / "src" / "tallystick" / "web" / "static" / "web" / "fonts"
WEIGHTS = (("Regular", "400"), ("Bold", "600 700"))
FACES = {"KR": 1, "SC": 2}  # places in Debian's collection of CJK fonts
NAMES = {"kr": "한국어", "sc": "简体中文", "arabic": "العربية"}


class Face(NamedTuple):
    """One @font-face: `letters` are in the file, `range` is what a browser asks it for."""

    family: str
    weight: str
    file: str
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
    save_font(font, str(TARGET / file), options)
    return (TARGET / file).stat().st_size


def opened(folder: Path, script: str, *, weight: str) -> TTFont:
    if script == "Arabic":
        return TTFont(next(folder.rglob(f"NotoSansArabic-{weight}.ttf")))
    return TTCollection(next(folder.rglob(f"NotoSansCJK-{weight}.ttc"))).fonts[FACES[script]]


def said(locale: str) -> set[str]:
    """Every character of a catalog's translations."""
    return {letter for message in read(catalogs()[locale]) if message.id for letter in "".join(message.string)}


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts")
    TARGET.mkdir(exist_ok=True)
    hangul, han = of_script(said("ko"), HANGUL), of_script(said("zh_Hans"), HAN)
    plan = (
        ("KR", "noto-sans-kr-rest", common_hangul() - hangul, HANGUL),
        ("KR", "noto-sans-kr", hangul, ranges(hangul)),
        ("SC", "noto-sans-sc-rest", common_han() - han, HAN),
        ("SC", "noto-sans-sc", han | set(HAN_MARKS), ranges(han)),
        ("Arabic", "noto-sans-arabic", of_script(map(chr, range(0x600, 0x700)), ARABIC), ARABIC),
    )
    faces = []
    for weight, numbers in WEIGHTS:
        for script, name, letters, wanted in plan:
            file = f"{name}-{weight.lower()}.woff2"
            size = cut(opened(folder, script, weight=weight), letters, file=file)
            print(f"{file}: {len(letters)} characters, {size:,} bytes")
            faces.append(Face(f"Noto Sans {script}", numbers, file, wanted))
            if name == "noto-sans-sc":
                faces.append(Face("Noto Sans SC Marks", numbers, file, ranges(HAN_MARKS)))
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
