"""The rivers as a template draws them: every coordinate, class, label and title worked out, and the same as tables."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from unicodedata import category, east_asian_width

from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from tallystick.core.amount import Parts
from tallystick.core.river.course import KEPT, WAYSIDE, Course, Edge, Node
from tallystick.core.river.picture import DrawnNode, Picture
from tallystick.core.river.stream import COMMISSION, COST, INFORMAL, LOSS, RECOVERED, ROAD
from tallystick.reports.river import DrawnRiver
from tallystick.web.figures import amount, apart, grouped, money, whole
from tallystick.web.hands.words import KINDS, end_name, listed, many, node_name, one_of

STYLES = {COMMISSION: "commission", COST: "cost", INFORMAL: "informal", LOSS: "loss", ROAD: "road", RECOVERED: "loss"}
LINE = 14  # pixels from a label's name to its amount
LETTERS = {True: 12, False: 18}  # what a label has room for, standing and lying; its title has the whole name
LETTER = 6.5  # pixels
UNSEEN = ("Mn", "Cf")  # signs on letters, and what sets a code apart


@dataclass(frozen=True, slots=True)
class NodeDrawn:
    at: DrawnNode
    style: str
    name: str
    label_x: float
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
    """`name` tells the pictures of a page apart; `description` says in a sentence what one would see.

    A picture is mirrored where people read from right to left, so that the stream runs the way their eyes do: its shapes are
    turned round by the template, its words are placed here.
    """

    name: str
    width: int
    height: int
    standing: bool
    mirrored: bool
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
    earmarks = {tone: listed(names) for tone, names in drawn.earmarks().items()}
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
            _band_title(band.edge, names[band.giver], taker=names[band.taker], drawn=drawn, earmark=earmarks.get(band.edge.tone)),
        )
        for band in picture.bands
    )
    through = _through(course)
    mirrored = get_language_bidi()
    nodes = tuple(
        _node(one, names[one.node], value=through[place], drawn=drawn, picture=picture) for place, one in enumerate(picture.nodes)
    )
    headings = (
        HeadingDrawn(_heading(heading.kind, course), _placed(heading.x, picture), heading.y) for heading in picture.headings
    )
    return PictureDrawn(
        f"river-{drawn.river.unit}-{'standing' if picture.standing else 'lying'}",
        picture.width,
        picture.height,
        picture.standing,
        mirrored,
        _("How {unit} ran from hand to hand").format(unit=apart(drawn.river.unit)),
        _description(drawn),
        bands,
        nodes,
        tuple(headings),
        tuple(_legend(picture, earmarks)),
    )


def _placed(x: float, picture: Picture) -> float:
    """Where something at `x` stands once the picture is mirrored, or as it was."""
    return round(picture.width - x, 1) if get_language_bidi() else x


def _band_title(edge: Edge, giver: str, *, taker: str, drawn: DrawnRiver, earmark: str | None) -> str:
    return _("{giver} → {taker}, {earmark}: {amount}").format(
        giver=apart(giver),
        taker=apart(taker),
        earmark=earmark or _("all earmarks"),
        amount=money(drawn.river.unit, _amount(edge.amount, drawn)),
    )


def _heading(kind: str, course: Course) -> str:
    alone = sum(node.holders for node in course.nodes if node.kind == kind) == 1
    return (one_of(kind) if alone else many(kind)).capitalize()


def _through(course: Course) -> list[Fraction]:
    """What ran into each node, or out of it where that is more: the number on its label."""
    into: dict[int, Fraction] = defaultdict(Fraction)
    out: dict[int, Fraction] = defaultdict(Fraction)
    for edge in course.edges:
        into[edge.taker] += edge.amount
        out[edge.giver] += edge.amount
    return [max(into[number], out[number]) for number in range(len(course.nodes))]


def _node(one: DrawnNode, name: str, *, value: Fraction, drawn: DrawnRiver, picture: Picture) -> NodeDrawn:
    letters = max(LETTERS[picture.standing], int(one.width / LETTER))
    style = STYLES.get(one.node.key, "kept") if one.node.kind == WAYSIDE else one.node.kind.rpartition(":")[2]
    label = whole(value, drawn.places) if drawn.is_valued else _amount(value, drawn)
    at = _placed(one.label_x, picture)
    return NodeDrawn(
        one, style, _cut(name, letters), at, label, one.label_y + LINE, _node_title(one.node, name, value=value, drawn=drawn)
    )


def _node_title(node: Node, name: str, *, value: Fraction, drawn: DrawnRiver) -> str:
    """“HERON (agent): CNY 90,000.00, of which 27,232.58 still there”."""
    whose = apart(name)
    if node.kind in KINDS and node.holders == 1:
        whose = _("{name} ({role})").format(name=whose, role=one_of(node.kind))
    shown = money(drawn.river.unit, _amount(value, drawn))
    if not node.holds:
        return _("{name}: {amount}").format(name=whose, amount=shown)
    held = money("", _amount(node.holds, drawn))
    return _("{name}: {amount}, of which {held} still there").format(name=whose, amount=shown, held=held)


def _cut(name: str, letters: int) -> str:
    """As much of a name as there is room for; a letter of Hangul or Han is as wide as two, what stands on a letter or is not seen takes no room."""
    widths = [0 if category(letter) in UNSEEN else 2 if east_asian_width(letter) in "WF" else 1 for letter in name]
    if sum(widths) <= letters:
        return name
    room = letters - 1
    fitting = sum(1 for place in range(len(widths)) if sum(widths[: place + 1]) <= room)
    return f"{name[:fitting]}…"


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
    streams = ngettext("{count} stream", "{count} streams", len(drawn.course.edges)).format(
        count=grouped(len(drawn.course.edges))
    )
    return _("{streams} from {hands}; {amount} lies in somebody's hands at the end. The table below says the same.").format(
        streams=streams, hands=listed(first), amount=money(unit, _amount(holds, drawn))
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
        yield Legend("to-kept", _("kept, spent or lost"))
    if any(node.holds and node.kind != "recipient" for node in nodes):
        yield Legend("held", _("still in these hands"))
    if any(node.kind == "recipient" for node in nodes):
        yield Legend("reached", _("reached recipients"))
    if any(band.back for band in picture.bands):
        yield Legend("back", _("handed back or sideways"))
