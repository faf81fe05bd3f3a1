"""Flows: what passed between hands altogether, with the road left out and the two lines of an exchange put side by side."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tallystick.core.custody.book import TRANSIT
from tallystick.core.custody.pairs import PAIRED
from tallystick.core.entry import Kind, Move, PostedEntry

ON_THE_ROAD = "@transit"
"""The taker of what was dispatched and neither received, lost nor returned yet."""


class Flow(NamedTuple):
    """What one holder gave another in one unit of one earmark by one kind of move, in smallest parts.

    A tally's transit account is left out: a receipt goes from who dispatched to who received, a loss on the road from who
    dispatched, a return to the giver is no flow, and what is still under way is a dispatch to ON_THE_ROAD.
    """

    kind: str
    giver: str
    taker: str
    unit: str
    earmark: str
    amount: int


class Swap(NamedTuple):
    """What a custodian gave and what came back for it, through a changer, a supplier or `@earmark`.

    Goods that were bought may be delivered into another custodian's hands than those that paid, so giver and taker can differ.
    """

    kind: str
    giver: str
    middle: str
    taker: str
    given_unit: str
    given_earmark: str
    given: int
    got_unit: str
    got_earmark: str
    got: int


def taken_back(entries: Sequence[PostedEntry]) -> set[int]:
    """The places of the entries that were reversed and of the reversals themselves: together they changed nothing."""
    back = {posted.reverses: place for place, posted in enumerate(entries) if posted.reverses}
    gone = set(back.values())
    for place, posted in enumerate(entries):
        if posted.reference in back:
            gone.add(place)
            del back[posted.reference]  # a reversal takes back the first entry of that reference
    return gone


def middles_in(entries: Iterable[PostedEntry]) -> set[str]:
    """Changers, suppliers and the books' own: who stands in the middle of exchanges and purchases and is met nowhere else."""
    in_pairs: set[str] = set()
    elsewhere: set[str] = set()
    for posted in entries:
        for move in posted.moves:
            if move.kind in PAIRED:
                in_pairs.update((move.giver, move.taker))
            elif move.kind != Kind.REVERSAL:
                elsewhere.update((move.giver, move.taker))
        if posted.moves[0].kind in PAIRED:
            elsewhere.update(_surely_custodians(posted.moves))
    return {holder for holder in in_pairs if holder.startswith("@")} | in_pairs - elsewhere


def _surely_custodians(moves: Sequence[Move]) -> set[str]:
    """The ends of an entry's pair that cannot be its middle: whoever only gives or only takes, or faces the books' own."""
    givers, takers = {move.giver for move in moves}, {move.taker for move in moves}
    middle = givers & takers
    own = {holder for holder in middle if holder.startswith("@")}
    return (givers | takers) - (own or middle)


def pairs_of(moves: Sequence[Move], middles: set[str]) -> Iterator[tuple[int, int]]:
    """(line given, line got) of each exchange, purchase and reassignment among the lines of an entry, in whichever order."""
    for kind in PAIRED if len(moves) > 1 else ():
        places = [place for place, move in enumerate(moves) if move.kind == kind]
        if not places:
            continue
        given = [place for place in places if moves[place].taker in middles]
        got = [place for place in places if moves[place].giver in middles]
        if len(given) == 1 and len(got) == 1:
            yield given[0], got[0]


def swaps_in(entries: Sequence[PostedEntry]) -> list[Swap]:
    """All exchanges, purchases and reassignments that stand, added up by hands, units and earmarks, in order of these."""
    middles, gone = middles_in(entries), taken_back(entries)
    sums: dict[tuple[str, str, str, str, str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for place, posted in enumerate(entries):
        if place in gone:
            continue
        for line_given, line_got in pairs_of(posted.moves, middles):
            given, got = posted.moves[line_given], posted.moves[line_got]
            ends = (given.kind, given.giver, given.taker, got.taker, given.unit, given.earmark, got.unit, got.earmark)
            sums[ends][0] += given.amount
            sums[ends][1] += got.amount
    return [Swap(*ends[:6], given, *ends[6:], got) for ends, (given, got) in sorted(sums.items())]


def flows_in(entries: Sequence[PostedEntry]) -> list[Flow]:
    """Every other move that stands, added up by kind, hands, unit and earmark, in order of these."""
    gone = taken_back(entries)
    sums: dict[tuple[str, str, str, str, str], int] = defaultdict(int)
    dispatchers: dict[str, str] = {}
    for place, posted in enumerate(entries):
        if place in gone:
            continue
        for move in posted.moves:
            if move.kind not in PAIRED:
                _add(move, sums, dispatchers=dispatchers)
    return [Flow(*ends, amount) for ends, amount in sorted(sums.items()) if amount]


def _add(move: Move, sums: dict[tuple[str, str, str, str, str], int], *, dispatchers: dict[str, str]) -> None:
    if move.taker.startswith(TRANSIT):
        dispatchers[move.taker] = move.giver
        sums[Kind.DISPATCH, move.giver, ON_THE_ROAD, move.unit, move.earmark] += move.amount
    elif move.giver.startswith(TRANSIT):
        dispatcher = dispatchers[move.giver]
        sums[Kind.DISPATCH, dispatcher, ON_THE_ROAD, move.unit, move.earmark] -= move.amount
        if move.taker != dispatcher:
            sums[move.kind, dispatcher, move.taker, move.unit, move.earmark] += move.amount
    else:
        sums[move.kind, move.giver, move.taker, move.unit, move.earmark] += move.amount
