"""Laying a river out: how thick everything is, and where it lies along its column, in pixels.

Pixels are floats: they are a picture of value and never value itself. The picture is laid out lying down, from left to right;
`along` is the way of the stream, `across` the way down a column.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from tallystick.core.river.course import SOURCE, WAYSIDE, WAYSIDES, Course
from tallystick.core.river.order import Link, ordered

ROUNDS = 30


class Measures(NamedTuple):
    """Sizes in pixels. `across` is what the fullest column's streams may take; the picture grows where labels need more."""

    across: float
    label: float  # what a node with its label takes at least
    gap: float  # between two nodes
    least: float  # the thinnest stream


@dataclass(slots=True)
class Place:
    """A node of the course, or (`node` None) the place where a long stream passes a column. Sizes and positions in pixels."""

    node: int | None
    column: int
    size: float = 0
    held: float = 0  # the part of `size` that still lies here
    top: float = 0

    @property
    def middle(self) -> float:
        return self.top + self.size / 2


@dataclass(slots=True)
class Run:
    """An edge of the course on its way through the columns. One that runs back upstream is laid from its taker to its giver."""

    edge: int
    back: bool
    places: list[int]
    size: float
    tops: list[tuple[float, float]] = field(default_factory=list)  # where it leaves one place and meets the next


@dataclass(frozen=True, slots=True)
class Layout:
    places: list[Place]
    runs: list[Run]
    beside: list[int]  # edges between two nodes of one column
    across: float


def layout_of(course: Course, measures: Measures) -> Layout:
    """Thicknesses and positions for every node and edge of the course."""
    places = [Place(number, node.column) for number, node in enumerate(course.nodes)]
    scale = _scale(course, measures)
    runs, beside = _runs(course, places, scale=scale, least=measures.least)
    columns: dict[int, list[int]] = defaultdict(list)
    for number, place in enumerate(places):
        columns[place.column].append(number)
    last = [_rank(place, course) for place in places]
    order = ordered([columns[column] for column in sorted(columns)], _links(runs), last=last)
    _size(places, runs, course=course, scale=scale, least=measures.least)
    across = _settle(places, order, runs=runs, measures=measures)
    return Layout(places, runs, beside, across)


def _scale(course: Course, measures: Measures) -> float:
    """Pixels for one smallest part: the fullest column just fits."""
    into: dict[int, float] = defaultdict(float)
    out: dict[int, float] = defaultdict(float)
    for edge in course.edges:
        into[edge.taker] += float(edge.amount)
        out[edge.giver] += float(edge.amount)
    columns: dict[int, float] = defaultdict(float)
    for number, node in enumerate(course.nodes):
        columns[node.column] += max(into[number], out[number] + float(node.holds))
    return measures.across / max(columns.values())


def _runs(course: Course, places: list[Place], *, scale: float, least: float) -> tuple[list[Run], list[int]]:
    """The way of every edge, with a place of its own in every column that it only passes; and the edges within one column."""
    runs, beside = [], []
    for number, edge in enumerate(course.edges):
        first, last = course.nodes[edge.giver].column, course.nodes[edge.taker].column
        if first == last:
            beside.append(number)
            continue
        back = first > last
        start, end = (edge.taker, edge.giver) if back else (edge.giver, edge.taker)
        size = max(least, float(edge.amount) * scale)
        passed = range(min(first, last) + 1, max(first, last))
        way = [start, *range(len(places), len(places) + len(passed)), end]
        places.extend(Place(None, column, size) for column in passed)
        runs.append(Run(number, back, way, size))
    return runs, beside


def _links(runs: Sequence[Run]) -> list[Link]:
    """What runs from place to place, all earmarks together."""
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for run in runs:
        for one, other in pairwise(run.places):
            weights[one, other] += run.size
    return [Link(one, other, weight) for (one, other), weight in weights.items()]


def _rank(place: Place, course: Course) -> int:
    """0 for hands and streams that pass, more for what stands at the end of its column."""
    if place.node is None:
        return 0
    node = course.nodes[place.node]
    if node.kind == WAYSIDE:
        return 1 + next(
            rank for rank, end in enumerate(WAYSIDES) if node.key == end or (end[-1] == ":" and node.key.startswith(end))
        )
    return 1 if node.kind == SOURCE else 0


def _size(places: Sequence[Place], runs: Sequence[Run], *, course: Course, scale: float, least: float) -> None:
    into: dict[int, float] = defaultdict(float)
    out: dict[int, float] = defaultdict(float)
    for run in runs:
        out[run.places[0]] += run.size
        into[run.places[-1]] += run.size
    for number, place in enumerate(places):
        if place.node is not None:
            holds = float(course.nodes[place.node].holds) * scale
            place.held = max(least, holds) if holds else 0
            place.size = max(into[number], out[number] + place.held)
            # Thin streams are drawn thicker than they are; where something lies, it takes up what they add.
            place.held = place.size - out[number] if holds else 0


def _settle(places: Sequence[Place], order: Sequence[Sequence[int]], *, runs: Sequence[Run], measures: Measures) -> float:
    """Give every place its top, so that what runs through it runs as straight as its column allows. The height of the whole."""
    slots = [place.size if place.node is None else max(place.size, measures.label) for place in places]
    across = max(sum(slots[number] for number in column) + measures.gap * (len(column) - 1) for column in order)
    for column in order:
        _put(column, [across / 2] * len(column), places=places, slots=slots, gap=measures.gap, across=across)
    steps = _steps(runs, places)
    for turn in range(ROUNDS):
        end = 1 - turn % 2
        for column in order if end else reversed(order):
            near = steps.get(places[column[0]].column - end, [])  # all that comes into this column, or all that goes out of it
            _dock(places, runs, steps=near)
            pull = _pulls(runs, near, end=end)
            wanted = [places[number].middle + pull.get(number, 0.0) for number in column]
            _put(column, wanted, places=places, slots=slots, gap=measures.gap, across=across)
    for between in steps.values():
        _dock(places, runs, steps=between)
    return across


class Step(NamedTuple):
    """A run on its way from a place to one in the next column; `number` is which of its steps this is."""

    run: int
    number: int
    one: int
    other: int


def _steps(runs: Sequence[Run], places: Sequence[Place]) -> dict[int, list[Step]]:
    """The steps of all runs, by the column in which they begin."""
    steps: dict[int, list[Step]] = defaultdict(list)
    for place, run in enumerate(runs):
        run.tops = [(0.0, 0.0)] * (len(run.places) - 1)
        for number, (one, other) in enumerate(pairwise(run.places)):
            steps[places[one].column].append(Step(place, number, one, other))
    return steps


def _pulls(runs: Sequence[Run], steps: Sequence[Step], *, end: int) -> dict[int, float]:
    """How far each place must move for what comes into it (end 1) or goes out of it (end 0) to run straight, on the whole."""
    pulled: dict[int, float] = defaultdict(float)
    weights: dict[int, float] = defaultdict(float)
    for step in steps:
        run, place = runs[step.run], step.other if end else step.one
        tops = run.tops[step.number]
        pulled[place] += (tops[1 - end] - tops[end]) * run.size
        weights[place] += run.size
    return {place: pulled[place] / weight for place, weight in weights.items()}


def _put(
    column: Sequence[int], wanted: Sequence[float], *, places: Sequence[Place], slots: Sequence[float], gap: float, across: float
) -> None:
    """Put a column's places in their order as near to the middles they want as they can be without touching.

    Least squares under an order is isotonic regression: blocks that would overlap are pooled (Ayer and others, 1955).
    """
    before, blocks = 0.0, []
    for number, middle in zip(column, wanted, strict=True):
        weight = places[number].size + 1
        blocks.append([(middle - slots[number] / 2 - before) * weight, weight, 1])
        before += slots[number] + gap
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            more = blocks.pop()
            blocks[-1] = [one + other for one, other in zip(blocks[-1], more, strict=True)]
    starts = [total / weight for total, weight, count in blocks for _ in range(int(count))]
    before, room = 0.0, across - before + gap
    for number, start in zip(column, starts, strict=True):
        slot = min(max(start, 0.0), room) + before
        places[number].top = slot + (slots[number] - places[number].size) / 2
        before += slots[number] + gap


def _dock(places: Sequence[Place], runs: Sequence[Run], *, steps: Sequence[Step]) -> None:
    """Where these steps touch their places: side by side, in the order of where they come from or go to."""
    middles = {number: places[number].middle for step in steps for number in step[2:]}
    leaving: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
    arriving: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
    for run, number, one, other in steps:
        leaving[one].append((middles[other], run, number))
        arriving[other].append((middles[one], run, number))
    for side, ends in enumerate((leaving, arriving)):
        for place, mine in ends.items():
            top = places[place].top
            for _, run, number in sorted(mine):
                before = runs[run].tops[number]
                runs[run].tops[number] = (before[0], top) if side else (top, before[1])
                top += runs[run].size
