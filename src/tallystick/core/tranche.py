"""Tranches: the parts in which a grant is paid out, and what each of them waits for.

A grant is a gift. A tranche waits so that we see what became of the one before, never so that anything comes back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tallystick.core.amount import Parts, show_amount
from tallystick.core.refusal import Refusal

TRANCHES_MAX = 24


class Condition(StrEnum):
    """What a tranche waits for; one without a condition comes with the tranche before it, the first with the promise."""

    NONE = "none"
    RECONCILED = (
        "reconciled"  # the one before is paid in full by payouts that stand, and nothing sent for the grant is on the road
    )
    VISITED = "visited"  # somebody came to look since the last payout, that day included
    BOTH = "reconciled and visited"


@dataclass(frozen=True, slots=True)
class Tranche:
    amount: Parts
    condition: str


@dataclass(frozen=True, slots=True)
class TranchePlan:
    """The tranches of one grant, in the order in which they are paid."""

    grant: str
    tranches: tuple[Tranche, ...]


@dataclass(frozen=True, slots=True)
class TrancheRelease:
    """That a tranche need not wait any longer; tranches are numbered from 1."""

    grant: str
    number: int
    without_visit: str | None = field(
        default=None, metadata={"longest": 500}
    )  # why the visit it waits for cannot be made; takes two


class TranchesMiscounted(Refusal):
    code = "tranches_miscounted"
    words = "{grant} would have {count} tranches."
    expected = "1 to {most} tranches"


class TrancheEmpty(Refusal):
    code = "tranche_empty"
    words = "Tranche {number} of {grant} would pay {asked} {unit}."
    expected = "more than 0"


class TranchesDiffer(Refusal):
    code = "tranches_differ"
    words = "The tranches of {grant} come to {asked} {unit}; {promised} {unit} are promised."
    expected = "tranches that come to {promised} {unit}"


class ConditionUnknown(Refusal):
    code = "condition_unknown"
    words = "“{asked}” is nothing that a tranche can wait for."
    expected = "one of {conditions}"


class FirstTrancheWaits(Refusal):
    code = "first_tranche_waits"
    words = "Nothing comes before the first tranche of {grant}, so it has nothing to wait for."
    expected = "a first tranche without a condition"


def equal_tranches(amount: int, count: int) -> tuple[Tranche, ...]:
    """A promise of which nobody said more than in how many parts: equal ones without conditions, what is left over in the last."""
    share = amount // count
    return tuple(
        Tranche(Parts(share if number < count else amount - share * (count - 1)), Condition.NONE)
        for number in range(1, count + 1)
    )


def check_tranches(tranches: Sequence[Tranche], *, grant: str, amount: int, unit: str, places: int) -> None:
    """Refuses tranches that are not the promise cut into parts, or of which the first waits.

    Raises TranchesMiscounted, TrancheEmpty, ConditionUnknown, FirstTrancheWaits, TranchesDiffer.
    """
    if not 1 <= len(tranches) <= TRANCHES_MAX:
        raise TranchesMiscounted(grant=grant, count=len(tranches), most=TRANCHES_MAX)
    for number, tranche in enumerate(tranches, 1):
        if tranche.amount <= 0:
            raise TrancheEmpty(number=number, grant=grant, asked=show_amount(tranche.amount, places), unit=unit)
        if tranche.condition not in set(Condition):
            raise ConditionUnknown(asked=tranche.condition, conditions=", ".join(Condition))
    if tranches[0].condition != Condition.NONE:
        raise FirstTrancheWaits(grant=grant)
    total = sum(tranche.amount for tranche in tranches)
    if total != amount:
        raise TranchesDiffer(grant=grant, asked=show_amount(total, places), promised=show_amount(amount, places), unit=unit)
