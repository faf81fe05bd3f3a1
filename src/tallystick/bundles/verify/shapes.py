"""Every value of the type its column is for: looked at first, for what is of another type can hardly be read, let alone compared."""

from collections.abc import Iterator

from tallystick.bundles.registry import RECORD_KINDS
from tallystick.bundles.verify.chain import Problem
from tallystick.journal.models import Act, Checkpoint
from tallystick.journal.stored import mistyped
from tallystick.ledger.queries import audit


def type_problems() -> Iterator[Problem]:
    """Values that the database keeps as another type than they were written as, each with the act whose row they stand in."""
    yield from _problems("journal_act", mistyped(Act, key="id"))
    yield from _problems("journal_checkpoint", mistyped(Checkpoint, key="number"))
    for kind in RECORD_KINDS.values():
        for table in kind.tables:
            yield from _problems(table._meta.db_table, mistyped(table, key="act_id"))
    for name, found in audit.mistyped_rows().items():
        yield from _problems(name, found)


def _problems(table: str, found: list[tuple[int, str]]) -> Iterator[Problem]:
    for act_id, column in found:
        yield Problem(act_id, f"{table}.{column} holds a value of another type than this column is for, in a row of act {act_id}")
