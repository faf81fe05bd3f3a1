"""The bench's own sums: medians, ratios round by round, and the waits of so many of a hundred."""

import pytest

from bench.figures import Work, at_least, at_most, never_above, quotients, ratios, spread


def test_the_median_of_the_rounds_decides():
    assert at_least("import", 0.35, values=[0.1, 0.36, 0.4]).is_reached
    assert not at_least("import", 0.35, values=[0.1, 0.34, 0.9]).is_reached
    assert at_most("holdings", 1.3, values=[1.0, 1.3, 9.0]).is_reached
    assert not at_most("holdings", 1.3, values=[1.0, 1.31, 1.4]).is_reached


def test_of_memory_the_worst_round_decides():
    assert not never_above("memory", 400, values=[100, 100, 401], unit=" MB").is_reached


def test_a_ratio_is_between_figures_of_one_round():
    assert ratios([2.0, 3.0], [4.0, 3.0]) == [0.5, 1.0]
    assert quotients([2.0, 3.0], [4.0, 3.0]) == [0.5, 1.0]
    for halves in (ratios, quotients):
        with pytest.raises(ValueError, match="zip"):
            halves([2.0], [4.0, 3.0])


def test_a_spread_goes_from_the_least_to_the_most():
    assert spread([3.0, 1.0, 2.0], ".1f") == "2.0 (1.0 to 3.0)"


def test_of_a_hundred_delays_one_is_longer_than_the_ninety_ninth():
    work = Work(100, 50.0, delays=tuple(range(100, 0, -1)))
    assert (work.rate, work.delay(50), work.delay(99), work.delay(100)) == (2.0, 51, 100, 100)
    assert Work(1, 1.0, delays=(7.0,)).delay(99) == 7.0
