"""Visits: our coming back to look what a grant started."""

from dataclasses import dataclass
from datetime import date

from tallystick.core.amount import Parts
from tallystick.core.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Visit:
    grant: str
    visited_on: date
    trading: bool
    takings_month: Parts | None = None
    unit: str = ""  # of the takings and of the informal payments
    jobs: int | None = None
    informal_payments_month: Parts | None = None
    shock: str = ""
    helped_others: int | None = None


class VisitBelowZero(Refusal):
    code = "visit_below_zero"
    words = "{what} of {grant} would be below zero."
    expected = "0 or more, or nothing where nobody said"


class VisitUnitMissing(Refusal):
    code = "visit_unit_missing"
    words = "The takings of {grant} are told without the unit that they are in."
    expected = "a unit of these books"


def check_visit(visit: Visit) -> None:
    """Refuses, with VisitBelowZero or VisitUnitMissing, figures that nobody can have seen."""
    figures = {
        "The takings": visit.takings_month, "The jobs": visit.jobs, "The informal payments": visit.informal_payments_month,
        "The help to others": visit.helped_others,
    }  # fmt: skip
    for what, figure in figures.items():
        if figure is not None and figure < 0:
            raise VisitBelowZero(what=what, grant=visit.grant)
    if not visit.unit and (visit.takings_month, visit.informal_payments_month) != (None, None):
        raise VisitUnitMissing(grant=visit.grant)
