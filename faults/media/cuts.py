"""Power cuts: a story is played and recorded, then the power goes at many moments of it, and each time the books are opened."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from faults.media import books as place
from faults.media.disk import Disk, Image, Loss
from faults.media.layer import LAYER, SYNCED, Step
from faults.media.recorder import Recorder

if TYPE_CHECKING:
    from faults.media.story import Noted  # it needs Django, which this module does not

NEAR = 4  # steps: how close to a sync is near it
SPREAD = 3  # a third of the cuts is near a sync, a third where something has just been acknowledged, a third anywhere


@dataclass(frozen=True)
class Order:
    """One story and its cuts. `pragma` opens the books with that setting; empty leaves it to the product."""

    seed: int
    chapter_count: int
    cut_count: int
    pragma: str = ""


@dataclass
class Outcome:
    """What came of one order, or of several."""

    step_count: int = 0
    checkpoint_count: int = 0  # of the write-ahead log into the file of the books
    acknowledged_count: int = 0  # chapters
    cut_count: int = 0
    at_risk_count: int = 0  # cuts while something was not synced
    ahead_count: int = 0  # cuts after which a chapter stood that nobody had been told of yet
    entry_count: int = 0  # acknowledged entries looked for, over all cuts
    loss: Loss = field(default_factory=Loss)
    broken: Counter[str] = field(default_factory=Counter)  # by what did not hold
    problems: list[str] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        for name in (
            "step_count",
            "checkpoint_count",
            "acknowledged_count",
            "cut_count",
            "at_risk_count",
            "ahead_count",
            "entry_count",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.loss.add(other.loss)
        self.broken += other.broken
        self.problems += other.problems


def cut_power(order: Order) -> Outcome:
    """Play a story, and cut the power as often as was ordered; in a process with books of its own."""
    from faults.media.story import play

    chance = Random(order.seed)
    place.pragma(order.pragma)
    place.lay_down(place.FOUNDED)
    recorder = Recorder()
    with LAYER.watched_by(recorder):
        noted = play(recorder, chance, chapters=order.chapter_count)
        place.close()
    place.pragma("")
    _look_in_peace(noted[-1])
    return open_again(recorder.steps, noted, order=order, chance=chance)


def _look_in_peace(last: "Noted") -> None:
    """Where the books do not hold before any power is cut, nothing can be learnt from cutting it."""
    from faults.media.aftermath import Aftermath

    wrong, words = Aftermath(last, None).look()
    assert not wrong, f"with no power cut the books had not {wrong}: {words}"
    place.close()


def open_again(steps: Sequence[Step], noted: "Sequence[Noted]", *, order: Order, chance: Random) -> Outcome:
    """Open what is left by every cut, and ask it what the product promises."""
    from faults.media.aftermath import Aftermath

    acknowledged = [one.place for one in noted]
    carried = sum(step.what == SYNCED and not step.name.endswith("-wal") for step in steps)
    outcome = Outcome(len(steps), checkpoint_count=carried, acknowledged_count=len(noted) - 1, cut_count=order.cut_count)
    places = cut_places(steps, acknowledged, chance=chance, count=order.cut_count)
    for at, is_at_risk, image in crashes(steps, places, chance=chance, loss=outcome.loss):
        last = bisect_right(acknowledged, at) - 1
        place.lay_down(image)
        aftermath = Aftermath(noted[last], noted[last + 1] if last + 1 < len(noted) else None)
        wrong, words = aftermath.look()
        place.close()
        outcome.at_risk_count += is_at_risk
        outcome.ahead_count += aftermath.is_ahead
        outcome.entry_count += len(noted[last].references)
        if wrong:
            outcome.broken[wrong] += 1
            outcome.problems.append(
                f"Story {order.seed}, cut at step {at} of {len(steps)}, after {noted[last].chapter}: {words}."
            )
    return outcome


def cut_places(steps: Sequence[Step], acknowledged: Sequence[int], *, chance: Random, count: int) -> list[int]:
    """Moments at which the power goes, in their order: `n` is before step n of the log."""
    syncs = [number for number, step in enumerate(steps) if step.what == SYNCED] or acknowledged
    drawn = []
    for number in range(count):
        kind = number % SPREAD
        if kind == 0:
            drawn.append(chance.choice(syncs) + chance.randint(-NEAR, NEAR))
        elif kind == 1:
            drawn.append(chance.choice(acknowledged))
        else:
            drawn.append(chance.randint(0, len(steps)))
    return sorted(min(max(one, 0), len(steps)) for one in drawn)


def crashes(steps: Sequence[Step], places: Sequence[int], *, chance: Random, loss: Loss) -> Iterator[tuple[int, bool, Image]]:
    """For each of these moments: it, whether anything could be lost then, and the files that are found afterwards."""
    disk, taken = Disk(place.FOUNDED), 0
    for at in places:
        disk.take(steps[taken:at])
        taken = at
        yield at, disk.unsure_count > 0, disk.crash(chance, loss)
