"""The home of the books: who may look into it, who may read the keys, and how much room there is left."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from tallystick.ops.doctor.finding import Finding, doubtful, fine, wrong
from tallystick.ops.opening import BOOKS_FILE
from tallystick.ops.options import PASSPHRASE_FILE
from tallystick.vault.keys import KEYRING_FILE

OTHERS_READ, OTHERS_WRITE = 0o055, 0o022
ANYONE_ELSE = 0o077
ROOM_LEAST = 64 * 1024 * 1024  # bytes; with less than this even small imports fail
UNITS = ("bytes", "kB", "MB", "GB", "TB")
KEEP_TO_YOURSELF = "chmod {mode} {path}"


def home_rights(home: Path) -> Iterator[Finding]:
    """Who else may look into the home, and who may change what lies in it."""
    told = home.stat()
    mode = stat.S_IMODE(told.st_mode)
    advice = KEEP_TO_YOURSELF.format(mode="700", path=home)
    if not _has_rights():
        yield _unseen("home", home)
    elif mode & OTHERS_WRITE:
        words = f"Others on this machine may put other files in the place of these ({home} has the rights {mode:04o})."
        yield wrong("home", words, advice=advice)
    elif told.st_uid != os.geteuid():
        yield doubtful(
            "home", f"{home} belongs to another user than the one who asks.", advice=f"chown it, or ask as {_owner(told)}."
        )
    elif mode & OTHERS_READ:
        words = f"Others on this machine may see what lies in {home}, which has the rights {mode:04o}."
        yield doubtful("home", words, advice=advice)
    else:
        yield fine("home", f"Only its owner looks into {home}.")


def key_rights(home: Path) -> Iterator[Finding]:
    """Whether the keys, the books and the passphrase's file are their owner's alone."""
    if not _has_rights():
        yield _unseen("keys", home / KEYRING_FILE)
        return
    found = [fault for path in _secrets(home) if (fault := _file_fault(path))]
    yield from found
    if not found:
        yield fine("keys", f"{KEYRING_FILE} and everything beside it are their owner's alone.")


def _secrets(home: Path) -> Iterator[Path]:
    named = [home / name for name in (KEYRING_FILE, BOOKS_FILE, f"{BOOKS_FILE}-wal", f"{BOOKS_FILE}-shm")]
    if passphrase := os.environ.get(PASSPHRASE_FILE):
        named.append(Path(passphrase))
    return (path for path in named if path.is_file())


def _file_fault(path: Path) -> Finding | None:
    told = path.stat()
    mode = stat.S_IMODE(told.st_mode)
    if mode & ANYONE_ELSE:
        words = f"{path.name} is open to others on this machine: it has the rights {mode:04o}."
        return wrong("keys", words, advice=KEEP_TO_YOURSELF.format(mode="600", path=path))
    if told.st_uid != os.geteuid():
        words = f"{path.name} belongs to another user than the one who asks."
        return doubtful("keys", words, advice=f"chown it, or ask as {_owner(told)}.")
    return None


def disk(home: Path, *, books_bytes: int, on_server: bool) -> Iterator[Finding]:
    """Whether there is room for an import, a replay or a tidying, each of which may need what the books take once more."""
    free = shutil.disk_usage(home).free
    words = f"{shown(free)} are free where {home} lies"
    words += f"; the books take {shown(books_bytes)} on the server, whose disk is not to be seen from here" * on_server
    words += f", and the books take {shown(books_bytes)}" * (not on_server)
    if free < max(ROOM_LEAST, books_bytes // 10):
        yield wrong("disk", f"{words}: the next import may find no room.", advice="Make room before anything is recorded.")
    elif free < books_bytes:
        doing = "a replay" if on_server else "an import, a replay or a tidying"
        yield doubtful("disk", f"{words}: {doing} may find no room.", advice="Make room before the next of them.")
    else:
        yield fine("disk", f"{words}.")


def bytes_in(home: Path) -> int:
    """What the encrypted file and the log beside it take."""
    return sum(path.stat().st_size for path in home.glob(f"{BOOKS_FILE}*") if path.is_file())


def shown(size: int) -> str:
    """A number of bytes as people read it: 1,234,567 is “1.2 MB”."""
    value, unit = float(size), 0
    while value >= 1000 and unit < len(UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:,.1f} {UNITS[unit]}" if unit else f"{size} {UNITS[0]}"


def _has_rights() -> bool:
    return hasattr(os, "geteuid")


def _unseen(topic: str, path: Path) -> Finding:
    words = f"Who may read {path} is not to be seen on this system."
    return doubtful(topic, words, advice="See to it that only you may.")


def _owner(told: os.stat_result) -> str:
    return f"the user with the number {told.st_uid}"
