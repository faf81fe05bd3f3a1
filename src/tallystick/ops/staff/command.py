"""`tallystick staff add`, `list`, `reset`, `confirm`, `close` and `programs`: whoever has the passphrase of the books may let people in."""

from datetime import UTC, datetime
from pathlib import Path

import click

from tallystick.core.role import Role
from tallystick.ops.options import books_options, opened
from tallystick.ops.staff.programs import programs

NAME = click.argument("name", metavar="NAME")


@click.group()
def staff() -> None:
    """Who may sign in to the pages: add, list, reset, confirm, close; and programs. Each of them takes --home DIR and --json.

    \b
    Example: tallystick staff add HERON --role bookkeeper --home ~/lamps
    """


@staff.command()
@NAME
@click.option(
    "--role", "roles", multiple=True, required=True, metavar="ROLE", help=f"One of {', '.join(Role)}; may be given again."
)
@click.option("--party", default="", metavar="CODE", help="The custodian that this member holds for.")
@books_options
def add(name: str, roles: tuple[str, ...], *, party: str, home: Path, passphrase_fd: int | None, as_json: bool) -> None:
    """Make a member. The password is drawn and said once.

    \b
    Example: tallystick staff add HERON --role bookkeeper --role analyst --home ~/lamps
    """
    opened(home, passphrase_fd)
    from tallystick.ops.staff.deeds import add as add_one

    add_one(name, roles, party=party, as_json=as_json)


@staff.command("list")
@books_options
def list_(home: Path, passphrase_fd: int | None, *, as_json: bool) -> None:
    """Who signs in, in which roles, and who has no second factor yet.

    \b
    Example: tallystick staff list --home ~/lamps
    """
    opened(home, passphrase_fd)
    from tallystick.ops.staff.deeds import show

    show(as_json=as_json)


@staff.command()
@NAME
@books_options
def reset(name: str, home: Path, *, passphrase_fd: int | None, as_json: bool) -> None:
    """Draw a new password for a member and take the second factors away, for whoever lost them.

    \b
    Example: tallystick staff reset HERON --home ~/lamps
    """
    opened(home, passphrase_fd)
    from tallystick.ops.staff.deeds import reset as reset_one

    reset_one(name, as_json=as_json)


@staff.command()
@NAME
@books_options
def confirm(name: str, home: Path, *, passphrase_fd: int | None, as_json: bool) -> None:
    """Say that a member is a person of their own, whoever drew their password: for an office that has no other lead to say so.

    Until then they and whoever was shown the password count as one person where two are needed. It is written into the books.

    \b
    Example: tallystick staff confirm HERON --home ~/lamps
    """
    opened(home, passphrase_fd)
    from tallystick.ops.staff.deeds import confirm as confirm_one

    confirm_one(name, confirmed_at=datetime.now(UTC), as_json=as_json)


@staff.command()
@NAME
@books_options
def close(name: str, home: Path, *, passphrase_fd: int | None, as_json: bool) -> None:
    """Let a member in no more. What they did stays as it is.

    \b
    Example: tallystick staff close HERON --home ~/lamps
    """
    opened(home, passphrase_fd)
    from tallystick.ops.staff.deeds import close as close_one

    close_one(name, as_json=as_json)


staff.add_command(programs)
