"""Moments and dates as people write them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.core.moment import (
    MOMENT,
    DateUnreadable,
    MomentUnreadable,
    MomentWithoutOffset,
    OffsetTooLarge,
    by_the_clock_there,
    month_named,
    read_date,
    read_moment,
)
from tallystick.core.refusal import Refusal

SEOUL = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2014-03-03T10:00:00+09:00", datetime(2014, 3, 3, 10, tzinfo=SEOUL)),
        ("2014-03-03T10:00+09:00", datetime(2014, 3, 3, 10, tzinfo=SEOUL)),
        ("2014-03-03 10:00:00+09:00", datetime(2014, 3, 3, 10, tzinfo=SEOUL)),
        ("2014-03-03T10:00:00.25Z", datetime(2014, 3, 3, 10, 0, 0, 250_000, tzinfo=UTC)),
        ("2014-03-03T10:00:00-03:30", datetime(2014, 3, 3, 10, tzinfo=timezone(timedelta(hours=-3.5)))),
        ("2014-03-03T10:00:00+14:00", datetime(2014, 3, 3, 10, tzinfo=timezone(timedelta(hours=14)))),
    ],
)
def test_a_moment_keeps_the_clock_it_was_told_by(text: str, moment: datetime):
    assert read_moment(text) == moment
    assert read_moment(text).utcoffset() == moment.utcoffset()


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("2014-03-03T10:00:00", MomentWithoutOffset),
        ("2014-03-03 10:00", MomentWithoutOffset),
        ("2014-03-03", MomentWithoutOffset),
        ("2014-03-03T10:00:00+14:01", OffsetTooLarge),
        ("2014-03-03T10:00:00-23:59", OffsetTooLarge),
        ("", MomentUnreadable),
        ("3 March 2014", MomentUnreadable),
        ("20140303T100000+0900", MomentUnreadable),
        ("2014-W10-1T10:00:00+09:00", MomentUnreadable),
        ("2014-03-03t10:00:00z", MomentUnreadable),
        ("2014-03-03x10:00:00+09:00", MomentUnreadable),
        ("2014-03-03T10:00:00.1234567+09:00", MomentUnreadable),
        ("2014-03-03T10:00:00+09:00:30", MomentUnreadable),
        ("2014-02-30T10:00:00+09:00", MomentUnreadable),
        ("2014-03-03T24:30:00+09:00", MomentUnreadable),
        ("0001-01-01T00:00:00+09:00", MomentUnreadable),
        ("9999-12-31T23:00:00-09:00", MomentUnreadable),
        ("٢٠١٤-03-03T10:00:00+09:00", MomentUnreadable),
        ("2014-03-03T10:00:00+09:00\n", MomentUnreadable),
    ],
)
def test_what_is_not_a_moment_on_a_clock_is_refused(text: str, refusal: type[Refusal]):
    with pytest.raises(refusal):
        read_moment(text)


@given(st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 12, 31), timezones=st.sampled_from([UTC, SEOUL])))
def test_a_moment_that_was_written_is_read_again(moment: datetime):
    assert read_moment(moment.isoformat()) == moment
    assert read_moment(moment.isoformat()).astimezone(UTC) == moment


@given(st.lists(st.tuples(st.integers(0, 24), st.sampled_from("0123456789-+:TZ .,W٣")), max_size=3))
def test_a_text_that_looks_usual_is_a_moment_only_where_it_is_one(spoilt: list[tuple[int, str]]):
    signs = list("2014-03-03T10:00:00+09:00")
    for place, sign in spoilt:
        signs[place] = sign
    try:
        said = read_moment("".join(signs))
    except Refusal:
        said = None
    assert (said is not None) == _is_moment("".join(signs))


def _is_moment(text: str) -> bool:
    try:
        return MOMENT.fullmatch(text) is not None and 1 < datetime.fromisoformat(text).year < 9999
    except ValueError:
        return False


def test_a_date_is_year_month_and_day():
    assert read_date("2014-03-01") == date(2014, 3, 1)


@pytest.mark.parametrize("text", ["", "20140301", "2014-W10-1", "2014-02-30", "2014-3-1", "01.03.2014", "2014-03-01T00:00"])
def test_what_is_not_a_date_is_refused(text: str):
    with pytest.raises(DateUnreadable):
        read_date(text)


def test_a_month_is_named_by_its_year_and_number():
    assert month_named("2015-06") == date(2015, 6, 1)


def test_a_moment_is_told_by_the_clock_there():
    assert by_the_clock_there("2014-03-03T10:00:00.25+09:00") == "2014-03-03 10:00 +09:00"
    assert by_the_clock_there("2014-03-03T10:00Z") == "2014-03-03 10:00 +00:00"
