"""Moments and dates: read from people's ISO 8601, the clock on the wall kept as it was written."""

import re
from datetime import date, datetime, timedelta

from tallystick.core.refusal import Refusal

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
TIME = r"[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
OFFSET = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)"  # Kiritimati keeps +14:00, the farthest of all clocks
MOMENT = re.compile(DATE.pattern + TIME + OFFSET, re.ASCII)
USUAL_LENGTH = len("2014-03-03T10:00:00+09:00")
USUAL_MARKS = ("--T::+:", "--T::-:")  # what stands between its numbers; of digits fromisoformat itself takes no other
WITHOUT_OFFSET = re.compile(f"{DATE.pattern}(?:{TIME})?", re.ASCII)
CLOCKS_APART = timedelta(minutes=5)
"""By so much a clock elsewhere may be ahead of the one here."""
FAR_OFFSET = re.compile(f"{DATE.pattern}{TIME}[+-][0-9]{{2}}:[0-5][0-9]", re.ASCII)


class MomentUnreadable(Refusal):
    code = "moment_unreadable"
    words = "“{moment}” is not a moment."
    expected = "date, time and offset, like 2014-03-03T10:00:00+09:00"


class MomentWithoutOffset(Refusal):
    code = "moment_without_offset"
    words = "“{moment}” does not say on which clock: it has no offset from UTC."
    expected = "a moment with its offset, like 2014-03-03T10:00:00+09:00"


class OffsetTooLarge(Refusal):
    code = "offset_too_large"
    words = "“{moment}” is on a clock that is nowhere on earth."
    expected = "an offset between -14:00 and +14:00"


class StillToCome(Refusal):
    code = "still_to_come"
    words = "{happened_at} is still to come: it was asked for at {asked_at}."
    expected = "a moment that was"


class DateUnreadable(Refusal):
    code = "date_unreadable"
    words = "“{asked}” is not a date."
    expected = "year, month and day, like 2014-03-01"


def read_moment(text: str) -> datetime:
    """The aware moment that `text` stands for, in ISO 8601's extended form with an offset in whole minutes, or Z.

    Raises MomentUnreadable, MomentWithoutOffset, OffsetTooLarge. The years 1 and 9999 are refused: some clock on earth could
    not show such a moment.
    """
    usual = len(text) == USUAL_LENGTH and text[4:23:3] in USUAL_MARKS and text[20] == "0" and text[23] < "6"
    if not usual and MOMENT.fullmatch(text) is None:
        raise _refusal(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as problem:
        raise MomentUnreadable(moment=text) from problem
    if not 1 < moment.year < 9999:
        raise MomentUnreadable(moment=text)
    return moment


def _refusal(text: str) -> Refusal:
    """Why a text that has not the shape of a moment is none."""
    if WITHOUT_OFFSET.fullmatch(text):
        return MomentWithoutOffset(moment=text)
    return OffsetTooLarge(moment=text) if FAR_OFFSET.fullmatch(text) else MomentUnreadable(moment=text)


def check_was(moment: datetime, *, asked_at: datetime) -> None:
    """Refuses, with StillToCome, what nobody can have seen yet; clocks may be a little apart."""
    if moment > asked_at + CLOCKS_APART:
        there = asked_at.astimezone(moment.tzinfo).replace(microsecond=0)
        raise StillToCome(happened_at=moment.isoformat(), asked_at=there.isoformat(), column="happened_at")


def by_the_clock_there(text: str) -> str:
    """“2016-03-06 10:00 +09:00”; raises what read_moment does."""
    moment = read_moment(text)
    return f"{moment:%Y-%m-%d %H:%M} {moment.isoformat()[-6:]}"


def read_date(text: str) -> date:
    """The date that `text` stands for; raises DateUnreadable."""
    if DATE.fullmatch(text) is None:
        raise DateUnreadable(asked=text)
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise DateUnreadable(asked=text) from problem


def month_named(month: str) -> date:
    """The first day of a month that is written as “2015-06”."""
    return date.fromisoformat(f"{month}-01")
