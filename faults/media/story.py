"""A story played on the product: imports, entries one by one and in batches, signatures, checkpoints of the write-ahead log.

When a chapter has come to its end, and so was acknowledged, it is noted what the books then hold.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.db import connection

from faults.media.recorder import Recorder
from tallystick.bundles.digest import state_digest
from tallystick.core.entry import Entry, Line
from tallystick.journal.queries import act_count, checkpoints, head_of
from tallystick.ledger.post import EntriesRefused
from tallystick.vault.keys import unlocked
from tests import books

DAY_ONE = books.moment("1 May")
BATCH_MAX = 20  # entries
# A gift is handed on and kept as a commission: lawful whatever the books hold.
WAYS = (
    ("gift", "HAEBARAGI", "OFFICE", ""),
    ("handover", "OFFICE", "MAGPIE", "REH-MONEY"),
    ("commission", "MAGPIE", "@commission:MAGPIE", ""),
)
Chapter = tuple[str, Callable[[], list[str]]]  # its name; what it tells gives the references of what was posted


@dataclass(frozen=True)
class Standing:
    """What the books hold at one moment."""

    act_count: int
    head: bytes
    checkpoint_count: int
    digest: str


@dataclass(frozen=True)
class Noted:
    """By `place` in the log the chapter was acknowledged; `references` are those of all entries that stood then."""

    place: int
    chapter: str
    standing: Standing
    references: frozenset[str]


def standing() -> Standing:
    return Standing(act_count(), head_of(unlocked().office).digest, len(checkpoints()), state_digest())


def entries(prefix: str, *, count: int) -> list[Entry]:
    """So many entries of three moves each."""
    lines = tuple(Line(kind, giver, taker, "USD", 1, "SHOPS", "", basis) for kind, giver, taker, basis in WAYS)
    return [Entry(f"{prefix}-{number}", DAY_ONE + timedelta(minutes=number), lines) for number in range(count)]


def play(recorder: Recorder, chance: Random, *, chapters: int) -> list[Noted]:
    """Import a programme, then play so many chapters; what was acknowledged, in its order."""
    told = CHAPTERS if chance.random() < QUIET_SHARE else CHAPTERS + ROOM_MADE
    references: set[str] = set()
    noted = [Noted(recorder.place, "the beginning", standing(), frozenset())]
    for number in range(chapters + 1):
        name, tell = chance.choice(told)(f"C{number}", chance) if number else ("import", _import)
        references |= set(tell())
        place = recorder.place
        noted.append(Noted(place, name, standing(), frozenset(references)))
    return noted


def one_by_one(prefix: str, chance: Random) -> Chapter:
    return "one entry", lambda: _post(entries(prefix, count=1))


def batch(prefix: str, chance: Random) -> Chapter:
    count = chance.randint(2, BATCH_MAX)
    return f"{count} entries", lambda: _post(entries(prefix, count=count))


def refusal(prefix: str, chance: Random) -> Chapter:
    """Many good entries and a bad one: all of it is taken back."""
    good = entries(prefix, count=chance.randint(2, BATCH_MAX))
    bad = Entry(f"{prefix}-bad", DAY_ONE, (Line("handover", "OFFICE", "NOBODY", "USD", 1, "SHOPS", "", "REH-MONEY"),))
    return "a refusal", lambda: _refused([*good, bad])


def signature(prefix: str, chance: Random) -> Chapter:
    return "a signature", lambda: _nothing(books.sign)


def checkpoint(prefix: str, chance: Random) -> Chapter:
    """The write-ahead log is carried over into the file of the books."""
    how = chance.choice(("PASSIVE", "FULL", "RESTART", "TRUNCATE"))
    return f"a checkpoint, {how}", lambda: _nothing(lambda: _execute(f"PRAGMA wal_checkpoint({how})"))


def reopening(prefix: str, chance: Random) -> Chapter:
    return "closed and opened again", lambda: _nothing(connection.close)


CHAPTERS = (one_by_one, one_by_one, one_by_one, batch, batch, refusal, signature, signature)
ROOM_MADE = (checkpoint, reopening)
QUIET_SHARE = 0.5  # of the stories, those in which the library itself decides when to carry its log over


def _import() -> list[str]:
    books.take(books.LAMPS)
    return [reference for reference, _ in held()]


def _post(told: list[Entry]) -> list[str]:
    return [posted.reference for posted in books.post(told).entries]


def _refused(told: list[Entry]) -> list[str]:
    try:
        books.post(told)
    except EntriesRefused:
        return []
    raise AssertionError("an entry of nobody was posted")


def _nothing(tell: Callable[[], object]) -> list[str]:
    tell()
    return []


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def page_count() -> int:
    """How many pages the file of the books has."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
    return int(pages)


def held() -> list[tuple[str, int]]:
    """Every reference in the books and how many entries bear it at the same moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reference, MAX(n) FROM (SELECT reference, COUNT(*) n FROM ledger_entry GROUP BY reference, happened_at) once"
            " GROUP BY reference"
        )
        return list(cursor.fetchall())
