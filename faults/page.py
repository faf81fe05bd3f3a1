"""The page of findings: docs/faults.md, written whole by every run that is told to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.page import table
from faults.finding import Experiment, Finding

PROBLEMS_MAX = 20


@dataclass(frozen=True)
class Tried:
    """An experiment that was run, what it found, and how long it took."""

    experiment: Experiment
    findings: list[Finding]
    seconds: float


def page(facts: dict[str, str], tried: Sequence[Tried]) -> str:
    """The whole page, as Markdown."""
    lines = ["# Faults", "", "Written by `make faults`; nothing here is put right by hand.", ""]
    lines += table(("", ""), facts.items())
    for one in tried:
        lines += ["", f"## {one.experiment.name.replace('-', ' ').capitalize()}", "", one.experiment.must, ""]
        lines += table(("what", "engine", "what was tried and seen", "held"), map(_row, one.findings))
        lines += ["", f"It took {one.seconds:,.0f} seconds."]
        lines += _problems(one.findings)
    return "\n".join([*lines, ""])


def _row(finding: Finding) -> tuple[str, str, str, str]:
    return finding.title, finding.engine or "none", finding.tried, "yes" if finding.holds else "**NO**"


def _problems(findings: Sequence[Finding]) -> Iterator[str]:
    for finding in findings:
        if finding.problems:
            yield ""
            yield f"{finding.title}, {finding.engine}:"
            yield ""
            yield from (f"- {problem}" for problem in finding.problems[:PROBLEMS_MAX])
