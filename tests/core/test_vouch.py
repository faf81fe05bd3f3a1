"""What is a vouch, and in which order vouches are shown."""

from dataclasses import replace
from datetime import date

import pytest

from tallystick.core.refusal import Refusal
from tallystick.core.vouch import (
    Vouch,
    VouchForNobody,
    VouchForOneself,
    VouchOfNobody,
    VouchWithoutTie,
    VouchWordUnknown,
    YearsUnlikely,
    check_vouch,
    gravest_first,
)

GOOD = Vouch("R01", "REF-A", "neighbour", 8, date(2015, 3, 1), "for")


def test_a_referees_word_is_taken():
    check_vouch(GOOD, is_recipient=True)
    check_vouch(replace(GOOD, known_years=None, word="against"), is_recipient=True)


@pytest.mark.parametrize(
    ("vouch", "is_recipient", "refusal"),
    [
        (GOOD, False, VouchForNobody),
        (replace(GOOD, referee=""), True, VouchOfNobody),
        (replace(GOOD, referee="R01"), True, VouchForOneself),
        (replace(GOOD, tie=" "), True, VouchWithoutTie),
        (replace(GOOD, known_years=-1), True, YearsUnlikely),
        (replace(GOOD, known_years=101), True, YearsUnlikely),
        (replace(GOOD, word="perhaps"), True, VouchWordUnknown),
    ],
)
def test_what_is_no_vouch_is_refused(vouch: Vouch, is_recipient: bool, refusal: type[Refusal]):
    with pytest.raises(refusal):
        check_vouch(vouch, is_recipient=is_recipient)


def test_whoever_speaks_against_comes_first_and_of_each_the_latest():
    told = [replace(GOOD, word=word, said_on=date(2015, month, 1)) for word, month in (
        ("for", 9), ("against", 1), ("unsure", 5), ("for", 2), ("against", 3),
    )]  # fmt: skip
    assert [(one.word, one.said_on.month) for one in gravest_first(told)] == [
        ("against", 3), ("against", 1), ("unsure", 5), ("for", 9), ("for", 2),
    ]  # fmt: skip
