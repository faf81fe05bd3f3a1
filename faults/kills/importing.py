"""Killed while importing: the whole folder came in, or nothing of it, and asked again it is there once."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from django.db import Error, connection

from faults.finding import Finding
from faults.kills import whole
from faults.kills.child import Fate, Tell, Work, kill_while, seconds_of
from faults.kills.ground import Ground, now
from tallystick.core.refusal import Refusal
from tallystick.journal.queries import Head
from tests import books

ROUND = 30  # kills, after which the books are begun anew
PROVED_EVERY = 10  # kills
LINES = 300
LATER = 1.0  # a kill comes at some moment within so many times what an import takes


@dataclass
class Count:
    """What was done and seen so far; `late` children had come to their end, and are no kills."""

    seconds_max: float
    kills: int = 0
    late: int = 0
    inside: int = 0
    whole: int = 0  # in the books after the kill, as far as one can tell from the number of acts
    problems: list[str] = field(default_factory=list)


def kill_while_importing(ground: Ground, *, kills: int, seed: int, told: Callable[[str], None]) -> Finding:
    """The first folders of a round are the whole example, into books without a programme; later ones bring a party and entries."""
    ground.open_lamps()
    folder = write_folder(ground.home.base / "folder", name=f"S{seed}M")
    count = Count(seconds_max=LATER * seconds_of(_take(folder)))
    shutil.rmtree(folder)
    while count.kills < kills:
        if (count.kills + count.late) % ROUND == 0:
            ground.found()
        name = f"S{seed}I{count.kills + count.late}"
        folder = write_folder(ground.home.base / "folder", name=name)
        _kill(count, folder, name=name)
        shutil.rmtree(folder)
        if (count.kills + count.late) % PROVED_EVERY == 0:
            count.problems += [f"after {name}: {words}" for words in whole.unproved()]
    told(f"{ground.engine}: {count.kills} killed while importing")
    tried = (
        f"{count.kills:,} kills, {count.inside:,} of them after the import began ({count.late:,} more imports were quicker than"
        f" the kill); nothing of {count.kills - count.whole:,} folders had come in, something of {count.whole:,}; each was asked"
        " for again, and what it tells of counted"
    )
    return Finding("importing", ground.engine, tried, tuple(count.problems))


def write_folder(folder: Path, *, name: str) -> Path:
    """The example programme with a party more, and a few hundred gifts that no other folder tells of."""
    shutil.copytree(books.LAMPS, folder, ignore=shutil.ignore_patterns("expected"))
    with open(folder / "parties.csv", "a", encoding="utf-8") as file:
        file.write(f"{name},recipient,Hyesan,,\n")
    with open(folder / "moves.csv", "a", encoding="utf-8") as file:
        file.writelines(
            f"2016-06-01T09:00:00+09:00,{name}-{line},gift,HAEBARAGI,OFFICE,USD,0.01,SHOPS,,,\n" for line in range(LINES)
        )
    return folder


def _take(folder: Path) -> Work:
    def take(tell: Tell) -> None:
        connection.ensure_connection()
        tell("begin import")
        books.take(folder, recorded_at=now())
        tell("done import")

    return take


def _kill(count: Count, folder: Path, *, name: str) -> None:
    before = whole.end()
    delay = Random(name).uniform(0, count.seconds_max)
    fate = kill_while(_take(folder), after_seconds=delay)
    count.kills += fate.was_killed
    count.late += not fate.was_killed
    count.inside += fate.was_inside()
    where = f"{name}, after {delay * 1000:.1f} ms"
    middle = whole.end()
    count.whole += fate.was_killed and middle.number > before.number
    found = [*fate.faults, *whole.tears(before), *_take_again(fate, folder, before=before, middle=middle)]
    found += [*whole.tears(before), *_missing(name)]
    count.problems += [f"{where}: {words}" for words in found]


def _take_again(fate: Fate, folder: Path, *, before: Head, middle: Head) -> Iterator[str]:
    """What stood after the kill, `middle`, is judged by what stands once the folder was taken in undisturbed."""
    try:
        taken = books.take(folder, recorded_at=now())
    except (Refusal, Error) as problem:
        yield f"the folder was not taken in again: {type(problem).__name__}"
        return
    after = whole.end()
    if fate.acknowledged() and middle.number != after.number:
        yield f"the import was acknowledged, and {after.number - middle.number} acts were missing"
    if middle.number not in (before.number, after.number):
        yield f"{middle.number - before.number} of {after.number - before.number} acts of the folder stood"
    if middle.number == after.number and not taken.changed_nothing:
        yield "the whole folder stood, and to take it in again changed something"


def _missing(name: str) -> Iterator[str]:
    """What the folder told of and is not in the books exactly once."""
    entries = whole.ask("SELECT COUNT(*) FROM ledger_entry WHERE reference LIKE %s", f"{name}-%")
    parties = whole.ask("SELECT COUNT(*) FROM people_party WHERE code = %s", name)
    if (entries, parties) != (LINES, 1):
        yield f"{entries} of {LINES} entries and {parties} of 1 party are there"
