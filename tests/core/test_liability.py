"""Who answers for how much of a loss."""

import pytest

from tallystick.core.amount import Parts
from tallystick.core.entry import Move
from tallystick.core.liability import (
    AnswersForTooMuch,
    Liability,
    LossKey,
    RecoversTooMuch,
    Share,
    check_recovery,
    lost_by,
    share_out,
)

LOST_AT = "2016-03-07T01:00:00+00:00"
THEFT = LossKey("LAMP", "LIGHT", "theft")


def shares(*amounts: int, lost: int = 20, standing: tuple[Liability, ...] = ()) -> list[Liability]:
    wanted = [Share(THEFT, "WAGTAIL", one) for one in amounts]
    return share_out("L1", lost_at=LOST_AT, lost={THEFT: lost}, shares=wanted, standing=standing, places={"LAMP": 0})


def test_shares_are_numbered_on_and_never_more_than_was_lost():
    first = shares(12)
    assert [(one.liability, one.amount) for one in first] == [("L1-L1", 12)]
    assert [one.liability for one in shares(5, 3, standing=tuple(first))] == ["L1-L2", "L1-L3"]
    for wanted in ((21,), (12, 9)):
        with pytest.raises(AnswersForTooMuch):
            shares(*wanted)
    with pytest.raises(AnswersForTooMuch):
        shares(9, standing=tuple(first))


def test_another_loss_of_the_same_tally_is_answered_for_by_itself():
    other = Liability("L1-L1", "L1", "2016-04-01T01:00:00+00:00", *THEFT, party="WAGTAIL", amount=Parts(20))
    assert [one.liability for one in shares(20, standing=(other,))] == ["L1-L2"]


def test_what_comes_back_is_at_most_what_is_still_out():
    (owed,) = shares(12)
    check_recovery(owed, 7, recovered=5, places=0)
    with pytest.raises(RecoversTooMuch):
        check_recovery(owed, 8, recovered=5, places=0)


def test_only_losses_count_as_lost():
    moves = [
        Move("loss", "@transit:T1", "@loss:theft", "LAMP", 3, "LIGHT"), Move("loss", "@transit:T1", "@loss:theft", "LAMP", 4, "LIGHT"),
        Move("receipt", "@transit:T1", "WAGTAIL", "LAMP", 90, "LIGHT"),
    ]  # fmt: skip
    assert lost_by(moves) == {THEFT: 7}
