"""What a table of moves has besides its rows: keys, indexes, rights, guards. Read from one table and put up on another."""

from dataclasses import dataclass

from django.db import connection

from tallystick.journal.immutable import GUARDS, guard
from tallystick.ledger.partitions.parts import TABLE

KEYS = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
     WHERE conrelid = to_regclass(%s) AND contype IN ('p', 'u', 'f') ORDER BY contype <> 'p', conname
"""
INDEXES = """
    SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
     WHERE x.indrelid = to_regclass(%s) ORDER BY c.relname
"""
RIGHTS = """
    SELECT COALESCE(quote_ident(r.rolname), 'PUBLIC'), a.privilege_type, a.is_grantable
      FROM pg_class c CROSS JOIN aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
     WHERE c.oid = to_regclass(%s)
"""
# Twice the same rows give twice the same two numbers, in whatever order and in however many parts they lie.
CONTENT = "SELECT COUNT(*), COALESCE(SUM(hashtextextended(m::text, 0)), 0) FROM {table} m"


@dataclass(frozen=True, slots=True)
class Furniture:
    """Statements that furnish a table under the name of the one they were read from, and the names they will take."""

    statements: tuple[str, ...]
    index_names: tuple[str, ...]


def furniture() -> Furniture:
    """That of the table of moves as it stands."""
    with connection.cursor() as cursor:
        cursor.execute(KEYS, [TABLE])
        keys = dict(cursor.fetchall())
        cursor.execute(INDEXES, [TABLE])
        indexes = dict(cursor.fetchall())
        cursor.execute(RIGHTS, [TABLE])
        rights = cursor.fetchall()
    statements = [f'ALTER TABLE {TABLE} ADD CONSTRAINT "{name}" {said}' for name, said in keys.items()]
    statements += [said.replace(" ON ONLY ", " ON ", 1) for name, said in indexes.items() if name not in keys]
    statements += [f"GRANT {right} ON {TABLE} TO {who}{' WITH GRANT OPTION' * passed_on}" for who, right, passed_on in rights]
    return Furniture(tuple(statements), tuple(indexes))


def furnish(read: Furniture) -> None:
    """Put it up on the table that now has the name, guards last."""
    run(*read.statements)
    guard(connection, TABLE)


def set_aside(name: str, read: Furniture) -> None:
    """Give the table of moves, whose guards are down, another name, and free the names of its indexes."""
    run(f'ALTER TABLE {TABLE} RENAME TO "{name}"')
    run(*(f'ALTER INDEX "{index}" RENAME TO "{shortened(index, name)}"' for index in read.index_names))


def shortened(index: str, table: str) -> str:
    """A name for this index of the table that was set aside, within the 63 letters that PostgreSQL keeps."""
    return f"{table.removeprefix('ledger_')}_{index.removeprefix('ledger_')}"[:63]


def make_empty(name: str, *, like: str, cut: bool = False) -> None:
    """A table of the same columns and checks without rows, keys and guards; `cut` makes it one that has parts."""
    run(f'CREATE TABLE "{name}" (LIKE "{like}" INCLUDING ALL EXCLUDING INDEXES){" PARTITION BY RANGE (entry_id)" * cut}')


def attach(name: str, *, first: int | None, before: int | None) -> None:
    """Make a table a part of the moves, and keep it from being emptied by itself."""
    low = "MINVALUE" if first is None else str(first)
    high = "MAXVALUE" if before is None else str(before)
    run(f'ALTER TABLE {TABLE} ATTACH PARTITION "{name}" FOR VALUES FROM ({low}) TO ({high})')
    *_, never_emptied = GUARDS["postgresql"]
    run(f'DROP TRIGGER IF EXISTS {TABLE}_never_emptied ON "{name}"')
    run(never_emptied.format(table=TABLE).replace(f" ON {TABLE} ", f' ON "{name}" '))


def content(table: str) -> tuple[int, int]:
    """How many rows lie in a table, and a sum over all that they say."""
    with connection.cursor() as cursor:
        cursor.execute(CONTENT.format(table=f'"{table}"'))
        count, total = cursor.fetchone()
    return count, int(total)


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
