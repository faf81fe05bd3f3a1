"""Sums over the moves that are kept from one look to the next, for pages that tell what passed altogether.

Entries are never changed, so what was added up once is kept in this process, and the next look reads only the entries since,
and takes back those that were reversed since. A look that had much to add up is written down as well, for processes that begin later.
What is kept belongs to the last act that was seen: where the books hold another in its place, everything is read anew.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection

from tallystick.journal.asking import ask
from tallystick.journal.snapshot import snapshot
from tallystick.ledger.queries.state import streamed
from tallystick.ledger.queries.summed import read_text, text_of

# Entries that were reversed and their reversals: together they changed nothing.
GONE = """
    SELECT act_id FROM ledger_entry WHERE reverses_id IS NOT NULL
     UNION ALL
    SELECT reverses_id FROM ledger_entry WHERE reverses_id IS NOT NULL
"""
SINCE = f"m.entry_id > %s AND m.entry_id NOT IN ({GONE})"
# What had been counted up to an act and was taken back after it.
UNDONE = """
    m.entry_id IN (SELECT reverses_id FROM ledger_entry WHERE reverses_id IS NOT NULL AND act_id > %s) AND m.entry_id <= %s
"""
LAST = "SELECT id, digest FROM journal_act ORDER BY id DESC LIMIT 1"
KEPT = """
    SELECT s.act_id, s.digest, s.sums FROM ledger_runningsum s JOIN journal_act a ON a.id = s.act_id AND a.digest = s.digest
     WHERE s.name = %s
"""
# CROSS JOIN keeps SQLite to the order that is written: the first look goes from few accounts to their moves, every later one from few
# moves to their accounts. PostgreSQL plans by itself.
ACCOUNTS_FIRST = "ledger_account a CROSS JOIN ledger_move m"
MOVES_FIRST = "ledger_move m CROSS JOIN ledger_account a"
# The month by the clock on the wall where it happened.
MONTH = {
    "sqlite": "strftime('%%Y-%%m', substr(e.happened_at, 1, 19), e.utc_offset_minutes || ' minutes')",
    "postgresql": "to_char(e.happened_at AT TIME ZONE 'UTC' + e.utc_offset_minutes * INTERVAL '1 minute', 'YYYY-MM')",
}
# The month in which the books took it in, in UTC.
MONTH_TAKEN_IN = {"sqlite": "substr(e.recorded_at, 1, 7)", "postgresql": "to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM')"}
EVERY = "m.entry_id > %s"
TAKEN_BACK = "m.entry_id IN (SELECT reverses_id FROM ledger_entry WHERE reverses_id IS NOT NULL AND act_id > %s)"

State = TypeVar("State")
T = TypeVar("T")


@dataclass(slots=True)
class _Counted(Generic[State]):
    """The sums up to the act `last`; `kept_at` is the act up to which they are written down, 0 where they are not."""

    last: int
    digest: bytes
    state: State
    kept_at: int = 0


@dataclass(frozen=True, slots=True)
class Plainly(Generic[State]):
    """How sums are written down: as something that JSON has, and back."""

    plain: Callable[[State], Any]
    read: Callable[[Any], State]


class Running(Generic[State]):
    """Sums that grow with the books: `advance(state, after=…)` takes into what `fresh` made whatever was said after an act."""

    def __init__(
        self, name: str, fresh: Callable[[], State], *, advance: Callable[..., None], written: Plainly[State] | None = None
    ) -> None:
        self.name = name
        self._fresh, self._advance, self._written = fresh, advance, written
        self._lock = threading.Lock()
        self._kept: dict[str, _Counted[State]] = {}  # by the name of the database

    def read(self, look: Callable[[State], T]) -> T:
        """What `look` finds in the sums as the books stand; it keeps nothing of what it is given."""
        books = str(connection.settings_dict["NAME"])
        with self._lock, snapshot():
            counted = self._still_true(self._kept.pop(books, None))  # a fault on the way leaves nothing kept
            self._go_on(counted)
            self._kept[books] = counted
            return look(counted.state)

    def to_write(self, *, behind: int) -> tuple[int, bytes, str] | None:
        """The act, its digest and the sums up to it as a text, where so many acts or more are not written down yet."""
        books = str(connection.settings_dict["NAME"])
        with self._lock:
            counted = self._kept.get(books)
            if counted is None or self._written is None or counted.last - counted.kept_at < behind:
                return None
            return counted.last, counted.digest, text_of(self._written.plain(counted.state))

    def was_written(self, act: int) -> None:
        """That the sums up to this act are written down."""
        books = str(connection.settings_dict["NAME"])
        with self._lock:
            if books in self._kept:
                self._kept[books].kept_at = max(act, self._kept[books].kept_at)

    def forget(self) -> None:
        """Keep nothing in this process, as one that begins has nothing."""
        self._kept.clear()

    def _still_true(self, counted: _Counted[State] | None) -> _Counted[State]:
        """What was counted or written down, where the books still hold the act up to which it was; nothing otherwise."""
        if counted is not None:
            rows = ask("SELECT digest FROM journal_act WHERE id = %s", [counted.last])()
            if [bytes(digest) for (digest,) in rows] == [counted.digest]:
                return counted
        for act, digest, text in ask(KEPT, [self.name])() if self._written else ():
            assert self._written
            return _Counted(act, bytes(digest), self._written.read(read_text(text)), kept_at=act)
        return _Counted(0, b"", self._fresh())

    def _go_on(self, counted: _Counted[State]) -> None:
        rows = ask(LAST)()
        if rows and rows[0][0] != counted.last:
            self._advance(counted.state, after=counted.last)
            counted.last, counted.digest = rows[0][0], bytes(rows[0][1])


def adding(sql: str, *, add: Callable[..., None]) -> Callable[..., None]:
    """What advances a state by a question: `add(state, row, sign=…)` puts a row in, with 1, or takes it out again, with -1.

    The question reads moves `m` of an account `a` out of {tables}, those that {these} says, and may say {month} of their entries `e`,
    which it joins where {entry} is the move's.
    """

    def advance(state: Any, *, after: int) -> None:
        tables = MOVES_FIRST if after else ACCOUNTS_FIRST
        for sign, these, params in ((1, SINCE, (after,)), (-1, UNDONE, (after, after))):
            if sign < 0 and not after:
                continue
            text = sql.format(tables=tables, these=these, entry="e.act_id", month=MONTH[connection.vendor])
            for row in streamed(text, params * text.count(these)):
                add(state, row, sign=sign)

    return advance


def adding_as_taken_in(sql: str, *, add: Callable[..., None]) -> Callable[..., None]:
    """The same by the month in which the books took something in, or took it back: nothing changes in a month that is over."""

    def advance(state: Any, *, after: int) -> None:
        first = MOVES_FIRST if after else ACCOUNTS_FIRST
        for sign, tables, these, entry in ((1, first, EVERY, "e.act_id"), (-1, MOVES_FIRST, TAKEN_BACK, "e.reverses_id")):
            text = sql.format(tables=tables, these=these, entry=entry, month=MONTH_TAKEN_IN[connection.vendor])
            for row in streamed(text, (after,) * text.count(these)):
                add(state, row, sign=sign)

    return advance
