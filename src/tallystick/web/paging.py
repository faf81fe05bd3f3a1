"""Long lists, a leaf at a time. A leaf is found by the row that it follows, or stands before, and not by counting from the start:
the last leaf of a long list is read as fast as the first, and a list that grows meanwhile neither repeats a row nor leaves one out.

A page asks `turn_of` which leaf is wanted, reads `turn.wanted` rows from there (`rows_of` and `cut` do so), and hands them to `leaf`; web/pager.html shows the
way to the others. Whatever else stands in the address, filters for instance, stays in it. It all works without scripts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

SIZES = (25, 50, 100)
AFTER, BEFORE, SIZE = "after", "before", "rows"
BETWEEN = "\x1f"  # no code holds a sign that cannot be seen

T = TypeVar("T")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Turn:
    """Which leaf is wanted: what follows the place `at`, or with `is_back` what stands before it; the first where `at` is empty."""

    size: int = SIZES[0]
    at: str = ""
    is_back: bool = False

    @property
    def wanted(self) -> int:
        """How many rows to read: one more than are shown says whether there is a further leaf."""
        return self.size + 1

    @property
    def parts(self) -> list[str]:
        """What the place was made of; nothing at the first leaf."""
        return self.at.split(BETWEEN) if self.at else []


@dataclass(frozen=True, slots=True)
class SizeChoice:
    size: int
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """The rows of a leaf in their order, and the addresses of the leaves around it, empty where there is none."""

    rows: tuple[T, ...]
    first: str
    earlier: str
    later: str
    sizes: tuple[SizeChoice, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the list has no other leaf."""
        return not (self.earlier or self.later)


def turn_of(request: HttpRequest, *, fits: Callable[[str], bool] = bool) -> Turn:
    """The leaf that this address asks for; the first where what it names does not fit as a place in this list."""
    asked = request.GET
    size = next((size for size in SIZES if asked.get(SIZE) == str(size)), SIZES[0])
    is_back = BEFORE in asked and AFTER not in asked
    at = asked.get(BEFORE if is_back else AFTER, "")
    return Turn(size, at, is_back) if at and fits(at) else Turn(size)


def is_number(at: str) -> bool:
    """Whether a place is one of a whole number that a column can hold."""
    return at.isascii() and at.isdecimal() and len(at) < 19


def place(*parts: object) -> str:
    """The place of a row that is found by several values."""
    return BETWEEN.join(map(str, parts))


def leaf(request: HttpRequest, found: Sequence[T], *, turn: Turn, place: Callable[[T], str]) -> Leaf[T]:
    """The leaf of these rows, as many as `turn.wanted` from where it begins, and going back from there with `turn.is_back`.

    `place` gives the place of a row, which `turn.at` brings back.
    """
    is_more, rows = len(found) > turn.size, list(found[: turn.size])
    if turn.is_back:
        rows.reverse()
    is_earlier, is_later = (is_more, True) if turn.is_back else (bool(turn.at), is_more)
    return Leaf(
        tuple(rows),
        first=_address(request) if is_earlier else "",
        earlier=_address(request, **{BEFORE: place(rows[0])}) if rows and is_earlier else "",
        later=_address(request, **{AFTER: place(rows[-1])}) if rows and is_later else "",
        sizes=tuple(SizeChoice(size, _address(request, **{SIZE: str(size)}), size == turn.size) for size in SIZES),
    )


def rows_of(chosen: "QuerySet[M]", turn: Turn, *, by: str) -> list[M]:
    """The rows of a query that `leaf` wants, in the order of a column that tells every row apart; `-column` is the last first."""
    column, is_falling = by.removeprefix("-"), by.startswith("-") != turn.is_back
    if turn.at:
        chosen = chosen.filter(**{f"{column}__{'lt' if is_falling else 'gt'}": turn.at})
    return list(chosen.order_by(f"{'-' if is_falling else ''}{column}")[: turn.wanted])


def cut(rows: Sequence[T], turn: Turn, *, place: Callable[[T], str]) -> list[T]:
    """The rows that `leaf` wants of a list that is at hand in its order; those at its start where the place is gone from it."""
    at = next((number for number, row in enumerate(rows) if place(row) == turn.at), None) if turn.at else None
    if turn.is_back:
        before = rows[max(at - turn.wanted, 0) : at] if at is not None else rows[: turn.size]
        return list(reversed(before))
    start = 0 if at is None else at + 1
    return list(rows[start : start + turn.wanted])


def _address(request: HttpRequest, **changed: str) -> str:
    """This address with another place or size in it; a new size begins at the first leaf."""
    asked = request.GET.copy()
    for name in (AFTER, BEFORE):
        asked.pop(name, None)
    for name, value in changed.items():
        asked[name] = value
    return f"?{asked.urlencode()}" if asked else request.path
