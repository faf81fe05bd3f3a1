"""`tallystick doctor`: looks at everything these books stand on and says of each whether it is as it should be."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from tallystick.ops.doctor.finding import Finding, Standing
from tallystick.ops.options import DONE, REFUSED, books_options, opened
from tallystick.ops.terminal import banner, out, print_json, say
from tallystick.vault.keys import KEYRING_FILE, Keyring, NoBooksThere

STYLES = {Standing.OK: "green", Standing.LOOK: "yellow", Standing.WRONG: "bold red"}


@click.command()
@books_options
def doctor(home: Path, passphrase_fd: int | None, *, as_json: bool) -> None:
    """Look at what the books stand on: versions, disk, clock, rights, tables, signatures, backups. 0 when nothing is wrong.

    \b
    Example: tallystick doctor --home ~/lamps
    """
    from tallystick.ops.doctor.examination import examine

    def open_them() -> Keyring:
        if not (home / KEYRING_FILE).exists():  # nobody is asked for a passphrase that would open nothing
            raise NoBooksThere(home=home)
        return opened(home, passphrase_fd, may_be_outdated=True)

    examined = examine(home, open_them=open_them, now=datetime.now(UTC))
    wrong, doubtful = examined.count(Standing.WRONG), examined.count(Standing.LOOK)
    if as_json:
        listed = [
            {"topic": one.topic, "standing": one.standing.value, "words": one.words, "advice": one.advice}
            for one in examined.findings
        ]
        print_json({"done": not wrong, "rehearsal": examined.rehearsal, "findings": listed})
    else:
        banner(rehearsal=bool(examined.rehearsal))
        out.print(listing(examined.findings))
        say(verdict(wrong=wrong, doubtful=doubtful), style=STYLES[Standing.WRONG if wrong else Standing.OK])
    sys.exit(REFUSED if wrong else DONE)


def listing(findings: tuple[Finding, ...]) -> Table:
    """One row for each, and what to do in a line of its own under what was seen."""
    made = Table.grid(padding=(0, 2, 0, 0))
    made.add_column(no_wrap=True)
    made.add_column(no_wrap=True)
    made.add_column(overflow="fold")
    for finding in findings:
        style = STYLES[finding.standing]
        words = Text(finding.words)
        if finding.advice:
            words.append(f"\n→ {finding.advice}", style="bold" if finding.standing is Standing.WRONG else "")
        made.add_row(Text(finding.standing, style=style), Text(finding.topic, style="bold"), words)
    return made


def verdict(*, wrong: int, doubtful: int) -> str:
    look = f"{_things(doubtful)} to look at" if doubtful else ""
    if not wrong:
        return f"Nothing is wrong{f'; {look}' if look else ''}."
    return f"{_things(wrong)} wrong{f', {look}' if look else ''}.".capitalize()


def _things(count: int) -> str:
    return "one thing" if count == 1 else f"{count} things"
