"""What the API tells of the books: every answer as a shape of its own, amounts as decimals in strings."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from tallystick.core.amount import show_amount
from tallystick.core.entry import Move, PostedEntry
from tallystick.core.unit import Unit
from tallystick.ledger.queries.balances import Balance

Units = Mapping[str, Unit]


class MoveTold(BaseModel):
    """One amount from giver to taker; `named` is who a half of a tally names in the place of the road."""

    kind: str
    giver: str
    taker: str
    unit: str
    amount: str
    earmark: str
    named: str
    grant: str
    authorisation: str
    note: str


class EntryTold(BaseModel):
    """An entry as it stands; `reverses` is the reference of the entry that it takes back."""

    reference: str
    happened_at: str
    reverses: str
    moves: list[MoveTold]


class HeldTold(BaseModel):
    """What one holder holds of one unit for one earmark; below zero for whoever gave."""

    holder: str
    unit: str
    earmark: str
    amount: str


class SignOffTold(BaseModel):
    wish: str
    asked_by: str
    asked_at: str
    agreed_by: str
    reason: str
    asked_drawn_by: str | None
    agreed_drawn_by: str | None


def entry_told(posted: PostedEntry, units: Units) -> dict[str, Any]:
    return {
        "reference": posted.reference, "happened_at": moment(posted.happened_at), "reverses": posted.reverses,
        "moves": moves_told(posted.moves, units),
    }  # fmt: skip


def moves_told(moves: Iterable[Move], units: Units) -> list[dict[str, Any]]:
    return [move._asdict() | {"amount": show_amount(move.amount, units[move.unit].places)} for move in moves]


def held_told(held: Iterable[Balance], units: Units) -> list[dict[str, Any]]:
    return [one._asdict() | {"amount": show_amount(one.amount, units[one.unit].places)} for one in held]


def moment(at: datetime) -> str:
    """A moment by the clock on the wall where it happened, or of ours in UTC."""
    return at.isoformat()
