"""Figures kept from run to run, so that what takes hours may be measured in parts and still makes one page.

They lie beside the page, a file for each part, and are committed with it. A part that is measured on every engine replaces what was
kept of it; one that is measured on one engine replaces its chapters of the same titles.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.chapter import Chapter
from bench.figures import Target
from bench.place import ROOT

FOLDER = ROOT / "docs" / "benchmarks"


@dataclass(frozen=True)
class Measured:
    """A chapter, the name of the part that it is of, and what held when it was measured: day, commit, machine, rounds."""

    chapter: Chapter
    part: str
    facts: dict[str, str]


def keep(measured: Sequence[Measured], *, is_every_engine: bool, folder: Path = FOLDER) -> None:
    """Writes them down, part by part."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in dict.fromkeys(one.part for one in measured):
        new = {one.chapter.title: one for one in measured if one.part == part}
        old = {} if is_every_engine else {one.chapter.title: one for one in _read(part, folder)}
        text = json.dumps([asdict(one) for one in (old | new).values()], ensure_ascii=False, indent=1)
        _file(part, folder).write_text(text + "\n", encoding="utf-8")


def kept(parts: Sequence[str], *, folder: Path = FOLDER) -> list[Measured]:
    """What was measured last of each of these parts; nothing of one that never was."""
    return [one for part in parts for one in _read(part, folder)]


def _file(part: str, folder: Path) -> Path:
    return folder / f"{part}.json"


def _read(part: str, folder: Path) -> Iterator[Measured]:
    if _file(part, folder).exists():
        for document in json.loads(_file(part, folder).read_text(encoding="utf-8")):
            yield Measured(**document | {"chapter": _chapter(document["chapter"])})


def _chapter(document: dict[str, Any]) -> Chapter:
    targets = tuple(Target(**target | {"values": tuple(target["values"])}) for target in document["targets"])
    rows = tuple(tuple(row) for row in document["rows"])
    return Chapter(**document | {"head": tuple(document["head"]), "rows": rows, "targets": targets})
