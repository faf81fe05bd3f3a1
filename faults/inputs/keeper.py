"""One engine's part of the experiment, in a process of its own: `python -m faults.inputs.keeper ENGINE SEED COUNT`.

It writes a JSON document a line: how far it is, and what it found.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from faults.finding import Finding
from faults.kills.ground import ENGINES, Ground
from faults.kills.keepers import keep, tell

# How many of a hundred inputs are of each kind; folders and workbooks, which are imported, take most of the time.
SHARES = {"folders": 8, "workbooks": 2, "acts": 32, "canonical": 16, "heads": 32, "keys": 10}


def find(ground: Ground, base: Path, *, count: int, seed: int) -> Iterator[Finding]:
    ground.start()
    ground.found()
    from faults.inputs.folders import Desk, Sound
    from faults.inputs.traps import spring_traps
    from tests import books

    (base / "kept").mkdir()
    (base / "desk").mkdir()
    sound = Sound(base / "kept")
    books.take(sound.folder)
    desk = Desk(base / "desk")
    for kind, spoil in (("folders", sound.spoil_folder), ("workbooks", sound.spoil_workbook)):
        tell(f"{ground.engine}: {kind}")
        name = "stall" if kind == "folders" else "stall.xlsx"
        watch = desk.look_at(spoil, Random(f"{kind} {ground.engine} {seed}"), count=count * SHARES[kind] // 100, name=name)
        yield Finding(f"{kind}, spoilt", ground.engine, watch.said(), tuple(watch.problems))
    tell(f"{ground.engine}: traps")
    yield spring_traps(desk, sound, engine=ground.engine)
    if ground.engine == ENGINES[0]:  # no database has a part in these
        yield from read_documents(ground, base, count=count * len(ENGINES), seed=seed)


def read_documents(ground: Ground, base: Path, *, count: int, seed: int) -> Iterator[Finding]:
    from faults.inputs import documents
    from tallystick.bundles.verify.heads import last_head
    from tallystick.core.head import head_text
    from tallystick.journal.queries import acts
    from tallystick.vault.keys import KEYRING_FILE, unlocked

    said = [act.body for act in acts()]
    head = head_text(last_head(unlocked().office, unlocked().public_key)).encode()
    keyring = (ground.home.folder / KEYRING_FILE).read_bytes()
    (base / "keys").mkdir()
    kinds = {
        "acts": (documents.read_content, said),
        "canonical": (documents.read_canonical, said),
        "heads": (documents.read_carried, [head]),
        "keys": (documents.keyring_reader(base / "keys"), [keyring]),
    }
    for kind, (answer, sound) in kinds.items():
        tell(kind)
        spoilt = documents.spoil_documents(sound, Random(f"{kind} {seed}"))
        watch = documents.look_at_documents(answer, spoilt, count=count * SHARES[kind] // 100)
        yield Finding(f"{kind}, spoilt", "", watch.said(), tuple(watch.problems))


def find_in_folder(ground: Ground, words: list[str]) -> Iterator[Finding]:
    with tempfile.TemporaryDirectory(prefix="tally-") as base:
        seed, count = map(int, words)
        yield from find(ground, Path(base), count=count, seed=seed)


if __name__ == "__main__":
    keep(find_in_folder)
