"""Lots: every account is a queue, and what came first leaves first, so each amount knows where it came from.

A move takes the oldest parts out of its giver's queue and makes one lot at its taker. The parts lie in the lot one after the
other, so that any stretch of a lot can be followed back to stretches of older lots, in whole numbers and without remainder.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tallystick.core.custody.book import Key
from tallystick.core.entry import Move, PostedEntry
from tallystick.core.flow import middles_in, pairs_of


class Part(NamedTuple):
    """The stretch of `lot` from `start` to before `end`, in smallest parts."""

    lot: int
    start: int
    end: int


class Lot(NamedTuple):
    """What one move brought its taker; `move` and `entry` are None where value enters the books, at a donor's for instance.

    `swapped` is the lot that was given in exchange for this one; a lot that came that way has no parts.
    """

    account: Key
    amount: int
    entry: PostedEntry | None = None
    move: Move | None = None
    parts: tuple[Part, ...] = ()
    swapped: int | None = None

    def earlier(self, stretch: Part, lots: Sequence["Lot"]) -> Iterator[Part]:
        """Where a stretch of this lot was before its move. Stretches of one exchange that touch still touch on its other side."""
        if self.swapped is not None:
            given = lots[self.swapped].amount
            start, end = stretch.start * given // self.amount, stretch.end * given // self.amount
            if start < end:
                yield Part(self.swapped, start, end)
        offset = 0
        for part in self.parts:
            start, end = max(stretch.start, offset), min(stretch.end, offset + part.end - part.start)
            if start < end:
                yield Part(part.lot, part.start + start - offset, part.start + end - offset)
            offset += part.end - part.start


class _Played(NamedTuple):
    """An entry that will be reversed: the lots its lines made, and which lines were exchanged for each other."""

    moves: tuple[Move, ...]
    lots: dict[int, int]
    pairs: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Game:
    lots: list[Lot] = field(default_factory=list)
    queues: dict[Key, deque[Part]] = field(default_factory=lambda: defaultdict(deque))

    def take(self, account: Key, amount: int, *, first: int | None) -> tuple[Part, ...]:
        """The oldest parts of this account, those of the lot `first` before all; what the queue lacks enters the books here."""
        queue, taken, missing = self.queues[account], [], amount
        if first is not None:
            _bring_forward(queue, first)
        while missing and queue:
            lot, start, end = queue[0]
            stop = min(end, start + missing)
            taken.append(Part(lot, start, stop))
            missing -= stop - start
            if stop == end:
                queue.popleft()
            else:
                queue[0] = Part(lot, stop, end)
        if missing:
            taken.append(Part(self.make(Lot(account, missing)), 0, missing))
        return tuple(taken)

    def make(self, lot: Lot) -> int:
        self.lots.append(lot)
        return len(self.lots) - 1

    def play(self, posted: PostedEntry, pairs: Sequence[tuple[int, int]], *, first: dict[int, int]) -> dict[int, int]:
        """Carry an entry in; gives the lot that each line made. `first` are the lots that lines take before older ones."""
        given_for = {got: given for given, got in pairs}
        spent = set(given_for.values())
        made: dict[int, int] = {}
        for line in _in_order(posted.moves, given_for):
            move = posted.moves[line]
            account = (move.taker, move.unit, move.earmark)
            if line in given_for:
                lot = Lot(account, move.amount, posted, move, swapped=made[given_for[line]])
            else:
                parts = self.take((move.giver, move.unit, move.earmark), move.amount, first=first.get(line))
                lot = Lot(account, move.amount, posted, move, parts)
            made[line] = self.make(lot)
            if line not in spent:
                self.queues[account].append(Part(made[line], 0, move.amount))
        return made


def play(entries: Sequence[PostedEntry]) -> list[Lot]:
    """The lots that these entries made, in their order; every lot stands after those it came from.

    A reversal takes back the very lots of the entry it names, as far as they still lie where that entry put them.
    """
    middles = middles_in(entries)
    wanted = {posted.reverses for posted in entries} - {""}
    reversed_later: dict[str, _Played] = {}
    game = _Game()
    for posted in entries:
        if posted.reverses in reversed_later:
            pairs, first = _mirror(posted.moves, reversed_later[posted.reverses])
        else:
            pairs, first = tuple(pairs_of(posted.moves, middles)), {}
        made = game.play(posted, pairs, first=first)
        if posted.reference in wanted and posted.reference not in reversed_later:
            reversed_later[posted.reference] = _Played(posted.moves, made, pairs)
    return game.lots


def _mirror(moves: Sequence[Move], played: _Played) -> tuple[tuple[tuple[int, int], ...], dict[int, int]]:
    """(pairs, lots to take first) of a reversal, by the lines of the entry that it takes back."""
    mirrored: dict[int, int] = {}
    for line, move in enumerate(moves):
        ends = (move.taker, move.giver, move.unit, move.amount, move.earmark)
        for place, one in enumerate(played.moves):
            if place not in mirrored and ends == (one.giver, one.taker, one.unit, one.amount, one.earmark):
                mirrored[place] = line
                break
    pairs = tuple((mirrored[got], mirrored[given]) for given, got in played.pairs if given in mirrored and got in mirrored)
    return pairs, {line: played.lots[place] for place, line in mirrored.items()}


def _in_order(moves: Sequence[Move], given_for: dict[int, int]) -> Sequence[int]:
    """The lines of an entry so that what is passed on within it has come in before."""
    feeds = {(move.taker, move.unit, move.earmark) for move in moves}
    if not given_for and all((move.giver, move.unit, move.earmark) not in feeds for move in moves):
        return range(len(moves))
    left, order = list(range(len(moves))), []
    while left:
        line = next((line for line in left if _is_fed(line, left, moves=moves, given_for=given_for)), left[0])
        if given_for.get(line) in left:
            line = given_for[line]
        left.remove(line)
        order.append(line)
    return order


def _is_fed(line: int, left: Sequence[int], *, moves: Sequence[Move], given_for: dict[int, int]) -> bool:
    """Whether no line that is left brings what this line gives."""
    if line in given_for:
        return given_for[line] not in left
    move = moves[line]
    giver = (move.giver, move.unit, move.earmark)
    spent = set(given_for.values())
    return all(
        (moves[other].taker, moves[other].unit, moves[other].earmark) != giver or other in spent
        for other in left
        if other != line
    )


def _bring_forward(queue: deque[Part], lot: int) -> None:
    """Let the stretches of this lot leave before older ones."""
    mine = [part for part in queue if part.lot == lot]
    if mine:
        others = [part for part in queue if part.lot != lot]
        queue.clear()
        queue.extend(mine + others)
