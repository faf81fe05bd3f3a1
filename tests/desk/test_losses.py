"""Losses: written off by two, answered for by somebody, lowered by what comes back."""

from datetime import timedelta

import pytest

from tallystick.core.amount import AmountNotPositive, Parts
from tallystick.core.custody.ends import PartyUnknown
from tallystick.core.liability import AnswersForTooMuch, LiabilityUnknown, LossRecovered, LossUnknown, RecoversTooMuch
from tallystick.core.wish import ConcernsOneself
from tallystick.desk.actions import ask
from tallystick.desk.entries import ReversalWish
from tallystick.desk.handovers.losing import AnswerWish, LossWish, RecoveryWish
from tallystick.desk.models import Draft
from tallystick.desk.wishes import Asker
from tallystick.handovers.losses import loss_standing, unanswered
from tallystick.handovers.queries import liabilities
from tallystick.ledger.post import EntriesRefused
from tallystick.ledger.queries.tallies import losses
from tests import books
from tests.books import POSTED_AT, proof
from tests.desk.goods import PLOVER, asked, dispatch, done, lamps_of, receipt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stocked")]
LOST_AT = "2016-03-08T01:00:00+00:00"


def loss(reference: str = "L1", *, lamps: int = 20, answers: str = "WAGTAIL") -> LossWish:
    return LossWish(reference, "2016-03-08T09:00:00+08:00", "KILN", "LAMP", Parts(lamps), "LIGHT", "theft", answers)


def recovery(reference: str = "V1", *, lamps: int = 5, liability: str = "L1-L1") -> RecoveryWish:
    return RecoveryWish(reference, "2016-03-12T09:00:00+08:00", liability, "KILN", Parts(lamps))


def answers(*, lamps: int, party: str = "WAGTAIL", loss: str = "L2") -> AnswerWish:
    return AnswerWish(loss, LOST_AT, "LAMP", "LIGHT", "theft", Parts(lamps), party)


def taking_back(reference: str, *, note: str = "") -> ReversalWish:
    return ReversalWish(f"R-{reference}", "2016-03-20T09:00:00+08:00", reference, note=note)


def left(code: str = "L1-L1") -> int:
    ((liability, recovered),) = liabilities(code=code)
    return liability.amount - recovered


def refused_for(name: str, wish: object) -> type[Exception]:
    with pytest.raises(EntriesRefused) as refused:
        asked(name, wish)
    return type(refused.value.refused[0][1])


def test_a_loss_in_hand_is_written_off_by_two_and_somebody_answers_for_it():
    assert isinstance(asked("loss", loss()), Draft)
    assert lamps_of("KILN") == 500
    done("loss", loss())
    assert (lamps_of("KILN"), lamps_of("@loss:theft"), left()) == (480, 20, 20)
    assert [(one.reference, one.giver, one.cause, one.amount) for one in losses(most=9)] == [("L1", "KILN", "theft", 20)]
    assert not proof().problems


def test_that_the_programme_bears_a_loss_is_said_as_well():
    done("loss", loss(answers=""))
    assert [one.liability.party for one in liabilities(losses=["L1"])] == [""]


def test_what_comes_back_lowers_what_is_answered_for_and_no_more_comes_back_than_was_lost():
    done("loss", loss())
    done("recovery", recovery())
    assert (left(), lamps_of("KILN"), lamps_of("@loss:theft")) == (15, 485, 15)
    with pytest.raises(RecoversTooMuch):
        asked("recovery", recovery("V2", lamps=16))
    done("recovery", recovery("V2", lamps=15))
    assert left() == 0
    assert not proof().problems


def test_the_same_recovery_again_changes_nothing():
    done("loss", loss(lamps=5))
    for _ in range(2):
        done("recovery", recovery())
    assert (left(), lamps_of("KILN")) == (0, 500)


def test_a_recovery_that_is_taken_back_is_owed_again():
    done("loss", loss())
    done("recovery", recovery())
    done("reversal", taking_back("V1"))
    assert (left(), lamps_of("KILN")) == (20, 480)


def test_a_loss_of_which_something_was_recovered_is_not_taken_back_until_that_is():
    done("loss", loss())
    done("recovery", recovery())
    assert refused_for("reversal", taking_back("L1", note="found in the loft")) is LossRecovered
    done("reversal", taking_back("V1"))
    done("reversal", taking_back("L1"))
    assert (lamps_of("KILN"), losses(most=9)) == (500, [])
    with pytest.raises(LiabilityUnknown):
        asked("recovery", recovery("V2"))


def test_a_recovery_is_of_something_that_somebody_answers_for():
    with pytest.raises(LiabilityUnknown):
        asked("recovery", recovery())


def test_who_answers_for_a_loss_that_was_only_posted_is_said_later_by_two_and_in_shares():
    books.post("L2   8 March   loss   KILN → @loss:theft   LAMP 20   LIGHT")
    at = next(iter(losses(most=1))).lost_at.astimezone(POSTED_AT.tzinfo).isoformat()
    wish = AnswerWish("L2", at, "LAMP", "LIGHT", "theft", Parts(12), "WAGTAIL")
    assert isinstance(asked("answer", wish), Draft)
    done("answer", wish)
    assert unanswered(loss_standing("L2", at), liabilities(losses=["L2"])) == {("LAMP", "LIGHT", "theft"): 8}
    with pytest.raises(AnswersForTooMuch):
        asked("answer", AnswerWish("L2", at, "LAMP", "LIGHT", "theft", Parts(9), "CRANE"))
    done("answer", AnswerWish("L2", at, "LAMP", "LIGHT", "theft", Parts(8), ""))
    assert [(one.liability.liability, one.liability.party) for one in liabilities(losses=["L2"])] == [
        ("L2-L1", "WAGTAIL"), ("L2-L2", ""),
    ]  # fmt: skip
    assert not proof().problems


def test_nobody_answers_for_a_loss_that_is_not_there():
    done("loss", loss("L2", answers=""))
    wish = answers(lamps=1)
    for changed, refusal in (
        ({"loss": "L9"}, LossUnknown), ({"lost_at": "2016-03-08T02:00:00+00:00"}, LossUnknown), ({"cause": "fraud"}, LossUnknown),
        ({"amount": Parts(0)}, AmountNotPositive), ({"answers": "NOBODY"}, PartyUnknown), ({}, AnswersForTooMuch),
    ):  # fmt: skip
        with pytest.raises(refusal):
            asked("answer", AnswerWish(**{field: getattr(wish, field) for field in wish.__slots__} | changed))


def test_nobody_says_anything_of_a_loss_that_they_answer_for():
    done("loss", loss())
    done("dispatch", dispatch())
    done("receipt", receipt(lost=Parts(3), cause="theft"))
    holder = Asker("WAGTAIL-2", PLOVER.roles, party="WAGTAIL")
    with pytest.raises(ConcernsOneself):  # it carried T1, and would have another answer
        ask(
            "answer",
            AnswerWish("T1", "2016-03-07T01:00:00+00:00", "LAMP", "LIGHT", "theft", Parts(1), "KILN"),
            by=holder,
            asked_at=POSTED_AT,
        )
    for name, wish in (("loss", loss("L3")), ("recovery", recovery()), ("answer", answers(lamps=1, loss="L1"))):
        with pytest.raises(ConcernsOneself):
            ask(name, wish, by=holder, asked_at=POSTED_AT + timedelta(hours=2))
