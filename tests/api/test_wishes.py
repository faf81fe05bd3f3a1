"""Wishes by the API: asked for, looked at, asked for again, and waiting for a person."""

from typing import Any
from unicodedata import normalize

import pytest

from tallystick.bundles.digest import state_digest
from tallystick.desk.models import Draft
from tallystick.desk.registry import WISH_KINDS
from tallystick.ledger.queries.holdings import balance_of
from tallystick.staff.queries import sign_offs
from tests import books
from tests.asking import Program
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
LINE = {"kind": "gift", "giver": "HAEBARAGI", "taker": "OFFICE", "unit": "USD", "amount": "1052.50", "earmark": "SHOPS"}
GIFT = {"reference": "G9", "happened_at": "2015-06-02T10:00:00+09:00", "lines": [LINE]}
TAKING_BACK = {
    "reference": "R9", "happened_at": "2015-06-03T10:00:00+09:00", "reverses": "G9", "note": "typed twice",
    "reason": "it was typed twice",
}  # fmt: skip


@pytest.fixture
def ledger(lamps: None) -> Program:
    return Program("LEDGER")


def held() -> int:
    return balance_of("OFFICE", unit="USD", earmark="SHOPS")


def test_a_gift_is_looked_at_and_posted_and_signed_off_by_the_program(ledger: Program):
    before = held()
    looked = ledger.post("wishes/gift/look", GIFT)
    assert (looked.status_code, looked.json()["second"], held()) == (200, "", before)
    assert looked.json()["moves"][0]["amount"] == "1052.50"
    assert [one["holder"] for one in looked.json()["then"]] == ["HAEBARAGI", "OFFICE"]
    answer = ledger.post("wishes/gift", GIFT)
    assert (answer.status_code, held()) == (200, before + 105_250)
    assert answer.json()["done"]["subject"] == "G9"
    assert answer.json()["done"]["already"] is False
    assert answer.json()["done"]["entries"][0]["moves"][0]["amount"] == "1052.50"
    (signed,) = sign_offs("G9")
    assert (signed.asked_by, signed.agreed_by) == ("LEDGER", "")
    assert not books.proof().problems


def test_the_same_again_says_already_and_changes_nothing(ledger: Program):
    ledger.post("wishes/gift", GIFT)
    before = (held(), state_digest())
    answer = ledger.post("wishes/gift", GIFT)
    assert (answer.status_code, answer.json()["done"]) == (
        200,
        {"subject": "G9", "already": True, "shown_once": "", "entries": []},
    )
    assert (held(), state_digest()) == before


def test_other_content_under_the_same_reference_is_refused(ledger: Program):
    ledger.post("wishes/gift", GIFT)
    answer = ledger.post("wishes/gift", GIFT | {"lines": [LINE | {"amount": "5.00"}]})
    assert (answer.status_code, answer.json()["code"]) == (409, "reference_reused")
    assert answer.json()["facts"]["reference"] == "G9"


def test_what_needs_two_waits_and_waits_once(ledger: Program):
    before = held()
    ledger.post("wishes/gift", GIFT)
    assert ledger.post("wishes/reversal/look", TAKING_BACK).json()["second"] == "an entry is taken back"
    first, again = ledger.post("wishes/reversal", TAKING_BACK), ledger.post("wishes/reversal", TAKING_BACK)
    draft = Draft.objects.get()
    assert (first.status_code, first.json(), again.json()) == (202, {"waiting": draft.pk}, {"waiting": draft.pk})
    signed_in("DUNLIN").post(f"/waiting/{draft.pk}", {"wish": "agree"})
    assert held() == before
    (signed,) = sign_offs("R9")
    assert (signed.asked_by, signed.agreed_by, signed.reason) == ("LEDGER", "DUNLIN", "it was typed twice")
    late = ledger.post("wishes/reversal", TAKING_BACK)
    assert (late.status_code, late.json()["done"]["already"], Draft.objects.count()) == (200, True, 1)
    assert not books.proof().problems


def test_what_needs_two_needs_a_reason(ledger: Program):
    ledger.post("wishes/gift", GIFT)
    answer = ledger.post("wishes/reversal", TAKING_BACK | {"reason": " "})
    assert (answer.status_code, answer.json()["code"]) == (409, "reason_missing")


@pytest.mark.parametrize(
    ("changed", "status", "code", "column"),
    [
        ({"lines": [LINE | {"amount": 1052.5}]}, 422, "content_unreadable", None),
        ({"lines": [LINE | {"amount": 1052}]}, 422, "content_unreadable", None),
        ({"lines": [LINE | {"amount": "1052.505"}]}, 422, "amount_too_precise", "amount"),
        ({"lines": [LINE | {"amount": "twelve"}]}, 422, "amount_unreadable", "amount"),
        ({"lines": [LINE | {"amount": "9" * 30}]}, 422, "amount_too_large", "amount"),
        ({"lines": [LINE | {"amount": "0.00"}]}, 409, "amount_not_positive", "amount"),
        ({"lines": [LINE | {"unit": "GOLD"}]}, 409, "unit_unknown", "amount"),
        ({"lines": [LINE | {"giver": "NOBODY"}]}, 409, "party_unknown", "giver"),
        ({"lines": [LINE | {"giver": " OFFICE"}]}, 422, "code_unreadable", "giver"),
        ({"lines": [LINE | {"note": "two\nlines"}]}, 422, "text_holds_control", "note"),
        ({"lines": []}, 409, "entry_empty", None),
        ({"lines": None}, 422, "content_unreadable", None),
        ({"reference": "X" * 65}, 422, "content_unreadable", None),
        ({"surprise": "!"}, 422, "content_unreadable", None),
        ({"happened_at": "2015-06-02"}, 422, "moment_without_offset", None),
        ({"happened_at": "yesterday"}, 422, "moment_unreadable", None),
        ({"happened_at": "2001-01-01T10:00:00+09:00"}, 409, "happened_before_opening", "happened_at"),
    ],
)
def test_what_is_refused_is_said_in_one_shape_and_leaves_no_trace(
    ledger: Program, changed: dict[str, Any], status: int, code: str, column: str | None
):
    before = state_digest()
    answer = ledger.post("wishes/gift", GIFT | changed)
    said = answer.json()
    assert (answer.status_code, said["code"], said["column"]) == (status, code, column)
    assert set(said) == {"code", "words", "expected", "facts", "line", "column"}
    assert state_digest() == before


def test_letters_that_a_program_sends_taken_apart_are_put_together(ledger: Program):
    """As file names of some machines are; 64 letters of Hangul are 192 signs so, and still fit."""
    apart, whole = normalize("NFD", "등불 " * 21 + "빛"), "등불 " * 21 + "빛"
    answer = ledger.post("wishes/gift", GIFT | {"lines": [LINE | {"note": apart}]})
    assert answer.status_code == 200
    assert answer.json()["done"]["entries"][0]["moves"][0]["note"] == whole
    again = ledger.post("wishes/gift", GIFT | {"lines": [LINE | {"note": whole}]})
    assert again.json()["done"]["already"]


def test_the_line_that_a_refusal_concerns_is_named(ledger: Program):
    answer = ledger.post("wishes/gift", GIFT | {"lines": [LINE, LINE | {"amount": "x"}]})
    assert (answer.json()["line"], answer.json()["column"]) == (1, "amount")


@pytest.mark.parametrize("body", ["", "{", "[1]", '"gift"', "[" * 5000, '{"reference": NaN}', b"\xff"])
def test_what_is_no_json_is_refused_in_words(ledger: Program, body: Any):
    answer = ledger.post("wishes/gift", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "content_unreadable")


def test_what_is_far_too_long_is_refused_in_words(ledger: Program):
    answer = ledger.post("wishes/gift", GIFT | {"reference": "X" * 3_000_000})
    assert (answer.status_code, answer.json()["code"]) == (413, "content_too_long")


def test_a_program_may_ask_for_what_its_role_may(lamps: None):
    auditor = Program("READER", role="auditor")
    answer = auditor.post("wishes/gift", GIFT)
    assert (answer.status_code, answer.json()["code"]) == (403, "wish_not_for_role")
    assert auditor.get("wishes").json() == {"items": []}
    mine = {one["wish"]: one["agree"] for one in Program("LEDGER").get("wishes").json()["items"]}
    assert (mine["gift"], mine["reversal"]) == ([], ["compliance", "lead"])


def test_a_program_that_holds_for_a_custodian_posts_nothing_about_it(lamps: None):
    holder = Program("HOLDER", party="OFFICE", party_kind="custodian:fund")
    answer = holder.post("wishes/gift", GIFT)
    assert (answer.status_code, answer.json()["code"]) == (409, "concerns_oneself")


def test_every_wish_there_is_has_its_two_addresses(ledger: Program):
    paths = ledger.get("openapi.json").json()["paths"]
    for name in WISH_KINDS:
        for path in (f"/api/v1/wishes/{name}", f"/api/v1/wishes/{name}/look"):
            assert set(paths[path]) == {"post"}, path
        assert ledger.post(f"wishes/{name}", {}).status_code == 422, "every wish has a field that is needed"
    named = [one["operationId"] for path in paths.values() for one in path.values()]
    assert len(named) == len(set(named))


def test_a_wish_that_is_none_is_nowhere(ledger: Program):
    assert ledger.post("wishes/riches", {}).json()["code"] == "nothing_there"


@pytest.mark.parametrize("grant", ["G01", "G99"])
def test_who_may_not_ask_is_not_told_whether_what_they_name_is_there(lamps: None, grant: str):
    program = Program("WATCH", role="compliance")
    content = {"grant": grant, "tranche": 1, "amount": "1.00", "valid_until": "2026-12-31"}
    for path in ("wishes/claim_code", "wishes/claim_code/look"):
        answer = program.post(path, content)
        assert (answer.status_code, answer.json()["code"]) == (403, "wish_not_for_role")
