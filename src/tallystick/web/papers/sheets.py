"""What stands on each paper: codes, amounts and what goods are, and nothing that leads from a paper to a person or a grant."""

from dataclasses import dataclass

import segno
from django.utils.safestring import SafeString, mark_safe

from tallystick.core.consignment import PackedLine
from tallystick.core.entry import Kind, Move, PostedEntry
from tallystick.core.unit import Unit, UnitKind
from tallystick.web.figures import amount

PASSES = (Kind.DISPATCH, Kind.HANDOVER, Kind.PAYOUT)
"""The moves by which money is counted into somebody's hand."""


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """A line of a waybill."""

    number: int
    goods: str
    hs_code: str
    specification: str
    packed: str
    unit: str
    quantity: str


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """A line of a cash receipt."""

    giver: str
    taker: str
    unit: str
    amount: str


def goods_lines(dispatch: PostedEntry, packed: dict[int, PackedLine], *, known: dict[str, Unit]) -> list[GoodsLine]:
    """The goods of a dispatch, in its order."""
    goods = [
        (place, move)
        for place, move in enumerate(dispatch.moves)
        if move.kind == Kind.DISPATCH and known[move.unit].kind == UnitKind.GOODS
    ]
    return [
        _goods(number, move, unit=known[move.unit], packed=packed.get(place, PackedLine(place)))
        for number, (place, move) in enumerate(goods, 1)
    ]


def _goods(number: int, move: Move, *, unit: Unit, packed: PackedLine) -> GoodsLine:
    counted = f"{packed.packages:,}" if packed.packages else ""
    return GoodsLine(
        number, unit.name, unit.hs_code, packed.specification, " × ".join(filter(None, (counted, packed.packaging))),
        unit.unit, amount(move.amount, unit.places),
    )  # fmt: skip


def authorisations_of(dispatch: PostedEntry) -> str:
    """What the lines of a dispatch cite, for whoever asks on the way."""
    return ", ".join(sorted({move.authorisation for move in dispatch.moves} - {""}))


def money_lines(posted: PostedEntry, *, known: dict[str, Unit]) -> list[MoneyLine]:
    """The money that an entry counts into somebody's hand."""
    return [
        MoneyLine(move.giver, move.named or move.taker, move.unit, amount(move.amount, known[move.unit].places))
        for move in posted.moves
        if move.kind in PASSES and known[move.unit].kind == UnitKind.MONEY
    ]


def code_picture(reference: str) -> SafeString:
    """A QR code of a tally's reference and nothing else, as a picture within the page."""
    drawn = segno.make_qr(reference, error="m").svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None, scale=1)
    return mark_safe(drawn)  # noqa: S308 – shapes alone: the reference is in their places and not in the text
