"""Reading the legs as core records, in the order in which they were set."""

from tallystick.core.corridor import Leg as LegRecord
from tallystick.corridors.models import Leg

FIELDS = (
    "code", "from_place", "to_place", "mode", "commission_ppm", "commission_fixed", "unit", "days", "limit_each", "authorisation",
)  # fmt: skip


def legs(*, using: str = "default") -> dict[str, LegRecord]:
    rows = Leg.objects.using(using).order_by("act_id").values_list(*FIELDS)
    return {row[0]: LegRecord(*row) for row in rows}
