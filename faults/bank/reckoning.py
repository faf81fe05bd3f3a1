"""Afterwards: the books prove, and every entry stands once that somebody was told stands, and no other."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from django.db import connection

from faults.bank.teller import Account, Key
from faults.bank.watcher import ask
from tallystick.bundles.verify.proof import prove
from tallystick.journal.actions import sign_head
from tallystick.journal.bulk import read_moment
from tallystick.vault.keys import unlocked

KEPT_MAX = 5
STANDING = """
    SELECT e.reference, e.happened_at, COUNT(m.line), SUM(m.amount)
      FROM ledger_entry e
      LEFT JOIN ledger_move m ON m.entry_id = e.act_id
     GROUP BY e.act_id, e.reference, e.happened_at
"""
Sizes = Mapping[Key, tuple[int, int]]


def reckon(accounts: Sequence[Account], *, opening: Sizes) -> list[str]:
    """Everything that is not as the clients were told, a sentence each."""
    rows = [((reference, read_moment(at)), (count, int(amount or 0))) for reference, at, count, amount in ask(STANDING)]
    told = dict(opening)
    refused: set[Key] = set()
    for account in accounts:
        told |= account.stands
        refused |= account.refused
    clashes = {name: one for account in accounts for name, one in account.clashes.items()}
    problems = [f"nobody kept two apart who wrote at once: {name}, for one “{one}”" for name, one in clashes.items()]
    problems += [problem for account in accounts for problem in account.problems][:KEPT_MAX]
    return [*problems, *compare(rows, told=told, refused=refused - told.keys()), *proof()]


def compare(rows: Sequence[tuple[Key, tuple[int, int]]], *, told: Sizes, refused: set[Key]) -> list[str]:
    """What stands (reference and moment, moves and the sum of their amounts) against what was told and what was refused."""
    times, stands = Counter(key for key, _ in rows), dict(rows)
    found = [f"{reference} of {at} was acknowledged and does not stand" for reference, at in told.keys() - stands.keys()]
    found += [f"{reference} of {at} was refused and stands" for reference, at in stands.keys() & refused]
    found += [f"{reference} of {at} stands, and nobody was told so" for reference, at in stands.keys() - told.keys() - refused]
    found += [f"{key[0]} stands {count} times" for key, count in times.items() if count > 1]
    wrong = [key for key in told.keys() & stands.keys() if told[key] != stands[key]]
    found += [f"{key[0]} stands with {stands[key]} moves and parts; {told[key]} were acknowledged" for key in wrong]
    return [*found[:KEPT_MAX], *([f"and {len(found) - KEPT_MAX} more of the kind"] if len(found) > KEPT_MAX else [])]


def proof() -> list[str]:
    """What the product's own proof finds, after a signature over all of it."""
    sign_head(unlocked().office, signing_key=bytes(unlocked().signing_key), signed_at=datetime.now(UTC))
    found = prove(office=unlocked().office, public_key=unlocked().public_key)
    connection.close()
    return [f"verify: {problem}" for problem in found.problems]
