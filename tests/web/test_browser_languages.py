"""The page in a browser, in every language: its letters come from our own fonts, nobody else is asked, and it fits."""

import subprocess
from collections.abc import Callable, Iterator
from http.cookies import Morsel
from pathlib import Path
from shutil import which

import pytest

from tests.web.test_browser import CHROMIUM, RIVER, Seen, address, cookies, overlap
from tests.web.test_first_load import fonts_for, shown

__all__ = ["address", "cookies"]  # the fixtures of the other tests in a browser

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed on this machine, so no page can be looked at"),
]
FONTS = {"ko": "noto-sans-kr-", "zh-hans": "noto-sans-sc-", "ar": "noto-sans-arabic-"}


@pytest.fixture
def read_in(address: str, cookies: list[Morsel[str]]) -> Iterator[Callable[..., Seen]]:
    """`read_in("ar", width=390)` opens the page in a browser whose reader prefers Arabic."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

        def opened(language: str, path: str = "", *, width: int = 1280, scheme: str = "light", scripts: bool = True) -> Seen:
            look = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, locale=language, java_script_enabled=scripts
            )
            look.add_cookies([{"name": one.key, "value": one.value, "url": address} for one in cookies])
            return Seen(look.new_page(), f"{address}{path}")

        yield opened
        browser.close()


def fonts_asked(seen: Seen) -> set[str]:
    """The names of the font files that the browser fetched."""
    seen.ask("document.fonts.ready.then(() => true)")
    return {url.rpartition("/")[2] for url in seen.asked if url.endswith(".woff2")}


def letters_not_ours(seen: Seen, selector: str) -> int:
    """How many letters of another script than Latin were drawn with a font of this machine."""
    asking = seen.page.context.new_cdp_session(seen.page)
    for room in ("DOM", "CSS"):
        asking.send(f"{room}.enable")
    root = asking.send("DOM.getDocument")["root"]["nodeId"]
    node = asking.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    drawn = asking.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    text = str(seen.page.locator(selector).first.text_content())
    ours = sum(font["glyphCount"] for font in drawn if font["isCustomFont"])
    return max(0, sum(letter.isalpha() and not letter.isascii() for letter in text) - ours)


@pytest.mark.parametrize("language", FONTS)
def test_letters_come_from_our_own_fonts_and_from_this_host_alone(read_in: Callable[..., Seen], language: str):
    seen = read_in(language)
    asked = {name for name in fonts_asked(seen) if not name.startswith("language-")}
    assert asked
    assert all(name.startswith(FONTS[language]) and "-rest-" not in name for name in asked)
    for selector in ("h1", ".over", "#custodians-title", ".hands .limit .small"):
        assert letters_not_ours(seen, selector) == 0
    assert seen.ask("[...document.fonts].filter(one => one.status === 'error').length") == 0
    assert {url.split("/")[2] for url in seen.asked} == {seen.address.split("/")[2]}
    assert seen.complaints == []


def test_in_english_only_the_names_of_the_languages_are_brought_in(read_in: Callable[..., Seen]):
    assert {name.partition("-")[0] for name in fonts_asked(read_in("en"))} == {"language"}


@pytest.mark.parametrize("language", ["en", *FONTS])
@pytest.mark.parametrize("path", ["today", "tallies", "ventures/survival"])
def test_a_browser_asks_for_no_font_that_is_not_reckoned(read_in: Callable[..., Seen], language: str, path: str):
    """So that what test_first_load says of the first load of every page holds."""
    seen = read_in(language, path)
    asked = {name for name in fonts_asked(seen) if not name.startswith("language-")}
    assert bool(asked) == (language != "en")
    assert asked <= fonts_for(shown(seen.page.content()), language=language)


@pytest.mark.parametrize("language", FONTS)
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_and_its_labels_keep_apart(read_in: Callable[..., Seen], language: str, width: int, scheme: str):
    seen = read_in(language, RIVER, width=width, scheme=scheme)
    seen.ask("document.fonts.ready.then(() => true)")
    assert seen.ask("document.documentElement.scrollWidth") == width, "the page scrolls sideways"
    boxes = seen.ask(
        "[...document.querySelectorAll('svg.picture')].map(picture => [...picture.querySelectorAll('.node text')]"
        ".map(one => one.getBoundingClientRect()).filter(box => box.width).map(box => [box.x, box.y, box.right, box.bottom]))"
    )
    assert any(boxes)
    for picture in boxes:
        assert [pair for number, box in enumerate(picture) for pair in picture[:number] if overlap(box, pair)] == []
        assert all(box[0] >= 0 and box[2] <= width for box in picture), "a label is cut off"


def test_in_arabic_the_stream_runs_from_right_to_left(read_in: Callable[..., Seen]):
    seen = read_in("ar", RIVER)
    places = seen.ask(
        "Object.fromEntries([...document.querySelectorAll('svg.lying')[0].querySelectorAll('.node')].map(node =>"
        " [node.querySelector('text').firstChild.textContent, node.querySelector('.bar').getBoundingClientRect().x]))"
    )
    assert places["HAEBARAGI"] > places["OFFICE"] > places["MAGPIE"] > places["CRANE"] > places["WAGTAIL"] > places["R01"]
    assert seen.ask("getComputedStyle(document.querySelector('.streams td.number')).direction") == "ltr"


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_the_language_is_chosen_by_a_link_and_kept(read_in: Callable[..., Seen], scripts: bool):
    seen = read_in("en", scripts=scripts)
    seen.page.get_by_role("link", name="العربية").click()
    assert seen.page.url == seen.address
    assert seen.page.locator("html").get_attribute("lang") == "ar"
    seen.page.get_by_role("link", name="한국어").click()
    seen.page.goto(f"{seen.address}nowhere")
    assert seen.page.locator("h1").inner_text() == "여기에는 아무것도 없습니다"


def test_the_languages_are_reached_by_the_keyboard_after_the_way_past_them(read_in: Callable[..., Seen]):
    seen = read_in("en")
    seen.page.keyboard.press("Tab")
    assert seen.page.locator(":focus").get_attribute("class") == "skip"
    reached = []
    for _ in range(30):  # the brand, the menu, the search and the way out come first
        seen.page.keyboard.press("Tab")
        reached.append(seen.page.locator(":focus").get_attribute("lang"))
    assert [language for language in reached if language][:4] == ["en", "ko", "zh-hans", "ar"]


@pytest.mark.parametrize("language", FONTS)
def test_whoever_prints_it_has_the_rehearsal_on_every_sheet_in_their_language(
    read_in: Callable[..., Seen], language: str, tmp_path: Path
):
    seen = read_in(language, RIVER)
    words = seen.page.locator(".rehearsal strong").inner_text()
    seen.page.emulate_media(media="print")
    assert not seen.page.locator(".languages").is_visible()
    seen.page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    if which("pdftotext") is not None and language != "ar":  # its letters are stored as they are shown, joined
        text = subprocess.run(["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True).stdout
        sheets = text.rstrip("\f").split("\f")
        assert len(sheets) > 1
        assert all(words in sheet for sheet in sheets)
