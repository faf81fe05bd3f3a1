"""The bench asks every page that there is, and says so where one is too slow or too heavy."""

import pytest

from bench.addresses import EXAMPLES, MORE, NAMED, below
from bench.pages import Viewed, chapter
from bench.place import ROOT, Programme
from bench.setting import POSTGRES, SQLCIPHER, Engine
from tallystick.core.role import PAGES, Door

PROGRAMME = Programme(folder=ROOT, seed=7, move_count=1_000_000)
GOOD = {"warm": 0.1, "after": 0.19, "first_load": 149_000}


def viewed(name: str, **figures: float) -> list[Viewed]:
    told = GOOD | figures
    good = Viewed("/", [(0.01, 0.01)] * 40, [(0.02, 0.02)] * 20, questions=20, first_load=20_000)
    slow = [(told["warm"], 0.01)] * 3 + [(0.01, 0.01)] * 37  # three of forty are more than five of a hundred
    return [good, Viewed(name, slow, [(told["after"], 0.01)] * 20, questions=20, first_load=int(told["first_load"]))]


@pytest.mark.parametrize("engine", [SQLCIPHER, POSTGRES])
@pytest.mark.parametrize(
    ("figures", "missed"),
    [
        ({}, []),
        ({"warm": 0.201}, ["pages on {}, 95 of 100, each page"]),
        ({"after": 0.201}, ["pages on {}, 95 of 100 directly after a posting, each page"]),
        ({"first_load": 150_001}, ["pages on {}, first load, each page"]),
    ],
)
def test_one_page_that_falls_short_is_told(engine: str, figures: dict[str, float], missed: list[str]):
    found = chapter(Engine(engine), programme=PROGRAMME, found=viewed("/on-the-road", **figures), first=1.0)
    assert [target.words for target in found.targets if not target.is_reached] == [words.format(engine) for words in missed]
    assert [row[0] for row in found.rows] == ["`/`", "`/on-the-road`"]


def inside() -> dict[str, str]:
    """The pages inside with their addresses as they are written."""
    from django.urls import get_resolver

    patterns = dict(below(get_resolver().url_patterns, before="/"))
    return {name: path for name, path in patterns.items() if PAGES[name].door is Door.INSIDE}


def test_whatever_an_address_names_has_an_example():
    assert set(EXAMPLES) == {name for name, path in inside().items() if NAMED.search(path)}


def test_what_more_is_asked_belongs_to_pages_that_there_are():
    assert set(MORE) <= set(inside())
