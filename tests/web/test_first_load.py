"""What a browser fetches for the first page that it ever sees of ours, in every language: page, style sheets, scripts and the fonts
for its letters, as they are sent to a machine which has none of those letters itself."""

import gzip
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tallystick.web.menu import MENU
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

FIRST_LOAD_MOST = 150_000  # bytes
FONTS = Path(settings.LOCALE_PATHS[0]).parent / "static" / "web" / "fonts"
FACE = re.compile(r'font-family: "([^"]+)"; font-weight: ([\d ]+);.*?src: url\("([^"]+)"\).*?unicode-range: ([^;]+);')
LANGUAGES = ("en", "ko", "zh-hans", "ar")
PATHS = [reverse(name) for _, pages in MENU for name, _ in pages]
NAMES = "김하늘과 뷁, 王小明、张翠花和龘, ليلى"
"""As people are called who stand in the books: letters that no catalog says, and some that no font of ours holds."""


class Face(NamedTuple):
    family: str
    weight: str
    file: str
    letters: frozenset[str]


def faces() -> list[Face]:
    """The faces of the style sheet; of two that hold a letter browsers ask the later."""
    sheet = (FONTS / "fonts.css").read_text()
    return [Face(family, weight, file, frozenset(_letters(span))) for family, weight, file, span in FACE.findall(sheet)]


def _letters(span: str) -> Iterator[str]:
    for one in span.split(", "):
        first, _, last = one.removeprefix("U+").partition("-")
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))


FACES = faces()


def fonts_for(text: str, *, language: str) -> set[str]:
    """The files that a browser asks for to show these letters in every weight that we have."""
    wanted: dict[tuple[str, str, str], str] = {}
    for face in FACES:
        is_asked = face.family != "Tallystick Languages" and (language == "zh-hans" or face.family != "Noto Sans SC Marks")
        for letter in face.letters & set(text) if is_asked else ():
            wanted[letter, face.family, face.weight] = face.file
    return set(wanted.values())


def shown(html: str) -> str:
    """Every letter of a page besides the names of the languages, which have fonts of their own."""
    html = re.sub(r'<nav class="languages".*?</nav>|<script.*?</script>|<style.*?</style>', "", html, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", html) + "".join(re.findall(r'(?:placeholder|value)="([^"]*)"', html)))


def first_load(browser: Client, path: str, *, language: str) -> dict[str, int]:
    """The bytes of everything that this page brings in."""
    answer = browser.get(path)
    assert answer.status_code == 200, path
    html = gzip.decompress(answer.content).decode()
    fetched = re.findall(r'<(?:link|script|img)\b[^>]*\b(?:href|src)="([^"]+)"', html)
    bodies = {address: b"".join(browser.get(address).streaming_content) for address in fetched}
    fonts = {one.file for one in FACES if one.family == "Tallystick Languages"} | fonts_for(shown(html), language=language)
    sizes = {name: len(body) for name, body in {path: answer.content, **bodies}.items()}
    return sizes | {name: (FONTS / name).stat().st_size for name in fonts}


def browsing(language: str) -> dict[str, str]:
    """The headers of a browser that prefers this language."""
    return {"accept-language": language, "accept-encoding": "gzip, deflate, br"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_load_of_every_page_of_the_menu_is_small(lamps_on_the_road: None, language: str):
    browser = signed_in(headers=browsing(language))
    loads = {path: first_load(browser, path, language=language) for path in PATHS}
    assert len(loads) > 40
    assert all(len(load) > 5 for load in loads.values()), "style sheets and fonts are counted"
    assert {path: load for path, load in loads.items() if sum(load.values()) >= FIRST_LOAD_MOST} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_load_at_the_door_is_small(lamps: None, language: str):
    browser = Client(headers=browsing(language))
    assert sum(first_load(browser, reverse("account_login"), language=language).values()) < FIRST_LOAD_MOST


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_few_names_bring_in_a_few_files(language: str):
    assert len(fonts_for(NAMES, language=language)) < 20
    assert sum((FONTS / file).stat().st_size for file in fonts_for(NAMES, language=language)) < 2 * FIRST_LOAD_MOST


def test_every_file_of_a_font_is_asked_for_by_the_style_sheet():
    assert {face.file for face in FACES} == {file.name for file in FONTS.glob("*.woff2")}


@pytest.mark.parametrize(("locale", "family"), [("ko", "Noto Sans KR"), ("zh_Hans", "Noto Sans SC"), ("ar", "Noto Sans Arabic")])
def test_a_letter_lies_in_one_file_of_those_that_hold_what_catalogs_say(locale: str, family: str):
    said = [face for face in FACES if face.family == family and face.weight == "400" and "-rest-" not in face.file]
    assert sum(len(face.letters) for face in said) == len(frozenset().union(*(face.letters for face in said)))
    assert locale in {folder.name for folder in FONTS.parents[2].joinpath("locale").iterdir()}


def test_what_is_written_in_words_is_sent_compressed_and_fonts_are_sent_as_they_are(lamps: None):
    browser = signed_in(headers=browsing("ko"))
    for address in ("/today", "/static/web/page.css", "/static/web/charts.js", "/static/web/favicon.svg"):
        answer = browser.get(address)
        body = answer.content if hasattr(answer, "content") else b"".join(answer.streaming_content)
        assert (answer["Content-Encoding"], answer["Vary"].count("Accept-Encoding")) == ("gzip", 1)
        assert len(body) < len(gzip.decompress(body))
    font = browser.get("/static/web/fonts/language-kr.woff2")
    assert "Content-Encoding" not in font
    assert int(font["Content-Length"]) == sum(map(len, font.streaming_content))


def test_a_page_of_one_length_is_sent_in_another_each_time(lamps: None):
    browser = signed_in(headers=browsing("en"))
    assert len({len(browser.get("/static/web/page.css").getvalue()) for _ in range(20)}) > 1


def test_whoever_does_not_take_it_compressed_gets_it_plain(lamps: None):
    answer = signed_in().get("/today")
    assert "Content-Encoding" not in answer
    assert answer.content.lstrip().startswith(b"<!doctype html>")
