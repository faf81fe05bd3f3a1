"""What a command leaves in the log: its name, how it ended and how long it took. Silent unless TALLYSTICK_LOG asks for it."""

import logging
import sys
from collections.abc import Container, Iterator
from contextlib import contextmanager
from time import perf_counter

from django.apps import apps

from tallystick.core.refusal import Refusal

log = logging.getLogger(__name__)


@contextmanager
def noted(commands: Container[str]) -> Iterator[None]:
    """Whatever ends this block is noted and goes on its way; `commands` are the names that a command may have."""
    started = perf_counter()
    try:
        yield
    except BaseException as end:
        _note(end, name=next((word for word in sys.argv[1:2] if word in commands), None), seconds=perf_counter() - started)
        raise


def _note(end: BaseException, *, name: str | None, seconds: float) -> None:
    if not apps.ready:  # nobody has said yet where the log goes
        return
    told = {"command": name, "milliseconds": round(1000 * seconds, 1)}
    if isinstance(end, Refusal):
        log.info("A command was refused.", extra=told | {"refusal": end.code})
    elif isinstance(end, SystemExit | KeyboardInterrupt):
        status = getattr(end, "code", None)
        log.info("A command ended.", extra=told | {"status": status if isinstance(status, int) else 0})
    else:
        log.error("A command met a fault of ours.", exc_info=end, extra=told)
