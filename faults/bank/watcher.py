"""Who reads all the while: every balance in one statement, the latest entries with their moves, now and then everything."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection

from faults.bank.town import UNITS, Town, is_whole

BALANCES = "SELECT holder, unit_id, balance FROM ledger_account WHERE NOT (balance = 0)"
TAIL = """
    SELECT e.act_id, e.reference, m.note
      FROM ledger_entry e
      LEFT JOIN ledger_move m ON m.entry_id = e.act_id
     WHERE e.act_id > %s
     ORDER BY e.act_id, m.line
"""
ENTRIES = "SELECT act_id FROM ledger_entry"
# Accounts whose moves add up to something else than their balance.
ASTRAY = """
    SELECT account, SUM(change)
      FROM (SELECT id AS account, -balance AS change FROM ledger_account
             UNION ALL
            SELECT giver_id, -amount FROM ledger_move
             UNION ALL
            SELECT taker_id, amount FROM ledger_move) both_ends
     GROUP BY account
    HAVING SUM(change) <> 0
"""
WINDOW = 200  # acts: an entry that is written late stands behind others, but not behind so many
TAIL_EVERY = 5  # reads of the balances
WHOLE_EVERY_SECONDS = 4.0
SHARE_OF_WHOLE = 0.1  # of a watcher's time, however long it takes to read everything
KEPT_MAX = 5
PAUSE_SECONDS = 0.002
Rows = Sequence[tuple[Any, ...]]


@dataclass
class Watch:
    """What one watcher saw. `reads` are of all balances; so many found the books `moved` on since the read before."""

    town: Town
    checks_entries: bool = True
    reads: int = 0
    moved: int = 0
    tails: int = 0
    wholes: int = 0
    seen: dict[int, str] = field(default_factory=dict)  # every entry, by its act
    latest: dict[int, str] = field(default_factory=dict)  # those of the last tail
    broke: Counter[str] = field(default_factory=Counter)  # in how many reads each law was broken
    problems: list[str] = field(default_factory=list)

    def look(self, *, until: float) -> "Watch":
        """Read until then, by the machine's own clock."""
        before: Rows = ()
        whole_at = time.monotonic() + WHOLE_EVERY_SECONDS
        while (now := time.monotonic()) < until:
            rows = ask(BALANCES)
            self.see_balances(rows, moved=sorted(rows) != before)
            before = sorted(rows)
            if self.checks_entries and self.reads % TAIL_EVERY == 0:
                self.see_tail(ask(TAIL, self.first_of_tail))
            if self.checks_entries and now > whole_at:
                self.see_whole(ask(ENTRIES), astray=ask(ASTRAY))
                took = time.monotonic() - now
                whole_at = time.monotonic() + max(WHOLE_EVERY_SECONDS, took / SHARE_OF_WHOLE)
            time.sleep(PAUSE_SECONDS)
        self.seen, self.latest = {}, {}
        return self

    def see_balances(self, rows: Rows, *, moved: bool = True) -> None:
        """(holder, unit, balance) of every account that is not empty, at one moment."""
        self.reads += 1
        self.moved += moved
        totals = dict.fromkeys(UNITS, 0)
        in_hand: Counter[tuple[str, str]] = Counter()
        below = []
        for holder, unit, balance in rows:
            totals[unit] += balance
            in_hand[holder, unit] += balance
            if balance < 0 and (holder in self._custodians or holder.startswith("@transit:")):
                below.append(f"{holder} stood at {balance} {unit}")
        self._note("somebody below zero", below)
        self._note("another total", [f"all {unit} added up to {total}" for unit, total in totals.items() if total])
        over = [
            f"{hand} held {in_hand[hand]}, and may hold {most}" for hand, most in self._limits.items() if in_hand[hand] > most
        ]
        self._note("a limit passed", over)

    def see_tail(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """(act, reference, note) of the moves of the latest entries, at one moment."""
        self.tails += 1
        read = {}
        for (act, reference), moves in groupby(rows, key=itemgetter(0, 1)):
            read[act] = reference
            if not is_whole([note or "" for _, _, note in moves]):
                self._note("an entry in part", [f"{reference} stood without all of its moves"])
        first = self.first_of_tail
        gone = [reference for act, reference in self.latest.items() if act > first and read.get(act) != reference]
        self._note("an entry gone", [f"{reference} had been seen and stood no more" for reference in gone])
        self.latest = read
        self.seen |= read

    @property
    def first_of_tail(self) -> int:
        """The act behind which the latest entries are read: some way before the last one seen."""
        return max(self.latest, default=0) - WINDOW

    def see_whole(self, entries: Rows, *, astray: Rows) -> None:
        """Every act that is an entry; and every account that does not hold what its moves add up to."""
        self.wholes += 1
        gone = self.seen.keys() - {act for (act,) in entries}
        self._note("an entry gone", [f"{self.seen[act]} had been seen and stood no more" for act in gone])
        self._note("a balance astray", [f"account {account} was {change} away from its moves" for account, change in astray])

    def _note(self, law: str, found: Sequence[str]) -> None:
        if found:
            self.broke[law] += 1
            if len(self.problems) < KEPT_MAX:
                self.problems.append(f"read {self.reads}: {'; '.join(found[:3])}")

    def __post_init__(self) -> None:
        self._custodians = set(self.town.custodians)
        self._limits = self.town.limits


def ask(sql: str, *params: Any) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: Rows = cursor.fetchall()
        return rows
