"""The commands that prove the books: to their office, to another program, and to a stranger."""

import sys
from pathlib import Path

import click

from tallystick.ops.options import DONE, FOLDER, REFUSED, books_options, opened


@click.command()
@click.option(
    "--against", type=FOLDER, multiple=True, metavar="HEAD-FILE", help="The books must begin with the acts of this head."
)
@books_options
def verify(home: Path, passphrase_fd: int | None, *, as_json: bool, against: tuple[Path, ...]) -> None:
    """Prove the books: chain, signatures, every row against its act, every balance against its moves.

    With a head that was printed or mailed away earlier, prove also that they were not rewritten since, nor cut off.

    \b
    Example: tallystick verify --home ~/lamps --against lamps-in-march.head
    """
    keyring = opened(home, passphrase_fd)
    from tallystick.ops.heads import carried
    from tallystick.ops.proofs import show_proof

    heads = [carried(file) for file in against]
    sys.exit(DONE if show_proof(keyring, against=heads, as_json=as_json) else REFUSED)


@click.command()
@click.option("--out", "target", type=FOLDER, metavar="FILE", help="Write it into this file.")
@books_options
def head(home: Path, passphrase_fd: int | None, *, as_json: bool, target: Path | None) -> None:
    """Give what the office signed last, as a text to print or mail away; later books are held against it.

    \b
    Example: tallystick head --out lamps-in-march.head --home ~/lamps
    """
    keyring = opened(home, passphrase_fd)
    from tallystick.ops.heads import show_head

    show_head(keyring, target=target, as_json=as_json)


@click.command()
@books_options
def replay(home: Path, passphrase_fd: int | None, *, as_json: bool) -> None:
    """Replay the journal into empty, throw-away books and compare the state digests.

    \b
    Example: tallystick replay --home ~/lamps
    """
    from tallystick.ops.scratch import scratch_folder

    with scratch_folder(home) as scratch:
        opened(home, passphrase_fd, scratch=scratch)
        from tallystick.ops.proofs import show_replay

        same = show_replay(as_json=as_json)
    sys.exit(DONE if same else REFUSED)


@click.command()
@click.argument("target", metavar="FILE", type=FOLDER)
@books_options
def beancount(target: Path, home: Path, *, passphrase_fd: int | None, as_json: bool) -> None:
    """Write the books for beancount, so that a program which is not ours can prove them.

    \b
    Example: tallystick beancount lamps.beancount --home ~/lamps && bean-check lamps.beancount
    """
    opened(home, passphrase_fd)
    from tallystick.ops.folders import give_beancount

    give_beancount(target, as_json=as_json)
