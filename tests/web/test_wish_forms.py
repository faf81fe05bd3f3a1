"""What a form says is what is posted: whatever else came in meanwhile, however an amount was written, and with everything shown before."""

from typing import Any

import pytest

from tallystick.ledger.queries.holdings import balance_of
from tests.books import post as posted
from tests.signing_in import says, signed_in
from tests.web.test_handovers import SENT, WHEN, agreed, bookkeeper, lamps_of, lead, post, sent_off

__all__ = ["bookkeeper", "lead"]  # fixtures
pytestmark = pytest.mark.django_db
LATER = WHEN | {"happened_on": "2015-06-03"}


def place_of(page: str, *, words: str) -> str:
    """The place of the row that these words head."""
    row = page[page.index(words) :]
    return row[row.index("received-") + len("received-")]


def test_a_row_keeps_its_place_when_another_line_came_in_meanwhile(bookkeeper: Any):
    """Two count the same tally at the same time: the lamps that one counted must not become the other's money."""
    sent_off(bookkeeper)
    form = says(bookkeeper.get("/tallies/receipt/T900"))
    money, lamps = place_of(form, words="CNY 1,200.50 on the road"), place_of(form, words="LAMP 40 on the road")
    mine = LATER | {f"received-{money}": "40", f"received-{lamps}": "", "note": ""}
    looked = post(bookkeeper, "/tallies/receipt/T900", sent=mine, step="look")
    assert "CNY</span> 40.00" in says(looked)
    theirs = LATER | {"happened_time": "11:00", f"received-{money}": "1200.50", f"received-{lamps}": "", "note": ""}
    assert post(bookkeeper, "/tallies/receipt/T900", sent=theirs).status_code == 302
    before = lamps_of("WAGTAIL")
    answer = post(bookkeeper, "/tallies/receipt/T900", sent=mine)
    assert (answer.status_code, "tally_too_small" in says(answer)) == (409, True), says(answer)
    assert lamps_of("WAGTAIL") == before


@pytest.mark.parametrize(("page", "field"), [("receipt", "received"), ("return", "back")])
def test_the_same_pressed_twice_is_told_that_it_stands(bookkeeper: Any, page: str, field: str):
    sent_off(bookkeeper)
    whole = LATER | {f"{field}-0": "1200.50", f"{field}-1": "40", "note": ""}
    first = post(bookkeeper, f"/tallies/{page}/T900", sent=whole)
    again = bookkeeper.post(f"/tallies/{page}/T900", whole | {"step": "say"}, follow=True)
    assert first.status_code == 302, says(first)
    assert (again.status_code, "This stood in the books already." in says(again)) == (200, True), says(again)


def test_a_comma_for_decimals_is_asked_about_and_one_for_thousands_is_read(bookkeeper: Any):
    gift = WHEN | {"reference": "N1", "giver": "HAEBARAGI", "taker": "KILN", "unit_code": "CNY", "earmark": "SHOPS", "note": ""}
    answer = post(bookkeeper, "/entries/gift", sent=gift | {"amount": "1,50"})
    assert (answer.status_code, "amount_unreadable" in says(answer)) == (409, True)
    before = balance_of("KILN", unit="CNY", earmark="SHOPS")
    assert post(bookkeeper, "/entries/gift", sent=gift | {"amount": "1,050.25"}).status_code == 302
    assert balance_of("KILN", unit="CNY", earmark="SHOPS") == before + 105_025


def test_whoever_agrees_to_a_pay_order_sees_everything_that_it_orders(bookkeeper: Any, lead: Any):
    drawn = {
        "payer": "KILN", "payee": "WAGTAIL", "unit_code": "CNY", "amount": "1200.50", "earmark": "SHOPS", "purpose": "the June round",
        "grant": "G05", "happened_on": "2015-06-01",
    }  # fmt: skip
    looked = says(post(bookkeeper, "/pay-orders/draw", sent=drawn, step="look"))
    path = post(bookkeeper, "/pay-orders/draw", sent=drawn)["Location"]
    issued = post(bookkeeper, path.replace("/of/", "/issue/"), sent={"happened_on": "2015-06-01", "reason": "as planned"})
    for page in (looked, says(lead.get(issued["Location"]))):
        facts = page[page.index('<dl class="facts">') :]
        for word in ("KILN", "WAGTAIL", "CNY 1,200.50", "SHOPS", "G05", "the June round", "2015-06-01"):
            assert word in facts, word
    agreed(lead, issued)


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/entries/gift", {"reference": "N1", "giver": "HAEBARAGI", "taker": "KILN", "unit_code": "CNY", "amount": "5", "earmark": "SHOPS"}),
        ("/tallies/dispatch", SENT),
        ("/losses/in-hand", {
            "reference": "L900", "giver": "KILN", "unit_code": "LAMP", "amount": "9", "earmark": "LIGHT", "cause": "theft",
            "answers": "", "grant": "", "reason": "counted by two",
        }),
    ],
    ids=["gift", "dispatch", "loss"],
)  # fmt: skip
def test_a_note_is_shown_before_it_is_posted_for_ever(bookkeeper: Any, path: str, sent: dict[str, str]):
    looked = says(post(bookkeeper, path, sent=WHEN | sent | {"note": "the loft was opened"}, step="look"))
    assert "the loft was opened" in looked[looked.index('<dl class="facts">') : looked.index("</dl>")]


def test_an_entry_that_was_taken_back_says_so_and_is_not_offered_again(bookkeeper: Any, lead: Any):
    posted("N9   1 May   gift   HAEBARAGI → KILN   LAMP 7   LIGHT")
    assert "Take this entry back" in says(bookkeeper.get("/entries/of/N9"))
    assert "Take this entry back" not in says(signed_in("RUFF", roles=("auditor",)).get("/entries/of/N9"))
    back = WHEN | {"reverses": "N9", "reference": "N9B", "note": "", "reason": "twice"}
    agreed(lead, post(bookkeeper, "/entries/reversal", sent=back))
    shown = says(bookkeeper.get("/entries/of/N9"))
    assert "This was taken back by" in shown
    assert 'href="/entries/of/N9B"' in shown
    assert "Take this entry back" not in shown


def test_times_say_by_which_clock(bookkeeper: Any, lead: Any):
    sent_off(bookkeeper)
    agreed(
        lead,
        post(
            bookkeeper, "/entries/reversal", sent=LATER | {"reverses": "T900", "reference": "T900B", "note": "", "reason": "no"}
        ),
    )
    for page in ("/entries/of/T900", "/tallies/of/T900"):
        assert "10:00 +08:00" in says(bookkeeper.get(page)), page
    assert " UTC, agreed to by" in says(bookkeeper.get("/entries/of/T900B"))


@pytest.mark.parametrize("clock", ["+06:30", "+05:45", "-03:30", "+14:00"])
def test_every_clock_there_is_can_be_said(bookkeeper: Any, clock: str):
    assert f'value="{clock}"' in says(bookkeeper.get("/entries/gift"))
