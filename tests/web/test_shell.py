"""What is around every page: the menu, the box that finds, and the way to a page for whoever has none."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders

from tallystick.core.role import PAGES, Door, Role
from tallystick.web.menu import MENU, menu_for
from tests.signing_in import says, signed_in

pytestmark = pytest.mark.django_db
NAMES = [name for _heading, pages in MENU for name, _words in pages]


def test_the_menu_names_pages_that_there_are_and_none_twice():
    assert set(NAMES) <= set(PAGES)
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_shows_what_a_role_may_read_and_nothing_else(role: Role):
    shown = {page.name for heading in menu_for({role}) for page in heading.pages}
    assert shown == {name for name in NAMES if role in PAGES[name].read or PAGES[name].door is Door.THRESHOLD}
    assert all(heading.pages for heading in menu_for({role}))


def test_the_page_that_is_read_is_marked_in_the_menu(lamps: None):
    shown = says(signed_in().get("/earmarks/"))
    assert re.findall(r'<a href="([^"]+)" aria-current="page"', shown) == ["/earmarks/"]
    assert re.findall(r'<summary class="is-here">([^<]+)', shown) == ["Books"]


def test_what_waits_is_counted_in_the_menu(lamps: None):
    from tests.web.test_desk import GIFT, TAKING_BACK

    bookkeeper, lead = signed_in("WREN", roles=("bookkeeper",)), signed_in()
    assert 'class="count"' not in says(lead.get("/programme"))
    bookkeeper.post("/entries/gift", GIFT | {"step": "say"})
    bookkeeper.post("/entries/reversal", TAKING_BACK | {"step": "say"})
    assert "1 waits for you" in says(lead.get("/programme"))


def test_no_page_is_written_with_a_script_or_a_style_in_it(lamps: None):
    lead = signed_in()
    for path in ("/today", "/entries/", "/entries/lines", "/programme", "/delivered"):
        shown = says(lead.get(path))
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style| style=| on\w+=|(href|src)=\"(https?:)?//", shown), path


def test_scripts_come_with_their_versions_and_licences():
    folder = Path(str(finders.find("web/vendor/VERSIONS.md"))).parent
    told = (folder / "VERSIONS.md").read_text(encoding="utf-8")
    scripts = [one.name for one in folder.iterdir() if one.suffix in (".js", ".css")]
    assert scripts
    assert [name for name in scripts if f"`{name}`" not in told] == []


def test_a_code_that_is_none_offers_the_box(lamps: None):
    answer = signed_in().get("/parties/of/NOBODY")
    assert answer.status_code == 404
    assert "type it into the box at the top" in says(answer)
    assert 'name="q"' in says(answer)


def test_whoever_comes_in_by_the_front_door_begins_with_today(lamps: None, client: Any):
    assert client.get("/")["Location"] == "/sign-in"
    assert client.get("/today")["Location"] == "/sign-in?next=/today"
