"""One client at work: it posts what it wishes to, through the door that everybody uses, and keeps account of every answer."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

from django.db import DatabaseError, IntegrityError, connection

from faults.bank.deeds import DEEDS, Client, OpenTally, changed, draw
from faults.bank.town import Town
from tallystick.core.entry import Entry
from tallystick.core.refusal import Refusal
from tallystick.ledger.post import EntriesRefused, Posted
from tallystick.vault.keys import unlocked

Key = tuple[str, datetime]
Door = Callable[..., Posted]
BUSY = ("books_busy", "books_unreachable")
TRIES = 20
LOOK_EVERY = 6  # entries
OPEN = """
    SELECT holder, unit_id, balance FROM ledger_account
     WHERE NOT (balance = 0) AND holder LIKE '@transit:%' ORDER BY id DESC LIMIT 12
"""


@dataclass
class Account:
    """What a client was told: `stands` are the entries acknowledged to it, each with its moves and the sum of their amounts."""

    stands: dict[Key, tuple[int, int]] = field(default_factory=dict)
    refused: set[Key] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    clashes: dict[str, str] = field(default_factory=dict)  # kinds of conflict that may not be, each with one of its kind
    problems: list[str] = field(default_factory=list)
    slowest_seconds: float = 0.0  # that an answer of the books took, other tries before it included


@dataclass
class Teller:
    """`door` is what it posts through."""

    client: Client
    door: Door
    account: Account = field(default_factory=Account)

    def serve(self, *, until: float, deeds: dict[Any, int] = DEEDS) -> Account:
        """Post one wish after another until then, by the machine's own clock."""
        while time.monotonic() < until:
            if self.client.count % LOOK_EVERY == 0:
                self.client.tallies = open_tallies()
            luck = self.client.chance.random()
            if luck < 0.04 and self.client.standing:
                self._say_again(self.client.chance.choice(self.client.standing))
            elif luck < 0.08 and self.client.standing:
                self._say_otherwise(self.client.chance.choice(self.client.standing))
            elif luck < 0.14:
                self._post([draw(self.client, deeds) for _ in range(self.client.chance.randint(2, 6))])
            else:
                self._post([draw(self.client, deeds)])
        return self.account

    def _post(self, entries: Sequence[Entry]) -> None:
        posted = self._ask(entries)
        if posted is None:
            return
        for entry in entries:
            self.account.stands[_key(entry)] = len(entry.lines), sum(line.amount for line in entry.lines)
            self.client.remember(entry)
        if len(posted.entries) + posted.already_count != len(entries):
            self.account.problems.append(f"{len(entries)} entries were posted and {posted} was the answer")

    def _say_again(self, entry: Entry) -> None:
        posted = self._ask([entry])
        if posted is None or posted.already_count != 1:
            self.account.problems.append(f"{entry.reference} stood already, was posted again, and the answer was {posted}")
        self.account.counts["said again"] += 1

    def _say_otherwise(self, entry: Entry) -> None:
        posted = self._ask([changed(entry)])
        if posted is not None:
            self.account.problems.append(f"{entry.reference} was taken with other content than it stands with")

    def _ask(self, entries: Sequence[Entry]) -> Posted | None:
        """The answer of the books; None where they refused."""
        asked_at = time.monotonic()
        posted = self._ask_until_answered(entries)
        self.account.slowest_seconds = max(self.account.slowest_seconds, time.monotonic() - asked_at)
        return posted

    def _ask_until_answered(self, entries: Sequence[Entry]) -> Posted | None:
        """Whoever finds the books busy asks again for the same."""
        for _ in range(TRIES):
            try:
                posted = self.door(entries, office=unlocked().office, recorded_at=datetime.now(UTC))
            except EntriesRefused as refusal:
                self.account.counts[refusal.refused[0][1].code] += 1
                self.account.refused.update(key for key in map(_key, entries) if key not in self.account.stands)
                return None
            except (DatabaseError, Refusal) as problem:
                self._wait(problem)
            else:
                self.account.counts["posted"] += 1
                return posted
        self.account.problems.append(f"{entries[0].reference} was asked for {TRIES} times in vain")
        return None

    def _wait(self, problem: Exception) -> None:
        """Of a conflict, nothing is to be done but to ask again; anything else is a fault."""
        cause = problem.__cause__ or problem
        name = type(cause).__name__
        if isinstance(problem, Refusal) and problem.code not in BUSY:
            raise problem
        self.account.counts[f"asked again after {name}"] += 1
        if "Deadlock" in name or isinstance(problem, IntegrityError):  # two wrote what only one may: nobody kept them apart
            self.account.clashes.setdefault(name, " ".join(str(cause).split()))
        connection.close()
        time.sleep(self.client.chance.random() / 50)


def open_tallies() -> list[OpenTally]:
    """The latest tallies that carry something."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN)
        return [OpenTally(holder.removeprefix("@transit:"), unit, balance) for holder, unit, balance in cursor.fetchall()]


def work(town: Town, number: int, *, seed: int, until: float, door: Door, deeds: dict[Any, int] = DEEDS) -> Account:
    """The whole working day of client `number`."""
    client = Client(town, number, Random(f"{seed}-{number}"))
    return Teller(client, door).serve(until=until, deeds=deeds)


def _key(entry: Entry) -> Key:
    return entry.reference, entry.happened_at
