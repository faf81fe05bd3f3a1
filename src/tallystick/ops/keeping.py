"""The commands that keep books going from one release to the next."""

from pathlib import Path

import click

from tallystick.ops.options import books_options, opened


@click.command()
@books_options
def migrate(home: Path, passphrase_fd: int | None, *, as_json: bool) -> None:
    """Bring books of an earlier release up to this one. Copy the folder of the books first.

    \b
    Example: tallystick migrate --home ~/lamps
    """
    opened(home, passphrase_fd, may_be_outdated=True)
    from tallystick.ops.upgrading import bring_up

    bring_up(as_json=as_json)
