"""Wishes that post an entry: a gift, a purchase, an exchange, what was kept or paid on the way, and an entry taken back."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from tallystick.core.amount import Parts
from tallystick.core.custody.reversal import NothingToReverse
from tallystick.core.entry import Entry, Kind, Line
from tallystick.core.exchange_rate import Side, rate_words
from tallystick.core.moment import read_moment
from tallystick.core.record import fields_of
from tallystick.core.wish import check_kinds
from tallystick.desk.parties import parties_of_tally
from tallystick.desk.wishes import Deed, Done, WishKind
from tallystick.handovers.actions import hand_over
from tallystick.ledger.queries.records import units
from tallystick.ledger.queries.state import entries_of

KINDS: dict[str, tuple[str, ...]] = {
    "gift": (Kind.GIFT.value,),
    "purchase": (Kind.PURCHASE.value,),
    "exchange": (Kind.EXCHANGE.value,),
    "commission": (Kind.COMMISSION.value,),
    "cost": (Kind.COST.value,),
    "reassign": (Kind.REASSIGN.value,),
    "lines": tuple(
        kind.value for kind in (Kind.GIFT, Kind.HANDOVER, Kind.EXCHANGE, Kind.PURCHASE, Kind.COMMISSION, Kind.COST, Kind.REASSIGN)
    ),
}
"""What each wish may post. What needs papers, another half, an answer or a second person has a form of its own, and no other way."""
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


def posting(name: str) -> Callable[[EntryWish, Deed], Done]:
    """What carries out the wish of this name. Raises KindNotOfWish, EntriesRefused, ProgrammeNotOpened."""

    def post_of_kinds(wish: EntryWish, deed: Deed) -> Done:
        check_kinds(name, kinds=[line.kind for line in wish.lines], allowed=KINDS[name])
        return post_entry(wish, deed)

    return post_of_kinds


def post_entry(wish: EntryWish, deed: Deed) -> Done:
    """Post it. Raises EntriesRefused, ProgrammeNotOpened."""
    return _post(entry_of(wish), deed)


def facts_of_trade(wish: EntryWish) -> list[tuple[str, str]]:
    """The rate or price that two lines come to."""
    known = units()
    if len(wish.lines) != 2 or any(line.unit not in known for line in wish.lines):
        return []
    given, got = (Side(line.unit, line.amount, known[line.unit].places) for line in wish.lines)
    return [("rate", rate_words(given, got)), ("note", wish.lines[0].note)]


def facts_of_notes(wish: EntryWish) -> list[tuple[str, str]]:
    """What the lines say besides their moves."""
    said = [" ".join(filter(None, (line.grant, line.authorisation, line.note))) for line in wish.lines]
    return [("note", "; ".join(dict.fromkeys(filter(None, said))))]


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
    """Whom the entry touched; on the road, that is both ends of the tally."""
    ends = [end for posted in entries_of(reference=wish.reverses) for move in posted.moves for end in (move.giver, move.taker)]
    named = {end.partition(":")[2] if end.startswith(BETWEEN) else end for end in ends} - {""}
    return named | parties_of_tally(wish.reverses)


def facts_of_reversal(wish: ReversalWish) -> list[tuple[str, str]]:
    return [("takes back", wish.reverses), ("what was wrong", wish.note)]


def always_two(wish: ReversalWish) -> str:
    """What stands in the books is taken back by two."""
    del wish
    return "an entry is taken back"


def _post(entry: Entry, deed: Deed) -> Done:
    return Done(entry.reference, hand_over([entry], office=deed.office, recorded_at=deed.recorded_at, keeps_promises=True))


def _subject(wish: EntryWish) -> str:
    return wish.reference


GIFT = WishKind("gift", EntryWish, posting("gift"), subject=_subject, parties=parties_of, facts=facts_of_notes)
PURCHASE = WishKind("purchase", EntryWish, posting("purchase"), subject=_subject, parties=parties_of, facts=facts_of_trade)
EXCHANGE = WishKind("exchange", EntryWish, posting("exchange"), subject=_subject, parties=parties_of, facts=facts_of_trade)
COMMISSION = WishKind("commission", EntryWish, posting("commission"), subject=_subject, parties=parties_of, facts=facts_of_notes)
COST = WishKind("cost", EntryWish, posting("cost"), subject=_subject, parties=parties_of, facts=facts_of_notes)
REASSIGN = WishKind("reassign", EntryWish, posting("reassign"), subject=_subject, parties=parties_of, facts=facts_of_notes)
LINES = WishKind("lines", EntryWish, posting("lines"), subject=_subject, parties=parties_of, facts=facts_of_notes)
REVERSAL = WishKind(
    "reversal", ReversalWish, take_back,
    subject=lambda wish: str(wish.reverses), parties=parties_of_reversal, second=always_two, facts=facts_of_reversal,
)  # fmt: skip
