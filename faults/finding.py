"""What an experiment is asked, and what it found."""

from collections.abc import Callable
from dataclasses import dataclass

SQLCIPHER, POSTGRES = "SQLCipher", "PostgreSQL"


@dataclass(frozen=True)
class Scale:
    """How hard to try: `is_long` is the whole measure, otherwise the short one that CI has time for. Chance starts from `seed`."""

    is_long: bool
    seed: int

    def pick(self, *, short: int, long: int) -> int:
        return long if self.is_long else short


@dataclass(frozen=True)
class Finding:
    """What came of one experiment on one engine: `tried` says in a sentence, with figures, what was done and seen."""

    title: str
    engine: str  # empty where no database takes part
    tried: str
    problems: tuple[str, ...] = ()  # each one sentence; none where everything held

    @property
    def holds(self) -> bool:
        return not self.problems


@dataclass(frozen=True)
class Experiment:
    """`must` is the sentence that has to hold; `run` tries it, and raises only where the experiment itself is at fault.

    `run` is given the scale, and what hears a line now and then of how far it is.
    """

    name: str  # one word, or several with hyphens: what the command line chooses it by
    must: str
    run: Callable[[Scale, Callable[[str], None]], list[Finding]]
