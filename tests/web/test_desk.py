"""The desk in the browser: a form, a look, a word; and what waits for a second person."""

import re
from typing import Any

import pytest

from tallystick.desk.models import Draft
from tallystick.ledger.queries.holdings import balance_of
from tests.signing_in import says, signed_in

pytestmark = pytest.mark.django_db
GIFT = {
    "reference": "G9", "happened_on": "2015-06-02", "happened_time": "10:00", "clock": "+09:00", "giver": "HAEBARAGI",
    "taker": "OFFICE", "unit_code": "USD", "amount": "1,052.50", "earmark": "SHOPS", "note": "",
}  # fmt: skip
TAKING_BACK = {
    "reverses": "G9", "reference": "R9", "happened_on": "2015-06-03", "happened_time": "10:00", "clock": "+09:00",
    "note": "typed twice", "reason": "it was typed twice",
}  # fmt: skip


@pytest.fixture
def bookkeeper(lamps: None) -> Any:
    return signed_in("WREN", roles=("bookkeeper",))


def without_token(answer: Any) -> str:
    return re.sub('value="[A-Za-z0-9]{64}"', "", says(answer))


def held() -> int:
    return balance_of("OFFICE", unit="USD", earmark="SHOPS")


def post(browser: Any, path: str, *, sent: dict[str, str], step: str = "say") -> Any:
    return browser.post(path, sent | {"step": step})


def test_a_gift_is_typed_looked_at_and_posted(bookkeeper: Any):
    before = held()
    assert "HAEBARAGI" in says(bookkeeper.get("/entries/gift"))
    looked = says(post(bookkeeper, "/entries/gift", sent=GIFT, step="look"))
    assert "1,052.50" in looked
    assert "This would be posted" in looked
    assert held() == before
    answer = post(bookkeeper, "/entries/gift", sent=GIFT)
    assert (answer.status_code, answer["Location"], held()) == (302, "/entries/of/G9", before + 105_250)
    shown = says(bookkeeper.get("/entries/of/G9"))
    assert "This stands in the books now." in shown
    assert "1,052.50" in shown
    assert "WREN" in shown


def test_the_look_says_under_which_reference_and_when_and_what_was_given(bookkeeper: Any):
    looked = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", says(post(bookkeeper, "/entries/gift", sent=GIFT, step="look"))))
    assert "reference G9" in looked
    assert "happened at 2015-06-02 10:00 +09:00" in looked
    assert "HAEBARAGI has then given USD 61,052.50 of SHOPS." in looked


@pytest.mark.parametrize("path", ["gift", "purchase", "exchange", "commission", "cost", "reassign", "lines"])
def test_nobody_is_asked_why_where_nobody_has_to_agree(bookkeeper: Any, path: str):
    assert 'name="reason"' not in says(bookkeeper.get(f"/entries/{path}"))


def test_back_to_the_form_keeps_what_was_typed(bookkeeper: Any):
    assert 'value="1,052.50"' in says(post(bookkeeper, "/entries/gift", sent=GIFT, step="edit"))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"amount": "12.345"}, "amount_too_precise"),
        ({"amount": "twelve"}, "amount_unreadable"),
        ({"giver": "NOBODY"}, "party_unknown"),
        ({"giver": "OFFICE"}, "ends_equal"),
        ({"happened_on": "2001-01-01"}, "happened_before_opening"),
    ],
)
def test_a_refusal_stands_over_the_form_with_what_was_typed(bookkeeper: Any, changed: dict[str, str], code: str):
    answer = post(bookkeeper, "/entries/gift", sent=GIFT | changed, step="look")
    assert answer.status_code == 409
    assert code in says(answer)
    assert "HAEBARAGI" in says(answer)


def test_a_field_left_empty_is_asked_for(bookkeeper: Any):
    answer = post(bookkeeper, "/entries/gift", sent=GIFT | {"giver": ""}, step="say")
    assert answer.status_code == 200
    assert 'class="wrong"' in says(answer)


def test_an_entry_is_taken_back_by_two(bookkeeper: Any):
    before = held()
    post(bookkeeper, "/entries/gift", sent=GIFT)
    assert "One person is not enough" in says(post(bookkeeper, "/entries/reversal", sent=TAKING_BACK, step="look"))
    answer = post(bookkeeper, "/entries/reversal", sent=TAKING_BACK)
    draft = Draft.objects.get()
    assert answer["Location"] == f"/waiting/{draft.pk}"
    assert "you can take it back" in says(bookkeeper.get(answer["Location"]))
    assert bookkeeper.post(answer["Location"], {"wish": "agree"}).status_code == 409
    lead = signed_in("PLOVER")
    assert 'class="count"' in says(lead.get("/waiting"))
    assert "it was typed twice" in says(lead.get(answer["Location"]))
    assert lead.post(answer["Location"], {"wish": "agree"}).status_code == 302
    assert held() == before
    shown = says(lead.get("/entries/of/R9"))
    assert "WREN" in shown
    assert "PLOVER" in shown


def test_a_draft_is_declined_with_a_reason(bookkeeper: Any):
    post(bookkeeper, "/entries/gift", sent=GIFT)
    path = post(bookkeeper, "/entries/reversal", sent=TAKING_BACK)["Location"]
    lead = signed_in("PLOVER")
    assert lead.post(path, {"wish": "decline", "answer": ""}).status_code == 409
    assert lead.post(path, {"wish": "decline", "answer": "it is right"}).status_code == 302
    shown = says(bookkeeper.get(path))
    assert "it is right" in shown
    assert "declined" in shown


def test_a_draft_that_is_not_ones_own_looks_as_one_that_is_not_there(bookkeeper: Any):
    post(bookkeeper, "/entries/gift", sent=GIFT)
    path = post(bookkeeper, "/entries/reversal", sent=TAKING_BACK)["Location"]
    stranger = signed_in("RUFF", roles=("analyst",))
    here, missing = stranger.get(path), stranger.get("/waiting/999999")
    assert (here.status_code, missing.status_code) == (404, 404)
    assert without_token(here) == without_token(missing)


def test_an_entry_that_is_not_there_is_not_found(bookkeeper: Any):
    assert bookkeeper.get("/entries/of/NOTHING").status_code == 404
