"""Terms: from which day and until which day something is agreed, and which of several holds on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from tallystick.core.refusal import Refusal


class Termed(Protocol):
    """Whatever holds from one day until another, both included; None is until further notice."""

    @property
    def valid_from(self) -> date: ...

    @property
    def valid_until(self) -> date | None: ...


T = TypeVar("T", bound=Termed)


class TermBackwards(Refusal):
    code = "term_backwards"
    words = "It would end on {until}, before it begins on {since}."
    expected = "a last day on or after {since}, or none"


def check_term(one: Termed) -> None:
    """Refuses, with TermBackwards, a term that ends before it begins."""
    if one.valid_until is not None and one.valid_until < one.valid_from:
        raise TermBackwards(since=one.valid_from, until=one.valid_until)


def holds_on(one: Termed, day: date) -> bool:
    return one.valid_from <= day and (one.valid_until is None or day <= one.valid_until)


def on_day(said: Iterable[T], day: date) -> T | None:
    """What holds on this day: of those that do, the last one said. Where all that had begun are over, the one that ended last."""
    found: T | None = None
    for one in said:
        if holds_on(one, day) or (one.valid_from <= day and (found is None or _ended_before(found, one, day=day))):
            found = one
    return found


def _ended_before(one: Termed, other: Termed, *, day: date) -> bool:
    """Whether `one` is over, and was no later than `other`, which is over as well."""
    assert other.valid_until is not None, "it would still hold"
    return not holds_on(one, day) and one.valid_until is not None and one.valid_until <= other.valid_until
