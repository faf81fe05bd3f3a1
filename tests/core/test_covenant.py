"""Covenants: a word given to pass something on, and what was seen of it."""

from datetime import date

import pytest

from tallystick.core.covenant import (
    Covenant,
    CovenantEmpty,
    CovenantSeen,
    CovenantToOneself,
    NextIsNoRecipient,
    PassedOnBelowZero,
    check_covenant,
    check_next,
    check_seen,
    covenant_state,
)


@pytest.mark.parametrize(
    ("passed_on", "state"), [(None, "given"), (0, "not kept"), (1, "kept in part"), (2, "kept"), (5, "kept")]
)
def test_a_covenant_stands_by_what_was_seen_last(passed_on: int | None, state: str):
    assert covenant_state(2, passed_on) == state


def test_the_next_person_may_be_unknown_or_another_recipient():
    check_next("", recipient="R01", kind="")
    check_next("R02", recipient="R01", kind="recipient")


def test_the_next_person_is_neither_oneself_nor_somebody_who_is_no_recipient():
    with pytest.raises(CovenantToOneself):
        check_next("R01", recipient="R01", kind="recipient")
    with pytest.raises(NextIsNoRecipient, match="HERON is a custodian:agent"):
        check_next("HERON", recipient="R01", kind="custodian:agent")


def test_a_covenant_passes_at_least_one_on_and_nobody_passed_on_less_than_none():
    check_covenant(Covenant("C1", "G01", "goat kids", 1))
    with pytest.raises(CovenantEmpty):
        check_covenant(Covenant("C1", "G01", "goat kids", 0))
    check_seen(CovenantSeen("C1", date(2016, 3, 1), 0))
    with pytest.raises(PassedOnBelowZero):
        check_seen(CovenantSeen("C1", date(2016, 3, 1), -1))
