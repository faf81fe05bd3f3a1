"""Reading the visits as core records, in the order in which they were reported."""

from tallystick.core.visit import Visit as VisitRecord
from tallystick.ventures.models import Visit

FIELDS = (
    "grant_id", "visited_on", "trading", "takings_month", "unit", "jobs", "informal_payments_month", "shock", "helped_others",
)  # fmt: skip


def visits(*, using: str = "default") -> list[VisitRecord]:
    return [VisitRecord(*row) for row in Visit.objects.using(using).order_by("act_id").values_list(*FIELDS)]
