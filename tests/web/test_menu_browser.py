"""The menu in a browser: a row of headings on a wide page, one button on a telephone, by keyboard and without scripts."""

from collections.abc import Callable

import pytest

from tests.web.test_browser import CHROMIUM, Seen, address, cookies, look

__all__ = ["address", "cookies", "look"]  # the fixtures of the other tests in a browser

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed on this machine, so no page can be looked at"),
]
HEAD_HEIGHT_MOST = 120  # pixels of a telephone: the name, the menu and the way out, and what finds a code


@pytest.mark.parametrize("script", [True, False], ids=["with-scripts", "without"])
def test_on_a_telephone_the_menu_is_one_button_that_opens_it_over_the_page(look: Callable[..., Seen], script: bool):
    page = look("tallies", width=390, script=script).page
    menu = page.locator("#pages")
    assert not menu.is_visible()
    assert page.locator(".here").bounding_box()["height"] < HEAD_HEIGHT_MOST
    page.get_by_role("button", name="Pages").click()
    assert menu.is_visible()
    menu.locator("summary").filter(has_text="Grants").click()
    menu.get_by_role("link", name="Promised and in hand").click()
    assert page.url.endswith("/grants/promised")
    assert not menu.is_visible()


def test_the_menu_of_a_telephone_is_worked_by_the_keyboard(look: Callable[..., Seen]):
    page = look("tallies", width=390).page
    for _ in range(3):  # past the content, the brand
        page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Pages"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Close the menu"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.get_by_role("link", name="Whose hands now").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#pages").is_visible()
    assert page.locator(":focus").inner_text() == "Pages"


def test_on_a_wide_page_the_menu_is_a_row_of_headings_and_there_is_no_button(look: Callable[..., Seen]):
    page = look("tallies", width=1280).page
    tops = [box["y"] for one in page.locator("#pages summary").all() if (box := one.bounding_box())]
    assert len(set(tops)) == 1
    assert len(tops) > 5
    assert not page.get_by_role("button", name="Pages").is_visible()
    page.locator("#pages summary").first.click()
    assert page.get_by_role("link", name="Whose hands now").is_visible()
