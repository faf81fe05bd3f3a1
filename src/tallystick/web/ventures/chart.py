"""The survival curve as a template draws it: a staircase, with a mark wherever some were seen for the last time.

It runs from left to right in every language, as months on an axis do everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallystick.core.survival import Step

WIDTH, HEIGHT = 640, 280
LEFT, RIGHT, TOP, BOTTOM = 52, 16, 14, 34
SHARES = (Fraction(1), Fraction(3, 4), Fraction(1, 2), Fraction(1, 4), Fraction(0))
TICKS_MAX = 12
TICK_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)  # months


@dataclass(frozen=True, slots=True)
class Mark:
    x: str
    y: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """`sure` is drawn whole, `few` in dashes: from there on fewer are left than say much."""

    sure: str
    few: str
    seen_last: tuple[Mark, ...]
    months: tuple[Mark, ...]
    shares: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def chart_of(steps: Sequence[Step]) -> Chart | None:
    """None where there is nothing to draw."""
    if not steps:
        return None
    longest = max(steps[-1].months, 1)
    sure, few = [(0, Fraction(1))], list[tuple[int, Fraction]]()
    share = Fraction(1)
    for step in steps:
        points = few if step.is_few else sure
        if step.is_few and not few:
            few.append(sure[-1])
        points += [(step.months, share), (step.months, step.share)]
        share = step.share
    seen_last = tuple(_mark(step.months, step.share, longest=longest) for step in steps if step.last_seen)
    each = next((one for one in TICK_STEPS if longest <= one * TICKS_MAX), TICK_STEPS[-1])
    months = tuple(_mark(month, Fraction(0), longest=longest, words=str(month)) for month in range(0, longest + 1, each))
    shares = tuple(_mark(0, one, longest=longest, words=percent(one)) for one in SHARES)
    return Chart(_path(sure, longest), _path(few, longest), seen_last, months, shares)


def percent(share: Fraction) -> str:
    """“86%”; what is not quite all or nothing is never told as that."""
    whole = int(share * 100 + Fraction(1, 2))
    if whole == 100 and share < 1:
        whole = 99
    if whole == 0 and share > 0:
        whole = 1
    return f"{whole}%"


def _mark(months: int, share: Fraction, *, longest: int, words: str = "") -> Mark:
    return Mark(_x(months, longest), _y(share), words)


def _path(points: Sequence[tuple[int, Fraction]], longest: int) -> str:
    return " ".join(f"{'L' if place else 'M'}{_x(months, longest)} {_y(share)}" for place, (months, share) in enumerate(points))


def _x(months: int, longest: int) -> str:
    return f"{LEFT + (WIDTH - LEFT - RIGHT) * months / longest:.1f}"


def _y(share: Fraction) -> str:
    return f"{TOP + (HEIGHT - TOP - BOTTOM) * float(1 - share):.1f}"
