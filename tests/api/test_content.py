"""The content of a wish, read off its record: whose unit an amount is of, what may be left out, and the way there and back."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from tallystick.api.content import content_shown, model_of, record_said
from tallystick.api.elsewhere import ELSEWHERE
from tallystick.core.agreement import ValueLimit
from tallystick.core.amount import AmountTooPrecise, AmountUnreadable, Parts
from tallystick.core.corridor import LegUnknown, Tariff
from tallystick.core.custody.decide import UnitUnknown
from tallystick.core.grant import GrantUnknown
from tallystick.core.moment import DateUnreadable
from tallystick.core.unit import Unit
from tallystick.desk.codes import ClaimWish
from tallystick.desk.registry import WISH_KINDS
from tallystick.ledger.queries.records import units

UNITS = {"USD": Unit("USD", "money", 2, "dollar"), "LAMP": Unit("LAMP", "goods", 0, "lamp")}


@dataclass(frozen=True, slots=True)
class Part:
    amount: Parts
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    code: str
    unit: str
    amount: Parts
    parts: tuple[Part, ...] = ()
    count: int | None = None
    is_open: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Barter:
    given: Parts = field(metadata={"unit": "given_unit"})
    given_unit: str
    taken: Parts = field(metadata={"unit": "taken_unit"})
    taken_unit: str
    remark: str = field(default="", metadata={"longest": 5})
    mood: str = field(default="", metadata={"one_of": ("", "glad")})


SAID = {
    "code": "G1", "unit": "USD", "amount": "10.5", "parts": [{"amount": "4", "due_on": "2026-03-01"}, {"amount": "6.50"}],
    "count": 2, "is_open": False, "note": "two parts",
}  # fmt: skip
READ = Promise(
    "G1", "USD", Parts(1050), (Part(Parts(400), date(2026, 3, 1)), Part(Parts(650))), 2, is_open=False, note="two parts"
)


def read(record: Any, said: dict[str, Any]) -> Any:
    model_of(record).model_validate(said)
    return record_said(record, said, units=UNITS)


def test_amounts_are_read_by_the_places_of_their_unit_also_in_the_records_within():
    assert read(Promise, SAID) == READ
    shown = content_shown(READ, units=UNITS)
    assert (shown["amount"], [one["amount"] for one in shown["parts"]]) == ("10.50", ["4.00", "6.50"])
    assert read(Promise, shown) == READ


def test_what_has_a_default_may_be_left_out():
    assert read(Promise, {"code": "G1", "unit": "LAMP", "amount": "3"}) == Promise("G1", "LAMP", Parts(3))


def test_a_record_that_does_not_say_the_unit_of_an_amount_is_not_taken():
    with pytest.raises(AssertionError, match="Part does not say the unit of amount"):
        model_of(Part)


def test_a_record_may_have_amounts_in_several_units():
    said = {"given": "1.05", "given_unit": "USD", "taken": "7", "taken_unit": "LAMP"}
    assert read(Barter, said) == Barter(Parts(105), "USD", Parts(7), "LAMP")


def test_every_wish_says_where_the_unit_of_each_amount_stands():
    for kind in WISH_KINDS.values():
        told = str(model_of(kind.record).model_json_schema())
        assert "smallest parts" not in told, kind.name


@pytest.mark.django_db
def test_amounts_are_in_the_unit_of_what_the_record_names(lamps: None):
    known = units()
    limit = record_said(ValueLimit, {"custodian": "HERON", "amount": "5000.00"}, units=known)
    assert limit == ValueLimit("HERON", Parts(500_000))
    assert content_shown(limit, units=known)["amount"] == "5000.00"
    said = {"leg": "SEL-INC", "valid_from": "2016-05-01", "commission_ppm": 10_000, "commission_fixed": "2.50", "days": 2}
    assert record_said(Tariff, said, units=known).commission_fixed == Parts(250)
    claim = record_said(ClaimWish, {"grant": "G05", "tranche": 1, "amount": "12.34", "valid_until": "2016-05-01"}, units=known)
    assert claim.amount == Parts(1_234)
    told = model_of(ValueLimit).model_json_schema()["properties"]["amount"]
    assert "the unit in which the programme reports" in str(told)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("record", "said", "refusal"),
    [
        (ClaimWish, {"grant": "G99", "tranche": 1, "amount": "1", "valid_until": "2016-05-01"}, GrantUnknown),
        (Tariff, {"leg": "X-Y", "valid_from": "2016-05-01", "commission_ppm": 1, "commission_fixed": "1", "days": 1}, LegUnknown),
    ],
)
def test_what_has_the_unit_must_be_there(lamps: None, record: Any, said: dict[str, Any], refusal: type[Exception]):
    with pytest.raises(refusal):
        record_said(record, said, units=units())


def test_the_places_of_the_unit_are_kept_to_where_another_thing_names_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(ELSEWHERE, "programme", ("", lambda code: "LAMP"))
    with pytest.raises(AmountTooPrecise):
        record_said(ValueLimit, {"custodian": "HERON", "amount": "1.5"}, units=UNITS)


@pytest.mark.parametrize(
    "changed",
    [
        {"amount": 10.5}, {"amount": 10}, {"amount": None}, {"amount": True}, {"count": "2"}, {"count": 2.0}, {"count": 2**31},
        {"is_open": 1}, {"is_open": None}, {"note": 5}, {"note": "x" * 501}, {"code": "x" * 65}, {"parts": {}}, {"more": ""},
        {"parts": [{"amount": "1", "more": ""}]},
    ],
)  # fmt: skip
def test_nothing_is_guessed_from_a_value_of_another_type(changed: dict[str, Any]):
    with pytest.raises(ValidationError):
        model_of(Promise).model_validate(SAID | changed)


def test_how_long_a_text_may_be_a_record_says_itself():
    with pytest.raises(ValidationError):
        model_of(Barter).model_validate({"given": "1", "given_unit": "", "taken": "1", "taken_unit": "", "remark": "123456"})


@pytest.mark.parametrize(
    ("changed", "refusal", "line", "column"),
    [
        ({"amount": "1.005"}, AmountTooPrecise, None, "amount"),
        ({"unit": "GOLD"}, UnitUnknown, None, "amount"),
        ({"parts": [{"amount": "1"}, {"amount": "x"}]}, AmountUnreadable, 1, "amount"),
        ({"parts": [{"amount": "1", "due_on": "soon"}]}, DateUnreadable, 0, "due_on"),
    ],
)
def test_a_refusal_names_the_line_and_the_field(changed: dict[str, Any], refusal: Any, line: int | None, column: str):
    with pytest.raises(refusal) as told:
        read(Promise, SAID | changed)
    assert (told.value.line, told.value.column) == (line, column)


def test_which_words_a_field_takes_a_record_says_itself():
    assert model_of(Barter).model_json_schema()["properties"]["mood"]["enum"] == ["", "glad"]
    with pytest.raises(ValidationError):
        model_of(Barter).model_validate({"given": "1", "given_unit": "", "taken": "1", "taken_unit": "", "mood": "sad"})


def test_a_unit_that_is_no_field_is_our_fault():
    @dataclass(frozen=True, slots=True)
    class Wrong:
        amount: Parts = field(metadata={"unit": "uint"})

    with pytest.raises(AssertionError):
        model_of(Wrong)


@pytest.mark.parametrize("name", sorted(WISH_KINDS))
def test_every_wish_there_is_has_a_description(name: str):
    assert model_of(WISH_KINDS[name].record).model_json_schema()["additionalProperties"] is False
