"""A kind of act that carries one record: what it is called, what it says, and the rows it becomes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of act, its dataclass, the rows it becomes, and the tables those stand in.

    Every act makes rows of its own and changes none that stand: what something is now follows from all that was said of it.
    """

    name: str
    record: type[Any]
    rows: Callable[[int, Any], Sequence[Model]]  # of the act with this id
    tables: tuple[type[Model], ...]
