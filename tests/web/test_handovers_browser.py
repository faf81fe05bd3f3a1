"""Handovers in a browser: no complaint of the policy, nothing wider than a telephone, and papers of the size that they say."""

import re
from collections.abc import Callable, Iterator
from http.cookies import Morsel
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.books import LAMPS, found, post, take
from tests.desk.goods import closing, dispatch, dispute, done, receipt
from tests.signing_in import signed_in
from tests.web.test_browser import CHROMIUM

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed on this machine, so no page can be looked at"),
]
PAGES = (
    "tallies", "tallies?state=done", "tallies/of/T1", "tallies/dispatch", "tallies/receipt/T2", "tallies/closing/T1-D2",
    "tallies/clearing/T2-O1", "losses", "losses/in-hand", "losses/recovery/T1-L1", "pay-orders", "pay-orders/draw",
    "papers/waybill/T1", "papers/cash-receipt/T0010",
)  # fmt: skip
A4, A6 = (595, 842), (298, 420)  # points


@pytest.fixture
def address(live_server: LiveServer, transactional_db: None) -> str:
    """A tally in dispute for the second time, one with an overage, and what was lost of the first."""
    from tallystick.core.amount import Parts

    found()
    take(LAMPS)
    post("E1   1 March   gift   HAEBARAGI → KILN   LAMP 500   LIGHT")
    done("dispatch", dispatch(specification="12 volt, 1 m cable", packaging="carton", packages=5))
    done("receipt", receipt(received=Parts(80)))
    done("dispute", dispute())
    done("dispute_closing", closing("write off", lamps=5, cause="theft", answers="WAGTAIL"))
    done("dispute", dispute(lamps=3))
    done("dispatch", dispatch("T2"))
    done("receipt", receipt("T2", received=Parts(60), above=Parts(2)))
    return f"{live_server.url}/"


@pytest.fixture
def cookies(transactional_db: None) -> list[Morsel[str]]:
    return list(signed_in().cookies.values())


@pytest.fixture
def opened(address: str, cookies: list[Morsel[str]]) -> Iterator[Callable[..., Any]]:
    """`opened(path, width=390, scheme="dark", language="ar")` is the page; `complaints` hangs on it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

        def show(path: str, *, width: int = 1280, scheme: str = "light", language: str = "en") -> Any:
            looked = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale=language)
            looked.add_cookies([{"name": one.key, "value": one.value, "url": address} for one in cookies])
            page = looked.new_page()
            page.complaints = []
            page.on("console", lambda message: page.complaints.append(message.text))
            page.on("pageerror", lambda fault: page.complaints.append(str(fault)))
            assert page.goto(f"{address}{path}").status == 200, path
            page.evaluate("document.fonts.ready")
            return page

        yield show
        browser.close()


def test_every_page_fits_on_a_telephone_in_both_directions_and_breaks_no_policy(opened: Callable[..., Any]):
    for path in PAGES:
        for language in ("en", "ar"):
            page = opened(path, width=390, language=language)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, (path, language)
            assert page.complaints == [], (path, language)
            page.context.close()


def sheets(page: Any) -> list[tuple[int, int]]:
    """The size of every sheet of a print-out, in points."""
    printed = page.pdf(prefer_css_page_size=True).decode("latin-1")
    boxes = re.findall(r"/MediaBox\s*\[0 0 ([0-9.]+) ([0-9.]+)\]", printed)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def test_papers_come_out_on_a4_and_on_a_quarter_of_it(opened: Callable[..., Any]):
    for path in ("papers/waybill/T1", "papers/cash-receipt/T0010"):
        for sheet, size in (("whole", A4), ("quarter", A6)):
            found = sheets(opened(f"{path}?sheet={sheet}"))
            assert len(found) == 1, (path, sheet)
            assert all(abs(one - wanted) <= 1 for one, wanted in zip(found[0], size, strict=True)), (path, sheet, found)
