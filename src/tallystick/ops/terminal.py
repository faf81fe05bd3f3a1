"""What the command shows: tables and lines for a person, JSON and CSV for a program, the rehearsal banner for both."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

REHEARSAL = "REHEARSAL: invented people and places"
PLAIN_WIDTH = 120  # columns, where the output is no terminal

out = Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH, highlight=False, soft_wrap=False)
err = Console(stderr=True, width=None if sys.stderr.isatty() else PLAIN_WIDTH, highlight=False)


def say(words: str, *, style: str = "") -> None:
    """One line for a person, on standard output."""
    out.print(Text(words, style=style), soft_wrap=True)


def warn(words: str, *, style: str = "") -> None:
    """One line for a person, on standard error, where it is in no program's way."""
    err.print(Text(words, style=style), soft_wrap=True)


def banner(*, rehearsal: bool, to_error: bool = False) -> None:
    """Say that nobody in these books is real, where that is so."""
    if rehearsal:
        (warn if to_error else say)(f" {REHEARSAL} ", style="bold black on yellow")


def speak_plainly() -> None:
    """A sign that the terminal's encoding lacks is written out (“\\u2026”); a command is not lost for it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def print_json(document: dict[str, Any]) -> None:
    """One JSON document on standard output, in UTF-8 whatever the terminal speaks."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")
    sys.stdout.flush()  # whoever reads it is told before the command goes on, to serve a page for instance


def print_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """CSV as a programme folder writes it, on standard output: UTF-8 and bare newlines whatever the terminal speaks."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)


def table(title: str, columns: Sequence[str], *, right: Sequence[str] = ()) -> Table:
    """An empty table; the columns named in `right` are set flush right."""
    made = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        made.add_column(column, justify="right" if column in right else "left", overflow="fold")
    return made


@contextmanager
def progress(doing: str, *, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A bar on standard error while something long goes on; hands out what is to be told of each step. Silent to a program."""
    if not err.is_terminal:
        yield lambda count: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(doing, total=total)
        yield lambda count: bar.advance(task, count)


def age(since: datetime | None, *, now: datetime, or_more: bool = False) -> str:
    """“4 Dec 2014, 11 days”, or “11+ days” where the oldest of it may have come in before."""
    if since is None:
        return ""
    days = (now - since).days
    if days < 0:  # a rehearsal may play in the future
        return f"{since.day} {since:%b %Y}"
    return f"{since.day} {since:%b %Y}, {days:,}{'+' if or_more else ''} day{'' if days == 1 else 's'}"


def grouped(decimal: str) -> str:
    """An amount as people read it: 10526.32 is “10,526.32”."""
    whole, point, rest = decimal.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole != "-0" else decimal
