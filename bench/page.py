"""The page of figures: docs/benchmarks.md, written whole by every whole run."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

from bench.chapter import Chapter, Part, table
from bench.figures import Target
from bench.reasons import reasons

METHOD = """\
Every figure was taken in a process of its own, after everything that waits for the disk had reached it. Product and peers take
turns, and who comes first in one round comes last in the next; a ratio is between two figures of one round. The median of the
rounds decides; of memory and of failures, the worst. How often the disk takes a durable write swings from minute to minute, so
what it took just before stands beside every figure that waits for it, and what is promised is promised as a ratio.
"""


@dataclass
class Results:
    """What a run measured; a part that was left out is absent."""

    facts: dict[str, str]
    parts: list[Part] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def targets(self) -> Iterator[Target]:
        return (target for chapter in self.chapters for target in chapter.targets)


def page(results: Results) -> str:
    """The whole page, as Markdown."""
    lines = ["# Benchmarks", "", "Written by `make bench`, figures and words; nothing here is put right by hand.", ""]
    lines += table(("", ""), results.facts.items())
    lines += ["", "## Targets", ""]
    lines += table(("what", "target", "measured", "least to most", "reached"), map(_target_row, results.targets()))
    why = list(reasons(results.targets()))
    lines += ["", "What was missed, and why:", "", *why] if why else []
    lines += [f"\nLeft out of this run: {one}." for one in results.left_out]
    for chapter in results.chapters:
        lines += ["", f"## {chapter.title}", "", *([chapter.words, ""] if chapter.words else [])]
        lines += table(chapter.head, chapter.rows)
    lines += ["", "## How it is measured", "", METHOD]
    return "\n".join(lines) + "".join(["\n", *(part.method for part in results.parts)]).rstrip("\n") + "\n"


def summary(results: Results) -> list[str]:
    """The targets, one line each, for the terminal."""
    return [
        f"{'reached' if target.is_reached else 'MISSED '}  {target.words}: {target.deciding:.2f}{target.unit}"
        f" (target {target.bound:g}{target.unit}, median of rounds {median(target.values):.2f})"
        for target in results.targets()
    ]


def _target_row(target: Target) -> tuple[str, ...]:
    form = ",.2f" if target.unit in ("×", " ms") else ",.0f"
    bound = f"{'at least' if target.is_least else 'at most'} {target.bound:,g}{target.unit}"
    spread_out = f"{min(target.values):{form}} to {max(target.values):{form}}"
    return target.words, bound, f"{target.deciding:{form}}{target.unit}", spread_out, "yes" if target.is_reached else "**NO**"
