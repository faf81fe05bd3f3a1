"""The page of figures: docs/benchmarks.md, written whole by every whole run."""

from collections.abc import Iterable, Sequence
from statistics import median

from bench.chapter import Chapter, Part, table
from bench.figures import Target
from bench.kept import Measured
from bench.reasons import reasons

METHOD = """\
Every figure was taken in a process of its own, after everything that waits for the disk had reached it. Product and peers take
turns, and who comes first in one round comes last in the next; a ratio is between two figures of one round. The median of the
rounds decides; of memory and of failures, the worst. How often the disk takes a durable write swings from minute to minute, so
what it took just before stands beside every figure that waits for it, and what is promised is promised as a ratio.
"""


def page(measured: Sequence[Measured], *, parts: Iterable[Part] = (), left_out: Iterable[str] = ()) -> str:
    """The whole page, as Markdown. What held for every chapter stands at its head, and what did not under each chapter's title."""
    common = _common([one.facts for one in measured])
    targets = targets_of(one.chapter for one in measured)
    lines = ["# Benchmarks", "", "Written by `make bench`, figures and words; nothing here is put right by hand.", ""]
    lines += table(("", ""), common.items())
    lines += ["", "## Targets", ""]
    lines += table(("what", "target", "measured", "least to most", "reached"), map(_target_row, targets))
    why = list(reasons(targets))
    lines += ["", "What was missed, and why:", "", *why] if why else []
    lines += [f"\nLeft out of this run: {one}." for one in left_out]
    for one in measured:
        lines += ["", f"## {one.chapter.title}", "", *([one.chapter.words, ""] if one.chapter.words else [])]
        lines += table(one.chapter.head, one.chapter.rows)
        own = "; ".join(f"{name} {fact}" for name, fact in one.facts.items() if name not in common)
        lines += ["", f"Measured so: {own}."] if own else []
    lines += ["", "## How it is measured", "", METHOD]
    names = {one.part for one in measured}
    return "\n".join(lines) + "".join(["\n", *(part.method for part in parts if part.name in names)]).rstrip("\n") + "\n"


def targets_of(chapters: Iterable[Chapter]) -> list[Target]:
    """What these chapters decide, in their order."""
    return [target for chapter in chapters for target in chapter.targets]


def summary(targets: Iterable[Target]) -> list[str]:
    """The targets, one line each, for the terminal."""
    return [
        f"{'reached' if target.is_reached else 'MISSED '}  {target.words}: {target.deciding:.2f}{target.unit}"
        f" (target {target.bound:g}{target.unit}, median of rounds {median(target.values):.2f})"
        for target in targets
    ]


def _target_row(target: Target) -> tuple[str, ...]:
    form = ",.2f" if target.unit in ("×", " ms") else ",.0f"
    bound = f"{'at least' if target.is_least else 'at most'} {target.bound:,g}{target.unit}"
    spread_out = f"{min(target.values):{form}} to {max(target.values):{form}}"
    return target.words, bound, f"{target.deciding:{form}}{target.unit}", spread_out, "yes" if target.is_reached else "**NO**"


def _common(facts: Sequence[dict[str, str]]) -> dict[str, str]:
    """Those that every one of them has alike."""
    first, *others = facts or [{}]
    return {name: fact for name, fact in first.items() if all(one.get(name) == fact for one in others)}
