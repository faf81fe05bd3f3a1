#!/usr/bin/env python3
"""Pictures of the pages for docs/pages: python tools/screenshots.py ADDRESS, of a running `tallystick serve` or `make demo`.

Needs Chromium and the development environment (.venv/bin/python), and squeezes the pictures where ImageMagick is installed.
Look at what it writes before you commit it.
"""

import subprocess
import sys
from pathlib import Path
from shutil import which

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "pages"
BYTES_MAX = 400_000
COLOURS = 240
WIDTHS = (1280, 390)  # pixels: a laptop, a telephone
SCHEMES = ("light", "dark")
LANGUAGES = ("ko", "zh-hans", "ar")  # besides English, and these in light alone


def take_pictures(address: str) -> None:
    """Write whose-hands-now-[LANGUAGE-]SCHEME-WIDTH.png, the whole page from top to bottom."""
    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium is installed on this machine.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = [("en", scheme) for scheme in SCHEMES] + [(language, SCHEMES[0]) for language in LANGUAGES]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for language, scheme in wanted:
            for width in WIDTHS:
                look = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale=language)
                name = f"whose-hands-now-{scheme}-{width}" if language == "en" else f"whose-hands-now-{language}-{scheme}-{width}"
                take_picture(look.new_page(), address, file=FOLDER / f"{name}.png")
                look.close()
        browser.close()


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
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    take_pictures(sys.argv[1])
