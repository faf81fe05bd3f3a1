"""The forms of entries in the browser: typed, looked at, posted."""

from typing import Any

import pytest

from tallystick.ledger.queries.holdings import balance_of
from tests.signing_in import says, signed_in

pytestmark = pytest.mark.django_db
HEAD = {"reference": "N9", "happened_on": "2016-06-02", "happened_time": "10:00", "clock": "+09:00", "note": ""}
EXCHANGE = HEAD | {
    "holder": "OFFICE", "given_unit": "USD", "given": "100.00", "changer": "", "got_unit": "CNY", "got": "614.00", "earmark": "SHOPS",
}  # fmt: skip
PURCHASE = HEAD | {
    "holder": "CRANE", "given_unit": "CNY", "given": "300", "supplier": "LIGHTWORKS", "got_unit": "LAMP", "got": "50",
    "taker": "KILN", "earmark": "SHOPS",
}  # fmt: skip
COMMISSION = HEAD | {"holder": "HERON", "party": "", "unit_code": "CNY", "amount": "12.00", "earmark": "SHOPS"}
COST = HEAD | {"holder": "HERON", "sort": "informal payment", "other": "", "unit_code": "CNY", "amount": "7", "earmark": "SHOPS"}
REASSIGN = HEAD | {
    "holder": "OFFICE", "unit_code": "USD", "amount": "50.00", "from_earmark": "SHOPS", "to_earmark": "STALLS",
    "note": "letter of 1 March",
}  # fmt: skip
LINES = HEAD | {
    "line_count": "4",
    "kind-1": "commission", "giver-1": "HERON", "taker-1": "@commission:HERON", "unit-1": "CNY", "amount-1": "30.00",
    "earmark-1": "SHOPS",
    "kind-2": "cost", "giver-2": "HERON", "taker-2": "@cost:rope", "unit-2": "CNY", "amount-2": "5.00", "earmark-2": "SHOPS",
}  # fmt: skip


@pytest.fixture
def bookkeeper(lamps: None) -> Any:
    return signed_in("WREN", roles=("bookkeeper",))


def send(browser: Any, name: str, *, sent: dict[str, str], **more: str) -> Any:
    return browser.post(f"/entries/{name}", sent | more)


@pytest.mark.parametrize(
    ("name", "sent", "seen"),
    [
        ("exchange", EXCHANGE, ["Changed by OFFICE", "1 USD = 6.1400 CNY", "614.00"]),
        ("purchase", PURCHASE, ["LIGHTWORKS", "1 LAMP = 6.0000 CNY", "KILN"]),
        ("commission", COMMISSION, ["Commission of HERON", "12.00"]),
        ("cost", COST, ["Cost: informal payment", "7.00"]),
        ("reassign", REASSIGN, ["Between earmarks", "letter of 1 March"]),
    ],
)
def test_what_is_typed_is_told_plainly_and_then_posted(bookkeeper: Any, name: str, sent: dict[str, str], seen: list[str]):
    assert bookkeeper.get(f"/entries/{name}").status_code == 200
    looked = says(send(bookkeeper, name, sent=sent, step="look"))
    assert "This would be posted" in looked
    assert [one for one in seen if one not in looked] == []
    assert "One person is not enough" not in looked
    answer = send(bookkeeper, name, sent=sent, step="say")
    assert (answer.status_code, answer["Location"]) == (302, "/entries/of/N9")
    assert "N9" in says(bookkeeper.get("/entries/"))


def test_a_changer_who_is_a_party_is_named(bookkeeper: Any):
    assert "DESK" in says(send(bookkeeper, "exchange", sent=EXCHANGE | {"changer": "DESK"}, step="look"))


def test_whoever_pays_has_the_goods_where_nobody_else_is_named(bookkeeper: Any):
    send(bookkeeper, "purchase", sent=PURCHASE | {"taker": ""}, step="say")
    assert balance_of("CRANE", unit="LAMP", earmark="SHOPS") == 50


@pytest.mark.parametrize(("sort", "other"), [("", ""), ("transport", "fuel")])
def test_a_cost_was_for_one_thing(bookkeeper: Any, sort: str, other: str):
    answer = send(bookkeeper, "cost", sent=COST | {"sort": sort, "other": other}, step="look")
    assert "Say one thing that it was paid for" in says(answer)


def test_a_cost_for_something_else_is_said_in_ones_own_words(bookkeeper: Any):
    send(bookkeeper, "cost", sent=COST | {"sort": "", "other": "ferry"}, step="say")
    assert balance_of("@cost:ferry", unit="CNY", earmark="SHOPS") == 700


def test_a_reassignment_asks_for_the_donors_consent(bookkeeper: Any):
    assert 'class="wrong"' in says(send(bookkeeper, "reassign", sent=REASSIGN | {"note": ""}, step="look"))


def test_several_lines_stand_together(bookkeeper: Any):
    assert "One person is not enough" not in says(send(bookkeeper, "lines", sent=LINES, step="look"))
    answer = send(bookkeeper, "lines", sent=LINES, step="say")
    assert answer["Location"] == "/entries/of/N9"
    assert balance_of("@cost:rope", unit="CNY", earmark="SHOPS") == 500


def test_no_line_is_a_loss_or_a_payout(bookkeeper: Any):
    """Both have a form of their own, with somebody who answers or a code."""
    shown = says(bookkeeper.get("/entries/lines"))
    assert 'value="exchange"' in shown
    for kind in ("loss", "payout", "reversal", "dispatch", "receipt", "recovery"):
        assert f'value="{kind}"' not in shown


def test_a_line_that_lacks_something_and_a_note_without_lines_are_told_so(bookkeeper: Any):
    assert "This line lacks it." in says(send(bookkeeper, "lines", sent=LINES | {"taker-2": ""}, step="look"))
    assert "Write one line at least." in says(send(bookkeeper, "lines", sent=HEAD | {"line_count": "4"}, step="look"))


def test_more_lines_are_given_without_losing_what_was_typed(bookkeeper: Any):
    shown = says(send(bookkeeper, "lines", sent=LINES, more="1"))
    assert 'value="@commission:HERON"' in shown
    assert 'name="kind-8"' in shown
    assert 'class="wrong"' not in shown
    assert 'name="kind-41"' not in says(send(bookkeeper, "lines", sent=LINES | {"line_count": "40"}, more="1"))


def test_enter_looks_and_never_posts(bookkeeper: Any):
    """The first button of a form is the one that Enter presses."""
    for name in ("gift", "exchange", "lines"):
        form = says(bookkeeper.get(f"/entries/{name}")).partition('<form class="wish')[2]
        assert form.partition("<button ")[2].startswith('name="step" value="look"')
