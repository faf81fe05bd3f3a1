"""The bare peer on a server: `COPY` of the rows of an import into an empty database.

`python -m bench.bare_postgres SOURCE TARGET FORM` reads the rows from the books in the database SOURCE, writes them into TARGET
in one transaction, and prints the seconds from BEGIN to COMMIT. FORM is one of

    rows    Python's tuples through psycopg's `write_row`, as the product itself writes
    text    the same rows as text made ready before the clock starts: nothing but the server's own work and the wire
    moves   as `text`, the moves alone, into a table that has no key and no index
"""

import json
import sys
import time
from typing import Any

import psycopg

from bench.tables import MOVES, TABLES, quoted

COLUMNS = """
    SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute
     WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""
INDEXES = "SELECT indexdef FROM pg_indexes WHERE tablename = %s"
ORDER = {"journal_act": "id", "ledger_account": "id", "ledger_entry": "act_id", "ledger_move": "entry_id, line"}


def main() -> None:
    source_url, target_url, form = sys.argv[1:]
    with psycopg.connect(source_url) as source, psycopg.connect(target_url, autocommit=True) as target:
        tables = (MOVES,) if form == "moves" else TABLES
        for table in tables:
            make_bare(table, source=source, target=target, indexed=form != "moves")
        read = read_rows if form == "rows" else read_text
        rows = {table: read(table, source) for table in tables}
        print(json.dumps({"seconds": write(rows, target=target, ready=form != "rows")}))


def make_bare(table: str, *, source: Any, target: Any, indexed: bool) -> None:
    """The table `table` of `source`, made in `target` as tables.py says."""
    columns = source.execute(COLUMNS, (table,)).fetchall()
    said = [f'"{name}" {kind}{" NOT NULL" if is_set else ""}' for name, kind, is_set in columns]
    target.execute(f"CREATE TABLE {table} ({', '.join(said)})")
    if indexed:
        for (index,) in source.execute(INDEXES, (table,)).fetchall():
            target.execute(index)


def read_rows(table: str, source: Any) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = source.execute(f"SELECT * FROM {table} ORDER BY {ORDER[table]}").fetchall()
    return found


def read_text(table: str, source: Any) -> list[Any]:
    with source.cursor().copy(f"COPY (SELECT * FROM {table} ORDER BY {ORDER[table]}) TO STDOUT") as copy:
        return [bytes(block) for block in copy]


def write(rows: dict[str, list[Any]], *, target: Any, ready: bool) -> float:
    """The seconds from BEGIN to COMMIT."""
    started = time.perf_counter()
    with target.transaction(), target.cursor() as cursor:
        for table, found in rows.items():
            with cursor.copy(f"COPY {quoted([table])} FROM STDIN") as copy:
                put = copy.write if ready else copy.write_row
                for one in found:
                    put(one)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
