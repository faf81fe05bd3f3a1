"""Liabilities: who answers for a loss, for how much of it, and what of that was recovered.

A loss may have several who answer for it, each for a share. Where nobody does, the programme bears it, and that is said as well.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from tallystick.core.amount import AmountNotPositive, Parts, show_amount
from tallystick.core.entry import Kind, Move
from tallystick.core.refusal import Refusal

LOSS = "@loss:"


class LossKey(NamedTuple):
    """What is lost together: a unit of an earmark, to one cause."""

    unit: str
    earmark: str
    cause: str


@dataclass(frozen=True, slots=True)
class Liability:
    """What one party answers for of a loss; `party` is empty where the programme bears it."""

    liability: str
    loss: str  # the reference of the entry, a tally's where it was lost on the road
    lost_at: str  # in UTC: a tally may have several losses
    unit: str
    earmark: str
    cause: str
    party: str
    amount: Parts
    note: str = ""

    @property
    def key(self) -> LossKey:
        return LossKey(self.unit, self.earmark, self.cause)


@dataclass(frozen=True, slots=True)
class LiabilityRecovery:
    """An entry that brought back a part of what somebody answers for."""

    liability: str
    entry: str
    amount: Parts


class Share(NamedTuple):
    """What somebody is to answer for."""

    key: LossKey
    party: str
    amount: int
    note: str = ""


class LossUnknown(Refusal):
    code = "loss_unknown"
    words = "No such loss stands under {reference}."
    expected = "a loss that was posted and not taken back"


class LiabilityUnknown(Refusal):
    code = "liability_unknown"
    words = "Nobody answers for anything under {liability}."
    expected = "one of the list of those who answer"


class AnswersForTooMuch(Refusal):
    code = "answers_for_too_much"
    words = "{reference} lost {lost} {unit} to {cause}; together {asked} {unit} would be answered for."
    expected = "at most {lost} {unit} in all"


class RecoversTooMuch(Refusal):
    code = "recovers_too_much"
    words = "Of {liability}, {left} {unit} are still to be recovered; {asked} {unit} are said to have come back."
    expected = "at most {left} {unit}"


class LossRecovered(Refusal):
    code = "loss_recovered"
    words = "Something of the loss {loss} was recovered, so it cannot be taken back as if nothing had been lost."
    expected = "the recovery taken back first"


def utc_of(moment: datetime) -> str:
    """A moment as a liability names it, whatever the clock on the wall there was."""
    return moment.astimezone(UTC).isoformat()


def lost_by(moves: Iterable[Move]) -> dict[LossKey, int]:
    """What these moves lose altogether, in smallest parts."""
    lost: dict[LossKey, int] = defaultdict(int)
    for move in moves:
        if move.kind == Kind.LOSS:
            lost[LossKey(move.unit, move.earmark, move.taker.removeprefix(LOSS))] += move.amount
    return dict(lost)


def share_out(
    reference: str, *, lost_at: str, lost: Mapping[LossKey, int], shares: Sequence[Share], standing: Sequence[Liability],
    places: Mapping[str, int],
) -> list[Liability]:  # fmt: skip
    """The shares of one loss as liabilities, each under a code of its own; `standing` are those of the reference so far.

    Raises LossUnknown, AmountNotPositive, AnswersForTooMuch.
    """
    answered: dict[LossKey, int] = defaultdict(int)
    for one in standing:
        if one.lost_at == lost_at:
            answered[one.key] += one.amount
    made = []
    for number, share in enumerate(shares, len(standing) + 1):
        if share.key not in lost:
            raise LossUnknown(reference=reference)
        if share.amount <= 0:
            raise AmountNotPositive(asked=show_amount(share.amount, places[share.key.unit]), unit=share.key.unit)
        answered[share.key] += share.amount
        if answered[share.key] > lost[share.key]:
            shown = [show_amount(one[share.key], places[share.key.unit]) for one in (lost, answered)]
            raise AnswersForTooMuch(
                reference=reference, cause=share.key.cause, unit=share.key.unit, lost=shown[0], asked=shown[1]
            )
        made.append(
            Liability(
                f"{reference}-L{number}", reference, lost_at, *share.key, party=share.party, amount=Parts(share.amount),
                note=share.note,
            )
        )  # fmt: skip
    return made


def check_recovery(liability: Liability, amount: int, *, recovered: int, places: int) -> None:
    """Refuses, with RecoversTooMuch, to bring back more than is still out."""
    left = liability.amount - recovered
    if amount > left:
        raise RecoversTooMuch(
            liability=liability.liability, unit=liability.unit, left=show_amount(left, places), asked=show_amount(amount, places)
        )
