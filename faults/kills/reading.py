"""Killed while verifying and exporting: who only reads leaves the books as they were, and no half of a folder under its name."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from django.db import connection

from faults.finding import Finding
from faults.kills import whole
from faults.kills.child import Fate, Tell, Work, kill_while, seconds_of
from faults.kills.entries import batches
from faults.kills.ground import Ground
from tallystick.bundles.folder.writing import appearing
from tallystick.bundles.giving import give_folder
from tallystick.bundles.verify.proof import prove
from tallystick.reports.beancount import write_beancount
from tallystick.vault.keys import unlocked
from tests import books

MOVES_BATCHES = 60
VERIFY_SECONDS_MAX = 0.1
TARGETS = ("lamps", "lamps.xlsx", "lamps.beancount")


@dataclass
class Count:
    """What was done and seen so far; `late` children had come to their end, and are no kills."""

    kills: int = 0
    late: int = 0
    inside: int = 0
    whole: int = 0
    drafts: int = 0
    problems: list[str] = field(default_factory=list)


def kill_while_verifying(ground: Ground, *, kills: int, seed: int, told: Callable[[str], None]) -> Finding:
    """A proof reads everything in one transaction; whoever writes next must not find it still standing there."""
    _open(ground, seed)
    count, chance = Count(), Random(f"S{seed}V")
    more = batches(f"S{seed}A")
    while count.kills < kills:
        before = whole.counts()
        fate = kill_while(_verify, after_seconds=chance.uniform(0, VERIFY_SECONDS_MAX))
        _note(count, fate)
        found = list(fate.faults)
        if whole.counts() != before:
            found.append(f"the books had {before} rows, and now {whole.counts()}")
        end = whole.end()
        books.post(next(more))
        found += whole.tears(end)
        count.problems += [f"kill {count.kills} of seed {seed}: {words}" for words in found]
    count.problems += whole.unproved()
    told(f"{ground.engine}: {count.kills} killed while verifying")
    tried = (
        f"{count.kills:,} kills, {count.inside:,} of them within the proof; each time the rows were counted, and an entry posted"
    )
    return Finding("verifying", ground.engine, tried, tuple(count.problems))


def kill_while_exporting(ground: Ground, *, kills: int, seed: int, told: Callable[[str], None]) -> Finding:
    """A folder, a workbook and a file for beancount, in turn, held against one that was written undisturbed."""
    _open(ground, seed)
    good, out = ground.home.base / "good", ground.home.base / "out"
    count, chance = Count(), Random(f"S{seed}E")
    for folder in (good, out):
        folder.mkdir()
    seconds = {name: seconds_of(_export(good / name)) for name in TARGETS}
    while count.kills < kills:
        name = TARGETS[(count.kills + count.late) % len(TARGETS)]
        delay = chance.uniform(0, seconds[name])
        found = _kill_exporting(count, out / name, good=good / name, delay=delay)
        count.problems += [f"{name}, after {delay * 1000:.1f} ms of seed {seed}: {words}" for words in found]
    for folder in (good, out):
        shutil.rmtree(folder)
    told(f"{ground.engine}: {count.kills} killed while exporting")
    tried = (
        f"{count.kills:,} kills, {count.inside:,} of them within the export: nothing stood under the name"
        f" {count.kills - count.whole:,} times, something {count.whole:,} times; {count.drafts:,} left a hidden draft beside it; every"
        " one was written again and compared"
    )
    return Finding("exporting", ground.engine, tried, tuple(count.problems))


def give(target: Path) -> None:
    """Export as the command does."""
    if target.suffix == ".beancount":
        with appearing(target) as part, open(part, "x", encoding="utf-8", newline="\n") as file:
            write_beancount(file)
    else:
        give_folder(target)


def _open(ground: Ground, seed: int) -> None:
    ground.open_lamps()
    for _, batch in zip(range(MOVES_BATCHES), batches(f"S{seed}R"), strict=False):
        books.post(batch)
    assert not whole.unproved(), "the books are whole before anybody is killed"


def _verify(tell: Tell) -> None:
    connection.ensure_connection()
    while True:
        tell("begin proof")
        assert prove(office=unlocked().office, public_key=unlocked().public_key).act_count
        tell("done proof")


def _export(target: Path) -> Work:
    def export(tell: Tell) -> None:
        connection.ensure_connection()
        tell("begin export")
        give(target)
        tell("done export")

    return export


def _kill_exporting(count: Count, target: Path, *, good: Path, delay: float) -> Iterator[str]:
    fate = kill_while(_export(target), after_seconds=delay)
    _note(count, fate)
    yield from fate.faults
    if target.exists():
        count.whole += fate.was_killed
        yield from _differing(target, good)
    elif fate.acknowledged():
        yield "the export was acknowledged, and is not there"
    else:
        give(target)
        yield from _differing(target, good)
    for left in target.parent.iterdir():
        if left != target:
            count.drafts += 1
            if not left.name.startswith(".") or left.stat().st_mode & 0o077:
                yield f"{left.name} is left, and not hidden or not for its owner alone"
    shutil.rmtree(target.parent)
    target.parent.mkdir()


def _note(count: Count, fate: Fate) -> None:
    count.kills += fate.was_killed
    count.late += not fate.was_killed
    count.inside += fate.was_inside()


def _differing(found: Path, good: Path) -> Iterator[str]:
    """Whether what stands under the name is, byte for byte, what was written undisturbed."""
    if contents(found) != contents(good):
        yield f"what stands under the name {found.name} is not the whole of it"


def contents(path: Path) -> dict[str, bytes]:
    """By name, what a file holds, or what the files of a folder hold."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}
