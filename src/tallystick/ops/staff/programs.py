"""`tallystick staff programs add`, `list` and `close`: which programs may ask by the API."""

from datetime import UTC, datetime
from pathlib import Path

import click

from tallystick.core.role import Role
from tallystick.ops.options import books_options, opened

NAME = click.argument("name", metavar="NAME")


@click.group()
def programs() -> None:
    """Which programs may ask by the API: add, list, close. Each of them takes --home DIR and --json.

    \b
    Example: tallystick staff programs add LEDGER --role bookkeeper --until 2027-06-30 --home ~/lamps
    """


@programs.command()
@NAME
@click.option("--role", required=True, metavar="ROLE", help=f"One of {', '.join(Role)}.")
@click.option("--until", required=True, metavar="DAY", help="The last day on which the token is good, at most a year from now.")
@click.option("--party", default="", metavar="CODE", help="The custodian that the program asks for, if it is theirs.")
@books_options
def add(name: str, role: str, *, until: str, party: str, home: Path, passphrase_fd: int | None, as_json: bool) -> None:
    """Let a program in. Its token is drawn and said once.

    \b
    Example: tallystick staff programs add LEDGER --role bookkeeper --until 2027-06-30 --home ~/lamps
    """
    opened(home, passphrase_fd)
    from tallystick.ops.staff.program_deeds import add as add_one

    add_one(name, role, until=until, party=party, today=datetime.now(UTC).date(), as_json=as_json)


@programs.command("list")
@books_options
def list_(home: Path, passphrase_fd: int | None, *, as_json: bool) -> None:
    """Which programs may ask, in which role, until when, and on what day each last did.

    \b
    Example: tallystick staff programs list --home ~/lamps
    """
    opened(home, passphrase_fd)
    from tallystick.ops.staff.program_deeds import show

    show(as_json=as_json)


@programs.command()
@NAME
@books_options
def close(name: str, home: Path, *, passphrase_fd: int | None, as_json: bool) -> None:
    """Let a program in no more. What it did stays as it is.

    \b
    Example: tallystick staff programs close LEDGER --home ~/lamps
    """
    opened(home, passphrase_fd)
    from tallystick.ops.staff.program_deeds import close as close_one

    close_one(name, as_json=as_json)
