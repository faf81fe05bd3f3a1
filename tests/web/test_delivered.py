"""What a sponsor sees: sums that tell of nobody."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from tallystick.web.sponsor import page as sponsor
from tests.books import post
from tests.core import lamps as folder
from tests.signing_in import says, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sponsor.timezone, "now", lambda: datetime(2016, 4, 2, tzinfo=UTC))


@pytest.fixture
def sees(lamps: None) -> Any:
    return signed_in("WREN", roles=("sponsor",))


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", says(answer).partition("<main")[2]))


def test_sums_are_told_where_enough_grants_stand_behind_them(sees: Any):
    told = words(sees.get("/delivered"))
    assert "CNY Chinese yuan 87,500.00 7 October 2014" in told
    assert "36 % stayed on the way" in told
    assert "seizure 1,698.17" in told


def test_few_grants_are_called_few(sees: Any):
    told = words(sees.get("/delivered"))
    for unit in ("LAMP LED desk lamp, 12-volt solar charge", "TRUCK25 used truck, 2.5 tonne", "FERT fertiliser, tonne"):
        assert f"{unit} few few" in told


def test_a_further_payout_is_not_told_until_enough_others_are(sees: Any):
    before = words(sees.get("/delivered"))
    post("P1   5 March   payout   WAGTAIL → R05   CNY 20.00   SHOPS   G03   REH-MONEY")
    assert words(sees.get("/delivered")) == before


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
