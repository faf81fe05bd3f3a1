"""The bank test on either engine: with so few accounts that everybody wants the same ones, and with many."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from bench.place import ROOT
from faults.finding import POSTGRES, SQLCIPHER, Experiment, Finding, Scale
from tests.postgres import find_programs, start_cluster

CLIENTS = 16
FEW, MANY = 5, 500  # custodians, each with two accounts
Told = Callable[[str], None]


def run(scale: Scale, told: Told) -> list[Finding]:
    """On PostgreSQL too where this machine has it; there the disk is not waited for, so that more meet in the same time."""
    findings = list(evenings(SQLCIPHER, scale, database=lambda: "", told=told))
    if find_programs() is None:
        return findings
    with ExitStack() as stack:
        cluster = start_cluster()
        stack.callback(cluster.stop)
        return [*findings, *evenings(POSTGRES, scale, database=cluster.make_database, told=told)]


def evenings(engine: str, scale: Scale, *, database: Callable[[], str], told: Told) -> Iterator[Finding]:
    """With few accounts, and the naive double after it; then with many."""
    seconds = scale.pick(short=30, long=600)
    for custodians, also in ((FEW, ["--naive"]), (MANY, [])):
        words = {"custodians": custodians, "clients": CLIENTS, "seconds": seconds, "seed": scale.seed, "database": database()}
        for found in scene(words, also, told=lambda said: told(f"{engine}: {said}")):
            yield Finding(found["title"], engine, found["tried"], tuple(found["problems"]))


def scene(words: dict[str, object], also: list[str], *, told: Told) -> list[dict]:
    """What the scene finds; `told` hears what it says meanwhile."""
    command = [sys.executable, "-m", "faults.bank.scene", *also]
    command += [f"--{name}={value}" for name, value in words.items()]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        heard = []
        for said in process.stderr:
            heard.append(said)
            told(said.rstrip())
        answer = process.stdout.read()
    assert process.returncode == 0, f"the scene ended with {process.returncode}: {''.join(heard)[-4000:]}"
    return json.loads(answer)


BANK = Experiment(
    name="bank",
    must=(
        "Sixteen clients at the same accounts, and readers all the while: at every read the totals are what they were, nobody and no"
        " tally stands below zero, what was seen once stays, and every answer that was given is true. Naive posting is caught."
    ),
    run=run,
)
