"""Acts that post entries become rows: accounts where there were none, entries, moves, and the balances carried on."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

import orjson

from tallystick.core.amount import PARTS_MAX
from tallystick.core.custody.book import Key
from tallystick.core.custody.ends import stands_above_zero
from tallystick.core.entry import PostedEntry
from tallystick.journal.asking import ask, change
from tallystick.journal.bulk import among, insert_rows, moment_writer
from tallystick.journal.engine import is_server
from tallystick.ledger.models import Account, Entry, Move
from tallystick.people.queries import parties

ENTRY_COLUMNS = ("act_id", "office", "reference", "happened_at", "utc_offset_minutes", "recorded_at", "reverses_id")
MOVE_COLUMNS = (
    "entry_id", "line", "kind", "giver_id", "taker_id", "amount", "named", "grant", "authorisation", "note",
)  # fmt: skip
ACCOUNT_COLUMNS = ("id", "holder", "unit_id", "earmark_id", "never_below_zero", "balance")
CARRY = """
    UPDATE ledger_account SET balance = balance + (d.value ->> 1) FROM json_each(%s) AS d
     WHERE ledger_account.id = (d.value ->> 0)
"""
# The server itself looks whether every account was there: the message that says it may also be the last of the transaction.
CARRY_ON_SERVER = """
    WITH carried AS (
        UPDATE ledger_account a SET balance = balance + d.change
          FROM unnest(%s::bigint[], %s::bigint[]) AS d(id, change) WHERE a.id = d.id
     RETURNING a.id
    )
    SELECT 1 / (CASE WHEN COUNT(*) = %s THEN 1 ELSE 0 END) FROM carried
"""


class EntryAct(NamedTuple):
    """An entry with the act that says it."""

    act_id: int
    office: str
    recorded_at: datetime
    posted: PostedEntry


class Accounts(NamedTuple):
    """The ids of all accounts there are among those that some acts touch, the last id given, and whose never fall below zero."""

    ids: dict[Key, int]
    last: int
    stands_above_zero: Callable[[str], bool]


class _Opening(dict[Key, int]):
    """The ids of accounts by their keys; whoever is asked for and not there gets the next one."""

    def __init__(self, known: Accounts) -> None:
        super().__init__(known.ids)
        self._last = known.last

    def __missing__(self, key: Key) -> int:
        self._last += 1
        self[key] = self._last
        return self._last


def apply_entries(acts: Sequence[EntryAct], known: Accounts | None = None) -> None:
    """Write the rows of these acts; as many statements for one act as for ten thousand.

    `known` is for whoever has just read the accounts.
    """
    accounts = known or _read_accounts({holder for act in acts for move in act.posted.moves for holder in move[1:3]})
    entries = _entry_rows(acts)
    ids = _Opening(accounts)
    changes: defaultdict[int, int] = defaultdict(int)
    moves = []
    for act_id, _, _, posted in acts:
        for line, (kind, giver, taker, unit, amount, earmark, named, grant, basis, note) in enumerate(posted.moves):
            given, taken = ids[giver, unit, earmark], ids[taker, unit, earmark]
            changes[given] -= amount
            changes[taken] += amount
            moves.append((act_id, line, kind, given, taken, amount, named, grant, basis, note))
    opened = [
        (account, *key, accounts.stands_above_zero(key[0]), changes.pop(account))
        for key, account in islice(ids.items(), len(accounts.ids), None)
    ]
    insert_rows(Account._meta.db_table, ACCOUNT_COLUMNS, rows=opened)
    insert_rows(Entry._meta.db_table, ENTRY_COLUMNS, rows=entries)
    insert_rows(Move._meta.db_table, MOVE_COLUMNS, rows=moves)
    _carry({account: change for account, change in changes.items() if change})


def _entry_rows(acts: Sequence[EntryAct]) -> list[tuple[Any, ...]]:
    first = _first_entries(acts)
    written = moment_writer()
    recorded = {moment: written(moment) for moment in {act.recorded_at for act in acts}}
    rows = []
    for act_id, office, recorded_at, (reference, happened_at, _, reversed_reference) in acts:
        offset = happened_at.utcoffset()
        assert offset is not None, f"{reference} has no offset"
        reverses = first[office, reversed_reference] if reversed_reference else None
        minutes = offset.days * 1440 + offset.seconds // 60
        rows.append((act_id, office, reference, written(happened_at), minutes, recorded[recorded_at], reverses))
    return rows


def _read_accounts(holders: set[str]) -> Accounts:
    """The accounts of these holders, as far as they are open."""
    condition, value = among(holders)
    rows = ask(f"SELECT holder, unit_id, earmark_id, id FROM ledger_account WHERE holder {condition}", [value])()
    ((last,),) = ask("SELECT COALESCE(MAX(id), 0) FROM ledger_account")()
    kinds = {code: party.kind for code, party in parties(codes=[one for one in holders if not one.startswith("@")]).items()}
    ids = {(holder, unit, earmark): key for holder, unit, earmark, key in rows}
    return Accounts(ids, last, lambda holder: stands_above_zero(holder, kinds))


def _first_entries(acts: Sequence[EntryAct]) -> dict[tuple[str, str], int]:
    """The first entry under each reference that these acts reverse, in the books or among the acts themselves."""
    wanted = {act.posted.reverses for act in acts} - {""}
    if not wanted:
        return {}
    condition, value = among(wanted)
    rows = ask(f"SELECT office, reference, act_id FROM ledger_entry WHERE reference {condition} ORDER BY act_id DESC", [value])()
    said = [(act.office, act.posted.reference, act.act_id) for act in reversed(acts) if act.posted.reference in wanted]
    return {(office, reference): act_id for office, reference, act_id in [*said, *rows]}


def _carry(changes: dict[int, int]) -> None:
    """Carry the balances on in one statement; every account must be there.

    A batch may change an account by more than one number holds, from far below zero to far above; that goes in two steps.
    """
    if not changes:
        return
    if any(abs(change) > PARTS_MAX for change in changes.values()):
        _carry({account: change // 2 for account, change in changes.items()})
        _carry({account: change - change // 2 for account, change in changes.items()})
        return
    if is_server():
        ask(CARRY_ON_SERVER, [list(changes.keys()), list(changes.values()), len(changes)])
    else:
        change(CARRY, [orjson.dumps(list(changes.items())).decode()], rows=len(changes))
