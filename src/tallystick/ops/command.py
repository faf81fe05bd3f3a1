"""The `tallystick` command: every subcommand, and the one way out for refusals and for faults of ours.

Nothing here imports a table before the books are open: which database they are in is known only then.
"""

import gc
import os
import signal
import sys
import traceback
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from tallystick.core.refusal import Refusal
from tallystick.journal.medium import refused_by_medium
from tallystick.journal.reach import refusal_of
from tallystick.ops.doctor.command import doctor
from tallystick.ops.founding import FIRST_LEAD
from tallystick.ops.keeping import migrate
from tallystick.ops.logbook import noted
from tallystick.ops.options import DONE, FOLDER, HOME, JSON, REFUSED, books_options, opened, passphrase_for
from tallystick.ops.partitioning import partition
from tallystick.ops.proving import beancount, head, replay, verify
from tallystick.ops.staff.command import staff
from tallystick.ops.terminal import print_json, speak_plainly, warn

BAD_INPUT, FAULT = 2, 70
BAD_INPUT_CODES = {
    "folder_refused", "folder_missing", "head_missing", "head_unreadable", "moment_unreadable", "moment_without_offset",
}  # fmt: skip
GARBAGE = 2_000_000, 20, 100
"""When Python looks for garbage: rows by the ten thousand are none, and looking through them for some costs a sixth."""
PORT = click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1; a free one where not given.")


class Moment(click.ParamType[datetime]):
    """A moment with its offset, or a day, which means the end of it in UTC."""

    name = "when"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from tallystick.core.moment import read_moment

        text = f"{value}T23:59:59.999999+00:00" if len(value) == len("2014-03-01") else value
        try:
            return read_moment(text)
        except Refusal as refusal:
            self.fail(f"{refusal} Expected: {refusal.expectation()}.", param, ctx)


class Commands(click.Group):
    """Lists the commands in the order in which they are met."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="tallystick", prog_name="tallystick")
def tallystick() -> None:
    """The books of aid that travels by hand: whose hands hold what, for whom, and what became of it.

    \b
    A first look, with invented people:   tallystick demo
    Books of your own:                    tallystick init --home DIR --rehearsal
                                          tallystick import FOLDER --home DIR
                                          tallystick holdings --home DIR
    """


def now() -> datetime:
    return datetime.now(UTC)


@tallystick.command()
@click.option("--rehearsal", is_flag=True, help="Invented people only; every page and print-out says so.")
@click.option(
    "--lead", default=FIRST_LEAD, show_default=True, metavar="NAME", help="The code name of the first member, who is lead."
)
@books_options
def init(home: Path, passphrase_fd: int | None, *, as_json: bool, rehearsal: bool, lead: str) -> None:
    """Make new, encrypted books, and a lead who may sign in to their pages; the password is said once.

    \b
    Example: tallystick init --home ~/lamps --rehearsal
    """
    from tallystick.ops.founding import Founding, make

    founding = Founding(rehearsal=rehearsal, lead=lead, recorded_at=now())
    make(home, passphrase_for(home, passphrase_fd, twice=True), founding=founding, as_json=as_json)


@tallystick.command("import")
@click.argument("source", metavar="FOLDER-or-XLSX", type=FOLDER)
@books_options
def import_(source: Path, home: Path, *, passphrase_fd: int | None, as_json: bool) -> None:
    """Take a programme folder or workbook into the books: the whole of it, or nothing and a list of what is wrong.

    \b
    Example: tallystick import examples/lamps --home ~/lamps
    """
    keyring = opened(home, passphrase_fd)
    from tallystick.ops.folders import take

    take(source, keyring, recorded_at=now(), as_json=as_json)


@tallystick.command()
@click.argument("target", metavar="FOLDER-or-XLSX", type=FOLDER)
@books_options
def export(target: Path, home: Path, *, passphrase_fd: int | None, as_json: bool) -> None:
    """Write everything as a programme folder, or as a workbook where the name ends in .xlsx.

    \b
    Example: tallystick export lamps.xlsx --home ~/lamps
    """
    opened(home, passphrase_fd)
    from tallystick.ops.folders import give

    give(target, as_json=as_json)


@tallystick.command()
@click.option("--at", "at", type=Moment(), metavar="WHEN", help="At this moment (2014-12-31, or with time and offset).")
@click.option("--by", type=click.Choice(["holder", "earmark", "place"]), default="holder", help="Group the table by this.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV: every account that is not empty.")
@books_options
def holdings(home: Path, passphrase_fd: int | None, *, at: datetime | None, by: str, as_csv: bool, as_json: bool) -> None:
    """Whose hands hold what now, since when, and within which limit.

    \b
    Example: tallystick holdings --by place --at 2014-12-31 --home ~/lamps
    """
    opened(home, passphrase_fd)
    from tallystick.ops.questions import show_holdings

    show_holdings(at=at, by=by, now=now(), form="csv" if as_csv else "json" if as_json else "table")


@tallystick.command()
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@books_options
def delivered(home: Path, passphrase_fd: int | None, *, as_csv: bool, as_json: bool) -> None:
    """What reached each grant's recipient.

    \b
    Example: tallystick delivered --csv --home ~/lamps
    """
    opened(home, passphrase_fd)
    from tallystick.ops.questions import show_delivered

    show_delivered(form="csv" if as_csv else "json" if as_json else "table")


@tallystick.command()
@click.argument("code", metavar="EARMARK-or-GRANT-or-TALLY")
@books_options
def trace(code: str, home: Path, *, passphrase_fd: int | None, as_json: bool) -> None:
    """Follow an earmark from gift to payouts, a grant back to its gift, or a tally over the road.

    \b
    Example: tallystick trace G03 --home ~/lamps
    """
    opened(home, passphrase_fd)
    from tallystick.ops.tracing import show_trace

    show_trace(code, as_json=as_json)


for command in (staff, verify, head, replay, beancount, migrate, doctor, partition):
    tallystick.add_command(command)


@tallystick.command()
@PORT
@click.option(
    "--workers", type=click.IntRange(1, 64), metavar="N",
    help="For a team: N processes for pages and N for long work. Needs books in PostgreSQL; without it there is one of each.",
)  # fmt: skip
@books_options
def serve(home: Path, passphrase_fd: int | None, *, port: int, workers: int | None, as_json: bool) -> None:
    """Show the books on a page, on this machine only, and do what is asked for there: imports, exports.

    \b
    Example: tallystick serve --home ~/lamps
    """
    keyring = opened(home, passphrase_fd)
    from tallystick.ops.serving import serve_page, serve_team, show_address

    told = partial(show_address, as_json=as_json)
    if workers is None:
        serve_page(home, keyring, port=port, told=told)
    else:
        serve_team(home, keyring, port=port, told=told, count=workers)


@tallystick.command()
@click.option("--no-serve", is_flag=True, help="Stop before serving the page.")
@PORT
@JSON
@click.option(
    "--home", type=HOME, default=Path(".demo"), show_default=True, metavar="DIR", help="The folder for the demo's own books."
)
def demo(home: Path, port: int, *, no_serve: bool, as_json: bool) -> None:
    """Make rehearsal books, import the example programme, show whose hands hold what, prove it, and serve the page.

    \b
    Example: tallystick demo --home .demo
    """
    from tallystick.ops.demonstration import demonstrate

    proved = demonstrate(home, recorded_at=now(), port=None if no_serve else port, as_json=as_json)
    sys.exit(DONE if proved else REFUSED)


def main() -> None:
    """Run the command; a refusal is said in one sentence, a fault of ours without a value from the books."""
    os.umask(0o077)
    signal.signal(signal.SIGTERM, _end)
    speak_plainly()
    gc.set_threshold(*GARBAGE)
    try:
        with noted(tallystick.commands):
            tallystick.main(standalone_mode=True)
    except Refusal as refusal:
        sys.exit(_say(refusal))
    except Exception as fault:
        if refused := refusal_of(fault) or refused_by_medium(fault):
            sys.exit(_say(refused))
        frame = traceback.extract_tb(fault.__traceback__)[-1]
        warn(
            f"A fault of ours: {type(fault).__name__} in {Path(frame.filename).name}, line {frame.lineno}. Nothing was half done."
        )
        if os.environ.get("TALLYSTICK_TRACEBACK"):
            raise
        sys.exit(FAULT)


def _end(number: int, frame: object) -> None:
    """Told to end, a command puts away what it has begun, as after Ctrl-C."""
    del frame
    sys.exit(128 + number)


def _say(refusal: Refusal) -> int:
    """Print a refusal and its faults, as JSON where that was asked for; the exit status it comes with."""
    faults = list(getattr(refusal, "faults", ()))
    if "--json" in sys.argv[1:]:
        listed = [fault.document() for fault in faults]
        said = {"done": False, "code": refusal.code, "words": str(refusal), "expected": refusal.expectation()}
        print_json(said | {"faults": listed, "faults_not_listed": getattr(getattr(refusal, "faults", None), "more", 0)})
    else:
        for fault in faults:
            warn(str(fault))
        more = getattr(refusal, "faults", None)
        if more is not None and more.remainder():
            warn(more.remainder())
        expected = refusal.expectation()
        warn(f"{refusal}{f' Expected: {expected}.' if expected else ''}", style="bold")
    return BAD_INPUT if refusal.code in BAD_INPUT_CODES else REFUSED
