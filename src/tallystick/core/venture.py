"""Ventures: what a grant started, where, whether it still trades, and how it ended where it did not."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tallystick.core.refusal import Refusal
from tallystick.core.visit import Visit

ENDINGS = ("sold", "closed by choice", "takings too low", "seized", "disaster", "illness", "death", "not known")
PLACE_LENGTH = 40
FINER = frozenset("0123456789,;/")


@dataclass(frozen=True, slots=True)
class Venture:
    """What a grant's venture is. Said again it is another: what was said last holds."""

    grant: str
    kind: str  # in plain words, the same words for the same kind: noodle shop
    place: str = ""  # a province, and nothing finer


@dataclass(frozen=True, slots=True)
class VentureEnd:
    """That a venture trades no longer, since when, and why, as far as anybody knows."""

    grant: str
    ended_on: date
    how: str  # one of ENDINGS
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a venture as far as it was seen: `until` is the last day that anything is known of."""

    until: date | None  # None where nobody has been there yet
    ended: bool = False


class KindMissing(Refusal):
    code = "venture_kind_missing"
    words = "{grant} would have a venture of no kind."
    expected = "what it is, in plain words: noodle shop"


class PlaceTooFine(Refusal):
    code = "place_too_fine"
    words = "“{place}” says more of where somebody lives than a province does."
    expected = "the name of a province, without numbers, commas or anything finer"


class EndingUnknown(Refusal):
    code = "ending_unknown"
    words = "“{asked}” is none of the ways in which a venture ends here."
    expected = "one of {known}"


class DayToCome(Refusal):
    code = "day_to_come"
    words = "{day} is still to come."
    expected = "a day up to {today}"


class EndedBefore(Refusal):
    code = "ended_before"
    words = "The venture of {grant} is said to have ended on {day}, and a visit saw it trade on {seen}."
    expected = "a day after {seen}, or a look at that visit"


def check_venture(venture: Venture) -> None:
    """Refuses, with KindMissing or PlaceTooFine, a venture of no kind, or a place that could lead somebody to a door."""
    if not venture.kind.strip():
        raise KindMissing(grant=venture.grant)
    if len(venture.place) > PLACE_LENGTH or FINER & set(venture.place):
        raise PlaceTooFine(place=venture.place)


def check_end(end: VentureEnd, *, seen: Iterable[Visit], today: date) -> None:
    """Refuses, with EndingUnknown, DayToCome or EndedBefore, an end that is none, or that a visit (`seen`) speaks against."""
    if end.how not in ENDINGS:
        raise EndingUnknown(asked=end.how, known=", ".join(ENDINGS))
    check_day(end.ended_on, today=today)
    traded = max((visit.visited_on for visit in seen if visit.trading), default=None)
    if traded is not None and end.ended_on < traded:
        raise EndedBefore(grant=end.grant, day=end.ended_on.isoformat(), seen=traded.isoformat())


def check_day(day: date, *, today: date) -> None:
    """Refuses, with DayToCome, what cannot have been seen yet. `today` is the latest that it is anywhere."""
    if day > today:
        raise DayToCome(day=day.isoformat(), today=today.isoformat())


def fate_of(visits: Collection[Visit], ends: Sequence[VentureEnd]) -> Fate:
    """What became of one venture, from its visits and from what was said of its end.

    Whatever was found closed and was seen to trade later trades. It ended on the first day after the last on which it was seen to
    trade that anybody found it closed, or says it ended.
    """
    traded = max((visit.visited_on for visit in visits if visit.trading), default=None)
    closed = [visit.visited_on for visit in visits if not visit.trading] + [end.ended_on for end in ends]
    since = [day for day in closed if traded is None or day >= traded]
    return Fate(min(since), ended=True) if since else Fate(traded)
