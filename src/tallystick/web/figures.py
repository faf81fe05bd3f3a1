"""Figures for people: amounts in groups of three, days, and how long ago a day was."""

from datetime import date, datetime
from fractions import Fraction

from tallystick.core.amount import show_amount

MINUS = "\N{MINUS SIGN}"


def amount(parts: int, places: int) -> str:
    """“1,052,632.00”: thousands apart, a true minus, exactly the unit's decimals."""
    whole, point, decimals = show_amount(abs(parts), places).partition(".")
    return f"{MINUS if parts < 0 else ''}{int(whole):,}{point}{decimals}"


def whole(value: Fraction, places: int) -> str:
    """The value without its decimals, for where there is no room: halves go to the even unit."""
    return amount(round(value / 10**places), 0)


def day(moment: date | datetime) -> str:
    """“11 Feb 2015”."""
    return f"{moment.day} {moment:%b %Y}"


def age(since: datetime, now: datetime) -> str:
    """How long ago: in days up to two months, in months up to two years, then in years."""
    days = (now - since).days
    months = (now.year - since.year) * 12 + now.month - since.month - (now.day < since.day)
    if days < 1:
        return "today" if days == 0 else "not yet"
    if days < 61:
        return counted(days, "day")
    if months < 24:
        return counted(months, "month")
    return counted(months // 12, "year")


def counted(count: int, noun: str) -> str:
    """“1 day”, “2 days”."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
