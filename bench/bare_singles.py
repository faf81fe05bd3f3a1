"""The bare peer one entry at a time: the rows of one entry of the product's, and the balances they change, in a transaction.

`python -m bench.bare_singles HOME DATABASE TARGET FIRST SECONDS` reads the rows from the books in HOME, or in DATABASE where that
is not empty, writes those of the first entries into TARGET, a file or a database, in one transaction that is not timed, and then
one entry after another for so many seconds. Statements are prepared; nothing is read, decided or checked.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bench import bare_postgres, bare_sqlcipher
from bench.place import PASSPHRASE
from bench.tables import ACCOUNTS, ACTS, ENTRIES, MOVES, TABLES, Rows, selected
from tallystick.ops.opening import BOOKS_FILE
from tallystick.vault.keys import open_keyring

GIVER, TAKER, AMOUNT = "giver_id", "taker_id", "amount"
CARRY = f"UPDATE {ACCOUNTS} SET balance = balance + {{mark}} WHERE id = {{mark}}"


class Statements(NamedTuple):
    """What one entry comes to: rows by table, and the changes of balances."""

    rows: dict[str, Rows]
    changes: list[tuple[int, int]]


def main() -> None:
    home, database, target = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    first, seconds_most = int(sys.argv[4]), float(sys.argv[5])
    if database:
        import psycopg

        source, bare = psycopg.connect(database), psycopg.connect(target, autocommit=True)
        for table in TABLES:
            bare_postgres.make_bare(table, source=source, target=bare, indexed=True)
    else:
        key = bytes(open_keyring(home, PASSPHRASE).database_key)
        source, bare = (bare_sqlcipher.connect(path, key=key) for path in (home / BOOKS_FILE, Path(target)))
        for table in TABLES:
            bare_sqlcipher.make_bare(table, source=source, bare=bare, indexed=True)
    entries = list(read(source))
    writer = Writer(bare, is_server=bool(database))
    writer.write(entries[:first])
    print(json.dumps({"delays": timed(writer, entries[first:], seconds_most=seconds_most)}))


def read(source: Any) -> Iterator[Statements]:
    """The rows of every entry, in the order of their acts; an account with the entry that opened it, and what that left in it."""
    found, columns = {}, {}
    for table in TABLES:
        cursor = source.execute(selected(table, form="entries"))
        columns[table] = [one[0] for one in cursor.description]
        found[table] = cursor.fetchall()
    moves = defaultdict(list)
    for move in found[MOVES]:
        moves[move[columns[MOVES].index("entry_id")]].append(move)
    balance = columns[ACCOUNTS].index("balance")
    accounts = {row[0]: row for row in found[ACCOUNTS]}
    ends = [columns[MOVES].index(name) for name in (GIVER, TAKER, AMOUNT)]
    for act, entry in zip(found[ACTS], found[ENTRIES], strict=True):
        mine = moves[act[columns[ACTS].index("id")]]
        changes: dict[int, int] = defaultdict(int)
        for giver, taker, amount in ([move[end] for end in ends] for move in mine):
            changes[giver] -= amount
            changes[taker] += amount
        rows = [accounts.pop(key) for key in changes if key in accounts]
        opened = [(*row[:balance], changes.pop(row[0]), *row[balance + 1 :]) for row in rows]
        carried = [(change, key) for key, change in changes.items() if change]
        yield Statements({ACTS: [act], ACCOUNTS: opened, ENTRIES: [entry], MOVES: mine}, carried)


class Writer:
    """Writes the rows of entries in a transaction."""

    def __init__(self, bare: Any, *, is_server: bool) -> None:
        self._bare = bare
        self._mark = "%s" if is_server else "?"
        self._begin = "BEGIN" if is_server else "BEGIN IMMEDIATE"
        self._how = {"prepare": True} if is_server else {}
        self._carry = CARRY.format(mark=self._mark)

    def write(self, entries: list[Statements]) -> None:
        self._bare.execute(self._begin)
        for entry in entries:
            for table, rows in entry.rows.items():
                for row in rows:
                    marks = ", ".join([self._mark] * len(row))
                    self._bare.execute(f"INSERT INTO {table} VALUES ({marks})", row, **self._how)
            for change in entry.changes:
                self._bare.execute(self._carry, change, **self._how)
        self._bare.execute("COMMIT")


def timed(writer: Writer, entries: list[Statements], *, seconds_most: float) -> list[float]:
    """The seconds of each entry's transaction, none begun when the time is over."""
    delays: list[float] = []
    ends_at = time.perf_counter() + seconds_most
    for entry in entries:
        started = time.perf_counter()
        if started > ends_at:
            break
        writer.write([entry])
        delays.append(time.perf_counter() - started)
    return delays


if __name__ == "__main__":
    main()
