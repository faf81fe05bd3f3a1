"""docs/pages has a picture of every page that a person can open, as tools/pictured.py lists them, and of no other."""

from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from tallystick.core.role import PAGES, Door
from tools.pictured import DURING_SIGN_IN, IN_ARABIC, MAIN, PICTURES, REFUSED, UNPICTURED

FOLDER = Path(__file__).parents[2] / "docs" / "pages"
ENGLISH = ("light-1280", "dark-1280", "light-390")
BYTES_MAX, FOLDER_BYTES_MAX = 400_000, 25_000_000
FOR_PEOPLE = {Door.OPEN, Door.THRESHOLD, Door.INSIDE}


class Anything(dict[str, object]):
    """Has something under every name, so that every gap of an address is filled."""

    def __missing__(self, name: str) -> "Anything":
        return self

    def __str__(self) -> str:
        return "1"

    def __format__(self, how: str) -> str:
        return str(self)


def pictured() -> set[str]:
    """The pages of which there is a picture, by the names that core/role.py has for them."""
    paths = [picture.address(Anything()).partition("?")[0] for title, picture in PICTURES.items() if title not in REFUSED]
    return {resolve(f"/{path}").url_name or "" for path in paths}


def test_every_page_that_a_person_can_open_has_a_picture_or_a_reason():
    for_people = {name for name, page in PAGES.items() if page.door in FOR_PEOPLE}
    assert for_people - pictured() == set(UNPICTURED)


def test_a_page_without_a_picture_would_be_found(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(PICTURES, "visit")
    assert "visit" not in pictured()


def test_an_address_that_leads_nowhere_would_be_found():
    with pytest.raises(Resolver404):
        resolve("/" + PICTURES["not-found"].path)


def test_every_picture_lies_there_in_every_look_and_no_other_does():
    titles = [*PICTURES, DURING_SIGN_IN]
    wanted = {f"{title}-{look}.png" for title in titles for look in ENGLISH}
    wanted |= {f"{title}-dark-390.png" for title in MAIN}
    wanted |= {f"{title}-{code}-light-{width}.png" for title in MAIN for code in ("ko", "zh-hans", "ar") for width in (1280, 390)}
    wanted |= {f"{title}-ar-light-{width}.png" for title in IN_ARABIC for width in (1280, 390)}
    assert {file.name for file in FOLDER.iterdir()} == wanted


def test_pictures_stay_small():
    sizes = {file.name: file.stat().st_size for file in FOLDER.iterdir()}
    assert [name for name, size in sizes.items() if size >= BYTES_MAX] == []
    assert sum(sizes.values()) < FOLDER_BYTES_MAX
