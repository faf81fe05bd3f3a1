"""Codes and payouts in the browser: given out once, typed at a counter, frozen, decided; and nowhere written back."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tallystick.core.amount import Parts
from tallystick.desk.codes import ClaimWish, HalfWish
from tallystick.desk.models import Draft
from tallystick.handovers.codes.queries import tries_of
from tallystick.handovers.slips import Slip
from tallystick.ledger.queries.holdings import balance_of
from tests import codes
from tests.books import SEOUL
from tests.codes import LAST_DAY, given, other_than
from tests.questions import Questions
from tests.signing_in import says, signed_in

pytestmark = pytest.mark.django_db
CLAIM = {"grant": "G01", "tranche": "1", "amount": "10,000.00", "valid_until": "2999-01-31"}
CODE = re.compile(r'slip-code"><bdi dir="ltr">([0-9 ]+)<')
SLIP = re.compile(r"[2-9B-Z]{4}-[2-9B-Z]{4}")
HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')


@pytest.fixture(autouse=True)
def books(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes.funded(tmp_path)
    codes.cheap(monkeypatch)


@pytest.fixture
def lead() -> Client:
    return signed_in("PLOVER")


@pytest.fixture
def clerk() -> Client:
    return signed_in("WREN", roles=("bookkeeper",))


def when() -> dict[str, str]:
    """This minute, by the clock of Seoul."""
    now = datetime.now(SEOUL)
    return {"happened_on": f"{now:%Y-%m-%d}", "happened_time": f"{now:%H:%M}", "clock": "+09:00"}


def given_out(lead: Client, **changed: str) -> tuple[str, str]:
    """(slip, code) that the page shows."""
    answer = lead.post("/codes/claim", CLAIM | changed)
    assert answer.status_code == 200
    return Slip.objects.latest("act_id").pk, CODE.findall(says(answer))[0].replace(" ", "")


def typed(slip: str, code: str, **changed: str) -> dict[str, str]:
    return {"slip": slip, "code": code, "giver": "WAGTAIL", "step": "look"} | when() | changed


def held() -> int:
    return balance_of("WAGTAIL", unit="CNY", earmark="SHOPS")


def word(looked: Any, **more: str) -> dict[str, str]:
    """What the look sends on: hidden fields, and no code among them."""
    return dict(HIDDEN.findall(says(looked))) | {"step": "say"} | more


def test_a_code_is_given_out_shown_once_typed_by_another_and_paid(lead: Client, clerk: Client):
    slip, code = given_out(lead)
    assert code not in says(lead.get(f"/codes/of/{slip}")).replace(" ", "")
    before = held()
    sent = typed(slip, f"{code[:4]}-{code[4:8]}-{code[8:]}")
    looked = clerk.post("/payouts/code", sent)
    assert (looked.status_code, held()) == (200, before)
    assert "10,000.00" in says(looked)
    assert code not in says(looked)
    answer = clerk.post("/payouts/code", word(looked))
    assert (answer.status_code, answer["Location"], held()) == (302, "/payouts/code?giver=WAGTAIL", before - 1_000_000)
    next_one = says(clerk.get(answer["Location"]))
    assert f"CNY 10,000.00 paid to R01 under {slip}." in next_one
    assert 'value="WAGTAIL"' in next_one
    shown = says(clerk.get(f"/codes/of/{slip}"))
    assert "used" in shown
    assert f"{sent['happened_on']} {sent['happened_time']} +09:00" in shown
    assert f"/entries/of/{slip}" in shown


def test_the_page_that_shows_a_code_is_kept_by_nobody_and_a_reload_gives_out_no_other(lead: Client):
    answer = lead.post("/codes/claim", CLAIM)
    assert answer["Cache-Control"] == "no-store"
    assert says(answer).count("<script") == says(answer).count('<script defer src="/static/web/keys.js"></script>') == 1
    again = lead.post("/codes/claim", CLAIM)
    assert again.status_code == 409
    assert "slip_stands_open" in says(again)
    assert Slip.objects.count() == 1


def test_the_grant_serves_where_the_slip_was_lost_and_a_thumb_may_write_arabic_digits(lead: Client, clerk: Client):
    slip, code = given_out(lead)
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    for asked in ("G01", slip.lower()):
        assert "The code is right" in says(clerk.post("/payouts/code", typed(asked, arabic)))


def test_what_was_typed_stands_in_no_answer_and_in_no_session(lead: Client, clerk: Client):
    slip, code = given_out(lead)
    wrong = other_than(code)  # type: ignore[arg-type]
    for sent in (typed(slip, wrong), typed(slip, code, giver=""), typed("G99", code), typed(slip, code[:9])):
        answer = clerk.post("/payouts/code", sent)
        assert answer.status_code in (200, 409)
        assert not any(one in says(answer).replace(" ", "") for one in (code, wrong, code[:9]))
    clerk.post("/payouts/code", word(clerk.post("/payouts/code", typed(slip, code))))
    assert f'value="{code}"' not in says(clerk.get(f"/payouts/code?code={code}"))
    for session in Session.objects.all():
        assert code not in str(session.get_decoded())


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"code": "1234"}, "digits_unreadable"),
        ({"code": "1234567888"}, "code_mistyped"),
        ({"slip": "G99"}, "slip_unknown"),
        ({"giver": "HERON"}, "holding_too_small"),
        ({"giver": "NOBODY"}, "party_unknown"),
        ({"happened_on": "2999-02-01"}, "still_to_come"),
        ({"happened_on": "2001-02-01"}, "shown_before_given"),
    ],
)
def test_a_refusal_stands_over_the_counter_and_the_rest_stays_typed(
    lead: Client, clerk: Client, changed: dict[str, str], refusal: str
):
    slip, code = given_out(lead)
    answer = clerk.post("/payouts/code", typed(slip, code) | changed)
    assert answer.status_code == 409
    assert refusal in says(answer)
    assert f'value="{(changed.get("giver") or "WAGTAIL")}"' in says(answer)
    assert tries_of(slip) == []


def test_five_wrong_codes_freeze_it_and_two_people_let_it_serve_again(lead: Client, clerk: Client):
    slip, code = given_out(lead)
    wrong = other_than(code)  # type: ignore[arg-type]
    told = [says(clerk.post("/payouts/code", typed(slip, wrong))) for _ in range(5)]
    assert "After 4 more wrong ones it is frozen." in told[0]
    assert "slip_frozen" in told[4]
    assert "1 code is frozen" in says(lead.get("/codes"))
    assert slip in says(lead.get("/codes?state=frozen"))
    shown = says(clerk.get(f"/codes/of/{slip}"))
    assert shown.count("WREN</bdi></b> <span") == 5
    assert f"/codes/decision?slip={slip}&amp;ruling=unfreeze" in clerk.get(f"/codes/of/{slip}").content.decode()
    asked = {"slip": slip, "ruling": "unfreeze", "reason": "it was read out over a bad line", "step": "say"}
    path = clerk.post("/codes/decision", asked)["Location"]
    officer = signed_in("KNOT", roles=("compliance",))
    assert "it serves again" in says(officer.get(path))
    assert officer.post(path, {"wish": "agree"}).status_code == 302
    assert "The code is right" in says(clerk.post("/payouts/code", typed(slip, code)))
    assert "it was read out over a bad line" in says(clerk.get(f"/codes/of/{slip}"))


def test_above_the_limit_the_counter_asks_for_a_reason_and_a_second_person(lead: Client, clerk: Client):
    limit = {"unit_code": "CNY", "amount": "5,000", "reason": "too much for one", "step": "say"}
    path = clerk.post("/payouts/limits/another", limit)["Location"]
    assert lead.post(path, {"wish": "agree"}).status_code == 302
    assert "5,000.00" in says(lead.get("/payouts/limits"))
    slip, code = given_out(lead)
    looked = clerk.post("/payouts/code", typed(slip, code))
    assert "One person is not enough" in says(looked)
    again = clerk.post("/payouts/code", word(looked))
    assert again.status_code == 409
    assert "reason_missing" in says(again)
    before = held()
    path = clerk.post("/payouts/code", word(looked, reason="she came herself"))["Location"]
    assert (Draft.objects.filter(wish="payout_by_code").count(), held()) == (1, before)
    assert lead.post(path, {"wish": "agree"}).status_code == 409, "the lead gave the code out"
    officer = signed_in("KNOT", roles=("compliance",))
    assert "10,000.00" in says(officer.get(path))
    assert officer.post(path, {"wish": "agree"}).status_code == 302
    assert held() == before - 1_000_000


def test_a_limit_is_lifted_by_leaving_it_empty(lead: Client, clerk: Client):
    assert "No limit is set" in says(clerk.get("/payouts/limits"))
    path = clerk.post("/payouts/limits/another", {"unit_code": "CNY", "amount": "", "reason": "calm", "step": "say"})["Location"]
    assert "∞" in says(lead.get(path))
    assert lead.post(path, {"wish": "agree"})["Location"] == path
    assert "No limit is set" in says(signed_in("RUFF", roles=("auditor",)).get("/payouts/limits"))


def test_a_word_without_a_look_before_it_pays_nothing(lead: Client, clerk: Client):
    slip, _ = given_out(lead)
    before = held()
    forged = {
        "slip": slip,
        "shown": "0" * 64,
        "giver": "WAGTAIL",
        "happened_at": datetime.now(SEOUL).isoformat(timespec="minutes"),
        "step": "say",
    }
    answer = clerk.post("/payouts/code", forged)
    assert answer.status_code == 409
    assert "code_not_shown" in says(answer)
    assert clerk.post("/payouts/code", {"step": "say"}).status_code == 302
    assert held() == before


def test_whoever_gave_the_code_out_is_told_so_at_the_counter(lead: Client):
    slip, code = given_out(lead)
    answer = lead.post("/payouts/code", typed(slip, code))
    assert answer.status_code == 409
    assert "issuer_confirms" in says(answer)


def test_two_pay_without_a_code_and_the_draft_says_why(lead: Client, clerk: Client):
    sent = {
        "reference": "P1",
        "grant": "G01",
        "giver": "WAGTAIL",
        "amount": "12.50",
        "note": "",
        "reason": "the slip burnt",
    } | when()
    assert "12.50" in says(clerk.post("/payouts/without-code", sent | {"step": "look"}))
    path = clerk.post("/payouts/without-code", sent | {"step": "say"})["Location"]
    assert lead.post(path, {"wish": "agree"}).status_code == 302
    assert "12.50" in says(lead.get("/entries/of/P1"))
    assert "grant_unknown" in says(clerk.post("/payouts/without-code", sent | {"grant": "G99", "step": "look"}))


def test_both_halves_of_a_tally_fit_together(lead: Client, clerk: Client):
    halves = {}
    for half in ("giver", "taker"):
        answer = lead.post("/codes/half", {"tally": "T1", "half": half, "valid_until": "2999-01-31"})
        assert "T1" in says(answer)
        halves[f"{half}_code"] = CODE.findall(says(answer))[0]
    swapped = {"giver_code": halves["taker_code"], "taker_code": halves["giver_code"]}
    answer = clerk.post("/codes/halves", {"tally": "T1"} | when() | swapped)
    assert answer.status_code == 409
    assert "code_wrong" in says(answer)
    assert not any(half in says(answer) for half in halves.values())
    answer = clerk.post("/codes/halves", {"tally": "T1"} | when() | halves)
    assert answer.status_code == 302
    assert "Both halves of T1 fit" in says(clerk.get(answer["Location"]))
    assert "slip_unknown" in says(clerk.post("/codes/halves", {"tally": "T9"} | when() | halves))


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"grant": "G99"}, "grant_unknown"),
        ({"amount": "1.234"}, "amount_too_precise"),
        ({"valid_until": "2001-01-01"}, "slip_lapses_at_once"),
    ],
)
def test_what_cannot_be_claimed_gets_no_code(lead: Client, changed: dict[str, str], refusal: str):
    answer = lead.post("/codes/claim", CLAIM | changed)
    assert answer.status_code == 409
    assert refusal in says(answer)


def test_a_field_left_empty_is_asked_for_and_links_fill_the_rest_in(lead: Client):
    assert 'class="wrong"' in says(lead.post("/codes/claim", CLAIM | {"grant": ""}))
    assert 'class="wrong"' in says(lead.post("/codes/halves", {"tally": "T1"}))
    assert 'value="G02"' in says(lead.get("/codes/claim?grant=G02"))


def test_a_list_of_codes_is_narrowed_and_says_what_to_do_where_it_is_empty(lead: Client):
    assert "No code was given out yet." in says(lead.get("/codes"))
    slip, _ = given_out(lead)
    assert slip in says(lead.get("/codes?q=G01&state=open"))
    assert "No code was given out that fits." in says(lead.get("/codes?q=G02"))
    assert slip in says(lead.get("/codes?state=nonsense"))


def test_a_slip_that_is_not_there_is_not_found(lead: Client):
    assert lead.get("/codes/of/2222-2222").status_code == 404


def asked_for(browser: Client, path: str) -> int:
    with Questions() as told:
        assert browser.get(path).status_code == 200
    return len(told)


def test_pages_ask_the_books_as_often_for_twenty_codes_as_for_two(lead: Client):
    for grant in ("G01", "G02"):
        slip, _ = given(ClaimWish(grant, 1, Parts(1), LAST_DAY))
    few = (asked_for(lead, "/codes"), asked_for(lead, f"/codes/of/{slip}"))
    for number in range(20):
        codes.post(f"T1{number}   5 March   dispatch   CRANE → SWALLOW   CNY 1.00   SHOPS")
        given(HalfWish(f"T1{number}", "giver", LAST_DAY))
    assert len(SLIP.findall(says(lead.get("/codes")))) >= 22
    assert (asked_for(lead, "/codes"), asked_for(lead, f"/codes/of/{slip}")) == few
