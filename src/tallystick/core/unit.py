"""Units: money (ISO 4217) and goods (with an HS code), each with a fixed number of decimals."""

from dataclasses import dataclass
from enum import StrEnum


class UnitKind(StrEnum):
    MONEY = "money"
    GOODS = "goods"


PLACES_MAX = 6


@dataclass(frozen=True, slots=True)
class Unit:
    unit: str
    kind: str  # a UnitKind
    places: int  # decimals, 0 to 6
    name: str
    hs_code: str = ""  # Harmonized System heading, goods only
