"""The programme's own few lines: programme.toml, or the sheet `programme` of a workbook."""

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from reprlib import repr as shortened
from typing import Any, NamedTuple

from tallystick.bundles.folder.fault import Fault, Faults
from tallystick.bundles.folder.files import Files
from tallystick.bundles.folder.layout import PROGRAMME, PROGRAMME_KEYS
from tallystick.bundles.folder.table import UTF_16_MARKS, FileEncoding, FileMissing, FileOtherEncoding, FileUnopened
from tallystick.bundles.folder.text import read_code, read_name
from tallystick.bundles.folder.values import ValueUnreadable
from tallystick.core.moment import read_date
from tallystick.core.programme import FOLDER_FORMAT, Programme
from tallystick.core.refusal import Refusal

SIZE_MAX = 1 << 20
COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
TOML_LINE = re.compile(r"at line ([0-9]+)")
TRUTH = {"true": True, "yes": True, "false": False, "no": False}
TOML_TYPES: dict[str, tuple[type, str]] = {
    "format": (int, f"the number {FOLDER_FORMAT}"),
    "name": (str, "text in quotation marks"),
    "rehearsal": (bool, "true or false"),
    "home": (str, "text in quotation marks"),
    "reporting_unit": (str, "text in quotation marks"),
    "opened": (date, "a date, like 2014-03-01"),
}


class FormatVersion(Refusal):
    code = "format_version"
    words = "The folder is in format {asked}; this program reads format {known}."
    expected = "format {known}"


class TomlUnreadable(Refusal):
    code = "toml_unreadable"
    words = "{file} is not TOML: {reason}."
    expected = "a line for each of: {keys}"


class KeyMissing(Refusal):
    code = "key_missing"
    words = "{file} does not say the programme's {key}."
    expected = "a line for each of: {keys}"


class KeyUnknown(Refusal):
    code = "key_unknown"
    words = "{file} says something of “{key}”, which nobody asks for."
    expected = "a line for each of: {keys}"


class Said(NamedTuple):
    """What stands under one key, as text, and where; no text where it could not be read and that was said already."""

    text: str | None
    line: int | None


def read_toml(files: Files, faults: Faults) -> dict[str, Said] | None:
    """What programme.toml says, by key; None where it cannot be read."""
    text = _toml_text(files, faults)
    if text is None:
        return None
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as problem:  # beside TOMLDecodeError: a number or a nesting beyond all measure
        place = TOML_LINE.search(str(problem))
        refusal = TomlUnreadable(file=PROGRAMME, reason=str(problem), keys=", ".join(PROGRAMME_KEYS))
        faults.add(Fault.of(refusal, file=PROGRAMME, line=int(place[1]) if place else None))
        return None
    return {key: _said(key, value, line=_line_of(key, text), faults=faults) for key, value in values.items()}


def read_programme(said: Mapping[str, Said], *, place: str, faults: Faults) -> Programme | None:
    """The programme that the keys and their texts stand for; None where one of them is missing or cannot be read.

    Every key that is missing, and every one that nobody asks for, is a fault.
    """
    keys = ", ".join(PROGRAMME_KEYS)
    for key in PROGRAMME_KEYS:
        if key not in said:
            faults.add(Fault.of(KeyMissing(file=place, key=key, keys=keys), file=place, column=key))
    known: dict[str, Any] = {}
    for key, (text, line) in said.items():
        if text is None:
            continue
        try:
            if key not in PROGRAMME_KEYS:
                raise KeyUnknown(file=place, key=key, keys=keys)
            known[key] = READERS[key](text)
        except Refusal as refusal:
            faults.add(Fault.of(refusal, file=place, line=line, column=key, found=text))
    if any(key not in known for key in PROGRAMME_KEYS):
        return None
    del known["format"]
    return Programme(**known)


def is_other_format(said: Mapping[str, Said], *, place: str, faults: Faults) -> bool:
    """Whether the folder is in a format that this program does not read: then nothing else in it can be judged."""
    asked = said.get("format")
    if asked is None or asked.text is None or asked.text == str(FOLDER_FORMAT):
        return False
    refusal = FormatVersion(asked=asked.text, known=FOLDER_FORMAT)
    faults.add(Fault.of(refusal, file=place, line=asked.line, column="format", found=asked.text))
    return True


def _toml_text(files: Files, faults: Faults) -> str | None:
    """The text of the file; None, and a fault, where it is not there, not UTF-8 or no file for a few lines."""
    line = None
    try:
        return _utf_8(_bytes_of(files), PROGRAMME)
    except UnicodeDecodeError as problem:
        line = problem.object.count(b"\n", 0, problem.start) + 1
        refusal: Refusal = FileEncoding(byte=f"0x{problem.object[problem.start]:02X}")
    except OSError as problem:
        refusal = FileUnopened(file=PROGRAMME, reason=problem.strerror or type(problem).__name__)
    except Refusal as found:
        refusal = found
    faults.add(Fault.of(refusal, file=PROGRAMME, line=line))
    return None


def _bytes_of(files: Files) -> bytes:
    opened = files.open(PROGRAMME)
    if opened is None:
        raise FileMissing(folder=files.name, file=PROGRAMME)
    with opened as file:
        data = file.read(SIZE_MAX + 1)
    if len(data) > SIZE_MAX:
        raise TomlUnreadable(file=PROGRAMME, reason=f"it is longer than {SIZE_MAX:,} bytes", keys=", ".join(PROGRAMME_KEYS))
    return data


def _utf_8(data: bytes, name: str) -> str:
    if data.startswith(UTF_16_MARKS):
        raise FileOtherEncoding(file=name, encoding="in UTF-16")
    return data.decode("utf-8-sig")


def _said(key: str, value: Any, *, line: int | None, faults: Faults) -> Said:
    """A value of the file as text; a fault where it is not of the key's type."""
    wanted, what = TOML_TYPES.get(key, (type(value), ""))
    if type(value) is wanted:
        return Said(_written(value), line)
    refusal = ValueUnreadable(asked=_written(value), what=what)
    faults.add(Fault.of(refusal, file=PROGRAMME, line=line, column=key, found=_written(value)))
    return Said(None, line)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value) if abs(value) < 1 << 64 else hex(value)
    if isinstance(value, dict | list):
        return shortened(value)  # however deep one lies in the other
    return value.isoformat() if isinstance(value, date) else str(value)


def _line_of(key: str, text: str) -> int | None:
    """The line that sets the key, as far as can be seen."""
    match = re.search(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[=.]", text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else None


def _read_truth(text: str) -> bool:
    if text not in TRUTH:
        raise ValueUnreadable(asked=text, what="true or false")
    return TRUTH[text]


def _read_country(text: str) -> str:
    if COUNTRY.fullmatch(text) is None:
        raise ValueUnreadable(asked=text, what="an ISO 3166 code of two letters, like KR")
    return text


READERS: dict[str, Callable[[str], Any]] = {
    "format": str, "name": read_name, "rehearsal": _read_truth, "home": _read_country, "reporting_unit": read_code,
    "opened": read_date,
}  # fmt: skip
