"""The rivers as a template draws them: every coordinate, class, label and title worked out, and the same as tables."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallystick.core.amount import Parts
from tallystick.core.river.course import KEPT, WAYSIDE, Course, Edge, Node
from tallystick.core.river.picture import DrawnNode, Picture
from tallystick.core.river.stream import COMMISSION, COST, INFORMAL, LOSS, RECOVERED, ROAD
from tallystick.reports.river import DrawnRiver
from tallystick.web.figures import amount, counted, whole
from tallystick.web.hands.words import KINDS, end_name, many, node_name

STYLES = {COMMISSION: "commission", COST: "cost", INFORMAL: "informal", LOSS: "loss", ROAD: "road", RECOVERED: "loss"}
LINE = 14  # pixels from a label's name to its amount
LETTERS = {True: 12, False: 18}  # what a label has room for, standing and lying; its title has the whole name
LETTER = 6.5  # pixels


@dataclass(frozen=True, slots=True)
class NodeDrawn:
    at: DrawnNode
    style: str
    name: str
    amount: str
    amount_y: float
    title: str


@dataclass(frozen=True, slots=True)
class BandDrawn:
    path: str
    style: str
    title: str


@dataclass(frozen=True, slots=True)
class HeadingDrawn:
    words: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PictureDrawn:
    """`name` tells the pictures of a page apart; `description` says in a sentence what one would see."""

    name: str
    width: int
    height: int
    standing: bool
    title: str
    description: str
    bands: tuple[BandDrawn, ...]
    nodes: tuple[NodeDrawn, ...]
    headings: tuple[HeadingDrawn, ...]
    legend: tuple["Legend", ...]


@dataclass(frozen=True, slots=True)
class Legend:
    style: str
    words: str


@dataclass(frozen=True, slots=True)
class StreamRow:
    giver: str
    taker: str
    earmark: str
    amount: str


@dataclass(frozen=True, slots=True)
class RiverShown:
    """`pictures` are the wide one and the narrow one; `streams` are what the wide one draws."""

    unit: str
    is_valued: bool
    pictures: tuple[PictureDrawn, PictureDrawn]
    streams: tuple[StreamRow, ...]


def river_shown(drawn: DrawnRiver) -> RiverShown:
    """One river with both its pictures, its legend and the table of what the wide picture draws."""
    earmarks = {tone: _listed(names) for tone, names in drawn.earmarks().items()}
    course = drawn.course
    names = _names(course.nodes)
    streams = [
        StreamRow(names[edge.giver], names[edge.taker], earmarks.get(edge.tone, ""), _amount(edge.amount, drawn))
        for edge in sorted(course.edges, key=lambda edge: (course.nodes[edge.giver].column, edge.giver, edge.taker, edge.tone))
    ]
    return RiverShown(
        drawn.river.unit,
        drawn.is_valued,
        (
            _picture(drawn, drawn.wide, course=course, earmarks=earmarks),
            _picture(drawn, drawn.narrow, course=drawn.brief, earmarks=earmarks),
        ),
        tuple(streams),
    )


def _names(nodes: Sequence[Node]) -> list[str]:
    """What each node is called; some of its kind may stand beside the ones that are folded."""
    single = {node.kind for node in nodes if node.holders == 1}
    return [node_name(node, shown_beside=node.kind in single) for node in nodes]


def _amount(value: Fraction, drawn: DrawnRiver) -> str:
    return amount(Parts(round(value)), drawn.places)


def _picture(drawn: DrawnRiver, picture: Picture, *, course: Course, earmarks: dict[int, str]) -> PictureDrawn:
    names = dict(zip(course.nodes, _names(course.nodes), strict=True))
    bands = tuple(
        BandDrawn(
            band.path,
            _band_style(band.edge, band.taker, is_back=band.back, is_line=band.is_line),
            f"{names[band.giver]} → {names[band.taker]}, {earmarks.get(band.edge.tone, 'all earmarks')}:"
            f" {drawn.river.unit} {_amount(band.edge.amount, drawn)}",
        )
        for band in picture.bands
    )
    through = _through(course)
    nodes = tuple(
        _node(one, names[one.node], value=through[number], drawn=drawn, letters=LETTERS[picture.standing])
        for number, one in enumerate(picture.nodes)
    )
    return PictureDrawn(
        f"river-{drawn.river.unit}-{'standing' if picture.standing else 'lying'}",
        picture.width,
        picture.height,
        picture.standing,
        f"How {drawn.river.unit} ran from hand to hand",
        _description(drawn),
        bands,
        nodes,
        tuple(HeadingDrawn(_heading(heading.kind, course), heading.x, heading.y) for heading in picture.headings),
        tuple(_legend(picture, earmarks)),
    )


def _heading(kind: str, course: Course) -> str:
    alone = sum(node.holders for node in course.nodes if node.kind == kind) == 1
    return (KINDS[kind] if alone else many(kind)).capitalize()


def _through(course: Course) -> list[Fraction]:
    """What ran into each node, or out of it where that is more: the number on its label."""
    into: dict[int, Fraction] = defaultdict(Fraction)
    out: dict[int, Fraction] = defaultdict(Fraction)
    for edge in course.edges:
        into[edge.taker] += edge.amount
        out[edge.giver] += edge.amount
    return [max(into[number], out[number]) for number in range(len(course.nodes))]


def _node(one: DrawnNode, name: str, *, value: Fraction, drawn: DrawnRiver, letters: int) -> NodeDrawn:
    unit, places = drawn.river.unit, drawn.places
    label = whole(value, places) if drawn.is_valued else _amount(value, drawn)
    holds = f", of which {_amount(one.node.holds, drawn)} still there" if one.node.holds else ""
    role = f" ({KINDS[one.node.kind]})" if one.node.kind in KINDS and one.node.holders == 1 else ""
    style = STYLES.get(one.node.key, "kept") if one.node.kind == WAYSIDE else one.node.kind.rpartition(":")[2]
    letters = max(letters, int(one.width / LETTER))
    short = name if len(name) <= letters else f"{name[: letters - 1]}…"
    return NodeDrawn(one, style, short, label, one.label_y + LINE, f"{name}{role}: {unit} {_amount(value, drawn)}{holds}")


def _band_style(edge: Edge, taker: Node, *, is_back: bool, is_line: bool) -> str:
    """The earmark's tone, or what became of it where it left the way."""
    ran_to = f"to-{STYLES.get(taker.key, 'kept')}" if taker.kind == WAYSIDE else f"tone-{edge.tone}"
    return " ".join(filter(None, ("band", ran_to, "back" if is_back else "", "line" if is_line else "")))


def _description(drawn: DrawnRiver) -> str:
    shores = drawn.river.shores.values()
    unit = drawn.river.unit
    names = _names(drawn.course.nodes)
    first = [name for name, node in zip(names, drawn.course.nodes, strict=True) if node.column == 0]
    holds = sum((shore.holds for shore in shores if shore.holds > 0), start=Fraction(0))
    return (
        f"{counted(len(drawn.course.edges), 'stream')} from {_listed(first)};"
        f" {unit} {_amount(holds, drawn)} lies in somebody's hands at the end. The table below says the same."
    )


def _legend(picture: Picture, earmarks: dict[int, str]) -> Iterable[Legend]:
    """What the colours of this picture mean, and only those that are in it."""
    nodes = [one.node for one in picture.nodes]
    for tone, words in earmarks.items():
        yield Legend(f"tone-{tone}", words)
    ends = {node.key for node in nodes if node.kind == WAYSIDE}
    for key, style in STYLES.items():
        if key in ends:
            yield Legend(f"to-{style}", end_name(key).lower())
    if KEPT in ends:
        yield Legend("to-kept", "kept, spent or lost")
    if any(node.holds and node.kind != "recipient" for node in nodes):
        yield Legend("held", "still in these hands")
    if any(node.kind == "recipient" for node in nodes):
        yield Legend("reached", "reached recipients")
    if any(band.back for band in picture.bands):
        yield Legend("back", "handed back or sideways")


def _listed(names: Sequence[str]) -> str:
    """“SHOPS”, “SHOPS and STALLS”, “12 earmarks”."""
    if len(names) > 3:
        return f"{len(names)} others"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
