"""A tally is a handover in two halves: first a dispatch, later receipts, losses and returns under the same reference."""

from tallystick.core.custody.book import TRANSIT, Book, Tally
from tallystick.core.custody.ends import CUSTODIAN, EndsEqual, EndsWrong, sort_of
from tallystick.core.entry import Entry, Kind, Line
from tallystick.core.refusal import Refusal

DISPATCH = Kind.DISPATCH.value
SECOND_HALVES = frozenset(kind.value for kind in (Kind.RECEIPT, Kind.LOSS, Kind.RETURN))
HALVES = SECOND_HALVES | {DISPATCH}
BESIDE_A_HALF = SECOND_HALVES | {Kind.COMMISSION.value, Kind.COST.value}


class ReceiptWithoutDispatch(Refusal):
    code = "receipt_without_dispatch"
    words = "Nothing was dispatched under {reference}, so nothing can be received."
    expected = "the reference of an earlier dispatch"


class ReferenceReused(Refusal):
    code = "reference_reused"
    words = "{reference} already stands in the books with other content."
    expected = "a reference of its own; only a tally's comes back, at a later moment, with receipts, losses or returns"


class TallyOutOfTime(Refusal):
    code = "tally_out_of_time"
    words = "{reference} was dispatched on {dispatched_at}; this is said to have happened before, on {happened_at}."
    expected = "a moment after {dispatched_at}"


class TallyOfTwoHands(Refusal):
    code = "tally_of_two_hands"
    words = "The dispatch lines of {reference} name different givers or carriers."
    expected = "one giver and one carrier for a tally"


class TallyOfAnotherReference(Refusal):
    code = "tally_of_another_reference"
    words = "{reference} draws on {holder}; only entries under the tally's own reference may."
    expected = "the reference {tally}"


class TallyNamesAnother(Refusal):
    code = "tally_names_another"
    words = "{reference} went from {giver} to {carrier}; this line names {named}."
    expected = "{wanted}"


def tally_of(entry: Entry, book: Book) -> Tally | None:
    """The tally that this entry is a half of: the one its first dispatch makes, or the one standing under its reference."""
    for line in entry.lines:
        if line.kind == DISPATCH:
            return Tally(entry.reference, line.giver, line.taker, None)
    return book.tally(entry.reference) if entry.reference in book.standing else None


def true_ends(line: Line, reference: str, *, tally: Tally | None, book: Book) -> tuple[str, str, str]:
    """(giver, taker, named) of a line whose kind is one of HALVES: on the road, the transit account stands in place of `named`."""
    if line.kind == DISPATCH:
        assert tally is not None, "a dispatch makes its tally"
        _check_dispatch(line, tally, book=book)
        return line.giver, tally.transit, line.taker
    if tally is None:
        if line.kind == Kind.RECEIPT or line.giver == TRANSIT + reference:
            raise ReceiptWithoutDispatch(reference=reference, column="entry")
        if line.giver.startswith(TRANSIT):
            other = line.giver.removeprefix(TRANSIT)
            raise TallyOfAnotherReference(reference=reference, holder=line.giver, tally=other, column="giver")
        return line.giver, line.taker, ""
    _check_names(line, tally)
    return tally.transit, line.taker, "" if line.giver == tally.transit else line.giver


def check_reference(entry: Entry, tally: Tally | None, *, book: Book) -> None:
    """Refuses an entry whose reference already stands in the books, unless it is a later half of that tally.

    Lines of one reference and one moment are one entry: what stands there already cannot grow.
    """
    taken = any(standing.happened_at == entry.happened_at for standing in book.standing[entry.reference])
    if taken or tally is None or tally.dispatch is None or not _is_later_half(entry):
        raise ReferenceReused(reference=entry.reference, column="entry")
    if entry.happened_at < tally.dispatch.happened_at:
        raise TallyOutOfTime(
            reference=entry.reference, column="happened_at",
            dispatched_at=tally.dispatch.happened_at.isoformat(), happened_at=entry.happened_at.isoformat(),
        )  # fmt: skip


def _check_dispatch(line: Line, tally: Tally, *, book: Book) -> None:
    """Refuses a dispatch by or for another than the entry's first one names, to oneself, or to who is no custodian."""
    if line.giver != tally.giver or line.taker != tally.carrier:
        raise TallyOfTwoHands(reference=tally.reference, column="taker" if line.giver == tally.giver else "giver")
    if line.giver == line.taker:
        raise EndsEqual(holder=line.giver, column="taker")
    if sort_of(line.taker, book) != CUSTODIAN:
        raise EndsWrong(
            column="taker", kind=line.kind, giver=line.giver, giver_sort=sort_of(line.giver, book),
            taker=line.taker, taker_sort=sort_of(line.taker, book), allowed="the custodian who is to carry it",
        )  # fmt: skip


def _is_later_half(entry: Entry) -> bool:
    kinds = {line.kind for line in entry.lines}
    return kinds.issubset(BESIDE_A_HALF) and not kinds.isdisjoint(SECOND_HALVES)


def _check_names(line: Line, tally: Tally) -> None:
    givers = {tally.giver, tally.transit} if line.kind == Kind.RECEIPT else {tally.giver, tally.carrier, tally.transit}
    takers = {Kind.RECEIPT: tally.carrier, Kind.RETURN: tally.giver}
    if line.giver not in givers:
        column, named, wanted = "giver", line.giver, " or ".join(sorted(givers))
    elif line.kind in takers and line.taker != takers[Kind(line.kind)]:
        column, named, wanted = "taker", line.taker, takers[Kind(line.kind)]
    else:
        return
    raise TallyNamesAnother(
        reference=tally.reference, giver=tally.giver, carrier=tally.carrier, named=named, wanted=wanted, column=column
    )
