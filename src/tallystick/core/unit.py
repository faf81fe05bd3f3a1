"""Units: money (ISO 4217) and goods (with an HS code), each with a fixed number of decimals."""

import re
from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

from tallystick.core.code_name import check_new_code
from tallystick.core.refusal import Refusal


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


HS_CODE = re.compile(r"[0-9]{4}(\.?[0-9]{2}){0,3}", re.ASCII)


class UnitKindUnknown(Refusal):
    code = "unit_kind_unknown"
    words = "“{kind}” is no kind of unit."
    expected = "money or goods"


class UnitPlacesUnfit(Refusal):
    code = "unit_places_unfit"
    words = "{unit} cannot be counted in {places} decimals."
    expected = "0 to {most}"


class HsCodeUnfit(Refusal):
    code = "hs_code_unfit"
    words = "“{asked}” is no heading of the Harmonized System that {unit} could have."
    expected = "4 to 10 digits, like 9405.21, for goods alone; or nothing"


def check_new_unit(unit: Unit, known: Container[str]) -> None:
    """Refuses a unit that cannot be defined: CodeNameUnfit, CodeTaken, UnitKindUnknown, UnitPlacesUnfit, HsCodeUnfit."""
    check_new_code(unit.unit, known)
    if unit.kind not in set(UnitKind):
        raise UnitKindUnknown(kind=unit.kind)
    if not 0 <= unit.places <= PLACES_MAX:
        raise UnitPlacesUnfit(unit=unit.unit, places=unit.places, most=PLACES_MAX)
    if unit.hs_code and (unit.kind != UnitKind.GOODS or not HS_CODE.fullmatch(unit.hs_code)):
        raise HsCodeUnfit(asked=unit.hs_code, unit=unit.unit)
