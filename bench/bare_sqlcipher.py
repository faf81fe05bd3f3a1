"""The bare peer in a file: `executemany` of the product's rows, on the same SQLCipher library with the same settings.

`python -m bench.bare_sqlcipher HOME FILE FORM` reads the rows from the books in HOME, writes them into FILE, and prints the
seconds that the writing took. Encrypted, write-ahead log, synchronous=FULL, secure_delete=ON, one transaction for each 10,000
moves. FORM is one of

    rows     everything that an import leaves
    entries  the same less the acts that say no entry
    moves    the moves alone, into a table that has no key and no index
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from bench.place import BATCH, PASSPHRASE
from bench.tables import MOVES, TABLES, Rows, quoted, selected, slices
from tallystick.config.sqlcipher.base import PRAGMAS
from tallystick.ops.opening import BOOKS_FILE
from tallystick.vault.keys import open_keyring


def main() -> None:
    home, target, form = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    key = bytes(open_keyring(home, PASSPHRASE).database_key)
    source = connect(home / BOOKS_FILE, key=key)
    tables = (MOVES,) if form == "moves" else TABLES
    rows = {table: source.execute(selected(table, form=form)).fetchall() for table in tables}
    bare = connect(target, key=key)
    for table in tables:
        make_bare(table, source=source, bare=bare, indexed=form != "moves")
    source.close()
    print(json.dumps({"seconds": write(bare, rows), "moves": len(rows[MOVES])}))
    bare.close()


def connect(path: Path, *, key: bytes) -> Any:
    """A connection as the product's own, with nothing of Django around it."""
    connection = driver.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    assert connection.execute("PRAGMA cipher_version").fetchone(), "this library does not encrypt"
    assert connection.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    for name, value in PRAGMAS:
        connection.execute(f"PRAGMA {name} = {value}")
    return connection


def make_bare(table: str, *, source: Any, bare: Any, indexed: bool) -> None:
    """The table `table` of `source`, made in `bare` as tables.py says."""
    columns = source.execute(f"PRAGMA table_xinfo({table})").fetchall()
    said = [f'"{name}" {kind}{" NOT NULL" if is_set else ""}' for _, name, kind, is_set, *_ in columns]
    key = [name for _, name, _, _, _, place, _ in sorted(columns, key=lambda column: column[5]) if place]
    if indexed:
        said.append(f"PRIMARY KEY ({quoted(key)})")
    form = _without_rowid(table, source) if indexed else ""
    bare.execute(f"CREATE TABLE {table} ({', '.join(said)}){form}")
    indexes = source.execute(f"PRAGMA index_list({table})").fetchall() if indexed else []
    for _, name, is_unique, origin, _ in indexes:
        if origin == "c":
            bare.execute(source.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0])
        elif origin == "u":
            held = [column for _, _, column in source.execute(f"PRAGMA index_info({name})")]
            assert is_unique
            bare.execute(f'CREATE UNIQUE INDEX "bare_{name}" ON {table} ({quoted(held)})')
    assert len(bare.execute(f"PRAGMA index_list({table})").fetchall()) == len(indexes), f"{table} lacks an index"


def _without_rowid(table: str, source: Any) -> str:
    (text,) = source.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return " WITHOUT ROWID" if "WITHOUT ROWID" in text.upper() else ""


def write(bare: Any, rows: dict[str, Rows]) -> float:
    """The seconds from the first row to the last commit."""
    count = max(1, round(len(rows[MOVES]) / BATCH))
    parts = {table: list(slices(found, count=count)) for table, found in rows.items()}
    started = time.perf_counter()
    for number in range(count):
        bare.execute("BEGIN IMMEDIATE")
        for table, found in parts.items():
            if found[number]:
                marks = ", ".join("?" * len(found[number][0]))
                bare.executemany(f"INSERT INTO {table} VALUES ({marks})", found[number])
        bare.execute("COMMIT")
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
