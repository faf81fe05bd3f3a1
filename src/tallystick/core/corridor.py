"""Corridors: chains of legs, each with its tariff."""

from dataclasses import dataclass

from tallystick.core.amount import Parts


@dataclass(frozen=True, slots=True)
class Leg:
    leg: str
    from_place: str
    to_place: str
    mode: str
    commission_ppm: int  # parts per million of what is carried: 100,000 is 10 %
    commission_fixed: Parts
    unit: str
    days: int
    limit_each: Parts | None = None
    authorisation: str = ""
