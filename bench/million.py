"""A million moves: how long the import, the proof and the replay take, in how much memory, and what the books weigh."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.books import Timed, tallystick
from bench.chapter import Chapter, Part
from bench.figures import Target, never_above
from bench.place import Programme
from bench.setting import Engine, Imported, Setting

SECONDS_MOST = {"import": 90.0, "verify": 60.0, "replay": 90.0}  # for a million moves
MEASURE = 1_000_000
PEAK_MOST_MB = 300.0
BYTES_MOST = 1_000.0
MB = 10**6
METHOD = """\
- **A million moves**: `tallystick import`, `verify` and `replay`, each a whole process from starting Python to its end, its
  memory the most that it ever had resident; PostgreSQL's server is not in it. Where a run has another number of moves than a
  million, what they may take is in proportion.
- **Bytes a move** are what the books weigh more than before the import, acts and records included: the file when nobody has it
  open, or the database after a checkpoint; the write-ahead log is not in it.
"""


@dataclass(frozen=True)
class Weighed:
    """Books with a programme in them, and each command's time and memory by its name."""

    programme: Programme
    imported: Imported
    timed: dict[str, Timed]

    @property
    def bytes_a_move(self) -> float:
        return self.imported.bytes_added / self.programme.move_count


def weigh(setting: Setting) -> Iterator[Chapter]:
    """The second of the programmes that are asked: the million, unless the run was told otherwise."""
    if len(setting.asked_after) == 1:
        setting.leave_out("a million moves, and questions after them")
        return
    for engine in setting.engines:
        programme = list(setting.asked())[1]
        setting.say(f"{programme.move_count:,} moves on {engine.name}")
        yield chapter(engine, found=weighed(setting, engine, programme=programme))


def weighed(setting: Setting, engine: Engine, *, programme: Programme) -> Weighed:
    """The commands, one after another: a million moves take minutes, so each is run once."""
    imported = setting.imported(programme, engine)
    timed = {"import": imported.timed}
    for word in ("verify", "replay"):
        timed[word] = tallystick(imported.books, word)[0]
        setting.say(f"  {word}: {timed[word]}")
    return Weighed(programme, imported, timed)


def chapter(engine: Engine, *, found: Weighed) -> Chapter:
    """What one programme came to on one engine."""
    count = found.programme.move_count
    rows = [
        (word, f"{timed.seconds:.1f}", f"{count / timed.seconds:,.0f}", f"{timed.peak_bytes / MB:.0f}")
        for word, timed in found.timed.items()
    ]
    probe = f"The disk took {found.imported.probe:,.0f} durable writes of 4 KiB a second just before the import."
    return Chapter(
        title=f"{count:,} moves on {engine.name}",
        words=f"{found.bytes_a_move:,.0f} bytes a move on the disk. {probe}",
        head=("command", "seconds", "moves a second", "peak memory, MB"),
        rows=tuple(rows),
        targets=tuple(targets(engine, found)),
    )


def targets(engine: Engine, found: Weighed) -> Iterator[Target]:
    """What a million moves may take, and other numbers of them in proportion."""
    count = found.programme.move_count
    for word, most in SECONDS_MOST.items():
        timed, what = found.timed[word], f"`{word}` of {count:,} moves on {engine.name}"
        seconds = timed.seconds * MEASURE / count
        yield never_above(f"{what}, a million of them", most, values=[seconds], unit=" s")
        yield never_above(f"{what}, its memory", PEAK_MOST_MB, values=[timed.peak_bytes / MB], unit=" MB")
    yield never_above(f"bytes a move, {count:,} moves on {engine.name}", BYTES_MOST, values=[found.bytes_a_move], unit=" bytes")


PART = Part("million", weigh, method=METHOD)
