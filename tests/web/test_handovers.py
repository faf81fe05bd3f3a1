"""Handovers in the browser: sent, received, disputed, settled, lost, ordered to be paid, and printed."""

import re
from typing import Any

import pytest

from tallystick.ledger.queries.holdings import balance_of
from tests.questions import Questions
from tests.signing_in import says, signed_in

pytestmark = pytest.mark.django_db
WHEN = {"happened_on": "2015-06-02", "happened_time": "10:00", "clock": "+08:00"}
SENT = WHEN | {
    "reference": "T900", "giver": "KILN", "carrier": "WAGTAIL", "note": "", "unit-0": "LAMP", "amount-0": "40", "earmark-0": "LIGHT",
    "authorisation-0": "REH-GOODS", "specification-0": "12 volt, 1 m cable", "packaging-0": "carton", "packages-0": "4",
    "unit-1": "CNY", "amount-1": "1,200.50", "earmark-1": "SHOPS",
}  # fmt: skip


@pytest.fixture
def bookkeeper(lamps: None) -> Any:
    from tests.books import post

    post("""
        E900   1 May   gift   HAEBARAGI → KILN   LAMP 100      LIGHT
        E901   1 May   gift   HAEBARAGI → KILN   CNY 5000.00   SHOPS
    """)
    return signed_in("WREN", roles=("bookkeeper",))


@pytest.fixture
def lead(bookkeeper: Any) -> Any:
    return signed_in("PLOVER")


def post(browser: Any, path: str, *, sent: dict[str, str], step: str = "say") -> Any:
    return browser.post(path, sent | {"step": step})


def agreed(lead: Any, answer: Any) -> None:
    """The second person says yes to what waits."""
    assert answer["Location"].startswith("/waiting/"), says(answer)
    assert lead.get(answer["Location"]).status_code == 200
    assert lead.post(answer["Location"], {"wish": "agree"}).status_code == 302


def lamps_of(holder: str) -> int:
    return balance_of(holder, unit="LAMP", earmark="LIGHT")


def sent_off(browser: Any) -> None:
    assert post(browser, "/tallies/dispatch", sent=SENT)["Location"] == "/tallies/of/T900"


def test_a_tally_of_money_and_goods_is_typed_looked_at_and_sent(bookkeeper: Any):
    before = lamps_of("KILN")
    assert "KILN" in says(bookkeeper.get("/tallies/dispatch"))
    looked = says(post(bookkeeper, "/tallies/dispatch", sent=SENT, step="look"))
    for shown in ("1,200.50", "This would be posted", "12 volt, 1 m cable; carton × 4"):
        assert shown in looked
    assert lamps_of("KILN") == before
    sent_off(bookkeeper)
    assert lamps_of("KILN") == before - 40
    shown = says(bookkeeper.get("/tallies/of/T900"))
    for word in ("Still on the road", "1,200.50", "REH-GOODS", "It came: receive it", "WREN"):
        assert word in shown
    assert "T900" in says(bookkeeper.get("/tallies"))
    assert "T900" not in says(bookkeeper.get("/tallies?state=done&code=KILN"))


def test_a_form_whose_lines_are_full_comes_back_with_more(bookkeeper: Any):
    full = {f"amount-{place}": "1" for place in range(3)}
    assert 'name="amount-2"' in says(bookkeeper.get("/tallies/dispatch"))
    assert 'name="amount-4"' in says(post(bookkeeper, "/tallies/dispatch", sent=SENT | full, step="edit"))


@pytest.mark.parametrize("changed", [{"unit-0": ""}, {"earmark-0": ""}, {"amount-0": "", "amount-1": ""}, {"kept_amount": "3"}])
def test_a_line_that_says_half_is_asked_for_the_rest(bookkeeper: Any, changed: dict[str, str]):
    answer = post(bookkeeper, "/tallies/dispatch", sent=SENT | changed)
    assert answer.status_code == 200
    assert 'class="wrong"' in says(answer)


def test_a_part_is_received_by_one_and_a_breakage_written_off_by_two(bookkeeper: Any, lead: Any):
    sent_off(bookkeeper)
    form = says(bookkeeper.get("/tallies/receipt/T900"))
    assert 'value="40"' in form
    assert 'value="1200.50"' in form
    place = "0" if form.index('value="40"') < form.index('value="1200.50"') else "1"
    came = WHEN | {"happened_on": "2015-06-04", f"received-{place}": "30", "note": ""}
    before = lamps_of("WAGTAIL")
    assert post(bookkeeper, "/tallies/receipt/T900", sent=came)["Location"] == "/tallies/of/T900"
    rest = WHEN | {"happened_on": "2015-06-05", f"received-{place}": "7", f"lost-{place}": "3", "reason": "counted by two"}
    assert 'class="wrong"' in says(post(bookkeeper, "/tallies/receipt/T900", sent=rest))
    rest |= {f"cause-{place}": "breakage", f"answers-{place}": "WAGTAIL", f"above-{place}": "2"}
    answer = post(bookkeeper, "/tallies/receipt/T900", sent=rest)
    shown = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", says(lead.get(answer["Location"]))))
    assert "what is lost LAMP 3 cause breakage answers for it WAGTAIL" in shown
    agreed(lead, answer)
    assert lamps_of("WAGTAIL") == before + 37
    shown = says(bookkeeper.get("/tallies/of/T900"))
    for word in ("T900-L1", "T900-O1", "Clear this overage", "Something came back"):
        assert word in shown
    clear = WHEN | {"happened_on": "2015-06-06", "ending": "correct", "reason": "the store wrote too little", "note": ""}
    assert 'class="wrong"' in says(post(bookkeeper, "/tallies/clearing/T900-O1", sent=clear))
    agreed(lead, post(bookkeeper, "/tallies/clearing/T900-O1", sent=clear | {"reference": "H900", "authorisation": "REH-GOODS"}))
    assert lamps_of("WAGTAIL") == before + 39
    assert "corrected by the giver" in says(bookkeeper.get("/tallies/of/T900"))


def test_a_dispute_freezes_shows_its_age_and_is_settled_by_two(bookkeeper: Any, lead: Any):
    sent_off(bookkeeper)
    claim = {"claimed_by": "WAGTAIL", "happened_on": "2015-06-03", "unit_code": "LAMP", "amount": "5", "why": "never loaded"}
    assert post(bookkeeper, "/tallies/dispute/T900", sent=claim)["Location"] == "/tallies/of/T900"
    shown = says(bookkeeper.get("/tallies/of/T900"))
    assert "never loaded" in shown
    assert "It came: receive it" not in shown
    assert "in dispute" in says(bookkeeper.get("/tallies?state=disputed"))
    refused = post(bookkeeper, "/tallies/return/T900", sent=WHEN | {"happened_on": "2015-06-04", "back-0": "1", "note": ""})
    assert (refused.status_code, "tally_frozen" in says(refused)) == (409, True)
    form = says(bookkeeper.get("/tallies/closing/T900-D1"))
    place = "0" if form.index('value="40"') < form.index('value="1200.50"') else "1"
    ends = WHEN | {"happened_on": "2015-06-05", "ending": "write off", f"amount-{place}": "5", "reason": "two looked", "note": ""}
    assert "A loss has a cause." in says(post(bookkeeper, "/tallies/closing/T900-D1", sent=ends))
    agreed(lead, post(bookkeeper, "/tallies/closing/T900-D1", sent=ends | {f"cause-{place}": "shortfall"}))
    shown = says(bookkeeper.get("/tallies/of/T900"))
    for word in ("closed as written off", "the programme bears it", "It came: receive it"):
        assert word in shown, word
    assert lamps_of("@transit:T900") == 35


def test_a_dispute_is_closed_as_paid_or_unfounded_by_one(bookkeeper: Any):
    sent_off(bookkeeper)
    claim = {"claimed_by": "WAGTAIL", "happened_on": "2015-06-03", "unit_code": "LAMP", "amount": "5", "why": "never loaded"}
    post(bookkeeper, "/tallies/dispute/T900", sent=claim)
    ends = WHEN | {"happened_on": "2015-06-05", "ending": "find unfounded", "amount-0": "5", "note": "a second count"}
    assert post(bookkeeper, "/tallies/closing/T900-D1", sent=ends)["Location"] == "/tallies/of/T900"
    post(bookkeeper, "/tallies/dispute/T900", sent=claim)
    ends |= {"ending": "pay", "happened_on": "2015-06-06"}
    assert post(bookkeeper, "/tallies/closing/T900-D2", sent=ends)["Location"] == "/tallies/of/T900"
    shown = says(bookkeeper.get("/tallies/of/T900"))
    assert "closed as unfounded" in shown
    assert "closed as paid" in shown


def test_losses_are_listed_answered_for_and_recovered(bookkeeper: Any, lead: Any):
    gone = WHEN | {
        "reference": "L900", "giver": "KILN", "unit_code": "LAMP", "amount": "9", "earmark": "LIGHT", "cause": "theft",
        "answers": "", "grant": "", "note": "the loft was opened", "reason": "counted by two",
    }  # fmt: skip
    assert "One person is not enough" in says(post(bookkeeper, "/losses/in-hand", sent=gone, step="look"))
    agreed(lead, post(bookkeeper, "/losses/in-hand", sent=gone))
    shown = says(bookkeeper.get("/losses?cause=theft"))
    assert "the programme bears it" in shown
    assert "the loft was opened" in shown
    back = WHEN | {"happened_on": "2015-06-09", "reference": "V900", "taker": "KILN", "amount": "4", "note": ""}
    assert post(bookkeeper, "/losses/recovery/L900-L1", sent=back)["Location"] == "/entries/of/V900"
    assert balance_of("@loss:theft", unit="LAMP", earmark="LIGHT") == 5


def test_who_answers_for_a_loss_of_the_folder_is_said_later(bookkeeper: Any, lead: Any):
    assert "Nobody was said to answer for it." in says(bookkeeper.get("/losses"))
    (which,) = re.findall(r'<option value="([^"]* SHOPS [^"]*)"', says(bookkeeper.get("/losses/answer/T0056")))
    said = {"which": which, "answers": "CRANE", "amount": "200", "note": "", "reason": "it said so itself"}
    agreed(lead, post(bookkeeper, "/losses/answer/T0056", sent=said))
    shown = says(bookkeeper.get("/losses?party=CRANE"))
    assert "T0056-L1" in shown
    assert bookkeeper.get("/losses/answer/T0056").status_code == 404, "nothing of it is left to answer for"


def test_a_pay_order_is_drawn_issued_by_two_and_paid(bookkeeper: Any, lead: Any):
    assert "no number is ever left out" in says(bookkeeper.get("/pay-orders"))
    drawn = {
        "payer": "KILN", "payee": "WAGTAIL", "unit_code": "CNY", "amount": "1200.50", "earmark": "SHOPS", "purpose": "the June round",
        "grant": "", "happened_on": "2015-06-01",
    }  # fmt: skip
    assert "CNY 1,200.50" in says(post(bookkeeper, "/pay-orders/draw", sent=drawn, step="look"))
    path = post(bookkeeper, "/pay-orders/draw", sent=drawn)["Location"]
    code = path.rpartition("/")[2]
    assert "1 to 1, none missing." in says(bookkeeper.get("/pay-orders"))
    step = {"happened_on": "2015-06-01", "reason": "as planned"}
    assert "No. 1 · KILN → WAGTAIL · CNY 1,200.50" in says(bookkeeper.get(f"/pay-orders/issue/{code}")), "it says which one"
    waits = post(bookkeeper, f"/pay-orders/issue/{code}", sent=step)
    assert "A pay order issued: <bdi>1</bdi>" in says(lead.get(waits["Location"])), "people know it by its number"
    agreed(lead, waits)
    sent_off(bookkeeper)
    paid = {"happened_on": "2015-06-02", "entry": "T900"}
    assert post(bookkeeper, f"/pay-orders/payment/{code}", sent=paid)["Location"] == path
    shown = says(bookkeeper.get(path))
    assert "T900" in shown
    assert "PLOVER" in shown
    assert post(bookkeeper, f"/pay-orders/void/{code}", sent={"happened_on": "2015-06-02", "why": "late"}).status_code == 409
    paper = says(bookkeeper.get(f"/papers/pay-order/{code}"))
    assert "the June round" in paper
    assert "WREN" in paper


def test_papers_carry_codes_and_a_picture_of_the_reference_and_no_grant(bookkeeper: Any):
    sent_off(bookkeeper)
    waybill = says(bookkeeper.get("/papers/waybill/T900"))
    for word in ("9405.21", "12 volt, 1 m cable", "4 × carton", ">40<", "KILN", "WAGTAIL", "REH-GOODS", "Rehearsal", "<svg"):
        assert word in waybill, word
    assert "1,200.50" not in waybill
    receipt = says(bookkeeper.get("/papers/cash-receipt/T900?sheet=quarter"))
    assert "1,200.50" in receipt
    assert 'class="quarter"' in receipt
    paper = says(bookkeeper.get("/papers/cash-receipt/T0010"))
    for word in ("G01", "R01", "SHOPS", "style="):
        assert word not in waybill + paper, word


def test_the_picture_holds_the_reference_and_nothing_else(bookkeeper: Any):
    import segno

    sent_off(bookkeeper)
    drawn = segno.make_qr("T900", error="m").svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None, scale=1)
    assert drawn in bookkeeper.get("/papers/waybill/T900").content.decode()


def test_goods_are_described_later_handed_over_and_sent_back(bookkeeper: Any):
    sent_off(bookkeeper)
    packed = {"specification-0": "24 volt", "packaging-0": "sack", "packages-0": "8"}
    assert 'value="carton"' in says(bookkeeper.get("/tallies/packing/T900"))
    assert post(bookkeeper, "/tallies/packing/T900", sent=packed)["Location"] == "/tallies/of/T900"
    assert "8 × sack" in says(bookkeeper.get("/papers/waybill/T900"))
    assert 'value="40"' in says(bookkeeper.get("/tallies/return/T900"))
    counted = {"line": "0", "amount": "2", "counted_by": "WAGTAIL", "happened_on": "2015-06-03", "note": ""}
    assert post(bookkeeper, "/tallies/overage/T900", sent=counted)["Location"] == "/tallies/of/T900"
    by_hand = WHEN | {
        "reference": "H900", "giver": "KILN", "taker": "WAGTAIL", "way": "handover", "note": "", "unit-0": "LAMP", "amount-0": "3",
        "earmark-0": "LIGHT", "authorisation-0": "REH-GOODS",
    }  # fmt: skip
    assert post(bookkeeper, "/tallies/handover", sent=by_hand)["Location"] == "/entries/of/H900"
    before = lamps_of("@transit:T900")
    lost = WHEN | {"happened_on": "2015-06-07", "lost-0": "1", "cause-0": "spoilage", "reason": "wet through"}
    assert post(bookkeeper, "/tallies/loss/T900", sent=lost, step="look").status_code == 200
    assert lamps_of("@transit:T900") == before


@pytest.mark.parametrize(
    "path",
    [
        "/tallies/of/{}", "/tallies/receipt/{}", "/tallies/closing/{}", "/tallies/clearing/{}", "/losses/answer/{}",
        "/losses/recovery/{}", "/pay-orders/of/{}", "/pay-orders/issue/{}", "/papers/waybill/{}", "/papers/cash-receipt/{}",
        "/papers/pay-order/{}",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(bookkeeper: Any, path: str):
    assert bookkeeper.get(path.format("NOTHING")).status_code == 404


def test_an_auditor_reads_and_is_offered_nothing_to_do(bookkeeper: Any):
    sent_off(bookkeeper)
    auditor = signed_in("RUFF", roles=("auditor",))
    for path in ("/tallies", "/tallies/of/T900", "/losses", "/pay-orders"):
        shown = says(auditor.get(path))
        assert not re.search('href="/(tallies/(dispatch|receipt|dispute)|losses/(in-hand|answer)|pay-orders/draw)', shown), path
    assert auditor.get("/tallies/receipt/T900").status_code == 403


def asked(browser: Any, path: str) -> int:
    browser.get(path)
    with Questions() as captured:
        assert browser.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", ["/tallies", "/tallies?state=disputed", "/tallies?state=done", "/losses", "/pay-orders"])
def test_a_list_asks_as_often_for_twenty_rows_as_for_two(bookkeeper: Any, lead: Any, path: str):
    counts = []
    for first, count in ((0, 2), (2, 18)):
        for number in range(first, first + count):
            fill(number)
        counts.append(asked(bookkeeper, path))
    assert counts[0] == counts[1]


def fill(number: int) -> None:
    """One more of everything that lists show."""
    from tallystick.core.amount import Parts
    from tallystick.core.liability import utc_of
    from tallystick.desk.handovers.losing import AnswerWish
    from tallystick.desk.handovers.ordering import OrderStepWish, OrderWish
    from tests.books import moment, post
    from tests.desk.goods import dispatch, dispute, done

    done("dispatch", dispatch(f"T8{number:02}", lamps=1))
    done("dispute", dispute(f"T8{number:02}", lamps=1))
    post(f"L8{number:02}   8 March   loss   KILN → @loss:theft   LAMP 1   LIGHT")
    at = utc_of(moment("8 March"))
    done("answer", AnswerWish(f"L8{number:02}", at, "LAMP", "LIGHT", "theft", Parts(1), "CRANE"))
    order = OrderWish("KILN", "CRANE", "CNY", Parts(100), "SHOPS", "a round", moment("8 March").date())
    code = done("pay_order", order).subject
    done("pay_order_void", OrderStepWish(code, moment("8 March").date(), why="drawn twice"))
