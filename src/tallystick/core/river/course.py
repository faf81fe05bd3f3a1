"""The course of a river: which hands stand in which column, which are folded into one, and where streams end by the way."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from tallystick.core.river.stream import COMMISSION, COST, INFORMAL, INTO, LOSS, ROAD, River

STAGES = (
    "donor", "custodian:fund", "custodian:middleman", "custodian:bank", "changer", "custodian:agent", "supplier",
    "custodian:store", "custodian:carrier", "recipient",
)  # fmt: skip
SOURCE, WAYSIDE = "source", "wayside"
"""What is no party: where value comes out of another river, and where it is kept, spent, lost, under way or turned into goods."""

KEPT = "@kept"
WAYSIDES = (ROAD, INTO, COMMISSION, COST, INFORMAL, LOSS, KEPT)  # in the order in which they stand below each other
TONES = 4
"""How many earmarks are told apart; the smaller ones share tone 0."""


class Node(NamedTuple):
    """A place in the picture. `kind` is a party's kind, SOURCE or WAYSIDE; `holders` is how many are folded into it."""

    key: str
    kind: str
    column: int
    holders: int
    holds: Fraction


class Edge(NamedTuple):
    """What runs between two nodes, by their places; tones 1 to TONES are earmarks, 0 the others together."""

    giver: int
    taker: int
    tone: int
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Course:
    """`stages` are the kinds in each column, for its heading; waysides stand in the column after the hands they leave."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    stages: tuple[str, ...]
    tones: Mapping[str, int]


def course_of(
    river: River, *, kinds: Mapping[str, str], most: int, is_brief: bool = False, many: Mapping[str, int] | None = None
) -> Course:
    """The columns of this river. `kinds` are the parties'; a column holds at most `most` of one kind.

    `many` says of names on the river under which several hands stand already how many these are.

    Recipients beyond that are folded into one; of others the largest stay, half as many, and the rest are folded. A brief
    course does not tell apart what was kept, spent and lost by the way, and none tells apart whose that was where there are
    more earmarks than tones.
    """
    tones = _tones(river)
    columns = {kind: column for column, kind in enumerate(_stages(river, kinds))}
    counts = many or {}
    plan = _Plan(river, kinds, columns=columns, folds=_folds(river, kinds, most=most, many=counts), many=counts)
    sums: dict[tuple[int, int, int, str], Fraction] = defaultdict(Fraction)  # earmarks apart: fractions of one kind add fast
    for stream in river.streams:
        giver = plan.source(stream.giver)
        end = KEPT if is_brief and stream.taker in (COMMISSION, COST, INFORMAL, LOSS) else stream.taker
        taker = plan.wayside(end, after=giver) if end.startswith("@") else plan.hand(end)
        tone = 0 if end.startswith("@") and 0 in tones.values() else tones[stream.earmark]
        if giver != taker:
            sums[giver, taker, tone, stream.earmark] += stream.amount
    edges = [Edge(*ends, sum(amounts, start=Fraction(0))) for ends, amounts in _gathered(sums)]
    return Course(tuple(plan.nodes), tuple(edges), tuple(columns), tones)


def _gathered(sums: Mapping[tuple[int, int, int, str], Fraction]) -> Iterator[tuple[tuple[int, int, int], list[Fraction]]]:
    """The amounts between the same two nodes under the same tone, in order."""
    for ends, mine in groupby(sorted(sums.items()), key=lambda item: item[0][:3]):
        yield ends, [amount for _, amount in mine]


class _Plan:
    """Nodes as they are met."""

    def __init__(
        self,
        river: River,
        kinds: Mapping[str, str],
        *,
        columns: Mapping[str, int],
        folds: Mapping[str, str],
        many: Mapping[str, int],
    ) -> None:
        self.river, self.kinds, self.columns, self.folds, self.many = river, kinds, columns, folds, many
        self.nodes: list[Node] = []
        self.places: dict[tuple[str, int], int] = {}

    def hand(self, holder: str) -> int:
        kind = self.kinds[holder]
        return self._place(self.folds.get(holder, holder), kind=kind, column=self.columns[kind])

    def source(self, holder: str) -> int:
        return self._place(holder, kind=SOURCE, column=0) if holder.startswith("@") else self.hand(holder)

    def wayside(self, end: str, *, after: int) -> int:
        return self._place(end, kind=WAYSIDE, column=self.nodes[after].column + 1)

    def _place(self, key: str, *, kind: str, column: int) -> int:
        if (key, column) not in self.places:
            self.places[key, column] = len(self.nodes)
            folded = [holder for holder, fold in self.folds.items() if fold == key] or [key]
            shores = [self.river.shores[holder] for holder in folded if holder in self.river.shores]
            holds = sum((max(shore.holds, Fraction(0)) for shore in shores), start=Fraction(0))
            count = sum(self.many.get(holder, 1) for holder in folded)
            self.nodes.append(Node(key, kind, column, count, holds))
        return self.places[key, column]


def folded(kind: str) -> str:
    """The key of the node into which holders of this kind are folded; no party can be called that."""
    return f"@folded:{kind}"


def _stages(river: River, kinds: Mapping[str, str]) -> list[str]:
    """The kinds that this river touches, upstream first. Where it begins out of another river, that too needs a place."""
    touched = {kinds[end] for stream in river.streams for end in stream[:2] if not end.startswith("@")}
    begins = {"donor"} if any(stream.giver.startswith("@") for stream in river.streams) else set()
    return [kind for kind in STAGES if kind in touched | begins]


def _folds(river: River, kinds: Mapping[str, str], *, most: int, many: Mapping[str, int]) -> dict[str, str]:
    """Which holders are folded into which node."""
    by_kind: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for holder, shore in river.shores.items():
        by_kind[kinds[holder]][holder] = shore.came_in + shore.passed_on
    folds = {}
    for kind, holders in by_kind.items():
        together = holders.keys() & many.keys()
        if together or len(holders) > most:
            largest = sorted(holders.keys() - together, key=lambda holder: (-holders[holder], holder))
            kept = 0 if kind == "recipient" else most // 2
            folds.update(dict.fromkeys([*largest[kept:], *together], folded(kind)))
    return folds


def _tones(river: River) -> dict[str, int]:
    """The largest earmarks by what ran under them, one tone each."""
    sizes: dict[str, Fraction] = defaultdict(Fraction)
    for stream in river.streams:
        sizes[stream.earmark] += stream.amount
    ranked = sorted(sizes, key=lambda earmark: (-sizes[earmark], earmark))
    return {earmark: rank if rank <= TONES else 0 for rank, earmark in enumerate(ranked, 1)}
