"""The log's lines: where something went wrong and of what kind, without the values it went wrong with."""

import logging
import traceback
from typing import Any


class ValuelessFormatter(logging.Formatter):
    """Writes of an exception its kind and its way through the code, and leaves its message out.

    A database's message may quote the row it refused, and a log is read by more people than the books are.
    """

    def formatException(self, ei: Any) -> str:  # noqa: N802  (the name is the library's)
        return "".join(_lines(ei[1])).rstrip("\n")


def _lines(exception: BaseException) -> list[str]:
    cause = exception.__cause__ or (None if exception.__suppress_context__ else exception.__context__)
    before = [*_lines(cause), "which led to:\n"] if cause else []
    kind = type(exception)
    return [*before, *traceback.format_tb(exception.__traceback__), f"{kind.__module__}.{kind.__qualname__}\n"]
