"""Visits: our coming back to look what a grant started."""

from dataclasses import dataclass
from datetime import date

from tallystick.core.amount import Parts


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
