"""The clock of this machine against everything here that remembers an hour; nobody on a network is asked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tallystick.ops.doctor.finding import Finding, doubtful, fine, wrong
from tallystick.ops.opening import BOOKS_FILE
from tallystick.vault.keys import KEYRING_FILE

TOLERATED = timedelta(minutes=1)
ADVICE = "Set the clock before anything more is recorded: the moment of an act is never changed."


def clock(home: Path, *, now: datetime, last_act: datetime | None, server: datetime | None) -> Iterator[Finding]:
    """Whether the clock runs behind the last act or the files here, or otherwise than the server's; None where there is none."""
    said = f"The clock says {_shown(now)}"
    files = _latest_file(home)
    if last_act is not None and last_act > now + TOLERATED:
        words = f"{said}, and the last act was recorded at {_shown(last_act)}: the clock ran ahead then, or runs behind now."
        yield wrong("clock", words, advice=ADVICE)
    elif files is not None and files > now + TOLERATED:
        words = f"{said}, and a file of these books was written at {_shown(files)}: the clock ran ahead then, or runs behind now."
        yield wrong("clock", words, advice=ADVICE)
    elif server is not None and abs(server - now) > TOLERATED:
        words = f"{said}, and that of the database's server {_shown(server)}."
        yield doubtful("clock", words, advice="Find out which of them is right, and set the other.")
    else:
        yield fine("clock", f"{said}, which is after everything in these books.")


def _latest_file(home: Path) -> datetime | None:
    times = [path.stat().st_mtime for path in (home / KEYRING_FILE, *home.glob(f"{BOOKS_FILE}*")) if path.is_file()]
    return datetime.fromtimestamp(max(times), UTC) if times else None


def _shown(moment: datetime) -> str:
    moment = moment.astimezone(UTC)
    return f"{moment.day} {moment:%b %Y, %H:%M} UTC"
