"""What a sponsor is told: how much was delivered, how much stayed on the way and what was lost, without exposing anybody."""

from collections import defaultdict
from dataclasses import dataclass

from tallystick.core.aggregates import Told, is_few, told_up_to
from tallystick.core.valuation import Valuation
from tallystick.grants.queries import grant_counts
from tallystick.ledger.queries.taken_in import TakenIn, paid_as_taken_in
from tallystick.ledger.queries.turnout import Ends
from tallystick.reports.turnout import losses, turnout_up_to


@dataclass(frozen=True, slots=True)
class Delivered:
    """What reached recipients in one unit, in smallest parts; None where so few grants stand behind it that it is not told."""

    unit: str
    amount: int | None
    grant_count: int
    month: str  # at the end of which the books had taken it in


@dataclass(frozen=True, slots=True)
class LostTold:
    """What a cause took, in smallest parts of the reporting unit; None where it is not told."""

    cause: str
    value: int | None


@dataclass(frozen=True, slots=True)
class Aggregates:
    """`kept_percent` is how much of what came to an end stayed on the way, in whole per cent; None where it is not told."""

    delivered: tuple[Delivered, ...]
    month: str  # at the end of which the books had taken in what the other two tell; empty where they are not told
    kept_percent: int | None
    lost: tuple[LostTold, ...]


def aggregates(valuation: Valuation, *, before: str) -> Aggregates:
    """Of the months that ended before this one."""
    delivered, whole = paid_as_taken_in(lambda sums: _worked_out(sums, before=before))
    if not whole.month:
        return Aggregates(delivered, "", None, ())
    per_mille = turnout_up_to(whole.month, valuation=valuation).per_mille()
    grants = grant_counts()
    lost = tuple(
        LostTold(one.cause, None if is_few(sum(grants.get(earmark, 0) for earmark in one.earmarks)) else round(one.value))
        for one in losses(valuation, up_to=whole.month)
        if one.value > 0
    )
    return Aggregates(delivered, whole.month, None if per_mille is None else round((1000 - per_mille) / 10), lost)


def _worked_out(sums: TakenIn, *, before: str) -> tuple[tuple[Delivered, ...], Told]:
    """What is told of months that are over stays as it is."""
    if before not in sums.told:
        sums.told[before] = _delivered(sums, before=before), told_up_to(sums.grants, before=before)
    found: tuple[tuple[Delivered, ...], Told] = sums.told[before]
    return found


def _delivered(sums: TakenIn, *, before: str) -> tuple[Delivered, ...]:
    """Unit by unit, of those in which anything was paid in a month that is over."""
    months: dict[str, dict[str, dict[Ends, int]]] = defaultdict(lambda: defaultdict(dict))  # by unit, then by month
    for month, grants in sums.grants.items():
        for (grant, unit), parts in grants.items() if month < before else ():
            months[unit][month][grant, unit] = parts
    found = []
    for unit in sorted(months):
        told = told_up_to(months[unit], before=before)
        amount = sum(parts for (one, _earmark), parts in sums.up_to(told.month).items() if one == unit) if told.month else None
        found.append(Delivered(unit, amount, told.grant_count, told.month))
    return tuple(found)
