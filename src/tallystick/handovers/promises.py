"""Payouts are held to what was promised: not more than is outstanding, nor, where tranches were planned, than is released.

What was paid before is read under the lock that every posting holds, so two who pay one grant at once do not overdraw it together.
"""

from collections.abc import Collection, Iterator, Sequence

from tallystick.core.custody.book import Book
from tallystick.core.entry import Entry, Kind, Move, PostedEntry
from tallystick.core.promise import Terms, check_payout
from tallystick.core.refusal import Refusal
from tallystick.grants.queries import terms as read_terms
from tallystick.journal.kept import recall_coded
from tallystick.journal.queries import Head
from tallystick.ledger.post import Gathered
from tallystick.ledger.queries.payouts import paid_under

PAYOUT = Kind.PAYOUT.value
Refused = list[tuple[int, Refusal]]


def promised_to(head: Head, codes: Collection[str]) -> dict[str, Terms]:
    """The terms of those of these grants that there are; asked once for each, as long as no further record is said."""
    return recall_coded(head, "grants", codes=codes, read=read_terms)


def overpaid(
    entries: Sequence[Entry], decided: Sequence[PostedEntry], *, gathered: Gathered, keeps_promises: bool = False
) -> Refused:
    """The entries that pay more than was promised, with their places among `entries`; one refusal each.

    `decided` are those of the entries that the ledger took, so that one which stands already counts once. Unless whoever posts
    `keeps_promises`, only grants bind of which somebody planned the tranches, or which they cancelled.
    """
    moving = [(posted, moves) for posted in decided if (moves := _payouts(posted, gathered.book))]
    promised = promised_to(gathered.head, {move.grant for _, moves in moving for _, move in moves})
    binding = {code: one for code, one in promised.items() if keeps_promises or one.planned or one.is_cancelled}
    if not binding:
        return []
    _gather_paid(binding, gathered.book)
    refused: Refused = []
    for place, posted in _placed(entries, [posted for posted, _ in moving]):
        refusal = _refusal(posted, binding, book=gathered.book)
        if refusal is not None:
            refused.append((place, refusal))
    return refused


def _payouts(posted: PostedEntry, book: Book) -> list[tuple[int, Move]]:
    """(line, payout) of the payouts that this entry makes, or takes back."""
    moves = book.standing[posted.reverses][0].moves if posted.reverses else posted.moves
    return [(line, move) for line, move in enumerate(moves) if move.kind == PAYOUT]


def _gather_paid(binding: Collection[str], book: Book) -> None:
    """Read what stands paid under these grants, where `book` does not know it; with what was decided since, it stays right."""
    unknown = set(binding) - book.gathered_grants
    if unknown:
        book.paid |= paid_under(unknown)
        book.gathered_grants |= unknown


def _placed(entries: Sequence[Entry], decided: Sequence[PostedEntry]) -> Iterator[tuple[int, PostedEntry]]:
    """These decided entries, in their order, with the places of those that asked for them."""
    waiting = list(reversed(decided))
    for place, entry in enumerate(entries):
        if waiting and (entry.reference, entry.happened_at) == (waiting[-1].reference, waiting[-1].happened_at):
            yield place, waiting.pop()


def _refusal(posted: PostedEntry, binding: dict[str, Terms], *, book: Book) -> Refusal | None:
    """Why this entry pays too much, if it does; otherwise its payouts are carried into `book`."""
    sign = -1 if posted.reverses else 1
    paid: dict[tuple[str, str], int] = {}
    for line, move in _payouts(posted, book):
        if move.grant not in binding:
            continue
        key = (move.grant, move.unit)
        before = paid.get(key, book.paid.get(key, 0))
        refusal = None if posted.reverses else _beyond(binding[move.grant], move, paid=before, book=book)
        if refusal is not None:
            refusal.line = line
            return refusal
        paid[key] = before + sign * move.amount
    book.paid |= paid
    return None


def _beyond(terms: Terms, move: Move, *, paid: int, book: Book) -> Refusal | None:
    try:
        check_payout(terms, unit=move.unit, amount=move.amount, paid=paid, places=book.units[move.unit].places)
    except Refusal as refusal:
        return refusal
    return None
