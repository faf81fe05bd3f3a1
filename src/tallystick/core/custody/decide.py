"""Deciding one entry: what moves between whom, or why it may not. Pure; the books and the bundle tool both run it."""

from collections.abc import Iterable
from datetime import datetime

from tallystick.core.amount import PARTS_MAX, AmountNotPositive, AmountTooLarge, show_amount
from tallystick.core.custody.book import Book, Hand, Key, Tally
from tallystick.core.custody.ends import ENDS, EndsEqual, check_ends, never_below_zero, sort_of
from tallystick.core.custody.pairs import PAIRED, check_pairs
from tallystick.core.custody.reversal import check_reversal, is_same, reversed_reference
from tallystick.core.custody.tallies import HALVES, check_reference, tally_of, true_ends
from tallystick.core.custody.terms import broken_terms, carry_terms
from tallystick.core.entry import Entry, Kind, Line, Move, PostedEntry
from tallystick.core.moment import MomentWithoutOffset
from tallystick.core.refusal import Refusal


class EntryEmpty(Refusal):
    code = "entry_empty"
    words = "{reference} has no lines, so nothing would move."
    expected = "at least one line"


class KindUnknown(Refusal):
    code = "kind_unknown"
    words = "“{kind}” is no kind of move."
    expected = "one of {kinds}"


class UnitUnknown(Refusal):
    code = "unit_unknown"
    words = "No unit is called “{unit}” in these books."
    expected = "a unit of units.csv"


class EarmarkUnknown(Refusal):
    code = "earmark_unknown"
    words = "No earmark is called “{earmark}” in these books."
    expected = "an earmark of earmarks.csv"


class HappenedBeforeOpening(Refusal):
    code = "happened_before_opening"
    words = "{happened_at} is before the programme opened on {opened}."
    expected = "a moment on or after {opened}"


class PayoutWithoutGrant(Refusal):
    code = "payout_without_grant"
    words = "{reference} pays {taker} without naming the grant."
    expected = "the grant that promised it"


class HoldingTooSmall(Refusal):
    code = "holding_too_small"
    words = "{custodian} holds {held} {unit} of {earmark}; {asked} {unit} are needed."
    expected = "at most {held} {unit}"


class TallyTooSmall(Refusal):
    code = "tally_too_small"
    words = "{tally} still has {held} {unit} on the road; {asked} {unit} were said to come out of it."
    expected = "at most {held} {unit}"


class HoldingLimitPassed(Refusal):
    code = "holding_limit_passed"
    words = "{custodian} would hold {asked} {unit}; the holding limit is {limit} {unit}."
    expected = "a holding of at most {limit} {unit}"


class HoldingLimitPassedOnTheRoad(HoldingLimitPassed):
    code = "holding_limit_passed_on_the_road"
    words = "{custodian} would hold {asked} {unit}, {road} {unit} of it still on the road; the holding limit is {limit} {unit}."
    expected = "at most {limit} {unit} in hand and on the road there together"


PAYOUT = Kind.PAYOUT.value
make = tuple.__new__  # of a named tuple, in a third of the time that its own constructor takes


def decide(entry: Entry, book: Book) -> PostedEntry | None:
    """The entry as it will stand, carried into `book`; None where the books already hold it word for word.

    Raises a Refusal with the line and column it concerns. An entry refused for what it would leave in somebody's hands is
    still carried into `book`, so that a list of faults does not repeat one want in every entry after it.
    """
    _check_moment(entry.happened_at, book)
    if not entry.lines:
        raise EntryEmpty(reference=entry.reference)
    tally = tally_of(entry, book)
    moves = _moves(entry, tally, book=book)
    target = reversed_reference(entry, book)
    posted = make(PostedEntry, (entry.reference, entry.happened_at, moves, target))
    if entry.reference in book.standing:
        if any(is_same(posted, standing) for standing in book.standing[entry.reference]):
            return None
        check_reference(entry, tally, book=book)
    if target:
        check_reversal(entry, target, moves=moves, book=book)
    elif len(moves) > 1 or moves[0].kind in PAIRED:
        check_pairs(entry.reference, moves, book=book)
    changes = changes_of(moves)
    left = book.left_by(changes)
    gains = book.gains(posted, changes) if book.limits else {}
    refusal = _refused(posted, changes, left=left, gains=gains, book=book)
    if book.rules is not None:
        carry_terms(posted, changes, book=book)
    book.carry(posted, left, gains=gains)
    if refusal is not None:
        raise refusal
    return posted


def _refused(
    posted: PostedEntry, changes: dict[Key, int], *, left: dict[Key, int], gains: dict[Hand, int], book: Book
) -> Refusal | None:
    """Why hands cannot end up as this entry would leave them, or why it breaks what was agreed; None where it does neither."""
    refusal = _holding_refusal(posted, changes, left=left, book=book)
    if gains and refusal is None:
        refusal = _limit_passed(posted, changes, gains=gains, book=book)
    if book.rules is not None and refusal is None:
        refusal = broken_terms(posted, changes, left=left, book=book)
    return refusal


def _check_moment(happened_at: datetime, book: Book) -> None:
    if happened_at.utcoffset() is None:
        raise MomentWithoutOffset(moment=happened_at.isoformat(), column="happened_at")
    if happened_at.date() < book.opened:
        raise HappenedBeforeOpening(happened_at=happened_at.isoformat(), opened=book.opened, column="happened_at")


def _moves(entry: Entry, tally: Tally | None, *, book: Book) -> tuple[Move, ...]:
    """The true move behind each line, checked by itself."""
    units, earmarks = book.units, book.earmarks
    moves: list[Move] = []
    try:
        for line in entry.lines:
            kind, giver, taker, unit, amount, earmark, grant, authorisation, note = line
            named = ""
            assert type(amount) is int, "no float touches value"
            if not (0 < amount <= PARTS_MAX and unit in units and earmark in earmarks and kind in ENDS):
                _refuse_line(line, book)
            if kind in HALVES:
                giver, taker, named = true_ends(line, entry.reference, tally=tally, book=book)
            if giver == taker:
                raise EndsEqual(holder=giver, column="taker")
            check_ends(kind, giver, taker=taker, book=book)
            if kind == PAYOUT and not grant:
                raise PayoutWithoutGrant(reference=entry.reference, taker=taker, column="grant")
            moves.append(make(Move, (kind, giver, taker, unit, amount, earmark, named, grant, authorisation, note)))
    except Refusal as refusal:
        refusal.line = len(moves)
        refusal.column = refusal.column or _end_of(refusal, entry.lines[len(moves)])
        raise
    return tuple(moves)


def _end_of(refusal: Refusal, line: Line) -> str:
    """Which end of the line a refusal about a holder speaks of: the holder itself, or what stands behind its colon."""
    about = next((str(refusal.facts[fact]) for fact in ("party", "holder", "cause") if fact in refusal.facts), "")
    return "giver" if about in (line.giver, line.giver.partition(":")[2] or line.giver) else "taker"


def _refuse_line(line: Line, book: Book) -> None:
    """Raises what is wrong with a line in itself."""
    if line.kind not in ENDS:
        raise KindUnknown(kind=line.kind, kinds=", ".join(Kind), column="kind")
    if line.unit not in book.units:
        raise UnitUnknown(unit=line.unit, column="unit")
    if line.earmark not in book.earmarks:
        raise EarmarkUnknown(earmark=line.earmark, column="earmark")
    if line.amount <= 0:
        raise AmountNotPositive(asked=show_amount(line.amount, book.units[line.unit].places), unit=line.unit, column="amount")
    raise AmountTooLarge(asked=show_amount(line.amount, book.units[line.unit].places), unit=line.unit, column="amount")


def changes_of(moves: Iterable[Move]) -> dict[Key, int]:
    """What these moves together change in each account they touch, in smallest parts; those left as they were included."""
    changes: dict[Key, int] = {}
    for _, giver, taker, unit, amount, earmark, _, _, _, _ in moves:
        given, taken = (giver, unit, earmark), (taker, unit, earmark)
        changes[given] = changes.get(given, 0) - amount
        changes[taken] = changes.get(taken, 0) + amount
    return changes


def _holding_refusal(posted: PostedEntry, changes: dict[Key, int], *, left: dict[Key, int], book: Book) -> Refusal | None:
    """Why somebody's hands cannot end up as this entry would leave them; None where they can. Lines count together."""
    for key, after in left.items():
        if 0 <= after <= PARTS_MAX or key in book.complained:
            continue
        change = changes[key]
        if after < 0 and change < 0 and never_below_zero(sort_of(key[0], book)):
            book.complained.add(key)
            return _overdrawn(posted, key, held=after - change, change=change, book=book)
        if not -PARTS_MAX <= after <= PARTS_MAX:
            book.complained.add(key)
            return _beyond_one_number(posted, key, left=after, book=book)
    return None


def _overdrawn(posted: PostedEntry, key: Key, *, held: int, change: int, book: Book) -> Refusal:
    holder, unit, earmark = key
    line = next(place for place, move in enumerate(posted.moves) if (move.giver, move.unit, move.earmark) == key)
    shown = {"held": show_amount(held, book.units[unit].places), "asked": show_amount(-change, book.units[unit].places)}
    if holder.startswith("@"):
        return TallyTooSmall(tally=holder.partition(":")[2], unit=unit, line=line, column="amount", **shown)
    return HoldingTooSmall(custodian=holder, unit=unit, earmark=earmark, line=line, column="amount", **shown)


def _beyond_one_number(posted: PostedEntry, key: Key, *, left: int, book: Book) -> Refusal:
    holder, unit, earmark = key
    line = next(
        place
        for place, move in enumerate(posted.moves)
        if holder in (move.giver, move.taker) and (move.unit, move.earmark) == (unit, earmark)
    )
    return AmountTooLarge(asked=show_amount(abs(left), book.units[unit].places), unit=unit, line=line, column="amount")


def _limit_passed(posted: PostedEntry, changes: dict[Key, int], *, gains: dict[Hand, int], book: Book) -> Refusal | None:
    """Why somebody would have more in hand, the road to them included, than they may; who gains nothing may have too much."""
    for hand, gain in gains.items():
        asked = book.in_hand[hand] + gain
        if gain > 0 and asked > book.limits[hand] and hand not in book.complained:
            book.complained.add(hand)
            held = sum(amount for key, amount in (*book.balances.items(), *changes.items()) if key[:2] == hand)
            return _beyond_limit(posted, hand, asked=asked, road=asked - held, book=book)
    return None


def _beyond_limit(posted: PostedEntry, hand: Hand, *, asked: int, road: int, book: Book) -> Refusal:
    custodian, unit = hand
    places = book.units[unit].places
    shown = {"asked": show_amount(asked, places), "limit": show_amount(book.limits[hand], places)}
    line = next(
        place
        for place, move in enumerate(posted.moves)
        if move.unit == unit and custodian in (move.taker, move.named if move.kind == Kind.DISPATCH else "")
    )
    if not road:
        return HoldingLimitPassed(custodian=custodian, unit=unit, line=line, column="amount", **shown)
    shown["road"] = show_amount(road, places)
    return HoldingLimitPassedOnTheRoad(custodian=custodian, unit=unit, line=line, column="amount", **shown)
