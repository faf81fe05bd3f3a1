"""What every command understands: where the books are, how they are opened, and whether a program is reading."""

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tallystick.core.refusal import Refusal
from tallystick.ops.opening import open_books
from tallystick.vault.keys import Keyring

DONE, REFUSED = 0, 1  # how a command ends that was understood
PASSPHRASE_FILE = "TALLYSTICK_PASSPHRASE_FILE"
PASSPHRASE_LENGTH_MAX = 4096  # bytes
HOME = click.Path(file_okay=False, path_type=Path)
FOLDER = click.Path(path_type=Path)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of text.")


class PassphraseMissing(Refusal):
    code = "passphrase_missing"
    words = "No passphrase was given, and there is no terminal to ask for it."
    expected = "a terminal, TALLYSTICK_PASSPHRASE_FILE, or --passphrase-fd"


class PassphraseUnreadable(Refusal):
    code = "passphrase_unreadable"
    words = "The passphrase cannot be read from {source}: {reason}."
    expected = "one line of UTF-8 text"


class PassphrasesDiffer(Refusal):
    code = "passphrases_differ"
    words = "The passphrase was typed differently the second time."


def books_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--home, --passphrase-fd and --json, gathered into the keyword arguments of a command."""
    for option in (
        JSON,
        click.option(
            "--passphrase-fd", type=int, metavar="N", help="Read the passphrase from this open file descriptor."
        ),
        click.option(
            "--home", type=HOME, envvar="TALLYSTICK_HOME",
            default=lambda: Path.home() / ".tallystick", show_default="~/.tallystick", metavar="DIR",
            help="The folder that holds the books.",
        ),
    ):  # fmt: skip
        command = option(command)
    return functools.wraps(command)(command)


def opened(home: Path, passphrase_fd: int | None, *, scratch: Path | None = None, may_be_outdated: bool = False) -> Keyring:
    """The keyring of the books in `home`, opened and with Django started on them."""
    return open_books(home, passphrase_for(home, passphrase_fd), scratch=scratch, may_be_outdated=may_be_outdated)


def passphrase_for(home: Path, fd: int | None, *, twice: bool = False) -> str:
    """The passphrase: from the descriptor, the file that TALLYSTICK_PASSPHRASE_FILE names, or asked on the terminal.

    It is never an argument, which any program on the machine could read. Raises PassphraseMissing, PassphraseUnreadable,
    PassphrasesDiffer.
    """
    if fd is not None:
        return _read(fd, source=f"descriptor {fd}")
    named = os.environ.get(PASSPHRASE_FILE)
    if named:
        try:
            opened = os.open(named, os.O_RDONLY)
        except OSError as problem:
            raise PassphraseUnreadable(source=named, reason=problem.strerror) from problem
        return _read(opened, source=named)
    if not sys.stdin.isatty():
        raise PassphraseMissing
    typed: str = click.prompt(f"Passphrase for {home}", hide_input=True, err=True)
    if twice and click.prompt("The same again", hide_input=True, err=True) != typed:
        raise PassphrasesDiffer
    return typed


def _read(fd: int, *, source: str) -> str:
    try:
        with os.fdopen(fd, "rb") as file:
            data = file.read(PASSPHRASE_LENGTH_MAX + 1)
        text = data.decode("utf-8")
    except OSError as problem:
        raise PassphraseUnreadable(source=source, reason=problem.strerror) from problem
    except UnicodeDecodeError as problem:
        raise PassphraseUnreadable(source=source, reason="it is not UTF-8") from problem
    line = text.removesuffix("\n").removesuffix("\r")
    if not line or "\n" in line or len(data) > PASSPHRASE_LENGTH_MAX:
        raise PassphraseUnreadable(source=source, reason="it is empty, too long, or more than one line")
    return line
