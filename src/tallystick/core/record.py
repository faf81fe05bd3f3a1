"""Records as the acts carry them: a frozen dataclass to whole numbers and strings, and back.

The journal holds only strings and whole numbers, and amounts as strings; what is absent is left out. One record has one
content, so the way back is as strict as the way there: an act from another office says a thing as we would have said it.
"""

import re
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from tallystick.core.amount import PARTS_MAX, Parts

R = TypeVar("R")
WHOLE = re.compile("0|-?[1-9][0-9]{0,18}")


class Way(NamedTuple):
    """How one field is written and read."""

    name: str
    may_be_absent: bool  # None is one of its values, and stands nowhere
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def content_of(record: Any) -> dict[str, Any]:
    """The act content of a record: dates as ISO 8601, amounts as strings, yes and no as 1 and 0, None left out."""
    ways = ways_of(type(record))
    return {way.name: way.write(value) for way in ways if (value := getattr(record, way.name)) is not None}


def fields_of(record: Any) -> dict[str, Any]:
    """The fields of a record as they are, by name; records within it stay records."""
    return {way.name: getattr(record, way.name) for way in ways_of(type(record))}


def record_of(cls: type[R], content: dict[str, Any]) -> R:
    """The record that `content_of` wrote; raises KeyError, TypeError or ValueError on what it never writes.

    A field that has a default may be missing: an act written before there was such a field stays readable.
    """
    if type(content) is not dict:
        raise TypeError(f"{cls.__name__} is written as an object")
    ways = ways_of(cls)
    unknown = content.keys() - {way.name for way in ways}
    if unknown:
        raise ValueError(f"{cls.__name__} has no {sorted(unknown)}")
    absent = {way.name: None for way in ways if way.may_be_absent}
    return cls(**absent | {way.name: way.read(content[way.name]) for way in ways if way.name in content})


def ways_of(cls: Any) -> tuple[Way, ...]:
    """How each field of a record is written and read, in the order of the fields; found out once for each kind of record."""
    if cls not in WAYS_OF:
        hints = get_type_hints(cls)
        WAYS_OF[cls] = tuple(_way(field.name, hints[field.name]) for field in fields(cls))
    return WAYS_OF[cls]


def _way(name: str, hint: Any) -> Way:
    may_be_absent = get_origin(hint) in (Union, types.UnionType)
    if may_be_absent:
        hint = next(one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        assert is_dataclass(item), f"{hint} is no tuple of records"
        return Way(name, may_be_absent, _write_all, lambda value: _read_all(value, item))
    assert hint in WAYS, f"a record cannot hold {hint}"
    write, read = WAYS[hint]
    return Way(name, may_be_absent, write, read)


def _write_all(records: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [content_of(record) for record in records]


def _read_all(value: Any, item: Any) -> tuple[Any, ...]:
    if type(value) is not list:
        raise TypeError(f"{value!r} is no list of {item.__name__}")
    return tuple(record_of(item, content) for content in value)


def _read_text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError(f"{value!r} is no text")
    return value


def _read_whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r} is no whole number")
    return value


def _read_parts(value: Any) -> Parts:
    text = _read_text(value)
    if not WHOLE.fullmatch(text) or abs(int(text)) > PARTS_MAX:
        raise ValueError(f"{text!r} is no amount")
    return Parts(int(text))


def _read_yes_or_no(value: Any) -> bool:
    whole = _read_whole(value)
    if whole not in (0, 1):
        raise ValueError(f"{whole} is neither 0 nor 1")
    return whole == 1


def _read_date(value: Any) -> date:
    read = date.fromisoformat(_read_text(value))
    if read.isoformat() != value:
        raise ValueError(f"{value!r} is a date written otherwise")
    return read


WAYS_OF: dict[Any, tuple[Way, ...]] = {}
WAYS: dict[Any, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    str: (str, _read_text),  # str() also turns the member of an enumeration into its plain word
    int: (int, _read_whole),
    bool: (int, _read_yes_or_no),
    Parts: (str, _read_parts),
    date: (date.isoformat, _read_date),
}
