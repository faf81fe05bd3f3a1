"""Which parts the moves lie in, and whether each of them still keeps its rows.

A part holds the moves of the acts from one number up to another. A move has no date of its own, and needs none: acts are
numbered in the order in which these books took them in, so the acts of a month lie side by side, the key (entry, line) stays
the key, and whoever asks for an entry reads one part. The last part is open upwards: no move ever lacks a part to lie in.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from tallystick.core.refusal import Refusal
from tallystick.journal.immutable import STANDING, TRIGGERS

TABLE = "ledger_move"
BOUND = re.compile(r"FOR VALUES FROM \((?:MINVALUE|'(\d+)')\) TO \((?:MAXVALUE|'(\d+)')\)")
PARTS = """
    SELECT c.relname, pg_get_expr(c.relpartbound, c.oid), pg_total_relation_size(c.oid)
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = to_regclass(%s)
"""


class PartsNeedServer(Refusal):
    code = "parts_need_server"
    words = "These books lie in an encrypted file, whose moves stay in one table."
    expected = "books in PostgreSQL"


@dataclass(frozen=True, slots=True)
class Part:
    """The moves of the acts from `first` up to, and without, `before`; None stands for the beginning and for the open end."""

    name: str
    first: int | None
    before: int | None
    bytes: int  # on the server's disk, indexes included


def parts() -> list[Part]:
    """The parts in the order of their acts; none where the moves lie in one table, as they do unless somebody cut them."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(PARTS, [TABLE])
        read = [_part(name, bound, size=size) for name, bound, size in cursor.fetchall()]
    return sorted(read, key=lambda part: part.first or 0)


def _part(name: str, bound: str, *, size: int) -> Part:
    match = BOUND.fullmatch(bound)
    assert match is not None, f"{name} is no part of ours: {bound}"
    first, before = (int(number) if number else None for number in match.groups())
    return Part(name, first, before, size)


def unguarded_parts() -> list[str]:
    """The parts that have lost a trigger which keeps their rows, or have another in its place.

    That of changing and deleting is the whole table's and stands on every part of its own accord, but can be switched off
    there; that of emptying must be put on each part by itself.
    """
    standing_parts: Sequence[Part] = parts()
    if not standing_parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(STANDING["postgresql"])
        standing = {said for (said,) in cursor.fetchall()}
    wanted = [said.format(table=TABLE).removeprefix(TABLE) for said in TRIGGERS["postgresql"]]
    return [part.name for part in standing_parts if not all(f"{part.name}{said}" in standing for said in wanted)]
