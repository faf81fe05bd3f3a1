"""`tallystick partition`: the moves of PostgreSQL books in a part for each month; nothing does this unless it is asked to."""

from datetime import UTC, datetime
from pathlib import Path

import click

from tallystick.ops.options import books_options, opened
from tallystick.ops.terminal import banner, out, print_json, say, table

DONE_WORDS = {True: "From here on the moves of each month lie in a part of their own.", False: "Nothing was to be cut."}


@click.command()
@click.option("--past", is_flag=True, help="Cut the months gone by as well: every move is written anew.")
@click.option("--undo", is_flag=True, help="Back into one table: every move is written anew.")
@books_options
def partition(home: Path, passphrase_fd: int | None, *, past: bool, undo: bool, as_json: bool) -> None:
    """Keep the moves of PostgreSQL books in a part for each month; run it on the first of every month.

    \b
    Example: tallystick partition --home ~/lamps
    """
    if past and undo:
        raise click.UsageError("--past and --undo contradict each other.")
    opened(home, passphrase_fd)
    words = _cut(datetime.now(UTC), past=past, undo=undo)
    _show(words, as_json=as_json)


def _cut(now: datetime, *, past: bool, undo: bool) -> str:
    """Do what was asked for, and say it in a sentence."""
    from tallystick.ledger.partitions.cutting import cut_anew, cut_from_here, join

    if undo:
        join()
        return "The moves lie in one table."
    if past:
        cut_anew(now)
        return "Every move lies in the part of the month in which it was recorded."
    return DONE_WORDS[cut_from_here(now)]


def _show(words: str, *, as_json: bool) -> None:
    from tallystick.journal.queries import is_rehearsal
    from tallystick.ledger.partitions.parts import parts

    standing = parts()
    if as_json:
        listed = [{"name": one.name, "first": one.first, "before": one.before, "bytes": one.bytes} for one in standing]
        print_json({"done": True, "rehearsal": is_rehearsal(), "words": words, "parts": listed})
        return
    banner(rehearsal=is_rehearsal())
    say(words)
    if standing:
        shown = table("", ("part", "from act", "to act", "MB"), right=("from act", "to act", "MB"))
        for one in standing:
            last = "" if one.before is None else f"{one.before - 1:,}"
            shown.add_row(one.name, f"{one.first or 1:,}", last, f"{one.bytes / 1_000_000:,.1f}")
        out.print(shown)
