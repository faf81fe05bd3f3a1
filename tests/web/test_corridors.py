"""Custodians, those who share an upstream, legs and parties, as a member sees them and asks for them."""

from datetime import date
from typing import Any

import pytest

from tallystick.core.agreement import Agreement, Bears, ExposureLimit, Override, Upstream, ValueLimit
from tallystick.core.amount import Parts
from tallystick.core.corridor import Tariff
from tallystick.core.party import Party
from tallystick.corridors import actions
from tallystick.corridors.queries import terms_of, ways
from tallystick.desk.models import Draft
from tallystick.ledger.queries.records import earmarks, units
from tallystick.people.actions import make_party
from tallystick.people.queries import parties
from tallystick.vault.keys import unlocked
from tests.questions import Questions
from tests.signing_in import says, signed_in

pytestmark = pytest.mark.django_db
AGREEMENT = {
    "custodian": "HERON", "valid_from": "2015-01-01", "valid_until": "", "ceiling": "12.5", "confirm_first": "yes", "leg": "YNJ-HYE",
    "upstreams": "YANBANK, DANBANK", "bears_theft": "custodian", "bears_seizure": "programme", "reason": "shaken on in March",
}  # fmt: skip


def said_here() -> dict[str, Any]:
    from tests.books import POSTED_AT

    return {"office": unlocked().office, "recorded_at": POSTED_AT}


def agreed(custodian: str = "WAGTAIL", **more: Any) -> None:
    said = {"commission_ppm": 60_000, "confirm_first": True} | more
    actions.agree_terms(Agreement(custodian, date(2014, 1, 1), **said), **said_here())


@pytest.fixture
def coordinator(lamps_on_the_road: None) -> Any:
    return signed_in("WREN", roles=("coordinator",))


def post(browser: Any, path: str, *, sent: dict[str, str], step: str = "say") -> Any:
    return browser.post(path, sent | {"step": step})


def agreed_to(path: str) -> Any:
    """A compliance officer opens the draft and agrees."""
    officer = signed_in("KNOT", roles=("compliance",))
    shown = says(officer.get(path))
    assert officer.post(path, {"wish": "agree"}).status_code == 302
    return shown


def test_an_agreement_is_typed_looked_at_and_agreed_to_by_a_second(coordinator: Any):
    assert "seizure" in says(coordinator.get("/custodians/agreement?custodian=HERON"))
    looked = says(post(coordinator, "/custodians/agreement", sent=AGREEMENT, step="look"))
    assert "12.5 %" in looked
    assert "One person is not enough" in looked
    answer = post(coordinator, "/custodians/agreement", sent=AGREEMENT)
    assert terms_of(["HERON"]) == {}
    shown = agreed_to(answer["Location"])
    assert "YANBANK, DANBANK" in shown
    assert "shaken on in March" in shown
    (terms,) = terms_of(["HERON"])["HERON"].agreements
    assert (terms.commission_ppm, terms.confirm_first, terms.leg) == (125_000, True, "YNJ-HYE")
    assert terms.bears == (Bears("theft", "custodian"), Bears("seizure", "programme")) or terms.bears == (
        Bears("seizure", "programme"), Bears("theft", "custodian"),
    )  # fmt: skip
    page = says(coordinator.get("/custodians/of/HERON"))
    assert "12.5 %" in page
    assert "the programme" in page


@pytest.mark.parametrize(
    ("path", "sent", "in_draft"),
    [
        ("/custodians/holding-limit", {"custodian": "HERON", "unit_code": "CNY", "amount": "90,000.50"}, "CNY 90,000.50"),
        ("/custodians/holding-limit", {"custodian": "HERON", "unit_code": "CNY", "amount": ""}, "no limit"),
        ("/custodians/value-limit", {"custodian": "HERON", "amount": "15000"}, "USD 15,000.00"),
        ("/upstreams/limit", {"upstream": "YANBANK", "amount": "30 000"}, "USD 30,000.00"),
        ("/custodians/override", {"custodian": "WAGTAIL", "reference": "T99"}, "T99"),
        (
            "/legs/tariff",
            {"leg": "YNJ-HYE", "valid_from": "2015-06-01", "valid_until": "2015-12-31", "commission": "9.5",
             "commission_fixed": "2.50", "days": "3", "limit_each": ""},
            "CNY 2.50",
        ),
        (
            "/legs/new",
            {"leg": "RYA-KAN", "from_place": "Ryanggang", "to_place": "Kanggye", "mode": "by road", "unit_code": "CNY",
             "authorisation": "", "commission": "5", "commission_fixed": "", "days": "2", "limit_each": "1000"},
            "CNY 1,000.00",
        ),
    ],
)  # fmt: skip
def test_what_binds_custodians_waits_for_a_second_person(coordinator: Any, path: str, sent: dict[str, str], in_draft: str):
    agreed()
    answer = post(coordinator, path, sent=sent | {"reason": "it is time"})
    assert answer.status_code == 302, says(answer)
    assert in_draft in agreed_to(answer["Location"])
    assert Draft.objects.get().state == "agreed"


@pytest.mark.parametrize(
    ("path", "sent", "code"),
    [
        ("/custodians/agreement", AGREEMENT | {"custodian": "NOBODY"}, "party_unknown"),
        ("/custodians/agreement", AGREEMENT | {"ceiling": "101"}, "value_unreadable"),
        ("/custodians/agreement", AGREEMENT | {"valid_until": "2014-01-01"}, "term_backwards"),
        ("/custodians/agreement", AGREEMENT | {"upstreams": "HERON"}, "upstream_of_itself"),
        ("/custodians/holding-limit", {"custodian": "HERON", "unit_code": "CNY", "amount": "1.234"}, "amount_too_precise"),
        ("/custodians/value-limit", {"custodian": "HERON", "amount": "-5"}, "amount_negative"),
        ("/custodians/override", {"custodian": "HERON", "reference": "T99"}, "nothing_to_override"),
        (
            "/legs/tariff",
            {"leg": "A-B", "valid_from": "2015-06-01", "commission": "9", "days": "3"},
            "leg_unknown",
        ),
    ],
)
def test_a_refusal_stands_over_the_form(coordinator: Any, path: str, sent: dict[str, str], code: str):
    answer = post(coordinator, path, sent=sent, step="look")
    assert answer.status_code == 409
    assert code in says(answer)


def test_the_list_says_what_custodians_hold_may_hold_and_agreed_to(coordinator: Any):
    agreed("WAGTAIL")
    actions.set_value_limit(ValueLimit("WAGTAIL", Parts(2_000_00)), **said_here())
    shown = says(coordinator.get("/custodians"))
    assert "9,876.54" in shown  # on the road to WAGTAIL
    assert '% of <bdi dir="ltr">USD 2,000.00</bdi>' in shown
    assert "KILN" in shown
    assert "R01" not in shown
    assert "WAGTAIL" not in says(coordinator.get("/custodians?kind=custodian:bank"))
    found = says(coordinator.get("/custodians?search=wag"))
    assert "WAGTAIL" in found
    assert "HERON" not in found
    assert "No custodian fits." in says(coordinator.get("/custodians?search=NOBODY"))


def test_a_custodian_from_near(coordinator: Any):
    agreed("WAGTAIL", upstreams=(Upstream("DANBANK"),), bears=(Bears("theft", "custodian"),), valid_until=date(2015, 1, 1))
    agreed("WAGTAIL", upstreams=(Upstream("DANBANK"),))
    actions.give_override(Override("T99", "WAGTAIL", reason="the road closes"), **said_here())
    shown = says(coordinator.get("/custodians/of/WAGTAIL"))
    for words in ("T1", "The next transfer waits", "the road closes", "All agreements", "DANBANK", "May be kept", "6 %"):
        assert words in shown, words
    behind = says(coordinator.get("/custodians/of/DANBANK"))
    assert "On it depend" in behind
    assert "Nothing was agreed with this custodian" in behind


def test_a_loss_is_shown_with_who_bears_it(coordinator: Any):
    from tests.books import post as posted

    agreed("WAGTAIL", bears=(Bears("theft", "custodian"),))
    posted("T1   6 March   loss   WAGTAIL → @loss:theft   CNY 100.00   SHOPS   G05   REH-MONEY")
    posted("T1   7 March   loss   CRANE → @loss:fraud   CNY 1.00   SHOPS   G05   REH-MONEY")
    shown = says(coordinator.get("/custodians/of/WAGTAIL"))
    assert "100.00" in shown
    assert "the custodian" in shown
    assert "not agreed on" not in shown
    assert "fraud" in says(coordinator.get("/custodians/of/CRANE"))


@pytest.mark.parametrize("code", ["NOBODY", "R01", "HAEBARAGI"])
def test_who_is_no_custodian_looks_as_one_that_is_not_there(coordinator: Any, code: str):
    here, missing = coordinator.get(f"/custodians/of/{code}"), coordinator.get("/custodians/of/NOTHING")
    assert (here.status_code, missing.status_code) == (404, 404)
    assert without_address(here, code) == without_address(missing, "NOTHING")


def without_address(answer: Any, code: str) -> str:
    import re

    return re.sub('value="[A-Za-z0-9]{64}"', "", says(answer).replace(code, ""))


def test_those_who_share_an_upstream_are_counted_together(coordinator: Any):
    assert "No agreement says yet" in says(coordinator.get("/upstreams"))
    for custodian in ("WAGTAIL", "SWALLOW"):
        agreed(custodian, upstreams=(Upstream("DANBANK"),))
    actions.set_exposure_limit(ExposureLimit("DANBANK", Parts(100_000_00)), **said_here())
    shown = says(coordinator.get("/upstreams"))
    for words in ("DANBANK", "WAGTAIL", "SWALLOW", "USD 100,000.00"):
        assert words in shown


def test_legs_show_the_tariff_of_today_and_every_other(coordinator: Any):
    actions.set_tariff(Tariff("YNJ-HYE", date(2015, 1, 1), 95_000, Parts(2_50), 3, valid_until=date(2015, 12, 31)), **said_here())
    actions.set_tariff(Tariff("SIN-PYO", date(2015, 1, 1), 70_000, Parts(0), 1), **said_here())
    shown = says(coordinator.get("/legs"))
    for words in ("9.5 %", "none in force", "7 %", "at first", "CNY 2.50"):
        assert words in shown
    assert "SIN-PYO" not in says(coordinator.get("/legs?search=ynj"))
    assert "No leg fits." in says(coordinator.get("/legs?search=NOBODY"))
    assert len(ways()["YNJ-HYE"].tariffs) == 1


def test_a_party_a_unit_and_an_earmark_are_made_by_one(coordinator: Any):
    bookkeeper = signed_in("PLOVER", roles=("bookkeeper",))
    made = post(coordinator, "/parties/new", sent={"party": "GULL", "kind": "donor", "place": "Seoul", "note": ""})
    assert (made.status_code, made["Location"]) == (302, "/parties/of/GULL")
    assert "GULL" in says(coordinator.get("/parties?search=gul"))
    unit = {"unit_code": "TEA", "kind": "goods", "places": "3", "name": "tea, kilogram", "hs_code": "0902.10"}
    assert post(bookkeeper, "/programme/unit", sent=unit)["Location"] == "/programme"
    mark = {"earmark": "TEAS", "donor": "GULL", "unit_code": "TEA", "purpose": "tea houses"}
    assert post(bookkeeper, "/programme/earmark", sent=mark)["Location"] == "/programme"
    shown = says(bookkeeper.get("/programme"))
    for words in ("tea, kilogram", "TEAS", "tea houses"):
        assert words in shown
    assert (units()["TEA"].places, earmarks()["TEAS"].donor, parties()["GULL"].place) == (3, "GULL", "Seoul")


def test_a_party_is_found_by_code_and_by_kind(coordinator: Any):
    assert "R01" in says(coordinator.get("/parties?kind=recipient"))
    assert "HERON" not in says(coordinator.get("/parties?kind=recipient"))
    assert "No party fits." in says(coordinator.get("/parties?search=NOBODY"))


def test_a_person_s_name_or_address_is_refused_where_a_code_name_stands(coordinator: Any):
    sent = {"party": "Amina", "kind": "recipient", "place": "", "note": ""}
    assert "code_name_unfit" in says(post(coordinator, "/parties/new", sent=sent, step="look"))
    assert "place_too_fine" in says(post(coordinator, "/parties/new", sent=sent | {"party": "R99", "place": "4 Mill Lane"}))


def test_books_that_hold_nothing_say_what_to_do_next(db: None):
    from tests.books import found

    found()
    lead = signed_in()
    assert "Begin with the unit" in says(lead.get("/programme"))
    assert "Begin with the donor" in says(lead.get("/parties"))
    assert "There is no custodian yet" in says(lead.get("/custodians"))
    assert "No leg is set yet" in says(lead.get("/legs"))
    post(lead, "/programme/unit", sent={"unit_code": "USD", "kind": "money", "places": "2", "name": "US dollar", "hs_code": ""})
    assert "Nothing can be posted before" in says(lead.get("/programme"))
    sent = {"name": "Stalls", "home": "KR", "reporting_unit": "USD", "opened": "2015-01-01"}
    assert post(lead, "/programme/open", sent=sent)["Location"] == "/programme"
    assert "Stalls" in says(lead.get("/programme"))


def test_fifty_stand_on_a_page_and_the_next_goes_on_after_them(coordinator: Any):
    for number in range(60):
        make_party(Party(f"STORE-{number:02}", "custodian:store"), **said_here())
    first = says(coordinator.get("/custodians?kind=custodian:store"))
    assert "STORE-48" in first
    assert "STORE-49" not in first  # KILN is one of the fifty
    following = says(coordinator.get("/custodians?search=&kind=custodian%3Astore&after=STORE-48"))
    assert "STORE-49" in following
    assert "From the beginning" in following


def questions(browser: Any, path: str) -> int:
    browser.get(path)
    with Questions() as captured:
        assert browser.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", ["/custodians?kind=custodian:store", "/upstreams", "/parties?kind=custodian:store", "/legs"])
def test_as_many_questions_for_twenty_as_for_two(coordinator: Any, path: str):
    def more(first: int, last: int) -> None:
        for number in range(first, last):
            make_party(Party(f"STORE-{number:02}", "custodian:store"), **said_here())
            agreed(f"STORE-{number:02}", upstreams=(Upstream("KILN"),))
            actions.set_value_limit(ValueLimit(f"STORE-{number:02}", Parts(1)), **said_here())
            actions.set_tariff(Tariff("YNJ-HYE", date(2015, 1, 1 + number), 0, Parts(0), 3), **said_here())

    more(0, 2)
    few = questions(coordinator, path)
    more(2, 20)
    assert questions(coordinator, path) == few
    assert few < 40
