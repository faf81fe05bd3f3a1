"""Killed within `tallystick init`: the same command again works, or says plainly what to do instead, and that works.

The process that bears the children has no Django started: each of them runs the whole command, from the passphrase on.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from faults.finding import Finding
from faults.kills.child import PATIENCE_SECONDS, Tell, Work, kill_while, seconds_of
from faults.kills.ground import Ground
from tests import home as homes

FOUND, TAKEN, CUT_SHORT = "whole books", "nothing, and made books,", "books cut short, and said so,"
STATE_OF = {"books_already_there": FOUND, "founding_cut_short": CUT_SHORT}


@dataclass
class Count:
    """What was done and seen so far: by what the second `init` met, how often."""

    kills: int = 0
    met: dict[str, int] = field(default_factory=lambda: dict.fromkeys((TAKEN, CUT_SHORT, FOUND), 0))
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Desk:
    """Where commands are given: a folder for homes, and the database of their books where they are not in the homes."""

    folder: Path
    database: str | None

    def command(self, *words: object) -> Work:
        """What runs `tallystick WORDS --json` in a child, writes what it says into the file `said`, and tells its exit status."""
        from tallystick.ops.command import main

        def run(tell: Tell) -> None:
            for name in [name for name in os.environ if name.startswith(("TALLYSTICK_", "DJANGO_"))]:
                del os.environ[name]
            os.environ.update(homes.passphrase_in(self.folder) | homes.books_in(self.database))
            said = os.open(self.folder / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(said, 1)
            os.dup2(said, 2)
            sys.argv = ["tallystick", *map(str, words), "--json"]
            tell("begin command")
            try:
                main()
            except SystemExit as ended:
                sys.stdout.flush()
                tell(f"done {ended.code or 0}")

        return run

    def told(self, *words: object) -> tuple[str, dict[str, Any]]:
        """The exit status of a command that nobody kills, and the document that it printed."""
        fate = kill_while(self.command(*words), after_seconds=PATIENCE_SECONDS)
        text = (self.folder / "said").read_text(encoding="utf-8")
        status = "".join(fate.acknowledged())
        return status, json.loads(text) if text.startswith("{") else {"text": text, "faults": fate.faults}


def kill_while_making(ground: Ground, *, kills: int, seed: int, told: Callable[[str], None]) -> Finding:
    """Before Django is started in this process."""
    count, chance = Count(), Random(f"S{seed}N")
    folder = ground.home.base / "desk"
    with _desk(ground, folder) as desk:
        seconds_max = seconds_of(desk.command("init", "--rehearsal", "--home", desk.folder / "first"))
    while count.kills < kills:
        delay = chance.uniform(0, seconds_max)
        with _desk(ground, folder) as desk:
            found = list(_kill(count, desk, delay=delay))
        count.problems += [f"kill {count.kills} of seed {seed}, after {delay * 1000:.1f} ms: {words}" for words in found]
    told(f"{ground.engine}: {count.kills} killed within tallystick init")
    met = ", ".join(f"{state} {number:,} times" for state, number in count.met.items())
    tried = f"{count.kills:,} kills; the same command again found {met}; what stood in the end was asked for its proof"
    return Finding("making an office", ground.engine, tried, tuple(count.problems))


def _kill(count: Count, desk: Desk, *, delay: float) -> Iterator[str]:
    first, second = desk.folder / "first", desk.folder / "second"
    fate = kill_while(desk.command("init", "--rehearsal", "--home", first), after_seconds=delay)
    count.kills += fate.was_killed
    home = first
    status, said = desk.told("init", "--rehearsal", "--home", first)
    state = TAKEN if status == "0" else STATE_OF.get(said.get("code", ""), "")
    if not state:
        yield f"the same command again ended with {status} and said {said}"
        return
    count.met[state] += fate.was_killed
    if fate.acknowledged() and state != FOUND:
        yield f"the command had come to its end, and the same again met {state}"
    if state == CUT_SHORT:
        home = second
        status, said = desk.told("init", "--rehearsal", "--home", second)
        if status != "0":
            yield f"another folder, as it was told, ended with {status} and said {said}"
            return
    status, said = desk.told("verify", "--home", home)
    if status != "0" or said["acts"] != 1:
        yield f"the books are not proved: {status}, {said}"
    left = [path.name for path in home.iterdir() if not path.name.startswith(("keys.json", "books.db"))]
    if left:
        yield f"{left} lies in the home"


@contextmanager
def _desk(ground: Ground, folder: Path) -> Iterator[Desk]:
    """A desk with an empty folder and an empty database, cleared at the end."""
    database = ground.cluster.make_database() if ground.cluster else None
    folder.mkdir()
    try:
        yield Desk(folder, database)
    finally:
        shutil.rmtree(folder)
        if ground.cluster and database:
            ground.cluster.drop_database(database)
