"""The page in every language: chosen by the browser or on the page, whole, and the right way round."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from tallystick.web.hands import page as hands
from tallystick.web.language import chosen
from tallystick.web.refusals import fact_words
from tests.books import found
from tests.core import lamps as folder
from tests.questions import Questions
from tests.signing_in import LEAD, member, signed_in, try_code, try_password

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
OTHERS = ("ko", "zh-hans", "ar")
COOKIE = "tallystick_language"
WORD = re.compile(r"[A-Za-z]{2,}")
KEPT = {"UTC", "Tallystick", "tallystick", "verify", "import", "FOLDER", "staff", "confirm", "NAME", "English", LEAD}
"""Words that stand in every language: what is typed into a terminal, the clock, names, and how English calls itself."""


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(hands.timezone, "now", lambda: NOW)
    yield
    translation.deactivate()


def texts(html: str) -> list[str]:
    """Every text a reader meets: between tags, and in the attributes that are read out. What a code holds is a code."""
    said = re.findall(r'(?:title|aria-label|alt)="([^"]*)"', html)
    return [unescape(text).strip() for text in (*said, *re.split(r"<[^>]+>", re.sub(r"<code.*?</code>", "", html)))]


def words(answer: Any) -> set[str]:
    """Every English word that a reader meets."""
    html = re.sub(r"<script.*?</script>", "", answer.content.decode(), flags=re.DOTALL)
    return {word for text in texts(html) for word in WORD.findall(text)}


def codes() -> set[str]:
    """Whatever the programme's own files say: codes, places, units and its name."""
    texts = (str(value) for file in ("parties.csv", "units.csv", "earmarks.csv", "grants.csv", "moves.csv") for row in folder.rows(file) for value in row.values())  # fmt: skip
    return {word for text in (*texts, "Lamps and Noodles") for word in WORD.findall(text)}


def page(language: str, path: str = "/") -> str:
    return signed_in(headers={"accept-language": language}).get(path).content.decode()


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ko", "ltr"), ("zh-hans", "ltr"), ("ar", "rtl")])
def test_the_page_says_its_language_and_its_direction(lamps: None, language: str, direction: str):
    assert f'<html lang="{language}" dir="{direction}">' in page(language)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    "path",
    [
        "/", "/nowhere", "/tallies", "/everyone-else", "/how-it-got-there", "/how-it-got-there/hand-by-hand", "/staff",
        f"/staff/{LEAD}",
    ],
)  # fmt: skip
def test_no_english_is_left(lamps_on_the_road: None, language: str, path: str):
    kept = KEPT | codes()
    left = {text for text in texts(page(language, path)) for word in WORD.findall(text) if word not in kept}
    assert left == set()


def test_roles_are_named_in_the_readers_language_alone_and_in_a_list(db: None):
    with translation.override("ko"):
        assert fact_words("compliance") == "준법 담당"
        assert fact_words("lead, auditor") == "책임자, 감사인"
        assert fact_words("WREN, lead") == "WREN, lead", "what is not all ours stays as it stands"


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/again", "/second-factor/", "/sign-in/closed", "/password", "/sign-out"])
def test_the_door_leaves_no_english(db: None, language: str, path: str):
    found()
    headers = {"accept-language": language}
    browser = Client(headers=headers) if path == "/sign-in" else signed_in(headers=headers)
    answer = browser.get(path)
    assert answer.status_code == 200
    assert words(answer) <= KEPT | {"APP"}, "allauth's own Chinese says APP"


@pytest.mark.parametrize("language", OTHERS)
def test_the_second_factor_is_asked_for_and_refused_in_the_language_of_the_page(plover: Any, language: str):
    browser = Client(headers={"accept-language": language})
    told = [try_password(browser, "not the password"), try_password(browser, follow=True), try_code(browser, "000000")]
    member("WREN", second_factor=False)
    newcomer = Client(headers={"accept-language": language})
    told.append(try_password(newcomer, name="WREN", follow=True))
    for answer in told:
        assert answer.status_code == 200
        assert words(answer) <= KEPT | {"WREN"}


@pytest.mark.parametrize("language", OTHERS)
def test_books_without_a_programme_leave_no_english_either(db: None, language: str):
    found()
    assert {word for text in texts(page(language)) for word in WORD.findall(text)} <= KEPT


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("zh-CN", "zh-hans"),
        ("zh", "zh-hans"),
        ("ar-EG", "ar"),
        ("de", "en"),
        ("", "en"),
        ("de-CH,fr;q=0.9,ar;q=0.5,en;q=0.1", "ar"),
    ],
)
def test_the_first_language_of_the_browser_that_we_speak_is_taken(db: None, asked: str, language: str):
    assert f'<html lang="{language}"' in page(asked, "/nowhere")


def test_the_choice_on_the_page_is_kept_and_goes_before_the_browsers(lamps: None):
    client = signed_in(headers={"accept-language": "ko"})
    answer = client.get("/?language=ar&of=HERON")
    assert (answer.status_code, answer["Location"], answer["Cache-Control"]) == (302, "/?of=HERON", "no-store")
    cookie = answer.cookies[COOKIE]
    assert (cookie.value, cookie["samesite"], cookie["httponly"], cookie["secure"], cookie["path"]) == (
        "ar",
        "Lax",
        True,
        "",
        "/",
    )
    assert '<html lang="ar"' in client.get("/").content.decode()


def test_a_cookie_set_over_tls_goes_over_tls_alone(db: None):
    answer = Client().get("/?language=ko", secure=True)
    assert answer.cookies[COOKIE]["secure"] is True


@pytest.mark.parametrize("asked", ["xx", "", "en-GB", "../../ar"])
def test_a_language_that_we_do_not_speak_chooses_nothing(lamps: None, asked: str):
    answer = signed_in().get("/", {"language": asked})
    assert (answer.status_code, COOKIE in answer.cookies) == (200, False)


def test_the_choice_leads_to_no_other_host():
    request = RequestFactory().get("/", {"language": "ko"})
    request.path = request.path_info = "//elsewhere.example/"
    assert chosen(lambda _: HttpResponse())(request)["Location"] == "/%2Felsewhere.example/"


def test_a_page_without_the_choice_sets_no_cookie(lamps: None):
    assert COOKIE not in signed_in(headers={"accept-language": "ko"}).get("/").cookies


def test_every_page_offers_every_language_in_its_own_name(db: None):
    html = page("ko", "/nowhere?of=HERON")
    for code, name in settings.LANGUAGES:
        assert re.search(rf'<a href="\?of=HERON&amp;language={code}" lang="{code}" [^>]*>{name}</a>', html)
    assert html.count("aria-current") == 1
    assert 'dir="rtl">العربية' in html


@pytest.mark.parametrize("language", OTHERS)
def test_a_page_asks_the_books_no_more_often_in_another_language(lamps: None, language: str):
    counts = []
    for asked in ("en", "en", language):
        browser = signed_in(headers={"accept-language": asked})
        with Questions() as asking:
            browser.get("/")
        counts.append(len(asking))
    assert counts[2] == counts[1]


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("ko", "“H0005”은(는) 이 장부의 지정 용도도 지원금도 인계표도 아닙니다.", "지정 용도나 지원금의 코드"),
        ("zh-hans", "“H0005”不是这些账簿的指定用途、资助或交接单。", "指定用途或资助的代码"),
        ("ar", "«<bdi>H0005</bdi>» ليس تخصيصًا ولا منحة ولا سند تسليم في هذه الدفاتر.", "رمز تخصيص أو منحة"),
    ],
)
def test_a_refusal_is_shown_in_the_readers_language(
    lamps: None, monkeypatch: pytest.MonkeyPatch, language: str, words: str, expected: str
):
    from tallystick.reports.trace import NothingToTrace

    def refuse() -> None:
        raise NothingToTrace(asked="H0005")

    monkeypatch.setattr(hands, "waters", refuse)
    html = unescape(page(language))
    assert words in html
    assert expected in html


@pytest.mark.parametrize("language", OTHERS)
def test_a_fault_is_told_in_the_readers_language(
    lamps: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, language: str
):
    def fail() -> None:
        raise ZeroDivisionError("HERON held CNY 27,232.58")

    monkeypatch.setattr(hands, "waters", fail)
    assert {word for text in texts(page(language)) for word in WORD.findall(text)} <= KEPT


def test_amid_arabic_codes_and_amounts_run_from_left_to_right(lamps_on_the_road: None):
    html = page("ar")
    assert '<td role="cell" class="number amount" dir="ltr"><span class="unit">CNY</span> 27,232.58</td>' in html
    assert "<bdi>CRANE</bdi> ← <bdi>WAGTAIL</bdi>" in html
    assert '<bdi dir="ltr">−0.01</bdi>' in html
    html = page("ar", "/how-it-got-there")
    assert re.search(r"<title>\u200f\u2068CRANE\u2069 ← \u2068على الطريق\u2069، [^:]+: \u2066USD [\d,.]+\u2069</title>", html)


def test_amid_arabic_an_arrow_points_from_the_giver_to_the_taker(lamps_on_the_road: None):
    for path in ("/tallies/of/T0055", "/legs"):
        shown = page("ar", path)
        assert "←" in shown
        assert "→" not in shown, f"{path}: read from right to left it would point from the taker to the giver"


def test_the_picture_is_mirrored_where_people_read_from_right_to_left(lamps: None):
    assert "scale(-1 1)" not in page("ko", "/how-it-got-there")
    html = page("ar", "/how-it-got-there")
    picture = re.search(r'<svg class="picture lying" viewBox="0 0 (\d+).*?</svg>', html, flags=re.DOTALL)
    assert picture is not None
    assert f'transform="translate({picture[1]} 0) scale(-1 1)"' in picture[0]
    assert not re.search(r'="[\d ]*\d,\d+"', picture[0]), "a coordinate with a comma is none"
