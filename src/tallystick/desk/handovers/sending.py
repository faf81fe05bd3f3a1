"""Wishes that send value on its way: a dispatch with its papers, and a handover while both are present."""

from collections.abc import Collection
from dataclasses import dataclass

from tallystick.core.amount import Parts
from tallystick.core.consignment import Consignment, PackedLine
from tallystick.core.entry import Entry, Kind, Line
from tallystick.core.moment import read_moment
from tallystick.core.wish import check_kinds
from tallystick.desk.entries import EntryWish, facts_of_notes, parties_of, post_entry
from tallystick.desk.parties import parties_of_tally
from tallystick.desk.wishes import Deed, Done, WishKind
from tallystick.handovers.actions import hand_over
from tallystick.handovers.consignments import pack

BY_HAND = (Kind.HANDOVER.value, Kind.RETURN.value)


@dataclass(frozen=True, slots=True)
class SentLine:
    """One amount that is sent; goods may say how they are packed."""

    unit: str
    amount: Parts
    earmark: str
    grant: str = ""
    authorisation: str = ""
    specification: str = ""
    packaging: str = ""
    packages: int = 0


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A commission beside the dispatch, out of the giver's hand."""

    kept_by: str
    unit: str
    amount: Parts
    earmark: str


@dataclass(frozen=True, slots=True)
class DispatchWish:
    """The giver's half of a tally."""

    reference: str
    happened_at: str
    giver: str
    carrier: str
    lines: tuple[SentLine, ...]
    commission: tuple[KeptLine, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class PackingWish:
    """The papers of a tally's goods, for those that were dispatched without."""

    tally: str
    lines: tuple[PackedLine, ...]


def dispatch(wish: DispatchWish, deed: Deed) -> Done:
    """Send it, and say how its goods are packed. Raises EntriesRefused, PackedLineUnknown, PackagesNegative."""
    sent = [
        Line(
            Kind.DISPATCH.value, wish.giver, wish.carrier, one.unit, one.amount, one.earmark, one.grant, one.authorisation,
            wish.note,
        )
        for one in wish.lines
    ]  # fmt: skip
    kept = [
        Line(Kind.COMMISSION.value, wish.giver, f"@commission:{one.kept_by}", one.unit, one.amount, one.earmark)
        for one in wish.commission
    ]
    entry = Entry(wish.reference, read_moment(wish.happened_at), (*sent, *kept))
    posted = hand_over([entry], office=deed.office, recorded_at=deed.recorded_at)
    packed = packed_of(wish)
    if posted.entries and packed:
        pack(Consignment(wish.reference, packed), office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.reference, posted)


def packed_of(wish: DispatchWish) -> tuple[PackedLine, ...]:
    """The papers of the lines that say anything for them."""
    return tuple(
        PackedLine(place, one.specification, one.packaging, one.packages)
        for place, one in enumerate(wish.lines)
        if one.specification or one.packaging or one.packages
    )


def parties_of_dispatch(wish: DispatchWish) -> Collection[str]:
    return {wish.giver, wish.carrier, *(one.kept_by for one in wish.commission)}


def facts_of_dispatch(wish: DispatchWish) -> list[tuple[str, str]]:
    return [("who carries", wish.carrier), *(("packed", shown(one)) for one in packed_of(wish))]


def pass_by_hand(wish: EntryWish, deed: Deed) -> Done:
    """Post what passed while both were present. Raises KindNotOfWish, EntriesRefused."""
    check_kinds("a handover", kinds=[line.kind for line in wish.lines], allowed=BY_HAND)
    return post_entry(wish, deed)


def parties_by_hand(wish: EntryWish) -> Collection[str]:
    """A line that returns what is on the road need not name who carries it: the reference does."""
    return {*parties_of(wish), *parties_of_tally(wish.reference)}


def pack_tally(wish: PackingWish, deed: Deed) -> Done:
    """Say how it is packed. Raises TallyUnknown, TallyTakenBack, PackedLineUnknown, PackagesNegative."""
    pack(Consignment(wish.tally, wish.lines), office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.tally)


def facts_of_packing(wish: PackingWish) -> list[tuple[str, str]]:
    return [("tally", wish.tally), *(("packed", shown(one)) for one in wish.lines)]


def shown(one: PackedLine) -> str:
    """“2: 12 volt, 1 m cable; carton × 20”."""
    packed = " × ".join(filter(None, (one.packaging, str(one.packages) if one.packages else "")))
    return f"{one.line + 1}: " + "; ".join(filter(None, (one.specification, packed)))


DISPATCH = WishKind(
    "dispatch", DispatchWish, dispatch,
    subject=lambda wish: str(wish.reference), parties=parties_of_dispatch, facts=facts_of_dispatch,
)  # fmt: skip
PACKING = WishKind(
    "packing", PackingWish, pack_tally,
    subject=lambda wish: str(wish.tally), parties=lambda wish: parties_of_tally(wish.tally), facts=facts_of_packing,
)  # fmt: skip
HANDOVER = WishKind(
    "handover", EntryWish, pass_by_hand, subject=lambda wish: str(wish.reference), parties=parties_by_hand, facts=facts_of_notes
)
