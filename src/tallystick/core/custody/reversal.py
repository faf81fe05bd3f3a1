"""A mistake is taken back by a new entry that names it and exchanges the ends of every move: all of them, once."""

import re
from collections import Counter
from collections.abc import Sequence

from tallystick.core.custody.book import Book
from tallystick.core.entry import Entry, Kind, Line, Move, PostedEntry
from tallystick.core.refusal import Refusal


class NothingToReverse(Refusal):
    code = "nothing_to_reverse"
    words = "{reference} reverses “{note}”, and no entry of that reference stands in the books."
    expected = "a note that begins with the reference of the entry to take back"


class ReversalOfReversal(Refusal):
    code = "reversal_of_reversal"
    words = "{target} is itself a reversal; post the right entry anew instead."
    expected = "the reference of an entry that is no reversal"


class ReversedAlready(Refusal):
    code = "reversed_already"
    words = "{target} was already taken back; an entry is reversed once."
    expected = "the reference of an entry that still stands"


class ReversalMismatched(Refusal):
    code = "reversal_mismatched"
    words = "{reference} does not exchange the ends of every move of {target}."
    expected = "every move of {target} with giver and taker exchanged, and nothing else"


class TallyReceivedInPart(Refusal):
    code = "tally_received_in_part"
    words = "{target} was already received, lost or returned in part, so its dispatch cannot be reversed."
    expected = "a tally that is wholly on the road"


REVERSAL = Kind.REVERSAL.value
REFERENCE_LENGTH = 64  # the longest there is
BLANKS = re.compile(r"\s+")


def reversed_reference(entry: Entry, book: Book) -> str:
    """The reference that this entry takes back, or empty where it is no reversal; refuses one that may not be taken back.

    The note is the reference, or begins with it: “H0005” or “H0005: typed twice”.
    """
    for place, line in enumerate(entry.lines):
        if line.kind == REVERSAL:
            return _reversed_by(line, entry.reference, place=place, book=book)
    return ""


def _reversed_by(line: Line, reference: str, *, place: int, book: Book) -> str:
    note = line.note
    target = next((reference for reference in named_references(note) if reference in book.standing), None)
    if target is None:
        raise NothingToReverse(reference=reference, note=note, line=place, column="note")
    return target


def _first_reversal(entry: Entry) -> int:
    return next(place for place, line in enumerate(entry.lines) if line.kind == REVERSAL)


def named_references(note: str) -> tuple[str, ...]:
    """The references that a reversal's note may mean, the longest first: all of it, or what stands before a remark.

    A remark begins after a blank, and the reference may have a colon, comma, semicolon or full stop behind it.
    """
    text = note.strip()
    ends = [blank.start() for blank in BLANKS.finditer(text, 0, REFERENCE_LENGTH + 2)]
    starts = [text, *(text[:end] for end in reversed(ends))]
    return tuple(dict.fromkeys(one for start in starts for one in (start, start.rstrip(":,;.")) if one))


def check_reversal(entry: Entry, target: str, *, moves: Sequence[Move], book: Book) -> None:
    """Refuses a reversal that is not the whole mirror of an entry still standing."""
    original, *later = book.standing[target]
    place = _first_reversal(entry)
    if original.reverses:
        raise ReversalOfReversal(target=target, line=place, column="note")
    if target in book.reversed:
        raise ReversedAlready(target=target, line=place, column="note")
    if later:
        raise TallyReceivedInPart(target=target, line=place, column="note")
    whole = all(line.kind == REVERSAL and target in named_references(line.note) for line in entry.lines)
    if not whole or Counter(map(_value, moves)) != Counter(map(_mirrored, original.moves)):
        raise ReversalMismatched(reference=entry.reference, target=target, line=place, column="note")


def _value(move: Move) -> tuple[str, str, str, int, str]:
    return move.giver, move.taker, move.unit, move.amount, move.earmark


def _mirrored(move: Move) -> tuple[str, str, str, int, str]:
    return move.taker, move.giver, move.unit, move.amount, move.earmark


def is_same(posted: PostedEntry, standing: PostedEntry) -> bool:
    """Whether the books already hold exactly this entry, the clock on the wall included."""
    return posted == standing and posted.happened_at.utcoffset() == standing.happened_at.utcoffset()
