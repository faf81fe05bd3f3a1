#!/usr/bin/env python3
"""Pictures of the pages for docs/pages: python tools/screenshots.py ADDRESS NAME PASSWORD CODE [PAGE …], of a running `make demo`.

NAME and PASSWORD are a lead's, and CODE is one that serves as the second factor; `make demo` says all three. With pages named, only those
are taken; otherwise all, and pictures of pages that are no longer there go. Nothing is posted: a form is filled in and looked at.
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
SQUEEZED_ABOVE = 150_000
COLOURS = 240
WIDTHS = (1280, 390)  # pixels: a laptop, a telephone
SCHEMES = ("light", "dark")
ENGLISH = "en"
LANGUAGES = ("ko", "zh-hans", "ar")
SIGN_IN, LOOK = "sign-in", "taking-back-look"
MAIN = {  # in every language, scheme and width
    "today": "today",
    "whose-hands-now": "",
    "how-it-got-there": "how-it-got-there",
    "tallies": "tallies?state=done",
    "grant": "grants/of/G05",
    "entries": "entries/",
    "gift": "entries/gift",
}
IN_ARABIC = {"delivered", "custodian", "ventures", "venture-survival", "waiting", LOOK}  # besides English
OTHERS = {  # in English, light alone
    SIGN_IN: "sign-in",
    "waiting": "waiting",
    "hand-by-hand": "how-it-got-there/hand-by-hand",
    "everyone-else": "everyone-else",
    "delivered": "delivered",
    "search": "find?q=T00",
    "entry": "entries/of/T0055",
    "exchange": "entries/exchange",
    "purchase": "entries/purchase",
    "commission": "entries/commission",
    "cost": "entries/cost",
    "reassignment": "entries/reassign",
    "note-of-several-lines": "entries/lines",
    "taking-back": "entries/reversal",
    LOOK: "entries/reversal",
    "tally": "tallies/of/T0055",
    "tally-to-send": "tallies/dispatch",
    "handover": "tallies/handover",
    "waybill": "papers/waybill/T0072",
    "tallies-in-dispute": "tallies?state=disputed",
    "losses": "losses",
    "loss": "losses/in-hand",
    "loss-answer": "losses/answer/T0055",
    "pay-orders": "pay-orders",
    "pay-order-to-draw": "pay-orders/draw",
    "grants": "grants",
    "grant-to-promise": "grants/promise",
    "promised-and-in-hand": "grants/promised",
    "payout-by-code": "payouts/code",
    "payout-without-code": "payouts/without-code",
    "payout-limits": "payouts/limits",
    "codes": "codes",
    "code-for-a-claim": "codes/claim",
    "half-of-a-tally": "codes/half",
    "both-halves": "codes/halves",
    "earmarks": "earmarks/",
    "earmark": "earmarks/of/SHOPS",
    "authorisations": "authorisations/",
    "authorisation": "authorisations/of/REH-MONEY",
    "programme": "programme",
    "bring-in": "bring-in",
    "give-out": "give-out",
    "errands": "errands",
    "parties": "parties",
    "party": "parties/of/WAGTAIL",
    "party-to-make": "parties/new",
    "custodians": "custodians",
    "custodian": "custodians/of/WAGTAIL",
    "agreement": "custodians/agreement",
    "upstreams": "upstreams",
    "legs": "legs",
    "leg-to-set": "legs/new",
    "ventures": "ventures",
    "venture": "ventures/of/G03",
    "venture-survival": "ventures/survival",
    "visit": "ventures/visit",
    "vouches": "vouches",
    "vouches-of-one": "vouches/of/R11",
    "vouch": "vouches/give",
    "staff": "staff",
    "member": "staff/LEAD",
    "programs": "staff/programs",
    "your-sign-in": "second-factor/",
}
FILLED = {"reverses": "P0076", "reference": "V0077", "happened_on": "2015-06-02", "note": "the payout was written down twice"}
"""What is filled in before a form is looked at."""


def take_pictures(address: str, *, name: str, password: str, code: str, only: set[str]) -> None:
    """Write PAGE-[LANGUAGE-]SCHEME-WIDTH.png for every page, or those named, from top to bottom."""
    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium is installed on this machine.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    written = set()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        member = sign_in(browser, address, name=name, password=password, code=code)
        asked = {title: path for title, path in {**MAIN, **OTHERS}.items() if not only or title in only}
        for language, scheme, is_member in sorted({(*look[:2], title != SIGN_IN) for title in asked for look in looks(title)}):
            reader = browser.new_context(color_scheme=scheme, locale=language, storage_state=member if is_member else None)
            page = reader.new_page()
            for title, path in asked.items():
                for width in WIDTHS if is_member == (title != SIGN_IN) else ():
                    if (language, scheme, width) in looks(title):
                        words = [title, *([] if language == ENGLISH else [language]), scheme, str(width)]
                        page.set_viewport_size({"width": width, "height": 900})
                        written.add(FOLDER / f"{'-'.join(words)}.png")
                        take_picture(page, f"{address}{path}", file=FOLDER / f"{'-'.join(words)}.png", title=title)
            reader.close()
        browser.close()
    for file in set(FOLDER.glob("*.png")) - written if not only else ():
        file.unlink()


def looks(title: str) -> set[tuple[str, str, int]]:
    """(language, scheme, width) of every picture of a page."""
    found = {(ENGLISH, SCHEMES[0])}
    if title in MAIN:
        found |= {(ENGLISH, SCHEMES[1]), *((language, SCHEMES[0]) for language in LANGUAGES)}
    elif title in IN_ARABIC:
        found.add(("ar", SCHEMES[0]))
    return {(*one, width) for one in found for width in WIDTHS}


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


def take_picture(page: Page, address: str, *, file: Path, title: str) -> None:
    answer = page.goto(address)
    assert answer is not None, address
    assert answer.ok, f"{address} answered {answer.status}"
    if title == LOOK:
        for name, value in FILLED.items():
            page.fill(f"main [name={name}]", value)
        page.click("main form.wish button")
    page.mouse.wheel(0, 20_000)  # what is fetched only where somebody comes to it
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => scrollTo(0, 0))")
    page.screenshot(path=file, full_page=True)
    squeeze(file)
    size = file.stat().st_size
    assert size < BYTES_MAX, f"{file.name} has {size:,} bytes"
    print(f"{file.relative_to(FOLDER.parents[1])}  {size:,} bytes")


def squeeze(file: Path) -> None:
    """The page has few colours: a table of them takes half the room of the pixels and looks the same."""
    found = which("convert")
    if found is not None and file.stat().st_size > SQUEEZED_ABOVE:
        better = ("+dither", "-colors", str(COLOURS), "-strip", "-define", "png:compression-level=9")
        subprocess.run([found, file, *better, file], check=True)


if __name__ == "__main__":
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    take_pictures(sys.argv[1], name=sys.argv[2], password=sys.argv[3], code=sys.argv[4], only=set(sys.argv[5:]))
