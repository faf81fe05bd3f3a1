"""Whether books are whole: a quick look after every kill, and the proof that the product itself makes."""

from collections.abc import Iterator

from django.db import connection

from faults.kills.ground import now
from tallystick.bundles.verify.proof import prove
from tallystick.core.chain import act_digest
from tallystick.journal.actions import sign_head
from tallystick.journal.queries import Head, acts, head_of
from tallystick.ledger.queries.audit import wrong_balances
from tallystick.vault.keys import unlocked

BARE = "SELECT COUNT(*) FROM ledger_entry e WHERE NOT EXISTS (SELECT 1 FROM ledger_move m WHERE m.entry_id = e.act_id)"
UNSAID = """
    SELECT (SELECT COUNT(*) FROM journal_act WHERE kind = 'entry_posted' AND id > %s)
         - (SELECT COUNT(*) FROM ledger_entry WHERE act_id > %s)
"""
TABLES = ("journal_act", "journal_checkpoint", "ledger_entry", "ledger_move", "ledger_account", "people_party")


def end() -> Head:
    """Where the stream of this home's office ends now."""
    return head_of(unlocked().office)


def tears(since: Head) -> Iterator[str]:
    """What is torn in what was written after the head `since`, in words."""
    number, digest, place = since.number, since.digest, since.last_id
    for act in acts(after_id=since.last_id):
        number, place = number + 1, place + 1
        if (act.id, act.number) != (place, number):
            yield f"act {act.number} stands at place {act.id} where act {number} at place {place} should"
        digest = act_digest(digest, act.body)
        if digest != act.digest:
            yield f"act {act.number} does not follow from the acts before it"
    if bare := ask(BARE):
        yield f"{bare} entries have no moves"
    if unsaid := ask(UNSAID, since.last_id, since.last_id):
        yield f"{unsaid} more acts say an entry than there are entries"
    for account, words, _ in wrong_balances():
        yield f"the account of {' '.join(account)} {words}"


def unproved() -> list[str]:
    """Signs the head and makes the whole proof; what does not hold, in words."""
    keyring = unlocked()
    sign_head(keyring.office, signing_key=bytes(keyring.signing_key), signed_at=now())
    return [words for _, words in prove(office=keyring.office, public_key=keyring.public_key).problems]


def counts() -> dict[str, int]:
    """How many rows each table has."""
    return {table: ask(f"SELECT COUNT(*) FROM {table}") for table in TABLES}


def ask(sql: str, *values: object) -> int:
    """The one number that a question has for an answer."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])
