"""Findings kept from run to run, so that a form of many hours may be tried in parts and still makes one page.

What a long run found lies beside the page and is committed with it; what a short one found is no more than this machine's.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.place import ROOT
from faults.finding import Experiment, Finding

LONG, SHORT = "long", "short"
FOLDERS = {LONG: ROOT / "docs" / "faults", SHORT: ROOT / ".bench" / "faults"}


@dataclass(frozen=True)
class Tried:
    """An experiment that was run: in which form, on which day and commit, from which seed, what it found, in how many seconds."""

    experiment: Experiment
    findings: list[Finding]
    seconds: float
    form: str
    date: str
    commit: str
    seed: int


def keep(tried: Tried, *, folders: dict[str, Path] = FOLDERS) -> None:
    """Writes it down in place of what the same experiment found before in the same form."""
    document = asdict(tried) | {"experiment": tried.experiment.name}
    file = folders[tried.form] / f"{tried.experiment.name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def kept(experiments: Iterable[Experiment], *, folders: dict[str, Path] = FOLDERS) -> Iterator[Tried]:
    """What each of these found last, in the long form where it was ever run in it; nothing of one that was never run."""
    for one in experiments:
        files = [folder / f"{one.name}.json" for folder in (folders[LONG], folders[SHORT])]
        file = next((file for file in files if file.exists()), None)
        if file is not None:
            document = json.loads(file.read_text(encoding="utf-8"))
            findings = [Finding(**found | {"problems": tuple(found["problems"])}) for found in document["findings"]]
            yield Tried(**document | {"experiment": one, "findings": findings})
