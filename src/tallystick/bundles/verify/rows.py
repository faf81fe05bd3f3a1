"""Every row held against the act that made it; a row that no act makes, or an act whose row is gone, is a problem."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Model

from tallystick.bundles.registry import RECORD_KINDS
from tallystick.bundles.verify.chain import Problem
from tallystick.core.chain import UNSAYABLE, ActContent
from tallystick.core.entry import PostedEntry, entry_said
from tallystick.core.record import record_of
from tallystick.journal.bulk import columns_of
from tallystick.journal.models import ENTRY_POSTED, Act
from tallystick.journal.queries import StoredAct
from tallystick.journal.stored import Row, differing, outside, row_of, stored_rows
from tallystick.ledger.queries import audit


class Said(NamedTuple):
    act: StoredAct
    content: ActContent


def row_problems(said: Sequence[Said]) -> Iterator[Problem]:
    """What does not match between these acts, which follow one another, and the rows of their places."""
    first, last = said[0].act.id, said[-1].act.id
    yield from _record_problems([one for one in said if one.act.kind != ENTRY_POSTED], first=first, last=last)
    yield from _entry_problems([one for one in said if one.act.kind == ENTRY_POSTED], first=first, last=last)


def stray_problems(last: int) -> Iterator[Problem]:
    """Rows that belong to none of the acts 1 to `last`."""
    for act_id in outside(Act._meta.db_table, key="id", last=last):
        yield Problem(act_id, f"an act stands at place {act_id}, where none can be")
    for kind in RECORD_KINDS.values():
        for table in kind.tables:
            for act_id in outside(table._meta.db_table, key="act_id", last=last):
                yield Problem(act_id, f"{table._meta.db_table} has a row of act {act_id}, which no act is")
    for words in audit.strays(last):
        yield Problem(last, words)


def _record_problems(said: Sequence[Said], *, first: int, last: int) -> Iterator[Problem]:
    wanted: dict[type[Model], dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for act, content in said:
        kind = RECORD_KINDS.get(act.kind)
        if kind is None:
            yield Problem(act.id, f"{_name(act)} is of a kind that this version does not know")
            continue
        try:
            for row in kind.rows(act.id, record_of(kind.record, content.content)):
                wanted[type(row)][act.id].append(row_of(row))
        except UNSAYABLE as fault:
            yield Problem(act.id, f"{_name(act)} says what no {act.kind} says: {fault}")
    names = {act.id: _name(act) for act, _ in said}
    for table in dict.fromkeys(table for kind in RECORD_KINDS.values() for table in kind.tables):
        yield from _table_problems(table, wanted[table], first=first, last=last, names=names)


def _table_problems(
    table: type[Model], wanted: dict[int, list[Row]], *, first: int, last: int, names: dict[int, str]
) -> Iterator[Problem]:
    name, columns = table._meta.db_table, columns_of(table)
    stored: dict[int, list[Row]] = defaultdict(list)
    for act_id, row in stored_rows(table, key="act_id", first=first, last=last):
        stored[act_id].append(row)
    for act_id in sorted(stored.keys() | wanted.keys()):
        lies, should = Counter(stored.get(act_id, [])), Counter(wanted.get(act_id, []))
        if lies == should:
            continue
        where = f"{names.get(act_id, f'act {act_id}')}: {name}"
        extra, missing = sorted((lies - should).elements(), key=str), sorted((should - lies).elements(), key=str)
        if len(extra) == len(missing):
            yield Problem(act_id, f"{where}.{differing(extra[0], missing[0], columns=columns)}")
        elif extra:
            yield Problem(act_id, f"{where} has a row that this act does not make")
        else:
            yield Problem(act_id, f"{where} has lost a row that this act makes")


def _entry_problems(said: Sequence[Said], *, first: int, last: int) -> Iterator[Problem]:
    posted: dict[int, PostedEntry] = {}
    for act, content in said:
        try:
            posted[act.id] = _entry_of(content)
        except UNSAYABLE as fault:
            yield Problem(act.id, f"{_name(act)} says what no entry says: {fault}")
    reversed_first = audit.first_entries([one.reverses for one in posted.values() if one.reverses])
    stored = audit.stored_entries(first, last)
    for act, content in said:
        if act.id not in posted:
            continue
        recorded_at = datetime.fromisoformat(content.recorded_at)
        row = audit.said_entry(act.id, act.office, recorded_at=recorded_at, posted=posted[act.id], first=reversed_first)
        lies = stored.pop(act.id, None)
        if lies is None:
            yield Problem(act.id, f"{_name(act)}: the entry {posted[act.id].reference} has lost its row")
        elif lies != row:
            yield Problem(act.id, f"{_name(act)}: the entry's {differing(lies, row, columns=audit.ENTRY_FIELDS)}")
    for act_id in stored:
        yield Problem(act_id, f"act {act_id} posts no entry, and ledger_entry has one of it")
    yield from _move_problems(
        {act.id: (_name(act), posted[act.id]) for act, _ in said if act.id in posted}, first=first, last=last
    )


def _entry_of(content: ActContent) -> PostedEntry:
    posted = entry_said(content.content)
    if posted.happened_at.utcoffset() is None:
        raise ValueError("its moment has no offset")
    return posted


def _move_problems(posted: dict[int, tuple[str, PostedEntry]], *, first: int, last: int) -> Iterator[Problem]:
    stored: dict[int, list[Row]] = defaultdict(list)
    for act_id, row in audit.stored_moves(first, last):
        stored[act_id].append(row)
    for act_id, (name, entry) in posted.items():
        lies, should = stored.pop(act_id, []), audit.said_moves(entry)
        if lies == should:
            continue
        for lying, wanted in zip(lies, should, strict=False):
            if lying != wanted:
                yield Problem(act_id, f"{name}: the move's {differing(lying, wanted, columns=audit.MOVE_FIELDS)}")
        if len(lies) != len(should):
            yield Problem(act_id, f"{name}: {entry.reference} has {len(lies)} moves where the act says {len(should)}")
    for act_id in stored:
        yield Problem(act_id, f"act {act_id} posts no entry, and ledger_move has moves of it")


def _name(act: StoredAct) -> str:
    return f"act {act.number} of {act.office} ({act.kind})"
