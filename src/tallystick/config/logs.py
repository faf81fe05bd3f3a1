"""The log: one JSON object a line, of what happened, where in the code and how long it took; never of what is in the books.

A log is read by more people than the books are, and kept in more places. So a line is put together from what cannot hold a
value: a sentence that stands in our own code, names and numbers from a short list, and of an exception its kind and its way
through the code. Messages of exceptions and of other people's libraries are left out: a database quotes the row it refuses.

TALLYSTICK_LOG says where the lines go: a file, `stderr`, or `off`. Without it they go to standard error, and those of the
`tallystick` command, which tells a person in words how it ended, are left out.
"""

import json
import logging
import re
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tallystick.core.refusal import Refusal

WHERE = "TALLYSTICK_LOG"
OFF, STDERR = "off", "stderr"
OURS = "tallystick"
COMMANDS = "tallystick.ops"
# What a line may say besides: names that are ours, in lower case with no space, and whole or decimal numbers.
FIELDS = ("command", "page", "method", "status", "milliseconds", "refusal", "count")
A_NAME = re.compile("[a-z][a-z0-9_-]{0,59}")
PACKAGE = Path(__file__).parents[1]
INSTALLED = ("site-packages", "dist-packages")
PLACES_MAX = 40


class LogUnwritable(Refusal):
    code = "log_unwritable"
    words = "The log cannot be written to {file}: {reason}."
    expected = "TALLYSTICK_LOG to name a file, stderr or off"


class LineFormatter(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "from": record.name,
            "place": f"{_file(record.pathname)}:{record.lineno}",
        }
        if record.name.partition(".")[0] == OURS:
            line["said"] = record.msg if isinstance(record.msg, str) else "?"  # as it stands in the code, nothing filled in
        line |= {name: value for name in FIELDS if (value := _plain(getattr(record, name, None))) is not None}
        if record.exc_info and record.exc_info[1]:
            line["fault"] = faults(record.exc_info[1])
        return json.dumps(line, ensure_ascii=True)


def faults(exception: BaseException) -> list[dict[str, Any]]:
    """An exception and what led to it, the first cause first: of each its kind and its way through the code, innermost last."""
    told: list[dict[str, Any]] = []
    seen: set[int] = set()
    one: BaseException | None = exception
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        kind = type(one)
        way = [f"{_file(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(one.__traceback__)]
        told.append({"kind": f"{kind.__module__}.{kind.__qualname__}", "way": way[-PLACES_MAX:]})
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return told[::-1]


def _file(path: str) -> str:
    """A file of the code by its place in its package: the folders above it may bear a person's name."""
    file = Path(path)
    if file.is_relative_to(PACKAGE):
        return file.relative_to(PACKAGE.parent).as_posix()
    places = [place for place, part in enumerate(file.parts) if part in INSTALLED]
    return "/".join(file.parts[places[-1] + 1 :]) if places else file.name


def _plain(value: object) -> str | int | float | None:
    """A number, or a name of ours; of anything else only that there was something."""
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value).lower()
    return text if A_NAME.fullmatch(text) else "?"


def logging_for(environ: Mapping[str, str]) -> dict[str, Any]:
    """Django's LOGGING for this environment. Refuses with LogUnwritable."""
    where = environ.get(WHERE, "")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "tallystick.config.logs.LineFormatter"}},
        "handlers": {"lines": _handler(where), "nowhere": {"class": "logging.NullHandler"}},
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            OURS: {"level": "INFO"},
            COMMANDS: {"level": "INFO" if where else "CRITICAL"},
            "django": {"level": "WARNING", "handlers": []},
            "django.request": {"level": "ERROR"},  # whatever was not found has its line as a request already
            "django.db.backends": {"handlers": ["nowhere"], "level": "CRITICAL", "propagate": False},
        },
    }


def _handler(where: str) -> dict[str, Any]:
    if where == OFF:
        return {"class": "logging.NullHandler"}
    if where in ("", STDERR):
        return {"class": "logging.StreamHandler", "formatter": "line"}
    file = Path(where).absolute()
    try:
        file.touch(mode=0o600)
        with file.open("a"):
            pass
    except OSError as problem:
        raise LogUnwritable(file=file, reason=problem.strerror) from problem
    return {
        "class": "logging.handlers.WatchedFileHandler",  # a file that was moved away, to be kept, is begun anew
        "filename": str(file),
        "encoding": "utf-8",
        "formatter": "line",
    }
