"""The page of findings: docs/faults.md, written whole by every run that is told to."""

from collections.abc import Iterator, Sequence

from bench.page import table
from faults.finding import Finding
from faults.kept import Tried

PROBLEMS_MAX = 20


def page(facts: dict[str, str], tried: Sequence[Tried]) -> str:
    """The whole page, as Markdown."""
    lines = ["# Faults", "", "Written by `make faults`; nothing here is put right by hand.", ""]
    lines += table(("", ""), facts.items())
    for one in tried:
        lines += ["", f"## {one.experiment.name.replace('-', ' ').capitalize()}", "", one.experiment.must, ""]
        lines += table(("what", "engine", "what was tried and seen", "held"), map(_row, one.findings))
        lines += [
            "",
            f"{one.form.capitalize()} form, commit {one.commit}, seed {one.seed}, {one.date}; it took {one.seconds:,.0f} seconds.",
        ]
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
