"""The run: `faults/run` in the short form, `faults/run --long` in the whole one; `--only NAME` for one experiment."""

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.machine import commit, load, machine
from bench.place import ROOT
from faults.bank.experiment import BANK
from faults.finding import Experiment, Finding, Scale
from faults.inputs.experiment import INPUTS
from faults.kept import LONG, SHORT, Tried, keep, kept
from faults.kills.experiment import KILLS
from faults.medium import CLOSED_DISK, FAILING_DISK, FORGETTING_SERVER, FULL_DISK
from faults.model.experiment import MODEL
from faults.page import page
from faults.power import POWER
from faults.server.experiment import SERVER
from faults.tampering.experiment import TAMPERING

PAGE = ROOT / "docs" / "faults.md"
SEED = 7


def experiments() -> list[Experiment]:
    """Every experiment there is, in the order in which they are run."""
    return [KILLS, SERVER, POWER, FULL_DISK, FAILING_DISK, CLOSED_DISK, FORGETTING_SERVER, BANK, TAMPERING, MODEL, INPUTS]


def read_words(words: list[str]) -> argparse.Namespace:
    names = [one.name for one in experiments()]
    reader = argparse.ArgumentParser(prog="faults/run", description="Whether the books stay right when everything goes wrong.")
    reader.add_argument("--long", action="store_true", help="the whole measure: hours (without it, minutes)")
    reader.add_argument("--only", action="append", choices=names, metavar="NAME", help=f"one of {', '.join(names)}")
    reader.add_argument("--seed", type=int, default=SEED)
    reader.add_argument("--page", type=Path, help="where the findings are written, those of parts run before included")
    return reader.parse_args(words)


def main() -> int:
    """0 when everything held, 1 when something did not. The page shows everything there is, each in the longest form it was run in."""
    told = read_words(sys.argv[1:])
    scale = Scale(is_long=told.long, seed=told.seed)
    tried, measured = [], commit()
    for one in experiments():
        if not told.only or one.name in told.only:
            tried.append(_try(one, scale, of=measured))
            keep(tried[-1])
    if told.page:
        facts = {**machine(), "machine's load at the end": load()}
        told.page.write_text(page(facts, list(kept(experiments()))), encoding="utf-8")
    return 0 if all(finding.holds for one in tried for finding in one.findings) else 1


def _try(experiment: Experiment, scale: Scale, *, of: str) -> Tried:
    say(f"{experiment.name}: {experiment.must}")
    started = time.perf_counter()
    findings = experiment.run(scale, lambda words: say(f"  … {words}"))
    seconds = time.perf_counter() - started
    for finding in findings:
        say("  " + line(finding))
    form, date = LONG if scale.is_long else SHORT, f"{datetime.now(UTC):%Y-%m-%d}"
    return Tried(experiment, findings, seconds, form=form, date=date, commit=of, seed=scale.seed)


def line(finding: Finding) -> str:
    """A finding in a line, and every problem in a line of its own."""
    engine = f", {finding.engine}" if finding.engine else ""
    held = "held  " if finding.holds else "BROKE "
    return "\n      ".join([f"{held} {finding.title}{engine}: {finding.tried}", *finding.problems[:20]])


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
