"""Entries: one event in the books; as people write it (lines) and as it moves value (moves)."""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from tallystick.core.amount import PARTS_MAX
from tallystick.core.refusal import Refusal


class Kind(StrEnum):
    GIFT = "gift"
    HANDOVER = "handover"
    DISPATCH = "dispatch"
    RECEIPT = "receipt"
    LOSS = "loss"
    RECOVERY = "recovery"
    RETURN = "return"
    EXCHANGE = "exchange"
    PURCHASE = "purchase"
    COMMISSION = "commission"
    COST = "cost"
    PAYOUT = "payout"
    REASSIGN = "reassign"
    REVERSAL = "reversal"


OPTIONAL = ("named", "grant", "authorisation", "note")
LOSS_CAUSES = ("seizure", "theft", "shortfall", "breakage", "spoilage", "fraud", "default")


class LossCauseUnknown(Refusal):
    code = "loss_cause_unknown"
    words = "“{cause}” is not a cause that losses are kept under."
    expected = "one of {causes}"


class Line(NamedTuple):
    """A row of moves.csv as it is written: a dispatch names the carrier as taker, a receipt the original giver as giver."""

    kind: str
    giver: str
    taker: str
    unit: str
    amount: int
    earmark: str
    grant: str = ""
    authorisation: str = ""
    note: str = ""


class Entry(NamedTuple):
    """Lines that stand or fall together. `happened_at` is aware; its offset is kept as it was written."""

    reference: str
    happened_at: datetime
    lines: tuple[Line, ...]


class Move(NamedTuple):
    """One amount from giver to taker, both true ends: account holders, `@transit:T0010` among them.

    `named` is the party that the written row names where the true end is the tally's transit account; empty elsewhere.
    """

    kind: str
    giver: str
    taker: str
    unit: str
    amount: int
    earmark: str
    named: str = ""
    grant: str = ""
    authorisation: str = ""
    note: str = ""


class PostedEntry(NamedTuple):
    """An entry as it stands in the books. `reverses` is the reference of the entry it takes back, or empty."""

    reference: str
    happened_at: datetime
    moves: tuple[Move, ...]
    reverses: str = ""


def entry_content(posted: PostedEntry) -> dict[str, Any]:
    """What the act says of an entry: amounts as strings, empty fields left out."""
    moves = []
    for move in posted.moves:
        said = {
            "kind": move.kind,
            "giver": move.giver,
            "taker": move.taker,
            "unit": move.unit,
            "amount": str(move.amount),
            "earmark": move.earmark,
        }
        said |= {name: value for name, value in zip(OPTIONAL, move[6:], strict=True) if value}
        moves.append(said)
    content = {"reference": posted.reference, "happened_at": posted.happened_at.isoformat(), "moves": moves}
    if posted.reverses:
        content["reverses"] = posted.reverses
    return content


def entry_said(content: dict[str, Any]) -> PostedEntry:
    """The entry that an act's content says; raises KeyError, TypeError or ValueError on what `entry_content` never writes.

    One entry has one content: an amount or a moment spelt otherwise, a key more or an empty field is none of ours.
    """
    moves = tuple([_move_said(said) for said in content["moves"]])
    happened_at = datetime.fromisoformat(content["happened_at"])
    posted = PostedEntry(content["reference"], happened_at, moves, content.get("reverses", ""))
    plain = type(posted.reference) is str and type(posted.reverses) is str and type(content["moves"]) is list
    if not plain or not moves or not posted.reference or len(content) != 3 + bool(posted.reverses):
        raise ValueError("an entry has a reference, a moment, moves, perhaps what it reverses, and nothing else")
    if happened_at.utcoffset() is None or happened_at.isoformat() != content["happened_at"]:
        raise ValueError(f"“{content['happened_at']}” is a moment written otherwise")
    return posted


def _move_said(said: dict[str, Any]) -> Move:
    amount = int(said["amount"])
    move = Move(
        said["kind"], said["giver"], said["taker"], said["unit"], amount, said["earmark"],
        said.get("named", ""), said.get("grant", ""), said.get("authorisation", ""), said.get("note", ""),
    )  # fmt: skip
    if not 0 < amount <= PARTS_MAX or str(amount) != said["amount"]:
        raise ValueError(f"“{said['amount']}” is no amount")
    if set(map(type, said.values())) != {str} or len(said) != len(move) - move.count(""):
        raise ValueError("a move has two ends, a unit, an amount, an earmark, what it cites, and nothing else")
    return move
