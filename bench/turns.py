"""Product and peers take turns, so that nobody always finds the machine the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bench.figures import spread
from bench.setting import Engine, Setting

T = TypeVar("T")


@dataclass
class Rounds(Generic[T]):
    """What everybody came to, by name and then by round, and what the disk under them took in the second before each round."""

    found: dict[str, list[T]]
    probes: list[float] = field(default_factory=list)

    @property
    def probed(self) -> str:
        """The probes, in a sentence for the page."""
        return f"The disk took {spread(self.probes, ',.0f')} durable writes of 4 KiB a second just before these rounds."


def take_turns(players: Mapping[str, Callable[[], T]], *, setting: Setting, engine: Engine) -> Rounds[T]:
    """As many rounds as the setting has; who comes first in one comes last in the next."""
    rounds: Rounds[T] = Rounds({name: [] for name in players})
    for number in range(setting.pairs):
        rounds.probes.append(setting.probe(engine))
        for name in players if number % 2 == 0 else reversed(players):
            rounds.found[name].append(players[name]())
            setting.say(f"  {name}: {rounds.found[name][-1]}")
    return rounds
