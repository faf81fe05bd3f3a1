"""The pages of hands, however many there are: leaf by leaf, the same questions to the books, and nothing fetched from elsewhere."""

import gzip
import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tallystick.ledger.apply import stock as keeping
from tallystick.ledger.apply.stock import keep
from tallystick.ledger.models import Account
from tallystick.ledger.queries.stock import kept_stock, stock_now
from tests.books import found, post, take
from tests.questions import Questions
from tests.signing_in import signed_in
from tests.web.many import with_hands

pytestmark = pytest.mark.django_db

FIRST_LOAD_MOST = 150_000
PAGES = (
    "/",
    "/?kind=custodian:agent&earmark=SHOPS&unit=USD",
    "/?code=agent000",
    "/tallies",
    "/everyone-else?of=recipient",
    "/everyone-else?of=donor",
    "/everyone-else?of=books",
    "/how-it-got-there",
    "/how-it-got-there/hand-by-hand",
    "/how-it-got-there/hand-by-hand?kind=custodian:agent",
)


@pytest.fixture
def books_with(db: None, tmp_path: Path) -> Callable[..., Client]:
    """`books_with(custodians=100)` makes them and signs a lead in."""

    def made(**counts: int) -> Client:
        found()
        take(with_hands(tmp_path / "many", **counts))
        return signed_in()

    return made


def questions(browser: Client, path: str) -> int:
    with Questions() as asked:
        assert browser.get(path).status_code == 200
    return len(asked)


def asked_of(browser: Client, letter: str) -> dict[str, tuple[int, int]]:
    """How often each page asks the books: once it was looked at, and directly after something was posted."""
    counts = {}
    for number, path in enumerate(PAGES):
        browser.get(path)
        again = questions(browser, path)
        post(f"{letter}{number}   2 March   handover   OFFICE → HERON   USD 1.00   SHOPS")
        counts[path] = again, questions(browser, path)
    return counts


@pytest.mark.parametrize("is_kept", [False, True], ids=["added up anew", "from what was kept"])
def test_pages_ask_as_often_of_a_hundred_custodians_as_of_ten(books_with: Callable[..., Client], is_kept: bool, tmp_path: Path):
    few = books_with(custodians=10, recipients=4, tallies=2)
    if is_kept:
        assert keep(stock_now())
    of_few = asked_of(few, "Q")
    take(with_hands(tmp_path / "more", custodians=100, recipients=60, tallies=40))
    if is_kept:
        assert keep(stock_now())
    of_many = asked_of(signed_in(), "W")
    assert of_many == of_few


def table_of(browser: Client, path: str) -> str:
    return browser.get(path).content.decode().partition("<tbody")[2].partition("</tbody>")[0]


@pytest.mark.parametrize("grown", [1.5, 1.0], ids=["brought up", "from all moves, as the books have grown"])
def test_a_look_that_keeps_what_it_added_up_tells_every_hand_once(
    books_with: Callable[..., Client], monkeypatch: pytest.MonkeyPatch, grown: float
):
    browser = books_with(custodians=3)
    assert keep(stock_now())
    monkeypatch.setattr(keeping, "GROWN", grown)
    post("Q1   2 March   handover   OFFICE → HERON   USD 7.00   SHOPS")
    read_again = table_of(browser, "/how-it-got-there/hand-by-hand")
    monkeypatch.setattr(keeping, "BEHIND_MOST", 1)
    assert table_of(browser, "/how-it-got-there/hand-by-hand") == read_again
    assert kept_stock().act == stock_now().act, "this look kept it"
    assert table_of(browser, "/how-it-got-there/hand-by-hand") == read_again
    assert "7.00" in read_again


def codes(browser: Client, path: str) -> list[str]:
    """Who is named in the table of a page, or the first of several."""
    html = browser.get(path).content.decode().partition('<section id="tallies"')[0]
    return re.findall(r'<th [^>]*scope="row(?:group)?"[^>]*>(?:<a [^>]*>)?<bdi[^>]*>(.*?)</bdi>', html)


def turned(browser: Client, path: str) -> list[str]:
    """Everybody who is named, leaf by leaf to the end."""
    named, way = [], path
    while way:
        html = browser.get(way).content.decode()
        named += codes(browser, way)
        later = re.search(r'rel="next" href="([^"]+)"', html)
        way = f"{path.partition('?')[0]}{unescape(later[1])}" if later else ""
    return named


def test_every_custodian_who_holds_something_comes_once(books_with: Callable[..., Client]):
    browser = books_with(custodians=60)
    holding = Account.objects.filter(never_below_zero=True).exclude(balance=0).exclude(holder__startswith="@")
    named = turned(browser, "/")
    assert len(named) == len(set(named))
    assert set(named) == set(holding.values_list("holder", flat=True))
    assert len(codes(browser, "/")) == 25


def test_every_recipient_comes_once_and_so_does_every_hand(books_with: Callable[..., Client]):
    browser = books_with(custodians=3, recipients=55)
    recipients = [f"SHOP{number:04}" for number in range(55)]
    assert turned(browser, "/everyone-else?of=recipient") == recipients
    hands = turned(browser, "/how-it-got-there/hand-by-hand?river=USD")
    assert len(hands) == len(set(hands))
    assert set(hands) == {"HAEBARAGI", "OFFICE", "AGENT0000", "AGENT0001", "AGENT0002", *recipients}


def test_every_tally_comes_once_and_the_first_page_leads_to_all(books_with: Callable[..., Client]):
    browser = books_with(custodians=3, tallies=31)
    html = browser.get("/").content.decode()
    assert html.count("<bdi>ROAD-") == 10
    assert "All 31 tallies on the road" in html
    assert sorted(turned(browser, "/tallies")) == [f"ROAD-{number:04}" for number in range(31)]


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("code=agent001", [f"AGENT001{digit}" for digit in range(2)]),
        ("code=0003", ["AGENT0003"]),
        ("kind=custodian:fund", ["OFFICE"]),
        ("unit=CNY", []),
        ("earmark=STALLS", []),
        ("kind=custodian:agent&unit=USD&earmark=SHOPS&code=0007", ["AGENT0007"]),
        ("code=%25", []),
        ("code=_", []),
        ("kind=king&unit=gold&earmark=none&code=0003", ["AGENT0003"]),
    ],
)
def test_hands_are_found_by_what_is_known_of_them(books_with: Callable[..., Client], asked: str, named: list[str]):
    browser = books_with(custodians=12)
    assert codes(browser, f"/?{asked}") == named
    assert named or "Nobody who is sought holds anything." in browser.get(f"/?{asked}").content.decode()


@pytest.mark.parametrize("at", ["after=9%1FHERON", "before=0%1F", "after=x", "before=1%1FA%1FB", "after=1%1FA%00B", "code=%00"])
def test_a_place_that_nobody_was_at_is_answered(books_with: Callable[..., Client], at: str):
    browser = books_with(custodians=2)
    for path in (
        "/",
        "/everyone-else?of=books",
        "/tallies",
        "/losses",
        "/codes",
        "/legs",
        "/ventures",
        "/how-it-got-there/hand-by-hand",
    ):
        assert browser.get(f"{path}{'&' if '?' in path else '?'}{at}").status_code == 200


@pytest.mark.parametrize("path", ["/everyone-else?of=king", "/how-it-got-there/hand-by-hand?river=GOLD"])
def test_what_there_is_nothing_of_is_nowhere(books_with: Callable[..., Client], path: str):
    assert books_with(custodians=1).get(path).status_code == 404


def test_rows_and_what_they_come_to_together_differ_by_what_is_told(books_with: Callable[..., Client]):
    html = books_with(custodians=40).get("/how-it-got-there/hand-by-hand?kind=custodian:agent").content.decode()
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall(r"<tr>.*?</tr>", html, flags=re.DOTALL)]
    *rows, together = [[Decimal(cell.replace(",", "").replace("−", "-")) for cell in row] for row in cells if row]
    assert "These together" in html
    assert len(rows) == 25
    assert [sum(column) for column in zip(*rows, strict=True)] == together


@pytest.mark.parametrize("path", PAGES)
def test_a_first_load_is_small_and_asks_nobody_else(books_with: Callable[..., Client], path: str):
    browser = books_with(custodians=60, recipients=60, tallies=40)
    answer = browser.get(path)
    html = answer.content.decode()
    assert not re.search(r"""(src|href|action)=["']([a-z]+:)?//""", html)
    fetched = re.findall(r'<(?:link|script|img)\b[^>]*\b(?:href|src)="([^"]+)"', html)
    bodies = [answer.content, *(b"".join(browser.get(address).streaming_content) for address in fetched)]
    assert len(bodies) > 3
    assert sum(len(gzip.compress(body)) for body in bodies) < FIRST_LOAD_MOST
