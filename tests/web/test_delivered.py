"""What a sponsor sees: sums that tell of nobody."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from tallystick.web.sponsor import page as sponsor
from tests.books import post
from tests.core import lamps as folder
from tests.signing_in import says, signed_in

pytestmark = pytest.mark.django_db


FEBRUARY, MARCH = datetime(2026, 2, 2, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
LATE = "P1   5 March   payout   WAGTAIL → R05   CNY 20.00   SHOPS   G03   REH-MONEY"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """February, after the books took everything in; `clock(moment)` sets another."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(sponsor, "timezone", SimpleNamespace(now=lambda: moment))

    set_to(FEBRUARY)
    return set_to


@pytest.fixture
def sees(lamps: None) -> Any:
    return signed_in("WREN", roles=("sponsor",))


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", says(answer).partition("<main")[2]))


def test_sums_are_told_where_enough_grants_stand_behind_them(sees: Any):
    told = words(sees.get("/delivered"))
    assert "CNY Chinese yuan 97,500.00 7 January 2026" in told
    assert "36 % stayed on the way" in told
    assert "seizure 1,698.17" in told


def test_few_grants_are_called_few(sees: Any):
    told = words(sees.get("/delivered"))
    for unit in ("LAMP LED desk lamp, 12-volt solar charge", "TRUCK25 used truck, 2.5 tonne", "FERT fertiliser, tonne"):
        assert f"{unit} few few" in told


def test_a_further_payout_is_not_told_until_enough_others_are(sees: Any, clock: Callable[[datetime], None]):
    before = words(sees.get("/delivered"))
    post(LATE, recorded_at=FEBRUARY)
    assert words(sees.get("/delivered")) == before
    clock(MARCH)
    assert words(sees.get("/delivered")) == before


def test_what_was_told_is_not_changed_by_what_is_taken_back(sees: Any, clock: Callable[[datetime], None]):
    post(LATE)
    before = words(sees.get("/delivered"))
    assert "97,520.00" in before
    post("V1   9 March   reversal   R05 → WAGTAIL   CNY 20.00   SHOPS   -   -   P1", recorded_at=FEBRUARY)
    assert words(sees.get("/delivered")) == before
    clock(MARCH)
    assert words(sees.get("/delivered")) == before


def test_nothing_is_told_of_the_month_that_goes_on(sees: Any, clock: Callable[[datetime], None]):
    clock(datetime(2026, 1, 31, 23, 59, tzinfo=UTC))
    told = words(sees.get("/delivered"))
    assert "Nothing has reached a recipient yet, or not enough that it could be told" in told
    assert "97,500.00" not in told


def test_no_code_and_no_place_is_told(sees: Any):
    told = words(sees.get("/delivered"))
    codes = {row["party"] for row in folder.rows("parties.csv")} | {row["place"] for row in folder.rows("parties.csv")}
    codes |= {row["earmark"] for row in folder.rows("earmarks.csv")} | {row["grant"] for row in folder.rows("grants.csv")}
    codes |= {row["authorisation"] for row in folder.rows("authorisations.csv")}
    assert [code for code in codes if code and re.search(rf"\b{re.escape(code)}\b", told)] == []


def test_a_sponsor_has_no_box_and_no_page_of_single_hands(sees: Any):
    shown = says(sees.get("/delivered"))
    assert 'name="q"' not in shown
    assert set(re.findall(r'<li><a href="([^"]+)"', shown.partition("</nav>")[0])) == {"/today", "/delivered", "/second-factor/"}


def test_everybody_may_see_it(lamps: None):
    assert signed_in("RUFF", roles=("auditor",)).get("/delivered").status_code == 200
