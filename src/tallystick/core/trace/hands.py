"""Hands: what came into each custodian's hands, what was passed on, what stayed there, and what is there still."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tallystick.core.custody.book import TRANSIT, Key
from tallystick.core.entry import Kind, Move, PostedEntry
from tallystick.core.flow import middles_in, taken_back

KEPT = (Kind.COMMISSION, Kind.COST, Kind.LOSS)


@dataclass(slots=True)
class Hand:
    """One custodian's dealings in one unit of one earmark, in smallest parts.

    came_in = passed_on + commission + cost + lost + on_the_road + holds. What a custodian dispatched is on the road until it
    is received (then it was passed on), lost (then it was lost in this custodian's charge) or returned (then it never left).
    """

    holder: str
    unit: str
    earmark: str
    came_in: int = 0
    passed_on: int = 0
    commission: int = 0
    cost: int = 0
    lost: int = 0
    on_the_road: int = 0

    @property
    def kept(self) -> int:
        return self.commission + self.cost + self.lost

    @property
    def holds(self) -> int:
        return self.came_in - self.passed_on - self.kept - self.on_the_road

    def let_go(self, kind: str, amount: int) -> None:
        if kind == Kind.COMMISSION:
            self.commission += amount
        elif kind == Kind.COST:
            self.cost += amount
        elif kind == Kind.LOSS:
            self.lost += amount
        else:
            self.passed_on += amount


class _Hands(defaultdict[Key, Hand]):
    def __missing__(self, key: Key) -> Hand:
        hand = self[key] = Hand(*key)
        return hand


def hands_in(entries: Sequence[PostedEntry]) -> list[Hand]:
    """Every custodian's dealings, by holder, unit and earmark. What was reversed, and the reversals, are left out."""
    hands, gone = _Hands(), taken_back(entries)
    dispatchers: dict[str, str] = {}
    for place, posted in enumerate(entries):
        if place not in gone:
            for move in posted.moves:
                _add(move, hands, dispatchers=dispatchers)
    others = _others(entries)
    return [hand for key, hand in sorted(hands.items()) if not key[0].startswith("@") and key[0] not in others]


def _add(move: Move, hands: _Hands, *, dispatchers: dict[str, str]) -> None:
    if move.taker.startswith(TRANSIT):
        dispatchers[move.taker] = move.giver
        hands[move.giver, move.unit, move.earmark].on_the_road += move.amount
        return
    if move.giver.startswith(TRANSIT):
        giver = hands[dispatchers[move.giver], move.unit, move.earmark]
        giver.on_the_road -= move.amount
        if move.taker == giver.holder:
            return
    else:
        giver = hands[move.giver, move.unit, move.earmark]
    giver.let_go(move.kind, move.amount)
    hands[move.taker, move.unit, move.earmark].came_in += move.amount


def _others(entries: Sequence[PostedEntry]) -> set[str]:
    """Whoever is no custodian: donors, changers, suppliers, recipients. Their kinds of move say so."""
    others = middles_in(entries)
    for posted in entries:
        for move in posted.moves:
            if move.kind == Kind.GIFT:
                others.add(move.giver)
            elif move.kind == Kind.PAYOUT:
                others.add(move.taker)
    return others
