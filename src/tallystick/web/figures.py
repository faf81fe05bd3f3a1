"""Figures for people: amounts in groups of three, days, and how long ago a day was.

Amounts look the same in every language: a point, commas and European digits, for they are read aloud, typed in and compared across
languages. Days and ages are said in the reader's own.
"""

from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache

from django.utils import dateformat
from django.utils.translation import get_language, get_language_bidi, ngettext, pgettext
from django.utils.translation import gettext as _

from tallystick.core.amount import show_apart

MINUS = "\N{MINUS SIGN}"
ISOLATE, END_OF_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
ISOLATE_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT ISOLATE}"


def amount(parts: int, places: int) -> str:
    """“1,052,632.00”: thousands apart, a true minus, exactly the unit's decimals."""
    return f"{MINUS if parts < 0 else ''}{show_apart(abs(parts), places)}"


def whole(value: Fraction, places: int) -> str:
    """The value without its decimals, for where there is no room: halves go to the even unit."""
    return amount(round(value / 10**places), 0)


def day(moment: date | datetime) -> str:
    """“11 Feb 2015”."""
    return _day(date(moment.year, moment.month, moment.day), language=get_language())


def age(since: datetime, now: datetime) -> str:
    """How long ago: in days up to two months, in months up to two years, then in years."""
    days = (now - since).days
    months = (now.year - since.year) * 12 + now.month - since.month - (now.day < since.day)
    if days < 1:
        return _("today") if days == 0 else _("not yet")
    if days < 61:
        return _span("day", days, language=get_language())
    if months < 24:
        return _span("month", months, language=get_language())
    return _span("year", months // 12, language=get_language())


@lru_cache(maxsize=4096)
def _day(one: date, *, language: str | None) -> str:
    """A long table says the same days over and over; what they are called changes with the language alone."""
    return dateformat.format(one, pgettext("date format, short", "j M Y"))


@lru_cache(maxsize=1024)
def _span(measure: str, count: int, *, language: str | None) -> str:
    words = {
        "day": ngettext("{count} day", "{count} days", count),
        "month": ngettext("{count} month", "{count} months", count),
        "year": ngettext("{count} year", "{count} years", count),
    }
    return words[measure].format(count=grouped(count))


def grouped(count: int) -> str:
    """“2,000”."""
    return f"{count:,}"


def apart(text: str) -> str:
    """A code or a name amid a sentence of plain text: where sentences run from right to left it must not turn round with them."""
    return f"{ISOLATE}{text}{END_OF_ISOLATE}" if get_language_bidi() else text


def money(unit: str, shown: str) -> str:
    """“USD 10,526.32” amid a sentence of plain text, from left to right whichever way the sentence runs."""
    return left_to_right(f"{unit} {shown}" if unit else shown)


def left_to_right(text: str) -> str:
    """A figure, a date or a time that stays as it is amid a sentence from right to left."""
    return f"{ISOLATE_LEFT_TO_RIGHT}{text}{END_OF_ISOLATE}" if get_language_bidi() else text


def time_there(moment: datetime) -> str:
    """“10:00 +09:00”: by the clock on the wall there, and which clock that is."""
    return left_to_right(f"{moment:%H:%M} {moment.isoformat()[-6:]}")
