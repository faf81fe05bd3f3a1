"""What some accounts hold, by their natural keys."""

from collections.abc import Collection
from typing import NamedTuple

from tallystick.core.custody.book import Key
from tallystick.journal.asking import ask
from tallystick.journal.bulk import among


class Balance(NamedTuple):
    """What one holder holds of one unit for one earmark, in smallest parts."""

    holder: str
    unit: str
    earmark: str
    amount: int


def balances_of(keys: Collection[Key]) -> list[Balance]:
    """The balances of these accounts, in the order of their keys; 0 where there is no such account. One question."""
    condition, value = among(sorted({holder for holder, _, _ in keys}))
    rows = ask(f"SELECT holder, unit_id, earmark_id, balance FROM ledger_account WHERE holder {condition}", [value])()
    held = {(holder, unit, earmark): balance for holder, unit, earmark, balance in rows}
    return [Balance(*key, held.get(key, 0)) for key in sorted(keys)]
