"""The model test, on every engine that this machine has."""

from faults.finding import Experiment, Finding, Scale
from faults.kills.ground import ENGINES
from faults.kills.keepers import Told, find_side_by_side

SHORT, LONG = 60, 10_000  # examples on each engine


def run(scale: Scale, told: Told) -> list[Finding]:
    examples = scale.pick(short=SHORT, long=LONG)
    parts = [("faults.model.keeper", engine, str(scale.seed), str(examples)) for engine in ENGINES]
    return find_side_by_side(parts, told=told)


MODEL = Experiment(
    "model",
    "Whatever is posted, in whatever order and in batches of any size, the books say what a plain model of a hundred lines says:"
    " taken, held already or refused and why; every balance, every tally on the road; and at the end they are proved.",
    run,
)
