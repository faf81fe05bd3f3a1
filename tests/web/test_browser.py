"""The page in a browser: it shows what it says, asks nobody else, and fits on a telephone."""

import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookies import Morsel
from pathlib import Path
from shutil import which

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connections
from pytest_django.live_server_helper import LiveServer

from tallystick.errands.actions import ask_weigh
from tallystick.errands.models import Errand
from tallystick.staff.actions import add_member
from tests.books import LAMPS, found, post, take
from tests.errands.working import ASKED_AT, archive, work_off
from tests.signing_in import signed_in
from tests.web.conftest import ON_THE_ROAD

CHROMIUM = next((Path(path) for name in ("chromium", "chromium-browser", "google-chrome") if (path := which(name))), None)

RIVER = "how-it-got-there"

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed on this machine, so no page can be looked at"),
]


@pytest.fixture
def address(live_server: LiveServer, transactional_db: None) -> str:
    """Where the lamps programme is served, with one tally on the road."""
    found()
    take(LAMPS)
    post(ON_THE_ROAD)
    return f"{live_server.url}/"


@pytest.fixture
def cookies(transactional_db: None) -> list[Morsel[str]]:
    """What a browser holds in which a lead has signed in."""
    return list(signed_in().cookies.values())


class Seen:
    """A page as a browser has it, with whatever it complained of and whomever it asked."""

    def __init__(self, page: object, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        page.on("requestfailed", lambda request: self.complaints.append(request.url))
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto(address)

    def count(self, selector: str) -> int:
        return self.page.locator(selector).count()

    def ask(self, script: str) -> object:
        return self.page.evaluate(script)


@pytest.fixture
def look(address: str, cookies: list[Morsel[str]]) -> Iterator[Callable[..., Seen]]:
    """`look(width=390, scheme="dark")` opens the page in a browser of its own, which is closed before the books are."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

        def opened(
            path: str = "", *, width: int = 1280, scheme: str = "light", signed_in: bool = True, script: bool = True
        ) -> Seen:
            size = {"width": width, "height": 900}
            context = browser.new_context(viewport=size, color_scheme=scheme, java_script_enabled=script)
            context.add_cookies([{"name": one.key, "value": one.value, "url": address} for one in cookies] if signed_in else [])
            return Seen(context.new_page(), f"{address}{path}")

        yield opened
        browser.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_whole_and_quiet(look: Callable[..., Seen], width: int, scheme: str):
    seen = look(width=width, scheme=scheme)
    assert seen.complaints == []
    assert {url.split("/")[2] for url in seen.asked} == {seen.address.split("/")[2]}, "the page asked another host"
    assert seen.ask("document.documentElement.scrollWidth") == width, "the page scrolls sideways"
    assert seen.page.locator(".rehearsal").is_visible()
    assert seen.page.locator("h1").inner_text() == "Whose hands now"
    colours = seen.ask("[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]")
    assert (
        brightness(colours[0]) > brightness(colours[1]) if scheme == "light" else brightness(colours[0]) < brightness(colours[1])
    )


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["sign-in", "staff", "staff/PLOVER", "second-factor/", "password", "sign-out"])
def test_the_pages_of_the_door_are_whole_and_quiet(look: Callable[..., Seen], path: str, width: int, scheme: str):
    seen = look(path, width=width, scheme=scheme, signed_in=path != "sign-in")
    assert seen.complaints == []
    assert {url.split("/")[2] for url in seen.asked} == {seen.address.split("/")[2]}, "the page asked another host"
    assert seen.ask("document.documentElement.scrollWidth") == width, "the page scrolls sideways"
    assert seen.page.locator(".rehearsal").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
@pytest.mark.parametrize(
    "path",
    [
        "?code=R",
        "tallies",
        "everyone-else",
        "everyone-else?of=books",
        RIVER,
        f"{RIVER}/hand-by-hand",
        f"{RIVER}/hand-by-hand?after=5%1FKILN",
    ],
)
def test_what_is_too_long_for_the_first_page_is_whole_and_quiet(look: Callable[..., Seen], path: str, width: int, scheme: str):
    seen = look(path, width=width, scheme=scheme)
    assert seen.complaints == []
    assert {url.split("/")[2] for url in seen.asked} == {seen.address.split("/")[2]}, "the page asked another host"
    assert seen.ask("document.documentElement.scrollWidth") == width, "the page scrolls sideways"
    assert seen.page.locator(".rehearsal").is_visible()


def test_hands_are_sought_and_turned_with_javascript_off(look: Callable[..., Seen]):
    page = look(f"{RIVER}/hand-by-hand", script=False).page
    page.click("text=After these")
    assert page.locator(".shores tbody th").all_inner_texts() == ["R12"]
    page.click("text=Before these")
    page.fill("#filter-code", "heron")
    page.select_option("#filter-kind", "custodian:agent")
    page.click(".filter button")
    assert page.locator(".shores tbody th").all_inner_texts() == ["HERON"]
    page.click(".filter .go a")
    assert {"OFFICE", "HERON", "R01"} <= set(page.locator(".shores tbody th").all_inner_texts())


@pytest.fixture
def errand(address: str) -> Errand:
    """A spreadsheet that waits to be looked through."""
    return ask_weigh(archive(), by="PLOVER", asked_at=ASKED_AT)


def in_a_thread(deed: Callable[[], None]) -> None:
    """Where a browser is driven, Django lets nobody ask the database."""

    def done() -> None:
        deed()
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(done).result()


def test_the_page_of_an_errand_asks_by_itself_how_far_it_is(errand: Errand, look: Callable[..., Seen]):
    seen = look(f"errands/{errand.code}")
    assert seen.page.locator("progress").is_visible()
    in_a_thread(work_off)
    seen.page.wait_for_selector("text=What it would do", timeout=60_000)
    assert seen.count("progress") == 0
    assert seen.complaints == []
    assert {url.split("/")[2] for url in seen.asked} == {seen.address.split("/")[2]}, "the page asked another host"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["bring-in", "give-out", "errands"])
def test_the_pages_of_long_work_are_whole_and_quiet(errand: Errand, look: Callable[..., Seen], path: str, width: int):
    seen = look(path, width=width)
    assert seen.complaints == []
    assert seen.ask("document.documentElement.scrollWidth") == width, "the page scrolls sideways"


@pytest.fixture
def newcomer(transactional_db: None) -> str:
    """The password of a member who was let in just now, as WREN."""
    return add_member("WREN", roles=["auditor"])


def test_a_newcomer_comes_in_with_javascript_off(newcomer: str, look: Callable[..., Seen]):
    page = look("sign-in", signed_in=False, script=False).page
    page.fill("#id_login", "wren")
    page.fill("#id_password", newcomer)
    page.click("main button")
    secret = page.input_value("#authenticator_secret")
    assert page.locator("img.code-picture").bounding_box()["width"] > 200
    page.fill("#id_code", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.click("main button")
    assert (page.inner_text("h1"), page.locator(".codes li").count()) == ("Recovery codes", 10)
    page.click("text=Go on")
    assert page.inner_text("h1") == "Today"
    page.click("text=Sign out")
    assert page.inner_text("h1") == "Sign in"


def test_a_passkey_is_a_second_factor(newcomer: str, look: Callable[..., Seen]):
    seen = look("sign-in", signed_in=False)
    page = seen.page
    holder = page.context.new_cdp_session(page)
    holder.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    holder.send("WebAuthn.addVirtualAuthenticator", {"options": kind | {"automaticPresenceSimulation": True}})
    page.fill("#id_login", "WREN")
    page.fill("#id_password", newcomer)
    page.click("main button")
    page.click("main a")  # without an authenticator, a passkey will do
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/second-factor/recovery-codes/")
    page.click("text=Sign out")
    page.fill("#id_login", "WREN")
    page.fill("#id_password", newcomer)
    page.click("main button")
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url("**/today")
    assert page.inner_text("h1") == "Today"
    assert seen.complaints == []


@pytest.mark.parametrize(("width", "picture"), [(1280, "lying"), (390, "standing")])
def test_a_river_lies_on_a_wide_page_and_stands_on_a_narrow_one(look: Callable[..., Seen], width: int, picture: str):
    seen = look(RIVER, width=width)
    shown = [seen.page.locator("svg.picture").nth(number) for number in range(seen.count("svg.picture"))]
    assert [one.get_attribute("class").split()[-1] for one in shown if one.is_visible()] == [picture, picture]


def test_table_and_river_agree(look: Callable[..., Seen]):
    """What the bands say and what the rows say is the same, and a band of a larger row is drawn no thinner."""
    seen = look(RIVER)
    seen.page.locator("summary", has_text="The same as a table").first.click()
    titles = seen.ask(
        "[...document.querySelectorAll('svg.lying')[0].querySelectorAll('.band title')].map(one => one.textContent)"
    )
    rows = seen.ask("[...document.querySelectorAll('table.streams')[0].querySelectorAll('tbody tr')].map(one => one.innerText)")
    assert sorted(title.rpartition(" ")[2] for title in titles) == sorted(row.split("\t")[3] for row in rows)
    assert any("CRANE → On the road" in title for title in titles)
    assert seen.page.locator("table.streams").first.is_visible()


def test_labels_keep_apart_in_every_picture(look: Callable[..., Seen]):
    for width in (1280, 390):
        seen = look(RIVER, width=width)
        boxes = seen.ask(
            "[...document.querySelectorAll('svg.picture')].map(picture => [...picture.querySelectorAll('.node text')]"
            ".map(one => one.getBoundingClientRect()).filter(box => box.width).map(box => [box.x, box.y, box.right, box.bottom]))"
        )
        for picture in boxes:
            assert [pair for number, box in enumerate(picture) for pair in picture[:number] if overlap(box, pair)] == []


def test_whoever_prints_it_has_the_rehearsal_on_every_sheet(look: Callable[..., Seen], tmp_path: Path):
    seen = look(RIVER)
    seen.page.emulate_media(media="print")
    heads_every_sheet = (
        "(one => [getComputedStyle(one).display, getComputedStyle(one).breakInside])(document.querySelector('.rehearsal'))"
    )
    assert seen.ask(heads_every_sheet) == ["table-header-group", "avoid"]
    if which("pdftotext") is not None:
        assert all("Rehearsal." in sheet for sheet in sheets(seen, tmp_path / "page.pdf"))


def sheets(seen: Seen, file: Path) -> list[str]:
    """The words on each sheet of paper."""
    seen.page.pdf(path=file, prefer_css_page_size=True)
    words = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout.rstrip("\f").split("\f")
    assert len(words) > 1
    return words


def brightness(colour: str) -> int:
    """Of “rgb(251, 250, 246)”."""
    return sum(int(part) for part in colour.strip("rgb()").split(","))


def overlap(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
