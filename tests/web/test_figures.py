"""Figures are shown as people read them, and never other than they are."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.utils import translation
from django.utils.formats import localize
from hypothesis import given
from hypothesis import strategies as st

from tallystick.core.amount import read_amount
from tallystick.web.figures import age, amount, apart, day, grouped, money, whole


@given(parts=st.integers(-(10**15), 10**15), places=st.integers(0, 6))
def test_a_shown_amount_reads_back_as_the_same_parts(parts: int, places: int):
    shown = amount(parts, places).replace(",", "").replace("\N{MINUS SIGN}", "-")
    assert read_amount(shown, unit="USD", places=places) == parts


@pytest.mark.parametrize(
    ("parts", "places", "shown"), [(1052632, 2, "10,526.32"), (-5, 2, "−0.05"), (0, 0, "0"), (12500000, 0, "12,500,000")]
)
def test_thousands_stand_apart_and_what_is_below_zero_has_a_minus(parts: int, places: int, shown: str):
    assert amount(parts, places) == shown


@pytest.mark.parametrize(("value", "shown"), [(Fraction(250), "2"), (Fraction(350), "4"), (Fraction(99_951), "1,000")])
def test_a_value_without_its_decimals_is_rounded_to_the_nearest_and_halves_to_even(value: Fraction, shown: str):
    assert whole(value, 2) == shown


def test_a_day_is_written_out():
    assert day(date(2015, 2, 11)) == "11 Feb 2015"


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        ("2015-02-11T18:00", "today"),
        ("2015-02-12T18:00", "1 day"),
        ("2015-02-25T11:00", "14 days"),
        ("2015-04-12T11:00", "60 days"),
        ("2015-04-13T11:00", "2 months"),
        ("2017-02-10T11:00", "23 months"),
        ("2017-02-11T11:00", "2 years"),
        ("2026-01-05T11:00", "10 years"),
        ("2015-02-10T11:00", "not yet"),
    ],
)
def test_how_long_ago_is_told_in_days_then_months_then_years(now: str, shown: str):
    assert age(datetime(2015, 2, 11, 11, tzinfo=UTC), datetime.fromisoformat(now).replace(tzinfo=UTC)) == shown


def test_thousands_stand_apart_in_a_count():
    assert (grouped(1), grouped(2000)) == ("1", "2,000")


AGES = (0, 1, 2, 5, 14)
SINCE = datetime(2015, 2, 11, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("ko", ["오늘", "1일", "2일", "5일", "14일"]),
        ("zh-hans", ["今天", "1 天", "2 天", "5 天", "14 天"]),
        ("ar", ["اليوم", "يوم واحد", "يومان", "5 أيام", "14 يومًا"]),
    ],
)
def test_how_long_ago_is_told_with_the_plurals_of_the_language(language: str, shown: list[str]):
    with translation.override(language):
        assert [age(SINCE, SINCE + timedelta(days=days)) for days in AGES] == shown


@pytest.mark.parametrize(
    ("language", "shown"), [("ko", "2015년 2월 11일"), ("zh-hans", "2015年2月11日"), ("ar", "11 فبراير 2015")]
)
def test_a_day_is_written_out_as_the_language_does(language: str, shown: str):
    with translation.override(language):
        assert day(date(2015, 2, 11)) == shown


@pytest.mark.parametrize("language", ["ko", "zh-hans", "ar"])
def test_an_amount_looks_the_same_in_every_language(language: str):
    with translation.override(language):
        assert amount(-1052632, 2) == "−10,526.32"
        assert localize(10526.5, use_l10n=True) == "10526.5"


def test_amid_arabic_a_code_and_an_amount_are_set_apart():
    assert (apart("HERON"), money("USD", "−0.05")) == ("HERON", "USD −0.05")
    with translation.override("ar"):
        assert (apart("HERON"), money("USD", "−0.05")) == ("\u2068HERON\u2069", "\u2066USD −0.05\u2069")
