"""A note of every refusal the product makes while the tests run, so that the house can ask at the end for those nobody provoked.

A process that a test starts appends to the file that the environment variable NOTES names.
"""

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tallystick.core import refusal as rules
from tallystick.core.refusal import Refusal

NOTES = "PROVOKED_REFUSALS"
PRODUCT = str(Path(rules.__file__).parents[1])
seen: set[str] = set()


def name_of(kind: type[Refusal]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def start_noting() -> None:
    """From now on every kind of refusal made by the product's own lines is noted; one that a test makes does not count.

    Its words are put together here and now: a sentence with a gap is a fault, whoever would have read it.
    """
    make: Callable[..., None] = Refusal.__init__
    if hasattr(make, "__wrapped__"):
        return

    @functools.wraps(make)
    def make_and_note(refusal: Refusal, **facts: Any) -> None:
        make(refusal, **facts)
        if sys._getframe(1).f_code.co_filename.startswith(PRODUCT):
            assert str(refusal), f"{type(refusal).__name__} has no words"
            refusal.expectation()
            _note(name_of(type(refusal)))

    Refusal.__init__ = make_and_note  # type: ignore[method-assign]


def environment(file: Path) -> dict[str, str]:
    """What makes every Python that the tests start note into `file`."""
    return {NOTES: str(file), "PYTHONPATH": str(Path(__file__).parent / "noting")}


def _note(name: str) -> None:
    if name not in seen:
        seen.add(name)
        if file := os.environ.get(NOTES):
            with open(file, "a", encoding="utf-8") as notes:
                notes.write(f"{name}\n")


def everywhere() -> set[str]:
    """What this process and all that it started have noted so far."""
    file = Path(os.environ.get(NOTES, os.devnull))
    return seen | (set(file.read_text(encoding="utf-8").split()) if file.exists() else set())
