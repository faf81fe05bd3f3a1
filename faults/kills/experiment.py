"""Processes killed with signal 9, on every engine that this machine has."""

from faults.finding import Experiment, Finding, Scale
from faults.kills.ground import ENGINES
from faults.kills.keepers import Told, find_side_by_side

SHORT, LONG = 1_000, 10_000  # kills on all engines together


def run(scale: Scale, told: Told) -> list[Finding]:
    kills = scale.pick(short=SHORT, long=LONG) // len(ENGINES)
    parts = [("faults.kills.keeper", engine, str(scale.seed), str(kills)) for engine in ENGINES]
    return find_side_by_side(parts, told=told)


KILLS = Experiment(
    "kills",
    "A process that is killed with signal 9 while it posts, imports, verifies, exports, migrates or makes books loses nothing"
    " that it acknowledged; asked for again, nothing is there twice; nothing is torn, and the chain is whole.",
    run,
)
