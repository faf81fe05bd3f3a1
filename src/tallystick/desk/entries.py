"""Wishes that post an entry: a gift, and an entry taken back."""

from collections.abc import Collection
from dataclasses import dataclass

from tallystick.core.amount import Parts
from tallystick.core.custody.reversal import NothingToReverse
from tallystick.core.entry import Entry, Kind, Line
from tallystick.core.moment import read_moment
from tallystick.core.record import fields_of
from tallystick.core.wish import check_kinds
from tallystick.desk.wishes import Deed, Done, WishKind
from tallystick.handovers.actions import hand_over
from tallystick.ledger.queries.state import entries_of

BETWEEN = "@"  # begins the books' own accounts; what stands behind their colon may be a party


@dataclass(frozen=True, slots=True)
class WishedLine:
    """A line as core/entry.py has it."""

    kind: str
    giver: str
    taker: str
    unit: str
    amount: Parts
    earmark: str
    grant: str = ""
    authorisation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class EntryWish:
    """An entry to be posted; `happened_at` is ISO 8601 with an offset."""

    reference: str
    happened_at: str
    lines: tuple[WishedLine, ...]


@dataclass(frozen=True, slots=True)
class ReversalWish:
    """An entry to be taken back, under a reference of its own."""

    reference: str
    happened_at: str
    reverses: str
    note: str = ""


def entry_of(wish: EntryWish) -> Entry:
    """The entry that is wished for. Raises MomentUnreadable, MomentWithoutOffset, OffsetTooLarge."""
    return Entry(wish.reference, read_moment(wish.happened_at), tuple(Line(**fields_of(line)) for line in wish.lines))


def parties_of(wish: EntryWish) -> Collection[str]:
    """Whom the entry touches, the party behind a commission or a changing of its own included."""
    ends = [end for line in wish.lines for end in (line.giver, line.taker)]
    return {end.partition(":")[2] if end.startswith(BETWEEN) else end for end in ends} - {""}


def post_gift(wish: EntryWish, deed: Deed) -> Done:
    """Post a gift. Raises KindNotOfWish, EntriesRefused, ProgrammeNotOpened."""
    check_kinds("a gift", kinds=[line.kind for line in wish.lines], allowed=[Kind.GIFT.value])
    return post_entry(wish, deed)


def post_entry(wish: EntryWish, deed: Deed) -> Done:
    """Post it. Raises EntriesRefused, ProgrammeNotOpened."""
    return _post(entry_of(wish), deed)


def take_back(wish: ReversalWish, deed: Deed) -> Done:
    """Post the mirror of the first entry under that reference. Raises NothingToReverse, EntriesRefused."""
    return _post(mirror_of(wish), deed)


def mirror_of(wish: ReversalWish) -> Entry:
    """Every move of the entry with its ends exchanged. Raises NothingToReverse."""
    standing = list(entries_of(reference=wish.reverses))
    if not standing:
        raise NothingToReverse(reference=wish.reference, note=wish.reverses)
    note = f"{wish.reverses}: {wish.note}" if wish.note else wish.reverses
    lines = [
        Line(Kind.REVERSAL, move.taker, move.giver, move.unit, move.amount, move.earmark, move.grant, move.authorisation, note)
        for move in standing[0].moves
    ]
    return Entry(wish.reference, read_moment(wish.happened_at), tuple(lines))


def parties_of_reversal(wish: ReversalWish) -> Collection[str]:
    ends = [end for posted in entries_of(reference=wish.reverses) for move in posted.moves for end in (move.giver, move.taker)]
    return {end.partition(":")[2] if end.startswith(BETWEEN) else end for end in ends} - {""}


def facts_of_reversal(wish: ReversalWish) -> list[tuple[str, str]]:
    return [("takes back", wish.reverses), ("what was wrong", wish.note)]


def always_two(wish: ReversalWish) -> str:
    """What stands in the books is taken back by two."""
    del wish
    return "an entry is taken back"


def _post(entry: Entry, deed: Deed) -> Done:
    return Done(entry.reference, hand_over([entry], office=deed.office, recorded_at=deed.recorded_at, keeps_promises=True))


GIFT = WishKind("gift", EntryWish, post_gift, subject=lambda wish: str(wish.reference), parties=parties_of)
REVERSAL = WishKind(
    "reversal", ReversalWish, take_back,
    subject=lambda wish: str(wish.reverses), parties=parties_of_reversal, second=always_two, facts=facts_of_reversal,
)  # fmt: skip
