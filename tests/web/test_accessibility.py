"""Nothing keeps anybody out: axe-core looks at every page there is, light and wide, dark and narrow, and in Arabic on a telephone.

A page that several roles read is looked at as the first of them sees it; Today, which tells each of them something else, as all of
them do. New pages are found by themselves: every address of PAGES that a role may read is opened, with something real in the place of
whatever it names.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from tallystick.core.role import PAGES, Door, Role
from tests.books import LAMPS, found, post, take
from tests.signing_in import signed_in
from tests.web.conftest import ON_THE_ROAD
from tests.web.test_browser import CHROMIUM
from tests.web.test_desk import GIFT, TAKING_BACK
from tests.web.test_matrix import NAMED, patterns

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed on this machine, so no page can be looked at")
]

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
LOOK = """
    axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations
      .filter(one => ["serious", "critical"].includes(one.impact))
      .map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 120)).slice(0, 3).join(" | ")}`))
"""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 900}
LOOKS = (("light", WIDE), ("dark", NARROW))
ARABIC = (("light", NARROW),)
CODES = ("HERON", "SHOPS", "G03", "REH-MONEY", "T1", "P0061", "WREN", "DAN-SIN", "USD", "1")
"""What an address may name; the first with which a page is there is taken."""
FETCHED = {"mfa_download_recovery_codes"}  # a file to keep, and no page


@dataclass
class Reader:
    """A member of a role, or nobody yet, with the addresses of the pages that are there for them."""

    role: Role | None
    client: Client
    pages: dict[str, str] = field(default_factory=dict)

    def find_pages(self) -> None:
        for name, path in sorted(patterns().items()):
            page = PAGES[name]
            if name in FETCHED or not (page.door in (Door.OPEN, Door.THRESHOLD) or self.role in page.read):
                continue  # whoever is not signed in is led on from all but the open ones
            for address in dict.fromkeys(NAMED.sub(code, path) for code in CODES if "<int:" not in path or code.isdigit()):
                if self.client.get(address).status_code == 200:
                    self.pages[name] = address
                    break


@pytest.fixture
def books(transactional_db: None) -> None:
    """The lamps programme with a tally on the road, and something that waits for a second person."""
    found()
    take(LAMPS)
    post(ON_THE_ROAD)
    bookkeeper = signed_in("WREN", roles=("bookkeeper",))
    bookkeeper.post("/entries/gift", GIFT | {"step": "say"})
    bookkeeper.post("/entries/reversal", TAKING_BACK | {"step": "say"})


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser; while it runs, this thread asks the books nothing."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(browser: Any, reader: Reader, *, address: str, locale: str = "en") -> Any:
    """A window of this reader's own."""
    context = browser.new_context(viewport=WIDE, locale=locale, reduced_motion="reduce")
    context.add_cookies([{"name": one.key, "value": one.value, "url": address} for one in reader.client.cookies.values()])
    return context.new_page()


def faults(page: Any, address: str, *, looks: tuple[tuple[str, dict[str, int]], ...]) -> list[str]:
    """What axe finds on the page at this address, and whether it scrolls sideways, in each of these looks."""
    page.goto(address)
    page.evaluate(AXE)
    told = []
    for scheme, size in looks:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        told += [f"{scheme} {size['width']} {one}" for one in page.evaluate(LOOK)]
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            told.append(f"{scheme} {size['width']} scrolls sideways")
    return told


def test_nothing_serious_is_found_on_any_page(books: None, live_server: LiveServer):
    readers = [
        Reader(Role.LEAD, signed_in("PLOVER", roles=(Role.LEAD,))),
        Reader(Role.AUDITOR, signed_in("RUFF", roles=(Role.AUDITOR,))),
        Reader(Role.SPONSOR, signed_in("DUNLIN", roles=(Role.SPONSOR,))),
        Reader(None, Client()),
    ]
    seen: set[str] = set()
    for reader in readers:
        reader.find_pages()
        reader.pages = {name: path for name, path in reader.pages.items() if name not in seen or name == "today"}
        seen |= reader.pages.keys()
    assert len(readers[0].pages) >= 50
    assert readers[-1].pages, "whoever has not signed in yet sees the door"
    found = []
    with chromium() as browser:
        for reader in readers:
            found += in_english(browser, reader, address=live_server.url) + in_arabic(browser, reader, address=live_server.url)
    assert not found, "\n".join(found)


def in_english(browser: Any, reader: Reader, *, address: str) -> list[str]:
    page = opened(browser, reader, address=address)
    return [f"{name}: {one}" for name, path in reader.pages.items() for one in faults(page, address + path, looks=LOOKS)]


def in_arabic(browser: Any, reader: Reader, *, address: str) -> list[str]:
    page, told = opened(browser, reader, address=address, locale="ar"), []
    for name, path in reader.pages.items():
        told += [f"{name} in Arabic: {one}" for one in faults(page, address + path, looks=ARABIC)]
        assert page.evaluate("document.documentElement.dir") == "rtl", name
    return told


def test_something_serious_would_be_found(books: None, live_server: LiveServer):
    reader = Reader(Role.LEAD, signed_in())
    with chromium() as browser:
        page = opened(browser, reader, address=live_server.url)
        page.goto(f"{live_server.url}/programme")
        page.evaluate(AXE)
        page.evaluate(
            "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/favicon.svg\"><input type=text>')"
        )
        assert {one.partition(":")[0] for one in page.evaluate(LOOK)} == {"image-alt", "label"}
