"""The bare peer on a server: `COPY` of the product's rows into an empty database.

`python -m bench.bare_postgres SOURCE TARGET FORM` reads the rows from the books in the database SOURCE, writes them into TARGET,
and prints the seconds from BEGIN to the last COMMIT. FORM is one of

    rows     everything that an import leaves, as Python's tuples through psycopg's `write_row`, in one transaction
    text     the same as text made ready before the clock starts: nothing but the server's own work and the wire
    entries  as `text`, less the acts that say no entry, in a transaction for each 10,000 moves
    moves    as `text`, the moves alone, into a table that has no key and no index
"""

import json
import sys
import time
from typing import Any

import psycopg

from bench.place import BATCH
from bench.tables import MOVES, TABLES, quoted, selected, slices

COLUMNS = """
    SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute
     WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""
INDEXES = "SELECT indexdef FROM pg_indexes WHERE tablename = %s"


def main() -> None:
    source_url, target_url, form = sys.argv[1:]
    with psycopg.connect(source_url) as source, psycopg.connect(target_url, autocommit=True) as target:
        tables = (MOVES,) if form == "moves" else TABLES
        for table in tables:
            make_bare(table, source=source, target=target, indexed=form != "moves")
        read = read_rows if form == "rows" else read_text
        rows = {table: read(selected(table, form=form), source) for table in tables}
        moves = len(rows[MOVES])
        count = max(1, round(moves / BATCH)) if form == "entries" else 1
        parts = {table: list(slices(found, count=count)) for table, found in rows.items()}
        print(json.dumps({"seconds": write(parts, target=target, is_text=form != "rows"), "moves": moves}))


def make_bare(table: str, *, source: Any, target: Any, indexed: bool) -> None:
    """The table `table` of `source`, made in `target` as tables.py says."""
    columns = source.execute(COLUMNS, (table,)).fetchall()
    said = [f'"{name}" {kind}{" NOT NULL" if is_set else ""}' for name, kind, is_set in columns]
    target.execute(f"CREATE TABLE {table} ({', '.join(said)})")
    if indexed:
        for (index,) in source.execute(INDEXES, (table,)).fetchall():
            target.execute(index)


def read_rows(select: str, source: Any) -> list[Any]:
    found: list[Any] = source.execute(select).fetchall()
    return found


def read_text(select: str, source: Any) -> list[Any]:
    """A text for each row, as COPY reads it."""
    with source.cursor().copy(f"COPY ({select}) TO STDOUT") as copy:
        return b"".join(bytes(block) for block in copy).splitlines(keepends=True)


def write(parts: dict[str, list[list[Any]]], *, target: Any, is_text: bool) -> float:
    """The seconds from the first BEGIN to the last COMMIT. `parts` holds each table's rows, a list for each transaction."""
    ready = {table: [[b"".join(rows)] if is_text else rows for rows in found] for table, found in parts.items()}
    started = time.perf_counter()
    for number in range(len(ready[MOVES])):
        with target.transaction(), target.cursor() as cursor:
            for table, found in ready.items():
                _copy(cursor, table, rows=found[number], is_text=is_text)
    return time.perf_counter() - started


def _copy(cursor: Any, table: str, *, rows: list[Any], is_text: bool) -> None:
    with cursor.copy(f"COPY {quoted([table])} FROM STDIN") as copy:
        put = copy.write if is_text else copy.write_row
        for row in rows:
            put(row)


if __name__ == "__main__":
    main()
