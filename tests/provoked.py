"""A note of every refusal the product makes while the tests run, so that the house can ask at the end for those nobody provoked."""

import functools
import sys
from pathlib import Path

from tallystick.core.refusal import Refusal

PRODUCT = str(Path(sys.modules[Refusal.__module__].__file__ or "").parents[1])
seen: set[type[Refusal]] = set()


def start_noting() -> None:
    """From now on `seen` gathers the kinds of refusal made by the product's own lines; one that a test makes does not count.

    Its words are put together here and now: a sentence with a gap is a fault in the test that provoked it.
    """
    make = Refusal.__init__
    if hasattr(make, "__wrapped__"):
        return

    @functools.wraps(make)
    def make_and_note(refusal: Refusal, **facts: object) -> None:
        make(refusal, **facts)  # type: ignore[arg-type]
        if sys._getframe(1).f_code.co_filename.startswith(PRODUCT):
            assert str(refusal), f"{type(refusal).__name__} has no words"
            refusal.expectation()
            seen.add(type(refusal))

    Refusal.__init__ = make_and_note  # type: ignore[method-assign]
