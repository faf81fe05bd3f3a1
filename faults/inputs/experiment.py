"""Bad input, on every engine that this machine has."""

from faults.finding import Experiment, Finding, Scale
from faults.inputs.guided import guide
from faults.kills.ground import ENGINES
from faults.kills.keepers import Told, find_side_by_side

SHORT, LONG = 30_000, 1_000_000  # inputs on all engines together


def run(scale: Scale, told: Told) -> list[Finding]:
    inputs = scale.pick(short=SHORT, long=LONG) // len(ENGINES)
    parts = [("faults.inputs.keeper", engine, str(scale.seed), str(inputs)) for engine in ENGINES]
    findings = find_side_by_side(parts, told=told)
    return [*findings, *guide(seed=scale.seed)] if scale.is_long else findings


INPUTS = Experiment(
    "inputs",
    "Whatever comes in, a programme folder, a workbook, an act, a head or a key file, is taken or refused in words: nothing crashes,"
    " nothing takes longer than a second, and what was refused leaves no trace in the books and no file behind.",
    run,
)
