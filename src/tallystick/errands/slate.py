"""Slates: how far an errand is, and whether it is to end, between the process that does it and those that show pages.

An import is one transaction. While it goes on an embedded database takes no other writer, so that neither its progress nor the wish to
end it can stand in a table. They stand on a slate: five whole numbers in memory that both processes have. There is one for each
worker; whoever starts them makes the slates (ops/working.py) and hangs them up where the pages look.
"""

from collections.abc import MutableSequence
from dataclasses import dataclass, field
from typing import NamedTuple

CELLS = 5
ERRAND, COUNTED, ALL, END_ERRAND, END_WORKER = range(CELLS)
NOBODY = 0


class EndedByMember(Exception):
    """Somebody wants this errand to end: not a refusal, for nobody is told no."""


class EndedWithWorker(Exception):
    """The worker is to end; the errand goes on with the next one."""


class Progress(NamedTuple):
    """Moves looked at, and how many there are; 0 where that is not known."""

    counted: int
    all: int


@dataclass(frozen=True, slots=True)
class Slate:
    """One worker's slate."""

    cells: MutableSequence[int] = field(default_factory=lambda: [0] * CELLS)

    def begin(self, errand: int) -> None:
        self.cells[COUNTED] = self.cells[ALL] = self.cells[END_ERRAND] = 0
        self.cells[ERRAND] = errand

    def expect(self, count: int) -> None:
        self.cells[ALL] = count

    def wipe(self) -> None:
        self.cells[ERRAND] = NOBODY

    def count(self, count: int) -> None:
        """So many moves more. Raises EndedByMember or EndedWithWorker where that was wished."""
        self.cells[COUNTED] += count
        if self.is_to_end:
            raise EndedWithWorker
        if self.cells[END_ERRAND] == self.cells[ERRAND] != NOBODY:
            raise EndedByMember

    def end(self) -> None:
        """The worker is to end as soon as it can."""
        self.cells[END_WORKER] = 1

    @property
    def is_to_end(self) -> bool:
        return bool(self.cells[END_WORKER])


@dataclass(slots=True)
class _Wall:
    """The slates that this process looks at, and the one that it writes on."""

    hung: tuple[Slate, ...] = ()
    own: Slate = field(default_factory=Slate)


_wall = _Wall()


def hang_up(*slates: Slate) -> None:
    """From now on this process knows how far these workers are."""
    _wall.hung = slates


def write_on(slate: Slate) -> None:
    """From now on this process writes on this slate."""
    _wall.own = slate


def own_slate() -> Slate:
    return _wall.own


def progress_of(errand: int) -> Progress | None:
    """How far an errand is; None where none of the workers here is at it."""
    cells = next((slate.cells for slate in _wall.hung if slate.cells[ERRAND] == errand), None)
    return Progress(cells[COUNTED], cells[ALL]) if cells else None


def wish_to_end(errand: int) -> bool:
    """Ask the worker that is at this errand to end it; whether there is one."""
    for slate in _wall.hung:
        if slate.cells[ERRAND] == errand:
            slate.cells[END_ERRAND] = errand
            return True
    return False
