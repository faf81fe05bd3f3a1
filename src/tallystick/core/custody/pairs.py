"""Kinds that come in two lines: an exchange, a purchase and a reassignment each say what was given and what came back."""

from collections.abc import Sequence

from tallystick.core.amount import show_amount
from tallystick.core.custody.book import Book
from tallystick.core.custody.ends import CUSTODIAN, sort_of
from tallystick.core.entry import Kind, Move
from tallystick.core.refusal import Refusal
from tallystick.core.unit import UnitKind

PAIRED = frozenset(kind.value for kind in (Kind.EXCHANGE, Kind.PURCHASE, Kind.REASSIGN))


class PairIncomplete(Refusal):
    code = "pair_incomplete"
    words = "{reference} has {count} line(s) of {kind}; it takes one out of a custodian's hand and one back."
    expected = "two lines, there and back"


class PairMismatched(Refusal):
    code = "pair_mismatched"
    words = "The two lines of the {kind} {reference} do not belong together; where they do, {why}."
    expected = "{why}"


class ConsentMissing(Refusal):
    code = "consent_missing"
    words = "{reference} reassigns {amount} {unit} without naming the donor's consent."
    expected = "a note that names the donor's consent"


def check_pairs(reference: str, moves: Sequence[Move], *, book: Book) -> None:
    """Refuses exchanges, purchases and reassignments whose two lines are not there or do not match."""
    kinds = [move[0] for move in moves]
    if PAIRED.isdisjoint(kinds):
        return
    for kind in dict.fromkeys(kind for kind in kinds if kind in PAIRED):
        places = [place for place, move in enumerate(moves) if move.kind == kind]
        _check_pair(reference, [moves[place] for place in places], book=book, line=places[0])


def _check_pair(reference: str, pair: Sequence[Move], *, book: Book, line: int) -> None:
    kind = pair[0].kind
    out = [move for move in pair if sort_of(move.giver, book) == CUSTODIAN]
    back = [move for move in pair if sort_of(move.taker, book) == CUSTODIAN]
    if len(pair) != 2 or len(out) != 1 or len(back) != 1:
        raise PairIncomplete(reference=reference, kind=kind, count=len(pair), line=line, column="kind")
    why = {Kind.EXCHANGE: _exchange, Kind.PURCHASE: _purchase, Kind.REASSIGN: _reassign}[Kind(kind)](out[0], back[0], book=book)
    if why:
        raise PairMismatched(reference=reference, kind=kind, why=why, line=line, column="kind")
    if kind == Kind.REASSIGN and not any(move.note.strip() for move in pair):
        amount = show_amount(out[0].amount, book.units[out[0].unit].places)
        raise ConsentMissing(reference=reference, amount=amount, unit=out[0].unit, line=line, column="note")


def _exchange(out: Move, back: Move, *, book: Book) -> str:
    if out.taker != back.giver:
        return "both name the same changer"
    if out.giver != back.taker:
        return "the one who gives takes the other unit"
    if out.taker.startswith("@changer:") and out.taker != f"@changer:{out.giver}":
        return "a custodian who changes by itself changes under its own name"
    if out.unit == back.unit:
        return "the two units differ"
    return "" if out.earmark == back.earmark else "both carry the same earmark"


def _purchase(out: Move, back: Move, *, book: Book) -> str:
    if out.taker != back.giver:
        return "both name the same supplier"
    if book.units[out.unit].kind != UnitKind.MONEY:
        return "what is paid is money"
    if book.units[back.unit].kind != UnitKind.GOODS:
        return "what is bought is goods"
    return "" if out.earmark == back.earmark else "both carry the same earmark"


def _reassign(out: Move, back: Move, *, book: Book) -> str:
    if out.giver != back.taker:
        return "the value stays with the same custodian"
    if (out.unit, out.amount) != (back.unit, back.amount):
        return "unit and amount are the same on both"
    return "" if out.earmark != back.earmark else "the two earmarks differ"
