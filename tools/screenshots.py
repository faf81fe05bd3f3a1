#!/usr/bin/env python3
"""Pictures of the pages for docs/pages: python tools/screenshots.py ADDRESS, of a running `tallystick serve` or `make demo`.

Needs Chromium and the development environment (.venv/bin/python), and squeezes the pictures where ImageMagick is installed.
Look at what it writes before you commit it.
"""

import subprocess
import sys
from pathlib import Path
from shutil import which

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "pages"
BYTES_MAX = 400_000
WIDTHS = (1280, 390)  # pixels: a laptop, a telephone
SCHEMES = ("light", "dark")


def take_pictures(address: str) -> None:
    """Write whose-hands-now-SCHEME-WIDTH.png for every width and scheme, the whole page from top to bottom."""
    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium is installed on this machine.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for scheme in SCHEMES:
            for width in WIDTHS:
                page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                page.goto(address)
                file = FOLDER / f"whose-hands-now-{scheme}-{width}.png"
                page.screenshot(path=file, full_page=True)
                page.close()
                squeeze(file)
                size = file.stat().st_size
                assert size < BYTES_MAX, f"{file.name} has {size:,} bytes"
                print(f"{file.relative_to(FOLDER.parents[1])}  {size:,} bytes")
        browser.close()


def squeeze(file: Path) -> None:
    """Filter and deflate the same pixels better than a browser takes the time to."""
    found = which("convert")
    if found is not None:
        better = ("-strip", "-define", "png:compression-filter=2", "-define", "png:compression-level=9")
        command = [found, file, *better, "-define", "png:compression-strategy=0", file]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    take_pictures(sys.argv[1])
