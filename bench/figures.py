"""What the rounds came to: medians, the span from least to most, and targets reached or missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Target:
    """A promise of the product. `values` has one figure for each round, and `deciding` one of them or their median."""

    words: str
    bound: float
    values: tuple[float, ...]
    deciding: float
    is_least: bool  # whether `bound` is the least that will do, or the most
    unit: str = "×"

    @property
    def is_reached(self) -> bool:
        return self.deciding >= self.bound if self.is_least else self.deciding <= self.bound


@dataclass(frozen=True)
class Work:
    """So many of something in so many seconds; `delays` are the seconds that each took, where each was waited for."""

    count: int
    seconds: float
    delays: tuple[float, ...] = ()

    @property
    def rate(self) -> float:
        """So many a second."""
        return self.count / self.seconds

    def delay(self, percent: float) -> float:
        """The seconds within which so many of a hundred were done."""
        return sorted(self.delays)[min(len(self.delays) - 1, int(len(self.delays) * percent / 100))]

    def __str__(self) -> str:
        return f"{self.rate:,.0f} a second"


def at_least(words: str, bound: float, *, values: Sequence[float]) -> Target:
    """A target that the median must come up to."""
    return Target(words, bound, values=tuple(values), deciding=median(values), is_least=True)


def at_most(words: str, bound: float, *, values: Sequence[float], unit: str = "×") -> Target:
    """A target that the median may not pass."""
    return Target(words, bound, values=tuple(values), deciding=median(values), is_least=False, unit=unit)


def never_above(words: str, bound: float, *, values: Sequence[float], unit: str) -> Target:
    """A target that no round may pass."""
    return Target(words, bound, values=tuple(values), deciding=max(values), is_least=False, unit=unit)


def ratios(peer_seconds: Sequence[float], our_seconds: Sequence[float]) -> list[float]:
    """Our rate as a multiple of the peer's for the same work, round by round."""
    return [peer / ours for peer, ours in zip(peer_seconds, our_seconds, strict=True)]


def quotients(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Each of our figures as a multiple of theirs, round by round."""
    return [our / their for our, their in zip(ours, theirs, strict=True)]


def rates(count: int, seconds: Sequence[float]) -> list[float]:
    """So many a second, round by round."""
    return [count / one for one in seconds]


def spread(values: Sequence[float], form: str) -> str:
    """“median (least to most)”."""
    return f"{median(values):{form}} ({min(values):{form}} to {max(values):{form}})"
