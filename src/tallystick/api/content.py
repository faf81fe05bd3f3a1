"""The content of a wish as a program writes it: the record's fields, amounts as decimals in strings, dates and moments as ISO 8601.

Everything is read off the record itself, so a wish that another room brings needs nothing here. A record can say more of a field
in its metadata: `longest`, how many characters it takes, `one_of`, the words it takes, and of an amount `unit`, which field names
its unit, or `unit_of`, which field names what has that unit (api/elsewhere.py).
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from unicodedata import normalize

from pydantic import BaseModel, BeforeValidator, ConfigDict, StrictBool, StrictInt, StrictStr, create_model
from pydantic import Field as Said

from tallystick.api.elsewhere import ELSEWHERE
from tallystick.bundles.folder.text import CODE_LENGTH, HOLDER_LENGTH, read_holder, read_reference, read_text
from tallystick.core.amount import Parts, read_amount, show_amount
from tallystick.core.custody.decide import UnitUnknown
from tallystick.core.moment import read_date
from tallystick.core.record import content_of, record_of
from tallystick.core.refusal import Refusal
from tallystick.core.unit import Unit

Units = Mapping[str, Unit]
PROSE_LENGTH = 500
PROSE = {
    "note",
    "reason",
    "purpose",
    "words",
    "shock",
    "answer",
    "specification",
    "packaging",
    "condition",
    "tie",
    "why",
    "place",
}
HOLDERS = {"giver", "taker"}
WHOLE_MAX = 2**31 - 1  # as much as a column holds
RECORDS_MAX = 1_000
DECIMAL = r"^-?[0-9]{1,19}(\.[0-9]{1,6})?$"


def _composed(said: Any) -> Any:
    return normalize("NFC", said) if isinstance(said, str) else said


Text = Annotated[StrictStr, BeforeValidator(_composed)]
"""A text as the books keep it: letters that a program sends taken apart are put together before anything else is asked of them."""

OUTER = ".."  # for the unit of an amount: it stands in the record around this one


@dataclass(frozen=True, slots=True)
class Shape:
    """One field of a record: what it holds, whether it may be left out, and for an amount where its unit stands."""

    name: str
    holds: Any  # str, int, bool, Parts, date, or the record of a tuple of records
    is_many: bool
    may_be_null: bool
    is_needed: bool
    longest: int
    one_of: tuple[str, ...]  # the words it takes, where it takes no others
    unit: str | None  # the field that names the unit of an amount; None where nothing here says it
    unit_of: str = ""  # the field that names what has the unit of this amount

    @property
    def is_prose(self) -> bool:
        return self.longest not in (CODE_LENGTH, HOLDER_LENGTH)


@cache
def shapes_of(record: Any, *, within_unit: bool = False) -> tuple[Shape, ...]:
    """`within_unit` says that the record stands in another that names a unit, which is then that of its amounts as well."""
    hints = get_type_hints(record)
    units = [one.name for one in fields(record) if "unit" in one.name]
    unit = "unit" if units == ["unit"] else OUTER if within_unit and not units else None
    shapes = tuple(_shape(one, hints[one.name], unit=unit) for one in fields(record))
    for shape in shapes:
        assert shape.unit in (None, OUTER, *units), f"{record.__name__} has no field {shape.unit} for the unit of {shape.name}"
        assert shape.holds is not Parts or shape.unit or shape.unit_of, f"{record.__name__} does not say the unit of {shape.name}"
    return shapes


def _shape(field: "Field[Any]", hint: Any, *, unit: str | None) -> Shape:
    may_be_null = get_origin(hint) in (Union, types.UnionType)
    if may_be_null:
        hint = next(one for one in get_args(hint) if one is not type(None))
    is_many = get_origin(hint) is tuple
    longest = HOLDER_LENGTH if field.name in HOLDERS else PROSE_LENGTH if field.name in PROSE else CODE_LENGTH
    has_default = field.default is not MISSING or field.default_factory is not MISSING
    return Shape(
        field.name, get_args(hint)[0] if is_many else hint, is_many=is_many, may_be_null=may_be_null,
        is_needed=not (may_be_null or has_default), longest=field.metadata.get("longest", longest),
        one_of=tuple(map(str, field.metadata.get("one_of", ()))), unit=field.metadata.get("unit", unit),
        unit_of=field.metadata.get("unit_of", ""),
    )  # fmt: skip


@cache
def model_of(record: Any, *, within_unit: bool = False) -> type[BaseModel]:
    """What openapi.json says of a record, and what is checked before it is read."""
    room = record.__module__.rpartition(".")[2].title().replace("_", "")
    shapes = shapes_of(record, within_unit=within_unit)
    told: dict[str, Any] = {shape.name: _told(shape) for shape in shapes}
    name = f"{room}{record.__name__}{'Within' if within_unit else ''}"
    return create_model(name, __config__=ConfigDict(extra="forbid"), __doc__=record.__doc__, **told)


def _told(shape: Shape) -> tuple[Any, Any]:
    """The type of a field for pydantic, and what it is where it is left out."""
    kind = _kind(shape)
    said = Said(max_length=RECORDS_MAX) if shape.is_many else Said()
    return (Annotated[kind | None if shape.may_be_null else kind, said], ... if shape.is_needed else None)


def _kind(shape: Shape) -> Any:
    if shape.is_many:
        return list[model_of(shape.holds, within_unit=shape.unit is not None)]  # type: ignore[misc]
    if shape.holds is Parts:
        return Annotated[StrictStr, _said_of_amount(shape)]
    if shape.holds is date:
        return Annotated[
            StrictStr, Said(max_length=CODE_LENGTH, json_schema_extra={"format": "date", "examples": ["2014-03-01"]})
        ]
    if shape.holds is bool:
        return StrictBool
    if shape.holds is int:
        return Annotated[StrictInt, Said(ge=-WHOLE_MAX - 1, le=WHOLE_MAX)]
    if shape.one_of:
        return Literal[shape.one_of]
    if shape.name.endswith("_at"):
        extra: Any = {"format": "date-time", "examples": ["2014-03-03T10:00:00+09:00"]}
        return Annotated[StrictStr, Said(max_length=CODE_LENGTH, description="with its offset from UTC", json_schema_extra=extra)]
    return Annotated[Text, Said(max_length=shape.longest)]


def _said_of_amount(shape: Shape) -> Any:
    words = f"in decimals {ELSEWHERE[shape.unit_of][0] if shape.unit_of else 'of the unit'}, as people write it"
    extra: Any = {"pattern": DECIMAL, "examples": ["1052.50"]}
    return Said(max_length=CODE_LENGTH, description=words, json_schema_extra=extra)


def record_said(record: Any, said: Mapping[str, Any], *, units: Units) -> Any:
    """The record that this content stands for. Raises UnitUnknown and what reading amounts, dates and texts raises."""
    return record_of(record, _content(record, said, units=units, outer=None))


def _content(record: Any, said: Mapping[str, Any], *, units: Units, outer: str | None) -> dict[str, Any]:
    """The content as core/record.py writes it: amounts in smallest parts. `outer` is the unit of the record around this one."""
    read = {}
    for shape in shapes_of(record, within_unit=outer is not None):
        value = said.get(shape.name)
        if value is None:
            continue
        unit = _unit(shape, said, outer=outer)
        try:
            if shape.is_many:
                read[shape.name] = _many(shape, value, units=units, outer=unit)
            else:
                read[shape.name] = _read(shape, value, unit=unit, units=units)
        except Refusal as refusal:
            refusal.column = refusal.column or shape.name
            raise
    return read


def _many(shape: Shape, said: list[Any], *, units: Units, outer: str | None) -> list[dict[str, Any]]:
    read = []
    for place, one in enumerate(said):
        try:
            read.append(_content(shape.holds, one, units=units, outer=outer))
        except Refusal as refusal:
            refusal.line = place
            raise
    return read


def _unit(shape: Shape, said: Mapping[str, Any], *, outer: str | None) -> str | None:
    """The unit that the amounts here are of; None where there are none. Raises what says that the thing which has it is not there."""
    if shape.unit_of:
        return ELSEWHERE[shape.unit_of][1](str(said.get(shape.unit_of) or ""))
    if shape.unit is None:
        return None
    return outer if shape.unit == OUTER else said.get(shape.unit) or ""


def _read(shape: Shape, value: Any, *, unit: str | None, units: Units) -> Any:
    if shape.holds is Parts:
        return str(_parts(value, unit=unit, units=units))
    if shape.holds is date:
        return read_date(value).isoformat()
    if shape.holds is bool:
        return int(value)
    if shape.holds is int or not value:
        return value
    if shape.is_prose:
        return read_text(value)
    return read_holder(value) if shape.name in HOLDERS else read_reference(value)


def _parts(text: str, *, unit: str | None, units: Units) -> Parts:
    if unit is None or unit not in units:
        raise UnitUnknown(unit=unit or "")
    return read_amount(text, unit=unit, places=units[unit].places)


def content_shown(record: Any, *, units: Units) -> dict[str, Any]:
    """The content of a record as a program would have written it."""
    return _shown(type(record), content_of(record), units=units, outer=None)


def _shown(record: Any, content: Mapping[str, Any], *, units: Units, outer: str | None) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for shape in shapes_of(record, within_unit=outer is not None):
        if shape.name not in content:
            continue
        value, unit = content[shape.name], _unit(shape, content, outer=outer)
        if shape.is_many:
            value = [_shown(shape.holds, one, units=units, outer=unit) for one in value]
        elif shape.holds is bool:
            value = bool(value)
        elif shape.holds is Parts and unit in units:
            value = show_amount(int(value), units[str(unit)].places)
        shown[shape.name] = value
    return shown
