"""Which entries stand in the books, held against the batches that were posted or may have been."""

from collections.abc import Sequence
from enum import Enum

from django.db import connection

from faults.kills.entries import Key
from tallystick.core.entry import Entry
from tallystick.journal.bulk import read_moment
from tallystick.journal.queries import Head

STANDING = """
    SELECT e.reference, e.happened_at, COUNT(DISTINCT e.act_id), COUNT(m.entry_id)
      FROM ledger_entry e LEFT JOIN ledger_move m ON m.entry_id = e.act_id
     WHERE e.act_id > %s
     GROUP BY e.reference, e.happened_at
"""
Stands = dict[Key, tuple[int, int]]  # how many entries, and how many moves, by reference and moment


class Held(Enum):
    """How much of a batch stands in the books."""

    WHOLE = "whole"
    NOTHING = "nothing"
    PART = "a part"


def standing(since: Head) -> Stands:
    """All that was written after the head `since`."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [since.last_id])
        return {(reference, read_moment(at)): (entries, moves) for reference, at, entries, moves in cursor.fetchall()}


def wanted_of(batches: Sequence[Sequence[Entry]]) -> Stands:
    """What stands where each of these entries stands once, with all its moves."""
    return {(entry.reference, entry.happened_at): (1, len(entry.lines)) for batch in batches for entry in batch}


def held_of(batch: Sequence[Entry], stands: Stands) -> Held:
    wanted = wanted_of([batch])
    found = {key: stands[key] for key in wanted if key in stands}
    return Held.WHOLE if found == wanted else Held.PART if found else Held.NOTHING


def differing(found: Stands, wanted: Stands) -> str:
    """In words, how what stands is not what should; empty where it is."""
    odd = [key for key in wanted.keys() | found.keys() if found.get(key) != wanted.get(key)]
    if not odd:
        return ""
    reference, at = min(odd)
    entries, moves = found.get((reference, at), (0, 0))
    return f"{len(odd)} of {len(wanted)} differ, the first {reference} of {at:%H:%M}: {entries} entries with {moves} moves"


def misjudged(batch: Sequence[Entry], *, held: Held, is_acknowledged: bool) -> str:
    """What is wrong where a batch stands in part, or does not stand though somebody was told that it did; empty where nothing is."""
    if is_acknowledged and held != Held.WHOLE:
        return f"{batch[0].reference}, a batch of {len(batch)}, was acknowledged, and {held.value} of it stands"
    return f"{batch[0].reference}, a batch of {len(batch)}, stands in part" if held == Held.PART else ""
