"""Tracing a grant back: from its payouts, move by move, to the gifts they came from, and what each hand on the way kept."""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from tallystick.core.custody.book import TRANSIT, Key
from tallystick.core.entry import Kind, PostedEntry
from tallystick.core.flow import taken_back
from tallystick.core.trace.hands import KEPT, Hand, hands_in
from tallystick.core.trace.lots import Lot, Part, play
from tallystick.core.trace.steps import Reached, Step, only_of, reached_in, step_of


class Origin(NamedTuple):
    """Where a trace ends: `amount` smallest parts that entered the books at this holder. For a gift it is the donor."""

    holder: str
    unit: str
    earmark: str
    amount: int


class Kept(NamedTuple):
    """What passed through a hand for the grant, and how much of what that hand kept falls to the grant, in smallest parts.

    What the books tie to the grant falls to it whole. Of the rest it bears its share of all that passed on or is still held
    there. What was kept further down the way bears its own share, and is not counted to the grant.
    """

    holder: str
    unit: str
    earmark: str
    passed_on: int
    commission: Fraction
    cost: Fraction
    lost: Fraction


@dataclass(frozen=True, slots=True)
class GrantTrace:
    """`steps` run from the gifts to the payouts; each one's share is what of it came to this grant's recipient in the end."""

    grant: str
    reached: tuple[Reached, ...]
    steps: tuple[Step, ...]
    kept: tuple[Kept, ...]
    origins: tuple[Origin, ...]


def trace_grant(entries: Sequence[PostedEntry], *, grant: str) -> GrantTrace:
    """A grant back to its gifts. `entries` stand in the books' order and hold every earmark that the value came through.

    Whole numbers all the way: in each account as much came in for the grant as went out for it; where units were exchanged,
    the share keeps its place in the whole, cut down to the smallest part.
    """
    entries = only_of(entries, _earmarks_behind(entries, grant))
    lots = play(entries)
    gone = {id(entries[place]) for place in taken_back(entries)}
    shares = _shares(lots, [place for place, lot in enumerate(lots) if _pays(lot, grant) and id(lot.entry) not in gone])
    steps, origins = [], []
    passed: dict[Key, int] = defaultdict(int)
    for place in sorted(shares):
        lot = lots[place]
        if lot.move is None or lot.entry is None:
            origins.append(Origin(*lot.account, shares[place]))
        else:
            steps.append(step_of(lot.entry, lot.move, share=shares[place]))
            if id(lot.entry) not in gone:  # there and back again is no passing on
                passed[lot.move.giver, lot.move.unit, lot.move.earmark] += shares[place]
    standing = [posted for posted in entries if id(posted) not in gone]
    reached = tuple(one for one in reached_in(standing) if one.grant == grant)
    return GrantTrace(grant, reached, tuple(steps), tuple(_kept(standing, passed, grant=grant)), tuple(origins))


def _earmarks_behind(entries: Sequence[PostedEntry], grant: str) -> set[str]:
    """The earmarks that the grant was paid from, and those that anything was reassigned from into them."""
    wanted: set[str] = set()
    into: dict[str, set[str]] = defaultdict(set)
    for posted in entries:
        for move in posted.moves:
            if move.grant == grant and move.kind == Kind.PAYOUT:
                wanted.add(move.earmark)
            elif move.kind == Kind.REASSIGN:
                into[move.earmark].update(other.earmark for other in posted.moves if other.kind == Kind.REASSIGN)
    while more := set().union(*(into[earmark] for earmark in wanted)) - wanted:
        wanted |= more
    return wanted


def _pays(lot: Lot, grant: str) -> bool:
    return lot.move is not None and lot.move.kind == Kind.PAYOUT and lot.move.grant == grant


def _shares(lots: Sequence[Lot], wanted: Sequence[int]) -> dict[int, int]:
    """How much of each lot ended in the wanted lots, those included. A lot stands after all that it came from."""
    stretches: dict[int, list[Part]] = {place: [Part(place, 0, lots[place].amount)] for place in wanted}
    waiting = [-place for place in stretches]
    heapq.heapify(waiting)
    shares = {}
    while waiting:
        place = -heapq.heappop(waiting)
        mine = stretches.pop(place)
        shares[place] = sum(part.end - part.start for part in mine)
        for earlier in [part for stretch in mine for part in lots[place].earlier(stretch, lots)]:
            if earlier.lot not in stretches:
                heapq.heappush(waiting, -earlier.lot)
            stretches.setdefault(earlier.lot, []).append(earlier)
    return shares


def _kept(standing: Sequence[PostedEntry], passed: Mapping[Key, int], *, grant: str) -> list[Kept]:
    """What each hand kept for the grant, those that passed something on for it first and in their order on the way."""
    hands = {(hand.holder, hand.unit, hand.earmark): hand for hand in hands_in(standing)}
    tied: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))  # what the books tie to any grant
    mine: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))  # what they tie to this one
    _gather_ties(standing, grant, tied=tied, mine=mine)
    on_the_way = [key for key in passed if key in hands]
    beside = sorted(key for key, kept in mine.items() if any(kept.values()) and key not in on_the_way)
    return [_bear(hands[key], passed.get(key, 0), tied=tied[key], mine=mine[key]) for key in [*on_the_way, *beside]]


def _gather_ties(
    standing: Sequence[PostedEntry], grant: str, *, tied: dict[Key, dict[str, int]], mine: dict[Key, dict[str, int]]
) -> None:
    dispatchers: dict[str, str] = {}
    for move in (move for posted in standing for move in posted.moves):
        if move.taker.startswith(TRANSIT):
            dispatchers[move.taker] = move.giver
        if move.kind in KEPT and move.grant:
            key = (dispatchers.get(move.giver, move.giver), move.unit, move.earmark)
            tied[key][move.kind] += move.amount
            mine[key][move.kind] += move.amount if move.grant == grant else 0


def _bear(hand: Hand, passed_on: int, *, tied: dict[str, int], mine: dict[str, int]) -> Kept:
    onward = hand.came_in - hand.kept
    part = Fraction(passed_on, onward) if onward else Fraction(0)
    kept = {Kind.COMMISSION: hand.commission, Kind.COST: hand.cost, Kind.LOSS: hand.lost}
    borne = {kind: mine.get(kind, 0) + part * (amount - tied.get(kind, 0)) for kind, amount in kept.items()}
    return Kept(hand.holder, hand.unit, hand.earmark, passed_on, borne[Kind.COMMISSION], borne[Kind.COST], borne[Kind.LOSS])
