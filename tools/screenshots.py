#!/usr/bin/env python3
"""Pictures of the pages for docs/pages: python tools/screenshots.py ADDRESS NAME PASSWORD CODE, of a running `tallystick serve` or `make demo`.

NAME and PASSWORD are a lead's, and CODE is one that serves as the second factor; `make demo` says all three.
Needs Chromium and the development environment (.venv/bin/python), and squeezes the pictures where ImageMagick is installed.
Look at what it writes before you commit it.
"""

import subprocess
import sys
from pathlib import Path
from shutil import which

from playwright.sync_api import Browser, Page, StorageState, sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "pages"
BYTES_MAX = 400_000
COLOURS = 240
WIDTHS = (1280, 390)  # pixels: a laptop, a telephone
SCHEMES = ("light", "dark")
LANGUAGES = ("ko", "zh-hans", "ar")  # besides English, and these in light alone
ENGLISH = "en"
SIGN_IN = "sign-in"
PAGES = {
    "whose-hands-now": "",
    "how-it-got-there": "how-it-got-there",
    "hand-by-hand": "how-it-got-there/hand-by-hand",
    "on-the-road": "on-the-road",
    "everyone-else": "everyone-else",
    "staff": "staff",
    "bring-in": "bring-in",
    "give-out": "give-out",
    "work-under-way": "errands",
    "your-sign-in": "second-factor/",
    SIGN_IN: "sign-in",
}


def take_pictures(address: str, *, name: str, password: str, code: str) -> None:
    """Write PAGE-[LANGUAGE-]SCHEME-WIDTH.png for every page, language, scheme and width, each page from top to bottom."""
    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium is installed on this machine.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = [(ENGLISH, scheme) for scheme in SCHEMES] + [(language, SCHEMES[0]) for language in LANGUAGES]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        member = sign_in(browser, address, name=name, password=password, code=code)
        for title, path in PAGES.items():
            for language, scheme in wanted:
                for width in WIDTHS:
                    look = browser.new_context(
                        viewport={"width": width, "height": 900},
                        color_scheme=scheme,
                        locale=language,
                        storage_state=None if title == SIGN_IN else member,
                    )
                    words = [title, *([] if language == ENGLISH else [language]), scheme, str(width)]
                    take_picture(look.new_page(), f"{address}{path}", file=FOLDER / f"{'-'.join(words)}.png")
                    look.close()
        browser.close()


def sign_in(browser: Browser, address: str, *, name: str, password: str, code: str) -> StorageState:
    """The cookies of this member, who has just signed in."""
    page = browser.new_page()
    page.goto(f"{address}sign-in")
    page.fill("#id_login", name)
    page.fill("#id_password", password)
    page.click("main button")
    page.fill("#id_code", code)
    page.click("main button")
    return page.context.storage_state()


def take_picture(page: Page, address: str, *, file: Path) -> None:
    page.goto(address)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=file, full_page=True)
    squeeze(file)
    size = file.stat().st_size
    assert size < BYTES_MAX, f"{file.name} has {size:,} bytes"
    print(f"{file.relative_to(FOLDER.parents[1])}  {size:,} bytes")


def squeeze(file: Path) -> None:
    """The page has few colours: a table of them takes half the room of the pixels and looks the same."""
    found = which("convert")
    if found is not None:
        better = ("+dither", "-colors", str(COLOURS), "-strip", "-define", "png:compression-level=9")
        subprocess.run([found, file, *better, file], check=True)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    take_pictures(sys.argv[1], name=sys.argv[2], password=sys.argv[3], code=sys.argv[4])
