"""Grants in the browser: promised, paid, released, cancelled, passed on; every page says that a grant is a gift."""

import re
from datetime import date
from typing import Any
from unicodedata import normalize

import pytest

from tallystick.desk.models import Draft
from tallystick.grants.queries import grants, terms_of
from tests.questions import Questions
from tests.signing_in import says, signed_in

pytestmark = pytest.mark.django_db
GIFT = "A grant is a gift."
PROMISE = {
    "grant": "G20", "recipient": "R01", "venture": "noodle shop", "earmark": "SHOPS", "authorisation": "REH-MONEY",
    "unit_code": "CNY", "amount": "8,000.00", "tranche_1": "5,000", "tranche_2_0": "3 000.00", "tranche_2_1": "reconciled and visited",
}  # fmt: skip
COVENANT = {"grant": "G07", "covenant": "C1", "what": "sacks of seed", "how_many": "2", "passes_to": ""}
SEEN = {"covenant": "C1", "seen_on": "2016-09-01", "passed_on": "1", "passes_to": "R02", "note": ""}


@pytest.fixture
def coordinator(lamps: None) -> Any:
    return signed_in("SNIPE", roles=("coordinator",))


@pytest.fixture
def funded(lamps: None) -> None:
    from tests.books import post

    post("E99   1 March   gift   HAEBARAGI → HERON   CNY 50000.00   SHOPS")


def post(browser: Any, path: str, *, sent: dict[str, str], step: str = "say") -> Any:
    return browser.post(path, sent | {"step": step})


def pay(reference: str, amount: str) -> None:
    from tests.books import post
    from tests.promising import payout

    post(payout(reference, amount=amount))


def text(answer: Any) -> str:
    """What stands on the page, without its marks and with single blanks."""
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", says(answer)))


def test_hangul_as_some_keyboards_send_it_is_put_together(coordinator: Any):
    answer = post(coordinator, "/grants/promise", sent=PROMISE | {"venture": normalize("NFD", "국수 가게")})
    assert (answer.status_code, grants(codes=["G20"])["G20"].venture) == (302, "국수 가게")


def test_the_form_grows_as_far_as_a_promise_may_and_keeps_what_was_typed(coordinator: Any):
    assert 'name="tranche_5_0"' not in says(coordinator.get("/grants/promise"))
    sent = PROMISE | {"tranche_count": "4", "amount": "24.00", "tranche_1": "1", "tranche_2_0": "1", "tranche_2_1": "visited"}
    for count in (8, 12, 16, 20, 24):
        grown = says(coordinator.post("/grants/promise", sent | {"more": "1"}))
        assert f'name="tranche_{count}_0"' in grown
        assert f'name="tranche_{count + 1}_0"' not in grown
        assert 'name="tranche_2_0" value="1"' in grown
        assert '<option value="visited" selected>' in grown
        sent |= {"tranche_count": str(count), f"tranche_{count}_0": "1", f"tranche_{count}_1": "none"}
    assert 'name="more"' not in grown
    sent |= {f"tranche_{number}_0": "1" for number in range(2, 25)} | {f"tranche_{number}_1": "none" for number in range(3, 25)}
    looked = says(post(coordinator, "/grants/promise", sent=sent, step="look"))
    assert 'name="tranche_24_0" value="1"' in looked
    assert post(coordinator, "/grants/promise", sent=sent).status_code == 302
    terms = terms_of("G20")
    assert terms is not None
    assert [one.condition for one in terms.tranches][:3] == ["none", "visited", "none"]
    assert len(terms.tranches) == 24


def test_where_no_visit_can_be_made_the_grant_leads_to_a_release_by_two_and_tells_why(coordinator: Any, funded: None):
    post(coordinator, "/grants/promise", sent=PROMISE)
    pay("P1", "CNY 5000.00")
    assert "No visit can be made" in says(coordinator.get("/grants/of/G20"))
    sent = {"grant": "G20", "number": "2", "reason": "the road has been closed since March"}
    answer = post(coordinator, "/grants/release", sent=sent)
    assert answer["Location"].startswith("/waiting/")
    signed_in("KNOT", roles=("compliance",)).post(answer["Location"], {"wish": "agree"})
    told = text(coordinator.get("/grants/of/G20"))
    assert "Tranche 2 was released without the visit that it waited for: the road has been closed since March" in told


def test_a_grant_is_typed_looked_at_and_promised(coordinator: Any):
    assert GIFT in says(coordinator.get("/grants/promise"))
    looked = says(post(coordinator, "/grants/promise", sent=PROMISE, step="look"))
    assert "tranche once the one before is reconciled and visited" in looked
    assert "CNY 3,000.00" in looked
    assert 'name="tranche_2_0" value="3 000.00"' in looked
    assert 'name="tranche_2_1" value="reconciled and visited"' in looked
    assert terms_of("G20") is None
    answer = post(coordinator, "/grants/promise", sent=PROMISE)
    assert (answer.status_code, answer["Location"]) == (302, "/grants/of/G20")
    shown = text(coordinator.get("/grants/of/G20"))
    assert GIFT in shown
    assert "Outstanding CNY 8,000.00" in shown
    assert "May be paid now CNY 5,000.00" in shown
    assert "Next step: tranche 2 still waits. Of the tranches before tranche 2 of G20, 0.00 of 5000.00 CNY are paid." in shown
    assert "SNIPE" in shown


def test_a_promise_without_tranches_is_one(coordinator: Any):
    plain = {name: value for name, value in PROMISE.items() if not name.startswith("tranche")}
    post(coordinator, "/grants/promise", sent=plain)
    terms = terms_of("G20")
    assert terms is not None
    assert [one.amount for one in terms.planned] == [800_000]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"tranche_2_0": "2,999"}, "tranches_differ"),
        ({"tranche_1": "five"}, "amount_unreadable"),
        ({"grant": "G01"}, "grant_promised_already"),
        ({"grant": "@G"}, "code_unreadable"),
        ({"recipient": "R99"}, "party_unknown"),
        ({"recipient": "HERON"}, "promise_to_no_recipient"),
        ({"tranche_1": ""}, "first_tranche_waits"),
    ],
)
def test_a_refusal_stands_over_the_form_with_what_was_typed(coordinator: Any, changed: dict[str, str], code: str):
    answer = post(coordinator, "/grants/promise", sent=PROMISE | changed, step="look")
    assert answer.status_code == 409
    assert code in says(answer)
    assert "noodle shop" in says(answer)
    assert '<option value="reconciled and visited" selected>' in says(answer)


@pytest.mark.usefixtures("funded")
def test_a_tranche_is_released_once_it_may_be(coordinator: Any):
    from tests.promising import visited

    post(coordinator, "/grants/promise", sent=PROMISE)
    pay("P1", "CNY 5000.00")
    assert post(coordinator, "/grants/release", sent={"grant": "G20", "number": "2"}).status_code == 409
    assert "visit_not_seen" in says(post(coordinator, "/grants/release", sent={"grant": "G20", "number": "2"}, step="look"))
    visited("G20", date(2016, 3, 9))
    page = says(coordinator.get("/grants/of/G20"))
    assert "Next step: tranche 2 may be released." in page
    link = "/grants/release?grant=G20&number=2"
    assert link in page
    assert 'value="G20"' in says(coordinator.get(link))
    assert post(coordinator, "/grants/release", sent={"grant": "G20", "number": "2"})["Location"] == "/grants/of/G20"
    assert "May be paid now CNY 3,000.00" in text(coordinator.get("/grants/of/G20"))


@pytest.mark.usefixtures("funded")
def test_two_cancel_a_grant_of_which_something_was_paid(coordinator: Any):
    post(coordinator, "/grants/promise", sent=PROMISE)
    pay("P1", "CNY 100.00")
    sent = {"grant": "G20", "reason": "the shop has moved away"}
    assert "One person is not enough" in says(post(coordinator, "/grants/cancel", sent=sent, step="look"))
    waiting = post(coordinator, "/grants/cancel", sent=sent)["Location"]
    assert waiting == f"/waiting/{Draft.objects.get().pk}"
    assert "CNY 100.00" in says(coordinator.get(waiting))
    officer = signed_in("KNOT", roles=("compliance",))
    assert officer.post(waiting, {"wish": "agree"}).status_code == 302
    shown = text(officer.get("/grants/of/G20"))
    assert "Cancelled. What was paid was a gift, and stays." in shown
    assert "the shop has moved away" in shown
    assert "Outstanding CNY 0.00" in shown
    assert "KNOT" in shown
    assert "/grants/cancel" not in says(coordinator.get("/grants/of/G20"))


def test_one_person_cancels_what_nobody_was_paid_of_and_says_why(coordinator: Any):
    post(coordinator, "/grants/promise", sent=PROMISE)
    assert 'class="wrong"' in says(post(coordinator, "/grants/cancel", sent={"grant": "G20", "reason": ""}))
    assert post(coordinator, "/grants/cancel", sent={"grant": "G20", "reason": "it never opened"})["Location"] == "/grants/of/G20"


def test_a_covenant_is_given_and_looked_at_and_is_never_called_a_debt(coordinator: Any):
    assert "no debt" in says(coordinator.get("/grants/covenant?grant=G07"))
    assert post(coordinator, "/grants/covenant", sent=COVENANT)["Location"] == "/grants/of/G07"
    shown = text(coordinator.get("/grants/of/G07"))
    assert "C1 · nobody has looked yet" in shown
    assert "2 × sacks of seed to whom is not known yet" in shown
    assert GIFT in says(coordinator.get("/grants/covenant/seen?covenant=C1")) or "the grant is a gift" in says(
        coordinator.get("/grants/covenant/seen?covenant=C1")
    )
    assert post(coordinator, "/grants/covenant/seen", sent=SEEN)["Location"] == "/grants/of/G07"
    shown = text(coordinator.get("/grants/of/G07"))
    assert "C1 · kept in part" in shown
    assert "1 passed on by then → R02" in shown


def test_a_grant_of_a_folder_shows_its_payouts_move_by_move_and_its_visits(coordinator: Any):
    shown = says(coordinator.get("/grants/of/G03"))
    assert re.findall("/entries/of/(P[0-9]+)", shown) == ["P0058", "P0022", "P0020"]
    assert "Nobody planned the tranches here" in shown
    assert "CNY 6,100.00" in shown
    assert "paid in full" in shown


def test_a_payout_that_was_taken_back_is_struck_out(coordinator: Any):
    from tests.books import post as book
    from tests.promising import payout

    book("E99   1 March   gift   HAEBARAGI → HERON   CNY 50000.00   SHOPS")
    book(payout("P99", "G05", amount="CNY 1000.00", to="R09"))
    assert "Outstanding CNY 29,000.00" in text(coordinator.get("/grants/of/G05"))
    book("V99   6 March   reversal   R09 → HERON   CNY 1000.00   SHOPS   -   -   P99")
    shown = text(coordinator.get("/grants/of/G05"))
    assert "taken back" in shown
    assert "Outstanding CNY 30,000.00" in shown


def test_what_promises_hold_back_is_shown_earmark_by_earmark(coordinator: Any):
    shown = text(coordinator.get("/grants/promised"))
    assert GIFT in shown
    assert "LAMP 1 20 20 In this earmark’s own units alone: it has no rate for LAMP. SHOPS" in shown
    assert "CNY 1 30,000.00 38,652.34 USD 0 0.00 27,500.00" in shown
    assert "Once every promise is paid, USD 28,899 are left." in shown


@pytest.mark.parametrize("path", ["/grants/of/G99", "/grants/of/%40x"])
def test_a_grant_that_is_not_there_is_not_found(coordinator: Any, path: str):
    assert coordinator.get(path).status_code == 404


def test_whoever_may_not_promise_sees_no_way_to(lamps: None):
    auditor = signed_in("RUFF", roles=("auditor",))
    for path in ("/grants", "/grants/of/G05"):
        shown = says(auditor.get(path))
        assert GIFT in shown
        assert not re.search('href="/grants/(promise|release|cancel|covenant)["?/]', shown)


@pytest.mark.parametrize("path", ["/grants", "/grants/of/G03", "/grants/promised"])
def test_a_page_asks_as_often_for_few_rows_as_for_many(coordinator: Any, path: str):
    from tests.books import post as book
    from tests.promising import payout, promised

    counts = []
    book("E99   1 March   gift   HAEBARAGI → HERON   CNY 50000.00   SHOPS")
    for first, last in ((20, 22), (30, 48)):
        for number in range(first, last):
            promised(f"G{number}", (500, "none"))
            book(payout(f"P{number}", "G03", amount="CNY 1.00", to="R05"))
        coordinator.get(path)
        book(f"H{first}   6 March   handover   HERON → CRANE   CNY 1.00   SHOPS")
        with Questions() as asked:
            assert coordinator.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_no_page_speaks_of_interest_shares_or_repayment_but_to_say_that_there_is_none(coordinator: Any):
    post(coordinator, "/grants/promise", sent=PROMISE)
    post(coordinator, "/grants/covenant", sent=COVENANT)
    paths = (
        "", "/promised", "/promise", "/release", "/cancel", "/covenant", "/covenant/seen", "/of/G20", "/of/G07",
    )  # fmt: skip
    for path in paths:
        shown = text(coordinator.get(f"/grants{path}"))
        assert "gift" in shown, path
        said = shown.replace("no repayment, no interest, no share", "")
        assert not re.search(r"\b(interest|equity|profit|loan|repay\w*|lender|borrower)\b", said, re.IGNORECASE), path


def test_the_page_of_a_grant_leads_on_to_the_code_the_visit_and_the_recipient(coordinator: Any):
    post(coordinator, "/grants/promise", sent=PROMISE)
    shown = says(coordinator.get("/grants/of/G20"))
    for address in ("/codes/claim?grant=G20&tranche=1&amount=5000.00", "/ventures/visit?grant=G20", "/parties/of/R01"):
        assert f'href="{address}"' in shown
    form = says(coordinator.get("/codes/claim?grant=G20&tranche=1&amount=5000.00"))
    assert 'name="amount" value="5000.00"' in form
    auditor = says(signed_in("GODWIT", roles=("auditor",)).get("/grants/of/G20"))
    assert "/codes/claim?" not in auditor
    assert "/ventures/visit?" not in auditor


def test_what_waits_or_is_paid_is_offered_no_code(coordinator: Any, funded: None):
    post(coordinator, "/grants/promise", sent=PROMISE)
    pay("P1", "CNY 5000.00")
    assert "/codes/claim?" not in says(coordinator.get("/grants/of/G20"))
