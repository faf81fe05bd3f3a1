"""An act that sets a leg's tariff becomes a row."""

from dataclasses import asdict

from tallystick.core.corridor import Leg as LegRecord
from tallystick.corridors.models import Leg


def leg_rows(act_id: int, record: LegRecord) -> list[Leg]:
    fields = asdict(record)
    return [Leg(code=fields.pop("leg"), act_id=act_id, **fields)]
