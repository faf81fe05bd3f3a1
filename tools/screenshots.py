#!/usr/bin/env python3
"""Pictures of the pages for docs/pages: python tools/screenshots.py ADDRESS NAME PASSWORD CODE, as `make demo` says all four.

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
WIDTHS = (1280, 390)  # pixels: a laptop, a telephone
SCHEMES = ("light", "dark")
PAGES = {"whose-hands-now": "", "staff": "staff", "your-sign-in": "second-factor/", "sign-in": "sign-in"}


def take_pictures(address: str, *, name: str, password: str, code: str) -> None:
    """Write PAGE-SCHEME-WIDTH.png for every page, width and scheme, each page from top to bottom."""
    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium is installed on this machine.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        member = sign_in(browser, address, name=name, password=password, code=code)
        for title, path in PAGES.items():
            for scheme in SCHEMES:
                for width in WIDTHS:
                    page = browser.new_page(
                        viewport={"width": width, "height": 900},
                        color_scheme=scheme,
                        storage_state=None if title == "sign-in" else member,
                    )
                    page.goto(f"{address}{path}")
                    keep(page, FOLDER / f"{title}-{scheme}-{width}.png")
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


def keep(page: Page, file: Path) -> None:
    page.screenshot(path=file, full_page=True)
    page.close()
    squeeze(file)
    size = file.stat().st_size
    assert size < BYTES_MAX, f"{file.name} has {size:,} bytes"
    print(f"{file.relative_to(FOLDER.parents[1])}  {size:,} bytes")


def squeeze(file: Path) -> None:
    """Filter and deflate the same pixels better than a browser takes the time to."""
    found = which("convert")
    if found is not None:
        better = ("-strip", "-define", "png:compression-filter=2", "-define", "png:compression-level=9")
        command = [found, file, *better, "-define", "png:compression-strategy=0", file]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    take_pictures(sys.argv[1], name=sys.argv[2], password=sys.argv[3], code=sys.argv[4])
