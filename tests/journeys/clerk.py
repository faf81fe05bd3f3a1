"""Somebody at the desk in a browser of their own: goes by the menu, by links and by buttons, and reads what stands on the page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Any

from django.urls import reverse
from django.utils import translation

from tests.journeys.browsing import code_of

CHROMIUM = next((Path(path) for name in ("chromium", "chromium-browser", "google-chrome") if (path := which(name))), None)
WORD = re.compile(r"[A-Za-z]{2,}")
KEPT = {"Tallystick", "tallystick", "verify", *WORD.findall("Lamps and Noodles")}
"""Words that stand on pages of every language: our name, what is typed into a terminal, and what the programme is called."""

TEXTS = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) {
        const about = walker.currentNode.parentElement;
        if (!about.closest("script, style, code, bdi, .code, .unit, datalist, nav.languages")) found.push(walker.currentNode.data.trim());
    }
    return found.filter(text => text);
}"""


@dataclass(frozen=True, slots=True)
class Setting:
    """How the members of an office have their browsers: the language, and whether scripts run."""

    language: str
    scripts: bool

    def say(self, words: str) -> str:
        """These words of ours, in the language of the office; a fault where the catalog lacks them."""
        with translation.override(self.language):
            said = translation.gettext(words)
        assert (said == words) is (self.language == "en"), f"{words} is not said in {self.language}"
        return said


class Clerk:
    """A member at a browser. `complaints` is whatever it complained of, `asked` the hosts it asked; `typed` is of the whole office."""

    def __init__(self, browser: Any, name: str, *, setting: Setting, typed: set[str]) -> None:
        self.name, self.setting, self.typed = name, setting, typed
        self.complaints: list[str] = []
        self.asked: set[str] = set()
        self.words: set[str] = set()
        self.page = browser.new_context(
            locale=setting.language, java_script_enabled=setting.scripts, viewport={"width": 1280, "height": 900}
        ).new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        self.page.on("requestfailed", lambda request: self.complaints.append(request.url))
        self.page.on("response", lambda one: self.complaints.append(f"{one.status} {one.url}") if one.status >= 400 else None)
        self.page.on("request", lambda request: self.asked.add(request.url.split("/")[2]))

    # Going about

    def sign_in(self, address: str, *, password: str, secret: str) -> None:
        """The one time that an address is typed; then a password, then a second factor."""
        self.page.goto(address)
        self._read()
        self.fill(login=self.name, password=password)
        self.press("main form button")
        self.fill(code=code_of(secret))
        self.press("main form[action$='authenticate/'] button:not([type])")

    def go(self, page: str) -> None:
        """By the menu."""
        link = f'nav.menu a[href="{reverse(page)}"]'
        self.page.click(f'nav.menu details:has(a[href="{reverse(page)}"]) > summary')
        self.press(link)

    def follow(self, page: str, **named: str) -> None:
        """By a link that stands on the page."""
        self.press(f'main a[href^="{reverse(page, kwargs=named)}"]')

    def may_follow(self, page: str, **named: str) -> bool:
        return bool(self.page.locator(f'main a[href^="{reverse(page, kwargs=named)}"]').count())

    def fill(self, **fields: str) -> None:
        """By the names of the fields; `amount_0` is the field amount-0 of a form of rows."""
        for name, text in fields.items():
            self.typed |= set(WORD.findall(text))
            field = self.page.locator(f'main [name="{re.sub(r"_(?=[0-9]+$)", "-", name)}"], main [name="{name}"]').first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(text)
            else:
                field.fill(text)

    def press(self, selector: str) -> None:
        self.page.click(selector)
        self._read()

    def look(self, **fields: str) -> None:
        """Fill a form in, and look at what would be posted."""
        self.fill(**fields)
        self.press('main button[value="look"]')

    def say(self, words: str) -> None:
        """The word itself, on a button that says so."""
        button = self.page.locator('main button[value="say"]')
        assert button.inner_text() == self.setting.say(words), self.text()
        self.press('main button[value="say"]')

    # Reading

    def heading(self) -> str:
        return str(self.page.inner_text("h1"))

    def sees(self, words: str) -> bool:
        """Whether these words of ours stand on the page, in the language of the office."""
        return self.setting.say(words) in self.text()

    def text(self) -> str:
        return re.sub(r"\s+", " ", self.page.inner_text("main"))

    def moves(self) -> list[str]:
        """“HAEBARAGI → CRANE CNY 30,000.00” of every move that would be posted."""
        rows = self.page.locator("main table.plain tbody tr")
        return [
            "{} → {} {}".format(*(re.sub(r"\s+", " ", cell) for cell in row.locator("td").all_inner_texts()[:3]))
            for row in rows.all()
        ]

    def then(self) -> dict[str, str]:
        """What each would hold, as it is told."""
        told = self.page.locator("ul.then li")
        return {one.locator("b").inner_text(): one.locator("bdi").last.inner_text() for one in told.all()}

    def facts(self) -> list[str]:
        """What stands beside its name."""
        return [re.sub(r"\s+", " ", one) for one in self.page.locator("main dl.facts dd").all_inner_texts()]

    def row(self, text: str) -> str:
        """The row of a table in which this stands."""
        return re.sub(r"\s+", " ", self.page.locator("main tr", has_text=text).first.inner_text())

    def _read(self) -> None:
        """Every page is in the language of the office."""
        assert self.page.get_attribute("html", "lang") == self.setting.language
        if self.setting.language != "en":
            self.words |= {word for text in self.page.evaluate(TEXTS) for word in WORD.findall(text)}

    def english(self) -> set[str]:
        """What pages in another language left in English; codes are capitals, and what somebody typed stays as it was typed."""
        return {word for word in self.words - self.typed - KEPT if not word.isupper()}


@contextmanager
def at_their_browsers(names: list[str], *, setting: Setting) -> Iterator[list[Clerk]]:
    """One clerk for each name, each in a context of their own of one browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        typed: set[str] = set()
        yield [Clerk(browser, name, setting=setting, typed=typed) for name in names]
        browser.close()
