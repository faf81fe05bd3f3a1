"""Findings kept from run to run, so that a form of many hours may be tried in parts and still makes one page."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.place import ROOT
from faults.finding import Experiment, Finding

FOLDER = ROOT / ".bench" / "faults"


@dataclass(frozen=True)
class Tried:
    """An experiment that was run: on which day, on which commit and from which seed, what it found, and in how many seconds."""

    experiment: Experiment
    findings: list[Finding]
    seconds: float
    date: str
    commit: str
    seed: int


def keep(tried: Tried, *, form: str, folder: Path = FOLDER) -> None:
    """Writes it down in place of what the same experiment found before in this form."""
    document = asdict(tried) | {"experiment": tried.experiment.name}
    (folder / form).mkdir(parents=True, exist_ok=True)
    _file(tried.experiment, form=form, folder=folder).write_text(
        json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8"
    )


def kept(experiments: Iterable[Experiment], *, form: str, folder: Path = FOLDER) -> Iterator[Tried]:
    """What each of these found last in this form, in their order; nothing of one that was never run in it."""
    for one in experiments:
        file = _file(one, form=form, folder=folder)
        if file.exists():
            document = json.loads(file.read_text(encoding="utf-8"))
            findings = [Finding(**found | {"problems": tuple(found["problems"])}) for found in document["findings"]]
            yield Tried(**document | {"experiment": one, "findings": findings})


def _file(experiment: Experiment, *, form: str, folder: Path) -> Path:
    return folder / form / f"{experiment.name}.json"
