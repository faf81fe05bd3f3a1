"""The database lost under those who work with it, on every engine that this machine has."""

from faults.finding import Experiment, Finding, Scale
from faults.kills.ground import ENGINES
from faults.kills.keepers import Told, find_side_by_side

LONG = 20  # times as many rounds as the short form has


def run(scale: Scale, told: Told) -> list[Finding]:
    times = scale.pick(short=1, long=LONG)
    parts = [("faults.server.keeper", engine, str(scale.seed), str(times)) for engine in ENGINES]
    return find_side_by_side(parts, told=told)


SERVER = Experiment(
    "server-lost",
    "Where the server is restarted, a connection cut or a lock not to be had in time, whoever was posting is told so in one"
    " sentence; the same asked for again is done, nothing acknowledged is lost, and nothing is there twice.",
    run,
)
