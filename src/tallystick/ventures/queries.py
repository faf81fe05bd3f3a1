"""Reading the visits and the covenants as core records, in the order in which they were said."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from tallystick.core.covenant import Covenant as CovenantRecord
from tallystick.core.covenant import CovenantSeen as CovenantSeenRecord
from tallystick.core.covenant import CovenantState, covenant_state
from tallystick.core.visit import Visit as VisitRecord
from tallystick.ventures.models import Covenant, CovenantSeen, Visit

FIELDS = (
    "grant_id", "visited_on", "trading", "takings_month", "unit", "jobs", "informal_payments_month", "shock", "helped_others",
)  # fmt: skip
COVENANT = ("code", "grant_id", "what", "how_many", "passes_to")
SEEN = ("covenant_id", "seen_on", "passed_on", "passes_to", "note")


@dataclass(frozen=True, slots=True)
class CovenantNow:
    """A covenant with all that was seen of it, the earliest day first; of two looks on one day the later said counts."""

    covenant: CovenantRecord
    seen: tuple[CovenantSeenRecord, ...]

    @property
    def state(self) -> CovenantState:
        return covenant_state(self.covenant.how_many, self.seen[-1].passed_on if self.seen else None)


def visits(*, using: str = "default") -> list[VisitRecord]:
    return [VisitRecord(*row) for row in Visit.objects.using(using).order_by("act_id").values_list(*FIELDS)]


def visits_of(grant: str, *, most: int) -> list[VisitRecord]:
    """The visits to what this grant started, the latest first."""
    rows = Visit.objects.filter(grant=grant).order_by("-visited_on", "-act_id").values_list(*FIELDS)
    return [VisitRecord(*row) for row in rows[:most]]


def last_visited_on(grant: str) -> date | None:
    """The day of the last visit that was reported; None where there was none."""
    found: date | None = Visit.objects.filter(grant=grant).aggregate(last=Max("visited_on"))["last"]
    return found


def covenant_of(code: str) -> CovenantRecord | None:
    row = Covenant.objects.filter(code=code).values_list(*COVENANT).first()
    return CovenantRecord(*row) if row else None


def covenants_of(grant: str) -> list[CovenantNow]:
    """The covenants given under this grant, with what was seen of each; two questions, however many there are."""
    seen: dict[str, list[CovenantSeenRecord]] = defaultdict(list)
    for row in CovenantSeen.objects.filter(covenant__grant=grant).order_by("seen_on", "act_id").values_list(*SEEN):
        seen[row[0]].append(CovenantSeenRecord(*row))
    rows = Covenant.objects.filter(grant=grant).order_by("act_id").values_list(*COVENANT)
    return [CovenantNow(CovenantRecord(*row), tuple(seen[row[0]])) for row in rows]
