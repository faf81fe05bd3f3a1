"""How much of what lies in a hand came in how long ago."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.core.layers import by_age, layers_of, limits_at, older_at

NOW = datetime(2016, 6, 1, tzinfo=UTC)


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def test_the_latest_arrivals_make_up_what_is_held():
    arrivals = [(ago(1), 30), (ago(20), 50), (ago(200), 100)]
    assert layers_of(70, arrivals) == ((ago(1), 30), (ago(20), 40))


def test_what_the_arrivals_do_not_cover_lay_there_before_them():
    assert layers_of(100, [(ago(1), 30), (ago(20), 50)]) == ((ago(1), 30), (ago(20), 70))


def test_an_empty_hand_has_no_layers():
    assert layers_of(0, [(ago(1), 30)]) == ()


@pytest.mark.parametrize(("days", "place"), [(0, 0), (7, 0), (8, 1), (30, 1), (31, 2), (90, 2), (91, 3), (4000, 3)])
def test_an_age_ends_with_the_last_of_its_days(days: int, place: int):
    ages = by_age([(ago(days), 5)], limits=limits_at(NOW))
    assert ages == tuple(5 if one == place else 0 for one in range(4))


def test_layers_of_one_age_are_added_up():
    assert by_age([(ago(1), 5), (ago(2), 6), (ago(50), 7)], limits=limits_at(NOW)) == (11, 0, 7, 0)


@given(hours=st.lists(st.integers(0, 2_500), min_size=1, max_size=4))
def test_ages_stand_until_the_first_layer_comes_into_its_next(hours: list[int]):
    layers = [(NOW - timedelta(hours=one), place + 1) for place, one in enumerate(hours)]
    told, until = by_age(layers, limits=limits_at(NOW)), older_at(layers, now=NOW)
    if until is None:
        assert by_age(layers, limits=limits_at(NOW + timedelta(days=5_000))) == told
        return
    assert until > NOW
    assert by_age(layers, limits=limits_at(until - timedelta(microseconds=1))) == told
    assert by_age(layers, limits=limits_at(until)) != told
