"""Turnovers: flows and swaps added up so that there are few of them, however many hands the books know.

The sums for pictures fold the many hands of a kind into one; the sums of a single hand do not tell apart the hands that it gave to
and was given by. Both are flows and swaps again, so whatever reads those reads these.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tallystick.core.entry import Kind
from tallystick.core.flow import Flow, Swap
from tallystick.core.river.stream import end_of

FOLDED = "\x1f"
"""What the name of folded hands begins with: no code of a party may hold a sign that cannot be seen."""

ELSEWHERE = f"{FOLDED}elsewhere"
"""All other hands, where one hand is looked at."""

FlowEnds = tuple[str, str, str, str, str]
SwapEnds = tuple[str, str, str, str, str, str, str, str]


def _none_yet() -> tuple[int, int]:
    return 0, 0


@dataclass(slots=True)
class Sums:
    """Flows and swaps by their ends; what is added may be below zero, where it takes something back."""

    flows: defaultdict[FlowEnds, int] = field(default_factory=lambda: defaultdict(int))
    swaps: defaultdict[SwapEnds, tuple[int, int]] = field(default_factory=lambda: defaultdict(_none_yet))

    def turn(self, ends: SwapEnds, swap: Swap) -> None:
        given, got = self.swaps[ends]
        self.swaps[ends] = given + swap.given, got + swap.got

    def take_in(self, other: "Sums") -> None:
        for ends, amount in other.flows.items():
            self.flows[ends] += amount
        for turned, (given, got) in other.swaps.items():
            before = self.swaps[turned]
            self.swaps[turned] = before[0] + given, before[1] + got

    def each_flow(self) -> Iterator[Flow]:
        """The flows that did not cancel out, in order of their ends."""
        return (Flow(*ends, amount) for ends, amount in sorted(self.flows.items()) if amount)

    def each_swap(self) -> Iterator[Swap]:
        return (Swap(*ends[:6], given, *ends[6:], got) for ends, (given, got) in sorted(self.swaps.items()) if given or got)


def folded_hand(kind: str) -> str:
    """The name under which the hands of this kind stand together."""
    return FOLDED + kind


def is_hand(end: str) -> bool:
    return not end.startswith("@")


class Names(dict[str, str]):
    """The name under which every end of a flow stands in the sums, found once for each.

    A hand that is folded has that of its kind; causes of loss and kinds of cost run together. `stays` is what `apart` gave, `kinds`
    are those of all hands that are asked for.
    """

    def __init__(self, stays: Mapping[str, frozenset[str]], kinds: Mapping[str, str]) -> None:
        self._stays, self._kinds = stays, kinds

    def __missing__(self, end: str) -> str:
        self[end] = name = self._hand(end) if is_hand(end) else end_of(end)
        return name

    def _hand(self, hand: str) -> str:
        kind = self._kinds[hand]
        return folded_hand(kind) if kind in self._stays and hand not in self._stays[kind] else hand


@dataclass(slots=True)
class Gathering:
    """The folded sums, and those of each hand."""

    names: Names
    sums: Sums = field(default_factory=Sums)
    hands: defaultdict[str, Sums] = field(default_factory=lambda: defaultdict(Sums))

    def run(self, flows: Iterable[Flow]) -> None:
        names, sums, hands = self.names, self.sums.flows, self.hands
        for kind, giver, taker, unit, earmark, amount in flows:  # there may be hundreds of thousands
            sums[kind, names[giver], names[taker], unit, earmark] += amount
            seen = kind if kind == Kind.RECOVERY else ""
            if giver[0] != "@":
                hands[giver].flows[seen, giver, ELSEWHERE if taker[0] != "@" else names[taker], unit, earmark] += amount
            if taker[0] != "@":
                hands[taker].flows[seen, ELSEWHERE if giver[0] != "@" else names[giver], taker, unit, earmark] += amount

    def turn(self, swaps: Iterable[Swap]) -> None:
        """What stood in the middle is not told; a hand that kept what it got sees both its ends."""
        for swap in swaps:
            kind, giver, _, taker, unit, earmark, _, got_unit, got_earmark, _ = swap
            what = unit, earmark, got_unit, got_earmark
            self.sums.turn((kind, self.names[giver], "", self.names[taker], *what), swap)
            if giver == taker:
                self.hands[giver].turn((kind, giver, "", giver, *what), swap)
            else:
                self.hands[giver].turn((kind, giver, "", ELSEWHERE, *what), swap)
                self.hands[taker].turn((kind, ELSEWHERE, "", taker, *what), swap)


def apart(sizes: Mapping[tuple[str, str], int], kinds: Mapping[str, str], *, most: int, shown: int) -> dict[str, frozenset[str]]:
    """Which hands stay by themselves, for each kind that has more than `most`; kinds that are not named are folded nowhere.

    `sizes` are what went in and out of a hand in a unit, by (hand, unit); of each unit the `shown` largest hands stay. Recipients
    are many and alike: where they are folded, all are.
    """
    by_kind: dict[str, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    hands: dict[str, set[str]] = defaultdict(set)
    for (hand, unit), size in sizes.items():
        by_kind[kinds[hand]][unit].append((-size, hand))
        hands[kinds[hand]].add(hand)
    return {
        kind: frozenset(hand for one in units.values() for _, hand in sorted(one)[: 0 if kind == "recipient" else shown])
        for kind, units in by_kind.items()
        if len(hands[kind]) > most
    }
