"""Records go into acts and come back the same, and nothing else comes back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.core.amount import PARTS_MAX, Parts
from tallystick.core.authorisation import Authorisation
from tallystick.core.canonical import WHOLE_MAX, decode, encode
from tallystick.core.corridor import Leg
from tallystick.core.earmark import Earmark
from tallystick.core.grant import Grant
from tallystick.core.office import OfficeOpened
from tallystick.core.party import HoldingLimit, Party
from tallystick.core.programme import Programme
from tallystick.core.record import content_of, record_of
from tallystick.core.unit import Unit, UnitKind
from tallystick.core.visit import Visit
from tallystick.core.vouch import Vouch

RECORDS = (Programme, Unit, Party, HoldingLimit, Earmark, Authorisation, Leg, Grant, Vouch, Visit, OfficeOpened)
NORMAL_TEXT = st.text(st.characters(codec="ascii", exclude_characters="\0") | st.sampled_from("가힣éệßक中🙂"), max_size=12)
PARTS = st.integers(-PARTS_MAX, PARTS_MAX).map(Parts)

st.register_type_strategy(str, NORMAL_TEXT)
st.register_type_strategy(int, st.integers(-WHOLE_MAX, WHOLE_MAX))
st.register_type_strategy(Parts, PARTS)  # type: ignore[arg-type]

LEG = Leg(
    leg="L07", from_place="Dandong", to_place="Sinuiju", mode="lorry", commission_ppm=100_000, commission_fixed=Parts(2500),
    unit="USD", days=3, limit_each=Parts(500_000),
)  # fmt: skip
VOUCH = Vouch(recipient="R-041", referee="AMINA", tie="aunt", known_years=None, said_on=date(2014, 3, 1), word="for")
MAGPIE = Party(
    "MAGPIE", "custodian:middleman", "Dandong", (HoldingLimit("USD", Parts(1_000_000)), HoldingLimit("lamp", Parts(80)))
)


@pytest.mark.parametrize("cls", RECORDS, ids=lambda cls: cls.__name__)
@settings(max_examples=25)
@given(data=st.data())
def test_a_record_comes_back_from_its_act_the_same(cls: Any, data: st.DataObject) -> None:
    record = data.draw(st.from_type(cls))
    content = content_of(record)
    read = record_of(cls, decode(encode(content)))
    assert read == record
    assert content_of(read) == content
    assert types_in(read) == types_in(record)


def types_in(record: Any) -> list[type]:
    return [type(getattr(record, name)) for name in record.__dataclass_fields__]


def test_amounts_are_strings_dates_are_iso_8601_and_what_is_absent_is_left_out() -> None:
    visit = Visit(grant="G-012", visited_on=date(2014, 9, 30), trading=True, takings_month=Parts(12_500), unit="USD")
    assert content_of(visit) == {
        "grant": "G-012",
        "visited_on": "2014-09-30",
        "trading": 1,
        "takings_month": "12500",
        "unit": "USD",
        "shock": "",
    }


def test_a_record_within_a_record_is_written_in_full() -> None:
    assert content_of(MAGPIE)["holding_limit"] == [{"unit": "USD", "amount": "1000000"}, {"unit": "lamp", "amount": "80"}]


def test_a_vouch_whose_years_are_not_known_comes_back() -> None:
    assert "known_years" not in content_of(VOUCH)
    assert record_of(Vouch, content_of(VOUCH)) == VOUCH


def test_the_member_of_an_enumeration_is_written_as_its_plain_word() -> None:
    content = content_of(Unit("lamp", UnitKind.GOODS, 0, "solar lamp"))
    assert type(content["kind"]) is str
    assert encode(content) == b'{"hs_code":"","kind":"goods","name":"solar lamp","places":0,"unit":"lamp"}'


def test_an_act_written_before_there_was_a_field_stays_readable() -> None:
    content = content_of(MAGPIE)
    del content["note"], content["holding_limit"]
    assert record_of(Party, content) == Party("MAGPIE", "custodian:middleman", "Dandong")


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        (LEG, "limit_each", 500_000),
        (LEG, "limit_each", "+5"),
        (LEG, "limit_each", " 5"),
        (LEG, "limit_each", "05"),
        (LEG, "limit_each", "-0"),
        (LEG, "limit_each", "5.0"),
        (LEG, "limit_each", "1_000"),
        (LEG, "limit_each", "１２"),
        (LEG, "limit_each", "5\n"),
        (LEG, "limit_each", ""),
        (LEG, "limit_each", str(PARTS_MAX + 1)),
        (LEG, "limit_each", "9" * 10_000),
        (LEG, "limit_each", None),
        (LEG, "days", "3"),
        (LEG, "days", True),
        (LEG, "days", []),
        (LEG, "mode", 3),
        (LEG, "mode", ["lorry"]),
        (VOUCH, "said_on", "20140301"),
        (VOUCH, "said_on", "2014-W09-6"),
        (VOUCH, "said_on", "2014-03-01T00:00:00"),
        (VOUCH, "said_on", "2014-02-30"),
        (VOUCH, "said_on", 20140301),
        (VOUCH, "known_years", "4"),
        (MAGPIE, "holding_limit", "USD 10000"),
        (MAGPIE, "holding_limit", {"unit": "USD", "amount": "1"}),
        (MAGPIE, "holding_limit", ["USD"]),
        (MAGPIE, "holding_limit", [{"unit": "USD"}]),
        (MAGPIE, "holding_limit", [{"unit": "USD", "amount": "1", "note": ""}]),
        (MAGPIE, "real_name", "nobody's business"),
        (OfficeOpened("0123456789abcdef", "ab" * 32, True), "rehearsal", 2),
        (OfficeOpened("0123456789abcdef", "ab" * 32, True), "rehearsal", "1"),
        (OfficeOpened("0123456789abcdef", "ab" * 32, True), "rehearsal", True),
    ],
)
def test_what_is_never_written_is_not_read(record: Any, field: str, value: object) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        record_of(type(record), content_of(record) | {field: value})


@pytest.mark.parametrize("field", ["leg", "days", "commission_fixed"])
def test_a_field_without_a_default_must_stand_there(field: str) -> None:
    content = content_of(LEG)
    del content[field]
    with pytest.raises(TypeError, match=field):
        record_of(Leg, content)


@pytest.mark.parametrize("content", [None, [], "MAGPIE", 7])
def test_only_an_object_is_a_record(content: Any) -> None:
    with pytest.raises(TypeError):
        record_of(Party, content)


def test_a_field_of_a_type_without_a_way_is_our_own_fault() -> None:
    @dataclass(frozen=True)
    class Weighed:
        kilograms: float

    with pytest.raises(AssertionError, match="float"):
        content_of(Weighed(1.5))
