"""Wishes about what is lost: a loss in a hand, who answers for one that stands, and what comes back."""

from collections.abc import Collection
from dataclasses import dataclass, field

from tallystick.core.amount import Parts
from tallystick.core.entry import Entry, Kind, Line
from tallystick.core.liability import LOSS, AnswersForTooMuch, LossKey, Share
from tallystick.core.moment import by_the_clock_there, read_moment
from tallystick.desk.handovers.receiving import WRITTEN_OFF, lost_told
from tallystick.desk.parties import parties_of_tally
from tallystick.desk.wishes import Deed, Done, WishKind
from tallystick.handovers.losses import answer, liability_standing, loss_standing, post_with_shares, recover


@dataclass(frozen=True, slots=True)
class LossWish:
    """Value gone from a hand; what is lost on the road is said with the tally's receipt."""

    reference: str
    happened_at: str
    giver: str
    unit: str
    amount: Parts
    earmark: str
    cause: str
    answers: str = ""  # empty where the programme bears it
    grant: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnswerWish:
    """Who answers for a loss that stands, or for a share of it."""

    loss: str
    lost_at: str
    unit: str
    earmark: str
    cause: str
    amount: Parts
    answers: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecoveryWish:
    """What came back of what somebody answers for, and whose hand it is in now."""

    reference: str
    happened_at: str
    liability: str
    taker: str
    amount: Parts = field(metadata={"unit_of": "liability"})
    note: str = ""


def lose(wish: LossWish, deed: Deed) -> Done:
    """Write it off. Raises EntriesRefused, PartyUnknown."""
    ends = wish.giver, LOSS + wish.cause
    line = Line(Kind.LOSS.value, *ends, wish.unit, wish.amount, wish.earmark, wish.grant, "", wish.note)
    entry = Entry(wish.reference, read_moment(wish.happened_at), (line,))
    share = Share(LossKey(wish.unit, wish.earmark, wish.cause), wish.answers, wish.amount, note=wish.note)
    return Done(wish.reference, post_with_shares(entry, [share], office=deed.office, recorded_at=deed.recorded_at))


def say_who_answers(wish: AnswerWish, deed: Deed) -> Done:
    """Raises LossUnknown, PartyUnknown, AmountNotPositive, AnswersForTooMuch."""
    share = Share(LossKey(wish.unit, wish.earmark, wish.cause), wish.answers, wish.amount, note=wish.note)
    answer(wish.loss, wish.lost_at, shares=[share], office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.loss)


def bring_back(wish: RecoveryWish, deed: Deed) -> Done:
    """Raises LiabilityUnknown, RecoversTooMuch, EntriesRefused."""
    owed = liability_standing(wish.liability).liability
    note = f"{wish.liability}: {wish.note}" if wish.note else wish.liability
    line = Line(Kind.RECOVERY.value, LOSS + owed.cause, wish.taker, owed.unit, wish.amount, owed.earmark, "", "", note)
    entry = Entry(wish.reference, read_moment(wish.happened_at), (line,))
    return Done(wish.reference, recover(entry, wish.liability, office=deed.office, recorded_at=deed.recorded_at))


def parties_of_answer(wish: AnswerWish) -> Collection[str]:
    """Whose hand it was lost from, both ends of a tally where that was the road, and whoever is to answer."""
    hands = {move.giver for move in loss_standing(wish.loss, wish.lost_at).moves if not move.giver.startswith("@")}
    return (hands | parties_of_tally(wish.loss) | {wish.answers}) - {""}


def parties_of_recovery(wish: RecoveryWish) -> Collection[str]:
    party = liability_standing(wish.liability).liability.party
    return {wish.taker, *([party] if party else [])}


def facts_of_loss(wish: LossWish) -> list[tuple[str, str]]:
    return lost_told(wish.unit, wish.amount, cause=wish.cause, answers=wish.answers)


def facts_of_answer(wish: AnswerWish) -> list[tuple[str, str]]:
    lost = lost_told(wish.unit, wish.amount, cause=wish.cause, answers=wish.answers)
    return [
        ("loss", wish.loss),
        ("happened at", by_the_clock_there(wish.lost_at)),
        *lost,
        ("earmark", wish.earmark),
        ("note", wish.note),
    ]


def written_off(wish: object) -> str:
    """What is written off is written off by two."""
    del wish
    return WRITTEN_OFF


def charged(wish: object) -> str:
    """Nobody makes another answer for a loss alone."""
    del wish
    return "somebody is to answer for a loss"


LOSS_IN_HAND = WishKind(
    "loss", LossWish, lose,
    subject=lambda wish: str(wish.reference), second=written_off, facts=facts_of_loss,
    parties=lambda wish: {wish.giver, wish.answers} - {""},
)  # fmt: skip
ANSWER = WishKind(
    "answer", AnswerWish, say_who_answers,
    subject=lambda wish: str(wish.loss), second=charged, facts=facts_of_answer, parties=parties_of_answer,
    refused_as=(AnswersForTooMuch,),
)  # fmt: skip
RECOVERY = WishKind(
    "recovery", RecoveryWish, bring_back,
    subject=lambda wish: str(wish.reference), parties=parties_of_recovery,
    facts=lambda wish: [("lowers what is answered for under", str(wish.liability))],
)  # fmt: skip
