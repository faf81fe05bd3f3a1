"""Books in the test database: an office founded, programmes taken in, entries posted from a page, and the proof of it all."""

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import transaction

from tallystick.bundles.folder.reading import open_folder
from tallystick.bundles.founding import found_office
from tallystick.bundles.taking.take import take_folder
from tallystick.bundles.taking.taken import Taken
from tallystick.bundles.verify.proof import Proof, prove
from tallystick.core.amount import read_amount
from tallystick.core.entry import Entry, Line
from tallystick.handovers.actions import hand_over
from tallystick.journal.actions import sign_head
from tallystick.ledger.post import Posted
from tallystick.vault.keys import unlocked

LAMPS = Path(__file__).parents[1] / "examples" / "lamps"
FOUNDED_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
TAKEN_AT = datetime(2026, 1, 5, 10, tzinfo=UTC)
POSTED_AT = datetime(2026, 1, 6, 9, 30, 0, 250_000, tzinfo=UTC)

SEOUL = timezone(timedelta(hours=9))
PLACES = {"USD": 2, "CNY": 2, "KRW": 0, "LAMP": 0, "TRUCK25": 0, "FERT": 3}
WIDE_GAP = re.compile(r"\s{2,}")


def found() -> None:
    """Open the stream of the test home's office."""
    found_office(unlocked(), rehearsal=True, recorded_at=FOUNDED_AT)


def take(folder: Path, *, recorded_at: datetime = TAKEN_AT) -> Taken:
    with open_folder(folder) as opened:
        return take_folder(opened, keyring=unlocked(), recorded_at=recorded_at)


def without_moves(folder: Path, to: Path) -> Path:
    """The same folder, and nothing has moved yet."""
    shutil.copytree(folder, to)
    header = (to / "moves.csv").read_text(encoding="utf-8").partition("\n")[0]
    (to / "moves.csv").write_text(f"{header}\n", encoding="utf-8")
    return to


def page(text: str) -> list[Entry]:
    """The entries that a page of the ledger tells; wide gaps part its columns, and lines of one reference and day are one entry.

        E1   3 March   gift       HAEBARAGI → OFFICE   USD 900.00   SHOPS
        P3   5 March   payout     WAGTAIL → R01        CNY 200.00   SHOPS   G01   REH-MONEY   a note

    The clock on the wall is Seoul's, at nine in the morning; `5 March 21:00` says otherwise.
    """
    entries: dict[tuple[str, datetime], list[Line]] = {}
    for row in filter(None, map(str.strip, text.splitlines())):
        reference, day, kind, ends, amount, earmark, *more = WIDE_GAP.split(row)
        giver, taker = ends.split(" → ")
        unit, parts = amount.split()
        cited = ["" if one == "-" else one for one in more]
        line = Line(kind, giver, taker, unit, read_amount(parts, unit=unit, places=PLACES[unit]), earmark, *cited)
        entries.setdefault((reference, moment(day)), []).append(line)
    return [Entry(reference, at, tuple(lines)) for (reference, at), lines in entries.items()]


def moment(day: str) -> datetime:
    """“5 March” or “5 March 21:00”, in 2016 and in Seoul."""
    form = "%d %B %H:%M %Y" if ":" in day else "%d %B %Y"
    at = datetime.strptime(f"{day} 2016", form).replace(tzinfo=SEOUL)
    return at if ":" in day else at.replace(hour=9)


def post(entries: str | Iterable[Entry], *, recorded_at: datetime = POSTED_AT, keeps_promises: bool = False) -> Posted:
    """Post the entries of a page, through every rule and unsigned."""
    read = page(entries) if isinstance(entries, str) else list(entries)
    return hand_over(read, office=unlocked().office, recorded_at=recorded_at, keeps_promises=keeps_promises)


def sign(*, signed_at: datetime = POSTED_AT) -> None:
    sign_head(unlocked().office, signing_key=bytes(unlocked().signing_key), signed_at=signed_at)


def proof() -> Proof:
    return prove(office=unlocked().office, public_key=unlocked().public_key)


@contextmanager
def standing(blocker: Any) -> Iterator[None]:
    """Whatever is written in this block stands until its end, for tests that each undo what they do; then the tables are empty.

    `blocker` is pytest-django's `django_db_blocker`.
    """
    with blocker.unblock():
        try:
            yield
        finally:
            call_command("flush", interactive=False, verbosity=0)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written in this block is taken back at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
