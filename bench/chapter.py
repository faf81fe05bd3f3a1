"""What a part of the bench came to: a chapter of the page, with the targets that it decides."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bench.figures import Target
from bench.setting import Setting


@dataclass(frozen=True)
class Chapter:
    """A table under a title. `words` stand above the table, and are empty where the title says enough."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    targets: tuple[Target, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Part:
    """What `--only` chooses by `name`. `run` measures, a chapter at a time; `method` says how, a list in Markdown."""

    name: str
    run: Callable[[Setting], Iterator[Chapter]]
    method: str


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """A Markdown table."""
    head = list(head)
    return [_row(head), "|" + "---|" * len(head), *map(_row, rows)]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
