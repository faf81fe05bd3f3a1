"""The picture of a river: nodes and bands with coordinates, lying down for a wide page or standing for a narrow one."""

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from tallystick.core.river.course import Course, Edge, Node
from tallystick.core.river.layout import Layout, Measures, Run, layout_of

BAR = 10.0  # how long a node is in the way of the stream


class Frame(NamedTuple):
    """The page a picture is for, in pixels. Standing, streams run down and labels lie under their nodes."""

    standing: bool
    width: float
    step: float  # from column to column; 0 shares the width out
    margin: float  # after the last column, for its labels
    head: float  # before the first column, for the headings
    measures: Measures


WIDE = Frame(standing=False, width=1120, step=0, margin=118, head=34, measures=Measures(across=400, label=31, gap=7, least=1.2))
NARROW = Frame(standing=True, width=358, step=112, margin=34, head=26, measures=Measures(across=220, label=74, gap=4, least=1.2))


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """`held_*` is the part of the bar that still lies there; the label starts at (label_x, label_y), its first baseline."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    held_x: float
    held_y: float
    held_width: float
    held_height: float
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Band:
    """`path` is SVG path data: a filled shape, or a line to be stroked. `back` runs upstream, or within a column."""

    edge: Edge
    giver: Node
    taker: Node
    back: bool
    path: str
    is_line: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """Of the column that holds this kind of party."""

    kind: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    standing: bool
    nodes: tuple[DrawnNode, ...]
    bands: tuple[Band, ...]
    headings: tuple[Heading, ...]


def picture_of(course: Course, frame: Frame) -> Picture:
    """The course drawn in this frame. Bands come largest first, so that none hides a smaller one."""
    layout = layout_of(course, frame.measures)
    drawing = _Drawing(course, layout, frame=frame)
    bands = [drawing.band(run) for run in layout.runs] + [drawing.arc(edge) for edge in layout.beside]
    bands.sort(key=lambda band: (band.back, -band.edge.amount))
    nodes = [drawing.node(number) for number in range(len(course.nodes))]
    headings = [Heading(kind, *drawing.point(drawing.along(column), -1, head=True)) for column, kind in enumerate(course.stages)]
    width, height = drawing.size()
    return Picture(width, height, frame.standing, tuple(nodes), tuple(bands), tuple(headings))


class _Drawing:
    """A layout on its page: `along` and `across` become x and y, or y and x."""

    def __init__(self, course: Course, layout: Layout, *, frame: Frame) -> None:
        self.course, self.layout, self.frame = course, layout, frame
        columns = max(node.column for node in course.nodes) + 1
        inner = frame.width - frame.margin - BAR
        self.step = frame.step or inner / max(columns - 1, 1)
        self.columns = columns
        # A standing picture is centred, or as wide as its fullest row needs.
        self.inset = max(0.0, (frame.width - layout.across) / 2) if frame.standing else frame.head

    def along(self, column: int) -> float:
        return column * self.step + (self.frame.head if self.frame.standing else 0)

    def size(self) -> tuple[int, int]:
        across = self.layout.across + 2 * self.inset if self.frame.standing else self.layout.across + self.inset + 4
        along = self.along(self.columns - 1) + BAR + self.frame.margin
        return (ceil(across), ceil(along)) if self.frame.standing else (ceil(self.frame.width), ceil(across))

    def point(self, along: float, across: float, *, head: bool = False) -> tuple[float, float]:
        if head:
            return (0.0, _px(along - 8)) if self.frame.standing else (_px(along), 11.0)
        at = across + self.inset
        return (_px(at), _px(along)) if self.frame.standing else (_px(along), _px(at))

    def node(self, number: int) -> DrawnNode:
        node, place = self.course.nodes[number], self.layout.places[number]
        along = self.along(node.column)
        x, y = self.point(along, place.top)
        held_x, held_y = self.point(along, place.top + place.size - place.held)
        sizes = (_px(place.size), _px(BAR)), (_px(place.held), _px(BAR))
        (width, height), (held_width, held_height) = sizes if self.frame.standing else [(bar, size) for size, bar in sizes]
        if self.frame.standing:
            label_x, label_y = self.point(along + BAR + 12, place.middle)
        else:
            label_x, label_y = self.point(along + BAR + 6, place.middle - 3)
        return DrawnNode(node, x, y, width, height, held_x, held_y, held_width, held_height, label_x, label_y)

    def band(self, run: Run) -> Band:
        """A ribbon of even thickness through all its places: there along one edge, back along the other."""
        edge = self.course.edges[run.edge]
        ways = []
        for (left, right), first, second in zip(run.tops, run.places, run.places[1:], strict=False):
            start = self.along(self.layout.places[first].column) + (BAR if first == run.places[0] else BAR / 2)
            end = self.along(self.layout.places[second].column) + (0 if second == run.places[-1] else BAR / 2)
            ways.append((start, left, end, right))
        there = [self._curve(way) for way in ways]
        back = [self._curve((end, right + run.size, start, left + run.size)) for start, left, end, right in reversed(ways)]
        first_point, turn_point = self._at(ways[0][0], ways[0][1]), self._at(ways[-1][2], ways[-1][3] + run.size)
        path = f"M{first_point}{''.join(there)}L{turn_point}{''.join(back)}Z"
        return Band(edge, self.course.nodes[edge.giver], self.course.nodes[edge.taker], run.back, path, False)

    def arc(self, number: int) -> Band:
        """Between two nodes of one column: a line that leaves the column and comes back to it."""
        edge = self.course.edges[number]
        giver, taker = self.layout.places[edge.giver], self.layout.places[edge.taker]
        along = self.along(giver.column) + BAR
        out = along + self.step * 0.4
        path = f"M{self._at(along, giver.middle)}C{self._at(out, giver.middle)} {self._at(out, taker.middle)} {self._at(along, taker.middle)}"
        return Band(edge, self.course.nodes[edge.giver], self.course.nodes[edge.taker], True, path, True)

    def _curve(self, way: tuple[float, float, float, float]) -> str:
        """From (along, across) to (along, across), leaving and arriving in the way of the stream."""
        along, across, to_along, to_across = way
        middle = (along + to_along) / 2
        return f"C{self._at(middle, across)} {self._at(middle, to_across)} {self._at(to_along, to_across)}"

    def _at(self, along: float, across: float) -> str:
        x, y = self.point(along, across)
        return f"{x:g},{y:g}"


def _px(value: float) -> float:
    return round(value, 1)
