"""Steps: the moves of a trace, and tracing an earmark from its gift and a tally from its dispatch."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from tallystick.core.custody.book import TRANSIT, Key
from tallystick.core.entry import Kind, Move, PostedEntry
from tallystick.core.flow import taken_back
from tallystick.core.trace.hands import Hand, hands_in


class Step(NamedTuple):
    """One move of a trace. `share` is the part of `amount` that the trace is about, both in smallest parts."""

    happened_at: datetime
    reference: str
    kind: str
    giver: str
    taker: str
    named: str  # the party that the written row names in the place of the tally's transit account
    unit: str
    earmark: str
    amount: int
    share: int


class Reached(NamedTuple):
    """What a recipient was given for a grant, in smallest parts."""

    grant: str
    recipient: str
    unit: str
    amount: int


@dataclass(frozen=True, slots=True)
class EarmarkTrace:
    earmark: str
    steps: tuple[Step, ...]
    hands: tuple[Hand, ...]
    reached: tuple[Reached, ...]


@dataclass(frozen=True, slots=True)
class TallyTrace:
    """`still_open` is what the tally carries still: (unit, earmark) to smallest parts, without those that are all accounted for."""

    reference: str
    giver: str
    carrier: str
    steps: tuple[Step, ...]
    still_open: dict[tuple[str, str], int]


def step_of(posted: PostedEntry, move: Move, *, share: int) -> Step:
    return Step(
        posted.happened_at, posted.reference, move.kind, move.giver, move.taker, move.named,
        move.unit, move.earmark, move.amount, share,
    )  # fmt: skip


def trace_earmark(entries: Sequence[PostedEntry], *, earmark: str) -> EarmarkTrace:
    """An earmark from its gifts to its payouts. `entries` stand in the books' order and may hold other earmarks too."""
    mine = only_of(entries, {earmark})
    steps = tuple(step_of(posted, move, share=move.amount) for posted in mine for move in posted.moves)
    return EarmarkTrace(earmark, steps, tuple(hands_in(mine)), reached_in(mine))


def trace_tally(entries: Sequence[PostedEntry], *, reference: str) -> TallyTrace | None:
    """A tally from its dispatch to its receipts, losses and returns; None where nothing was dispatched under this reference.

    Entries of other references may stand among these; the reversal of the dispatch is then seen too.
    """
    transit, steps = TRANSIT + reference, []
    still_open: dict[tuple[str, str], int] = defaultdict(int)
    for posted in entries:
        for move in posted.moves:
            if transit in (move.giver, move.taker):
                steps.append(step_of(posted, move, share=move.amount))
                still_open[move.unit, move.earmark] += move.amount if move.taker == transit else -move.amount
    first = next((step for step in steps if step.kind == Kind.DISPATCH), None)
    if first is None:
        return None
    left = {key: amount for key, amount in still_open.items() if amount}
    return TallyTrace(reference, first.giver, first.named, tuple(steps), left)


def only_of(entries: Sequence[PostedEntry], earmarks: set[str]) -> list[PostedEntry]:
    """The moves of these earmarks, in entries that have any."""
    mine = []
    for posted in entries:
        moves = tuple(move for move in posted.moves if move.earmark in earmarks)
        if moves:
            mine.append(posted if len(moves) == len(posted.moves) else posted._replace(moves=moves))
    return mine


def reached_in(entries: Sequence[PostedEntry]) -> tuple[Reached, ...]:
    """What was paid out and not taken back, by grant, recipient and unit."""
    gone = taken_back(entries)
    sums: dict[Key, int] = defaultdict(int)
    for place, posted in enumerate(entries):
        for move in posted.moves if place not in gone else ():
            if move.kind == Kind.PAYOUT:
                sums[move.grant, move.taker, move.unit] += move.amount
    return tuple(Reached(*key, amount) for key, amount in sorted(sums.items()))
