"""Tallies, losses, codes, ventures and legs however many there are: a leaf at a time to the end and back, and the same questions."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tallystick.core.amount import Parts
from tallystick.core.corridor import Leg
from tallystick.core.liability import LossKey, Share, utc_of
from tallystick.corridors import actions as corridors
from tallystick.handovers.losses import answer
from tallystick.ledger.queries.tallies import losses
from tallystick.vault.keys import unlocked
from tests.books import POSTED_AT, found, post, take
from tests.questions import Questions
from tests.signing_in import signed_in
from tests.web.many import with_hands

pytestmark = pytest.mark.django_db

COUNT = 56  # two leaves and a part of a third
ROW = re.compile(r'<th [^>]*scope="row"[^>]*>(?:<a [^>]*>)?<bdi[^>]*>(.*?)</bdi>')
ARTICLE = re.compile(r'<article class="loss"><h3><a [^>]*><bdi>(.*?)</bdi>')


def rows(html: str) -> list[str]:
    """What the rows of the list are called, or the articles where it has those."""
    return ARTICLE.findall(html) or ROW.findall(html.partition('id="owed-title"')[0])


def turned(browser: Client, path: str) -> tuple[list[str], list[str]]:
    """The rows of a list as they are seen leaf by leaf to the end, and again on the way back."""
    on, back = _walked(browser, path, rel="next")
    returned, _ = _walked(browser, back, rel="prev")
    return [row for leaf in on for row in leaf], [row for leaf in reversed(returned) for row in leaf]


def _walked(browser: Client, path: str, *, rel: str) -> tuple[list[list[str]], str]:
    leaves, way = [], path
    while True:
        answer = browser.get(way)
        assert answer.status_code == 200
        html = answer.content.decode()
        leaves.append(rows(html))
        further = re.search(rf'rel="{rel}" href="([^"]+)"', html)
        if further is None:
            return leaves, way
        way = f"{path.partition('?')[0]}{unescape(further[1])}"


@pytest.fixture
def books(db: None, tmp_path: Path) -> Client:
    """Of each, as many as COUNT says: tallies on the road, tallies that arrived, losses from a hand, ventures, and legs."""
    found()
    take(with_hands(tmp_path / "many", custodians=2, recipients=COUNT, tallies=COUNT))
    return signed_in()


def entries(line: str, *, first: int, last: int) -> None:
    """One entry for each number."""
    post("\n".join(line.format(number=f"{number:03}") for number in range(first, last)))


def arrived(*, first: int, last: int) -> None:
    entries("DONE-{number}   2 March   dispatch   OFFICE → HERON   USD 1.00   SHOPS", first=first, last=last)
    entries("DONE-{number}   3 March   receipt    OFFICE → HERON   USD 1.00   SHOPS", first=first, last=last)


def lost(*, first: int, last: int) -> None:
    entries("LOST-{number}   2 March   loss   OFFICE → @loss:theft   USD 1.00   SHOPS", first=first, last=last)


def legs(*, first: int, last: int) -> None:
    for number in range(first, last):
        leg = Leg(f"WAY-{number:03}", "Seoul", "Yanji", "by air", 0, Parts(0), "USD", 3)
        corridors.set_leg(leg, office=unlocked().office, recorded_at=POSTED_AT + timedelta(seconds=number))


def test_every_open_tally_comes_once_the_oldest_first(books: Client):
    expected = [f"ROAD-{number:04}" for number in range(COUNT)]
    assert turned(books, "/tallies") == (expected, expected)
    assert turned(books, "/tallies?code=AGENT0000&rows=50") == (expected, expected)
    assert turned(books, "/tallies?code=ROAD-0007") == (["ROAD-0007"], ["ROAD-0007"])


def test_every_tally_that_arrived_comes_once_the_latest_first(books: Client):
    arrived(first=0, last=COUNT)
    expected = [f"DONE-{number:03}" for number in reversed(range(COUNT))]
    assert turned(books, "/tallies?state=done") == (expected, expected)
    assert turned(books, "/tallies?state=done&code=HERON") == (expected, expected)


def test_every_loss_comes_once_the_latest_first(books: Client):
    lost(first=0, last=COUNT)
    expected = [f"LOST-{number:03}" for number in reversed(range(COUNT))]
    assert turned(books, "/losses") == (expected, expected)
    assert turned(books, "/losses?cause=theft") == (expected, expected)
    assert turned(books, "/losses?cause=spoilage") == ([], [])


def test_the_losses_that_one_answers_for_are_found_however_old_they_are(books: Client):
    lost(first=0, last=30)
    lost_at = utc_of(losses(references=["LOST-000"], most=1)[0].lost_at)
    share = Share(LossKey("USD", "SHOPS", "theft"), "HERON", 100)
    answer("LOST-000", lost_at, shares=[share], office=unlocked().office, recorded_at=POSTED_AT)
    assert turned(books, "/losses?party=HERON") == (["LOST-000"], ["LOST-000"])
    assert turned(books, "/losses?party=MAGPIE") == ([], [])


def test_every_venture_comes_once_by_its_grant(books: Client):
    on, back = turned(books, "/ventures")
    assert on == back
    assert on == sorted(set(on))
    assert set(on) >= {f"MANY{number:04}" for number in range(COUNT)}
    expected = [f"MANY{number:04}" for number in range(COUNT)]
    assert turned(books, "/ventures?kind=stall")[0] == expected


def test_every_leg_comes_once_in_the_order_in_which_they_were_set(books: Client):
    legs(first=0, last=COUNT)
    on, back = turned(books, "/legs")
    assert on == back
    assert [leg for leg in on if leg.startswith("WAY-")] == [f"WAY-{number:03}" for number in range(COUNT)]
    assert turned(books, "/legs?search=way-01")[0] == [f"WAY-01{digit}" for digit in range(10)]


MORE: dict[str, Callable[..., None]] = {
    "/tallies?state=done": arrived,
    "/losses": lost,
    "/legs": legs,
}


@pytest.mark.parametrize("path", MORE)
def test_a_leaf_of_many_asks_as_often_as_a_list_of_few(books: Client, path: str):
    def asked() -> int:
        books.get(path)
        with Questions() as captured:
            assert books.get(path).status_code == 200
        return len(captured)

    MORE[path](first=0, last=3)
    few = asked()
    MORE[path](first=3, last=COUNT)
    assert asked() == few


def test_where_the_road_was_listed_before_leads_on_for_good(books: Client):
    answer = books.get("/on-the-road?after=x")
    assert (answer.status_code, answer["Location"]) == (301, "/tallies")
    assert Client().get("/on-the-road").status_code == 302, "whoever is not signed in is asked to"
