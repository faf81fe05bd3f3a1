#!/usr/bin/env python3
"""Pictures of the pages for docs/pages: .venv/bin/python tools/screenshots.py [PAGE …].

It makes the demo's books in a folder that goes away again, lives a day at their desk (tools/a_day), serves them, signs in as those who
look, and takes every picture of tools/pictured.py, or those named. Without names, pictures of pages that are no longer there go.
Needs Chromium and the development environment, and squeezes the pictures where ImageMagick is installed. Look at what it writes before
you commit it.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

from pictured import DURING_SIGN_IN, IN_ARABIC, LEAD, MAIN, NOBODY, PICTURES, REFUSED, Picture
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pages"
TALLYSTICK = Path(sys.executable).parent / "tallystick"
BYTES_MAX = 400_000
COLOURS = 128
WIDE, NARROW = 1280, 390  # pixels: a laptop, a telephone
ENGLISH = "en"
LANGUAGES = ("ko", "zh-hans", "ar")
LOOKS = (("light", WIDE), ("dark", WIDE), ("light", NARROW))
SQUEEZER = ThreadPoolExecutor(1)  # squeezes what was taken while the next is taken


def main(only: set[str]) -> None:
    unknown = only - PICTURES.keys() - {DURING_SIGN_IN}
    if unknown:
        sys.exit(f"There is no page {', '.join(sorted(unknown))} in tools/pictured.py.")
    with tempfile.TemporaryDirectory(prefix="tallystick-pictures-") as base:
        home = Path(base) / "books"
        lead = told_by(TALLYSTICK, "demo", "--home", home, "--no-serve", "--json")["lead"]
        told = told_by(sys.executable, ROOT / "tools" / "a_day", home)
        told["members"][LEAD] = lead
        with served(home) as address:
            written = take_pictures(address, told=told, only=only)
    SQUEEZER.shutdown()
    for file in sorted(written):
        assert file.stat().st_size < BYTES_MAX, f"{file.name} has {file.stat().st_size:,} bytes"
    for file in set(FOLDER.glob("*.png")) - written if not only else ():
        file.unlink()
    print(
        f"{len(written)} pictures, {sum(file.stat().st_size for file in FOLDER.glob('*.png')):,} bytes in {FOLDER.relative_to(ROOT)}"
    )


def told_by(*words: object) -> dict[str, Any]:
    """The JSON document that a command told."""
    said = subprocess.run([str(word) for word in words], capture_output=True, check=False, cwd=ROOT)
    if said.returncode:
        sys.exit(said.stderr.decode())
    told: dict[str, Any] = json.loads(said.stdout)
    return told


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The address at which these books are served until the block ends."""
    environment = os.environ | {"TALLYSTICK_PASSPHRASE_FILE": str(home / "passphrase-of-the-demo.txt")}
    command = [TALLYSTICK, "serve", "--home", home, "--port", "0", "--json"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as serving:
        assert serving.stdout is not None
        said = b""
        while not said.endswith(b"\n}\n"):
            said += serving.stdout.readline()
            assert serving.poll() is None, "the books are not served"
        try:
            yield json.loads(said)["address"].replace("127.0.0.1", "localhost")  # a passkey belongs to a name, never to a number
        finally:
            serving.send_signal(signal.SIGINT)


def take_pictures(address: str, *, told: dict[str, Any], only: set[str]) -> set[Path]:
    """Write TITLE-[LANGUAGE-]SCHEME-WIDTH.png for every page, or those named, from top to bottom."""
    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium is installed on this machine.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    asked = {title: picture for title, picture in PICTURES.items() if not only or title in only}
    written: set[Path] = set()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for who in dict.fromkeys([NOBODY, LEAD, *(picture.who for picture in asked.values())]):
            reader = browser.new_context(locale=ENGLISH)
            if who != NOBODY:
                written |= sign_in(reader, address, name=who, member=told["members"][who])
            if who == LEAD:
                told["passkey"] = add_passkey(reader, address)
                wait_for_errands(reader, address, codes=list(told["errands"].values()))
            mine = {title: picture for title, picture in asked.items() if picture.who == who}
            written |= take_in_english(reader, address, mine, told=told)
            written |= take_in_others(browser, reader, address, mine, told=told)
            reader.close()
        browser.close()
    return written


def take_in_english(reader: BrowserContext, address: str, asked: dict[str, Picture], *, told: dict[str, Any]) -> set[Path]:
    page, written = reader.new_page(), set()
    for title, picture in asked.items():
        looks = (*LOOKS, ("dark", NARROW)) if title in MAIN else LOOKS
        opened = 0
        for scheme, width in looks:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            if not opened or (opened != width and not picture.is_said):
                open_page(page, address, picture, title=title, told=told)
                opened = width
            written.add(take(page, f"{title}-{scheme}-{width}"))
    page.close()
    return written


def take_in_others(
    browser: Browser, reader: BrowserContext, address: str, asked: dict[str, Picture], *, told: dict[str, Any]
) -> set[Path]:
    written = set()
    for language in LANGUAGES:
        wanted = {title: one for title, one in asked.items() if title in MAIN or (language == "ar" and title in IN_ARABIC)}
        other = browser.new_context(locale=language, storage_state=reader.storage_state())
        page = other.new_page() if wanted else None
        for title, picture in wanted.items():
            for width in (WIDE, NARROW):
                assert page is not None
                page.set_viewport_size({"width": width, "height": 900})
                open_page(page, address, picture, title=title, told=told)
                written.add(take(page, f"{title}-{language}-light-{width}"))
        other.close()
    return written


def sign_in(reader: BrowserContext, address: str, *, name: str, member: dict[str, Any]) -> set[Path]:
    """Come in as this member, and on the way take the lead's picture of the second factor; a newcomer has none to show."""
    page, written = reader.new_page(), set()
    page.goto(f"{address}sign-in")
    page.fill("#id_login", name)
    page.fill("#id_password", member["password"])
    page.click("main button")
    for scheme, width in LOOKS if name == LEAD else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        written.add(take(page, f"{DURING_SIGN_IN}-{scheme}-{width}"))
    if member["codes"]:
        page.fill("#id_code", member["codes"][0])
        page.click("main button")
    page.close()
    return written


def add_passkey(reader: BrowserContext, address: str) -> str:
    """Have the browser keep a passkey for this member, as a telephone would; the number that its pages have."""
    page = reader.new_page()
    device = reader.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "hasResidentKey": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"automaticPresenceSimulation": True}})
    page.goto(f"{address}second-factor/webauthn/add/")
    page.fill("[name=name]", "telephone of the office")
    page.click("main button")
    page.wait_for_url(lambda url: not url.endswith("/add/"))
    page.goto(f"{address}second-factor/webauthn/")
    found = page.locator("main a[href*='/keys/']").first.get_attribute("href") or ""
    page.close()
    return found.split("/keys/")[1].split("/")[0]


def wait_for_errands(reader: BrowserContext, address: str, *, codes: list[str]) -> None:
    """The worker beside the page does them; a page that shows progress is there until it has."""
    page = reader.new_page()
    for code in codes:
        page.goto(f"{address}errands/{code}")
        page.wait_for_selector("[hx-get*='/progress']", state="detached", timeout=120_000)
    page.close()


def open_page(page: Page, address: str, picture: Picture, *, title: str, told: dict[str, Any]) -> None:
    answer = page.goto(address + picture.address(told))
    assert answer is not None, title
    assert answer.status == REFUSED.get(title, 200), f"{title} answered {answer.status}"
    for name, value in picture.fills.items():
        about = page.locator(f"main [name={name}]")
        is_choice = about.evaluate("one => one.tagName") == "SELECT"
        (about.select_option if is_choice else about.fill)(value.format_map(told))
    for button in picture.presses:
        page.click(button)
    page.mouse.wheel(0, 20_000)  # what is fetched only where somebody comes to it
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => scrollTo(0, 0))")


def take(page: Page, name: str) -> Path:
    file = FOLDER / f"{name}.png"
    page.screenshot(path=file, full_page=True)
    SQUEEZER.submit(squeeze, file)
    print(name, flush=True)
    return file


def squeeze(file: Path) -> None:
    """A page has few colours: a table of them takes half the room of the pixels and looks the same."""
    found = which("convert")
    if found is not None:
        better = ("+dither", "-colors", str(COLOURS), "-strip", "-define", "png:compression-level=9")
        subprocess.run([found, file, *better, file], check=True)


if __name__ == "__main__":
    main(set(sys.argv[1:]))
