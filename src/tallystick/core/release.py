"""Whether a tranche need not wait any longer: what was paid before it, what is on the road, and whether somebody came to look."""

from collections.abc import Sequence

from tallystick.core.amount import show_amount
from tallystick.core.promise import (
    AFTER_A_VISIT,
    AFTER_RECONCILING,
    GrantIsCancelled,
    GrantOnTheRoad,
    Progress,
    Terms,
    TrancheBeforeUnpaid,
    TrancheBeforeWaits,
    TrancheReleasedAlready,
    TrancheUnknown,
    VisitNotSeen,
)
from tallystick.core.refusal import Refusal
from tallystick.core.tranche import Tranche


class NoVisitToWaive(Refusal):
    code = "no_visit_to_waive"
    words = "Tranche {number} of {grant} does not wait for a visit, so none has to be done without."
    expected = "a plain release"


def check_release(terms: Terms, number: int, *, progress: Progress, places: int, without_visit: bool = False) -> None:
    """Refuses to release a tranche that is none, that waits for nothing, or whose condition is not met.

    With `without_visit` two people have said that the visit cannot be made; all else that it waits for has to be so.
    Raises NoVisitToWaive, GrantIsCancelled, TrancheUnknown, TrancheReleasedAlready, TrancheBeforeWaits, TrancheBeforeUnpaid, GrantOnTheRoad,
    VisitNotSeen.
    """
    grant, count = terms.grant.grant, len(terms.tranches)
    if terms.is_cancelled:
        raise GrantIsCancelled(grant=grant)
    if not 1 <= number <= count:
        raise TrancheUnknown(grant=grant, count=count, number=number)
    if number <= terms.open_count:
        raise TrancheReleasedAlready(grant=grant, number=number)
    if number > terms.open_count + 1:
        raise TrancheBeforeWaits(grant=grant, number=number, first=terms.open_count + 1)
    if terms.tranches[number - 1].condition in AFTER_RECONCILING:
        _check_reconciled(terms, number, progress=progress, places=places)
    if terms.tranches[number - 1].condition in AFTER_A_VISIT:
        _check_paid_before(terms, number, progress=progress, places=places)
        _check_visited(terms, progress=progress, without_visit=without_visit)
    elif without_visit:
        raise NoVisitToWaive(grant=grant, number=number)


def _check_reconciled(terms: Terms, number: int, *, progress: Progress, places: int) -> None:
    due = _due_before(terms.tranches, number)
    if progress.paid < due:
        raise _unpaid(terms, number, paid=progress.paid, places=places)
    if progress.is_on_the_road:
        raise GrantOnTheRoad(grant=terms.grant.grant)


def _check_paid_before(terms: Terms, number: int, *, progress: Progress, places: int) -> None:
    """Something of the tranche before has to be there to be looked at."""
    if progress.last_paid_on is None or progress.paid <= _due_before(terms.tranches, number - 1):
        raise _unpaid(terms, number, paid=progress.paid, places=places)


def _check_visited(terms: Terms, *, progress: Progress, without_visit: bool) -> None:
    assert progress.last_paid_on is not None, "it was looked at before whether anything was paid"
    if not without_visit and (progress.last_visited_on is None or progress.last_visited_on < progress.last_paid_on):
        raise VisitNotSeen(grant=terms.grant.grant, paid_on=progress.last_paid_on)


def _unpaid(terms: Terms, number: int, *, paid: int, places: int) -> TrancheBeforeUnpaid:
    due = show_amount(_due_before(terms.tranches, number), places)
    paid_shown = show_amount(paid, places)
    return TrancheBeforeUnpaid(number=number, grant=terms.grant.grant, paid=paid_shown, due=due, unit=terms.grant.unit)


def _due_before(tranches: Sequence[Tranche], number: int) -> int:
    return sum(tranche.amount for tranche in tranches[: number - 1])
