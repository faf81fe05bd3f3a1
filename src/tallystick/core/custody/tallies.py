"""A tally is a handover in two halves: first a dispatch, later receipts, losses and returns under the same reference."""

from tallystick.core.custody.book import Book, Tally
from tallystick.core.custody.ends import CUSTODIAN, EndsWrong, sort_of
from tallystick.core.entry import Entry, Kind, Line
from tallystick.core.refusal import Refusal

DISPATCH = Kind.DISPATCH.value
SECOND_HALVES = frozenset(kind.value for kind in (Kind.RECEIPT, Kind.LOSS, Kind.RETURN))
BESIDE_A_HALF = SECOND_HALVES | {Kind.COMMISSION.value, Kind.COST.value}


class ReceiptWithoutDispatch(Refusal):
    code = "receipt_without_dispatch"
    words = "Nothing was dispatched under {reference}, so nothing can be received."
    expected = "the reference of an earlier dispatch"


class ReferenceReused(Refusal):
    code = "reference_reused"
    words = "{reference} already stands in the books with other content."
    expected = "a reference of its own; only a tally's comes back, with receipts, losses or returns"


class TallyOutOfTime(Refusal):
    code = "tally_out_of_time"
    words = "{reference} was dispatched on {dispatched_at}; this is said to have happened before, on {happened_at}."
    expected = "a moment after {dispatched_at}"


class TallyOfTwoHands(Refusal):
    code = "tally_of_two_hands"
    words = "The dispatch lines of {reference} name different givers or carriers."
    expected = "one giver and one carrier for a tally"


class TallyNamesAnother(Refusal):
    code = "tally_names_another"
    words = "{reference} went from {giver} to {carrier}; this line names {named}."
    expected = "{wanted}"


def tally_of(entry: Entry, book: Book) -> Tally | None:
    """The tally that this entry is a half of: the one it dispatches, or the one standing under its reference."""
    dispatches = [line for line in entry.lines if line.kind == DISPATCH]
    if not dispatches:
        return book.tally(entry.reference)
    first = dispatches[0]
    for line in dispatches:
        if (line.giver, line.taker) != (first.giver, first.taker):
            raise TallyOfTwoHands(reference=entry.reference, column="taker", line=entry.lines.index(line))
        if sort_of(line.taker, book) != CUSTODIAN:
            raise EndsWrong(
                column="taker", kind=line.kind, giver=line.giver, giver_sort=sort_of(line.giver, book),
                taker=line.taker, taker_sort=sort_of(line.taker, book), allowed="the custodian who is to carry it",
            )  # fmt: skip
    return Tally(entry.reference, first.giver, first.taker, None)


def true_ends(line: Line, reference: str, *, tally: Tally | None) -> tuple[str, str, str]:
    """(giver, taker, named): where a half touches the road, the tally's transit account stands in the place of `named`."""
    if line.kind == DISPATCH:
        assert tally is not None, "a dispatch makes its tally"
        return line.giver, tally.transit, line.taker
    if line.kind not in SECOND_HALVES:
        return line.giver, line.taker, ""
    if tally is None:
        if line.kind == Kind.RECEIPT:
            raise ReceiptWithoutDispatch(reference=reference, column="entry")
        return line.giver, line.taker, ""
    _check_names(line, tally)
    return tally.transit, line.taker, "" if line.giver == tally.transit else line.giver


def check_reference(entry: Entry, tally: Tally | None) -> None:
    """Refuses an entry whose reference already stands in the books, unless it is a later half of that tally."""
    if tally is None or tally.dispatch is None or not _is_later_half(entry):
        raise ReferenceReused(reference=entry.reference, column="entry")
    if entry.happened_at < tally.dispatch.happened_at:
        raise TallyOutOfTime(
            reference=entry.reference, column="happened_at",
            dispatched_at=tally.dispatch.happened_at.isoformat(), happened_at=entry.happened_at.isoformat(),
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
