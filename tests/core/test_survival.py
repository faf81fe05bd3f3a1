"""How long ventures last, against the published example, and figures that are told only of enough of them."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.core.survival import (
    Lived,
    Takings,
    half_life,
    medians,
    months_between,
    product_limit,
    share_after,
)

# E. J. Freireich and others, Blood 21 (1963): weeks in remission under 6-MP, as every textbook reckons them; + was last seen then.
FREIREICH = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
REMISSION = [Lived(int(one.rstrip("+")), not one.endswith("+")) for one in FREIREICH.split()]


def test_the_estimate_is_that_of_the_textbooks():
    steps = [step for step in product_limit(REMISSION) if step.ended]
    assert [(step.months, step.at_risk, step.ended, f"{float(step.share):.3f}") for step in steps] == [
        (6, 21, 3, "0.857"), (7, 17, 1, "0.807"), (10, 15, 1, "0.753"), (13, 12, 1, "0.690"),
        (16, 11, 1, "0.627"), (22, 7, 1, "0.538"), (23, 6, 1, "0.448"),
    ]  # fmt: skip
    assert half_life(product_limit(REMISSION)) == 23


def test_where_nobody_is_lost_from_sight_the_share_is_what_is_left():
    lived = [Lived(months, ended=True) for months in (1, 2, 2, 5)]
    assert [step.share for step in product_limit(lived)] == [Fraction(3, 4), Fraction(1, 4), Fraction(0)]


def test_who_is_last_seen_when_others_end_was_still_there():
    (step,) = product_limit([Lived(3, ended=True), Lived(3, ended=False)])
    assert (step.at_risk, step.share) == (2, Fraction(1, 2))


def test_of_nobody_there_is_nothing_to_say():
    assert (product_limit([]), half_life([]), share_after([], 12)) == ([], None, None)


@given(st.lists(st.builds(Lived, st.integers(0, 60), st.booleans()), max_size=40))
def test_a_share_never_rises_and_everybody_is_counted_once(lived: list[Lived]):
    steps = product_limit(lived)
    shares = [Fraction(1), *(step.share for step in steps)]
    assert all(0 <= later <= earlier for earlier, later in pairwise(shares))
    assert sum(step.ended + step.last_seen for step in steps) == len(lived)


def test_a_share_is_told_only_where_enough_were_seen_for_so_long():
    steps = product_limit(REMISSION)
    assert share_after(steps, 5) == 1
    assert share_after(steps, 12) == next(step.share for step in steps if step.months == 11)
    assert share_after(steps, 32) is None
    assert share_after(steps, 36) is None


@pytest.mark.parametrize(
    ("began", "until", "months"),
    [
        ("2014-01-31", "2014-02-28", 0), ("2014-01-31", "2014-03-31", 2), ("2014-06-15", "2015-06-15", 12),
        ("2014-06-15", "2015-06-14", 11), ("2014-06-15", "2014-01-01", 0),
    ],
)  # fmt: skip
def test_months_are_whole_ones(began: str, until: str, months: int):
    assert months_between(date.fromisoformat(began), date.fromisoformat(until)) == months


def test_a_median_stands_in_its_unit_and_only_of_five_or_more():
    takings = [Takings("grocery", "CNY", amount) for amount in (500, 100, 300, 200, 405, 301)]
    takings += [Takings("grocery", "USD", 7)] + [Takings("stall", "CNY", amount) for amount in (5, 1, 2, 4, 3)]
    assert [(one.kind, one.unit, one.count, one.amount) for one in medians(takings)] == [
        ("grocery", "CNY", 6, 301), ("grocery", "USD", 1, None), ("stall", "CNY", 5, 3),
    ]  # fmt: skip
