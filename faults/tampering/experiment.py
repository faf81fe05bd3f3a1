"""Tampering, on every engine that this machine has."""

from faults.finding import Experiment, Finding, Scale
from faults.kills.ground import ENGINES
from faults.kills.keepers import Told, find_side_by_side

SHORT = 300  # tamperings on each engine, and a tenth as many rewritings; the long form tries everything there is


def run(scale: Scale, told: Told) -> list[Finding]:
    count = scale.pick(short=SHORT, long=0)
    parts = [("faults.tampering.keeper", engine, str(scale.seed), str(count)) for engine in ENGINES]
    return find_side_by_side(parts, told=told)


TAMPERING = Experiment(
    "tampering",
    "A value changed, a row deleted, two rows exchanged: verify names the act, every time. Whoever makes the whole chain anew is"
    " betrayed by the signed checkpoints, and whoever signs anew or cuts off acts and checkpoints alike by a head carried away.",
    run,
)
