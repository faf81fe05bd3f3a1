"""Wishes about disputes and overages: opened on a tally, and ended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tallystick.core.amount import Parts
from tallystick.core.dispute import DisputedAlready, DisputeStep, DisputeStepOutOfOrder, read_ending
from tallystick.core.entry import Entry, Kind, Line
from tallystick.core.liability import Share
from tallystick.core.moment import read_moment
from tallystick.core.overage import OverageStep, OverageStepOutOfOrder
from tallystick.desk.handovers.receiving import (
    WRITTEN_OFF,
    BackLine,
    CountedLine,
    answers_told,
    back_lines,
    lines_of,
    shares_of,
    told,
)
from tallystick.desk.parties import parties_of_tally
from tallystick.desk.wishes import Again, Deed, Done, WishKind
from tallystick.handovers.disputes import close_dispute, dispute_named, open_dispute
from tallystick.handovers.overages import clear_overage, count_overage, overage_named
from tallystick.handovers.standing import tally_standing
from tallystick.ledger.queries.tallies import TallyStory


@dataclass(frozen=True, slots=True)
class DisputeWish:
    """A claim that freezes a tally."""

    tally: str
    claimed_by: str
    claimed_on: date
    unit: str
    amount: Parts
    reason: str


@dataclass(frozen=True, slots=True)
class SettledLine:
    """What becomes of an amount that is on the road when a dispute ends; a cause, and who answers, where it is written off."""

    unit: str
    earmark: str
    amount: Parts
    cause: str = ""
    answers: str = ""


@dataclass(frozen=True, slots=True)
class ClosingWish:
    """How a dispute ends: paid, its lines are received; recovered, they go back; written off, they are lost."""

    dispute: str
    step: str
    happened_at: str
    lines: tuple[SettledLine, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class OverageWish:
    """What was counted above the waybill."""

    tally: str
    unit: str
    earmark: str
    amount: Parts
    counted_by: str
    counted_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClearingWish:
    """How an overage ends; a correction is a handover from the giver's hand under a reference of its own."""

    overage: str
    step: str
    happened_at: str
    reference: str = ""
    authorisation: str = ""
    note: str = ""


def dispute(wish: DisputeWish, deed: Deed) -> Done:
    """Raises TallyUnknown, TallyTakenBack, PartyUnknown, DisputedAlready, NotOnTally, ClaimTooLarge."""
    open_dispute(
        wish.tally, claimed_by=wish.claimed_by, claimed_on=wish.claimed_on, unit=wish.unit, amount=wish.amount,
        reason=wish.reason, office=deed.office, recorded_at=deed.recorded_at,
    )  # fmt: skip
    return Done(wish.tally)


def close(wish: ClosingWish, deed: Deed) -> Done:
    """Raises what close_dispute raises."""
    tally, at = dispute_named(wish.dispute).dispute.tally, read_moment(wish.happened_at)
    lines, shares = _settling(wish, tally_standing(tally))
    posted = close_dispute(
        wish.dispute, read_ending(wish.step, of=DisputeStep, what="a dispute"), closed_on=at.date(), entry=Entry(tally, at, tuple(lines)) if lines else None,
        shares=shares, note=wish.note, office=deed.office, recorded_at=deed.recorded_at,
    )  # fmt: skip
    return Done(tally, posted)


def _settling(wish: ClosingWish, story: TallyStory) -> tuple[list[Line], list[Share]]:
    """The lines of the entry that settles it, all of the one kind that the ending has, and who answers for what is lost."""
    if wish.step == DisputeStep.RECOVER:
        return back_lines(story, [BackLine(one.unit, one.earmark, one.amount) for one in wish.lines], note=wish.note), []
    counted = settled(wish)
    return lines_of(story, counted, note=wish.note), shares_of(counted)


def settled(wish: ClosingWish) -> list[CountedLine]:
    """Its lines as they are counted: as lost where they are written off, as received elsewhere."""
    if wish.step == DisputeStep.WRITE_OFF:
        return [CountedLine(one.unit, one.earmark, lost=one.amount, cause=one.cause, answers=one.answers) for one in wish.lines]
    return [CountedLine(one.unit, one.earmark, received=one.amount) for one in wish.lines]


def count(wish: OverageWish, deed: Deed) -> Done:
    """Raises TallyUnknown, TallyTakenBack, PartyUnknown, NotOnTally, AmountNotPositive."""
    count_overage(
        wish.tally, unit=wish.unit, earmark=wish.earmark, amount=wish.amount, counted_by=wish.counted_by,
        counted_on=wish.counted_on, note=wish.note, office=deed.office, recorded_at=deed.recorded_at,
    )  # fmt: skip
    return Done(wish.tally)


def clear(wish: ClearingWish, deed: Deed) -> Done:
    """Raises what clear_overage raises."""
    found, at = overage_named(wish.overage).overage, read_moment(wish.happened_at)
    entry = None
    if wish.step == OverageStep.CORRECT:
        story = tally_standing(found.tally)
        grant = next((one.grant for one in story.lines if (one.unit, one.earmark) == (found.unit, found.earmark)), "")
        note = f"{found.overage}: {wish.note}" if wish.note else found.overage
        line = Line(
            Kind.HANDOVER.value, story.giver, story.carrier, found.unit, found.amount, found.earmark, grant, wish.authorisation,
            note,
        )  # fmt: skip
        entry = Entry(wish.reference, at, (line,))
    posted = clear_overage(
        wish.overage, read_ending(wish.step, of=OverageStep, what="an overage"), cleared_on=at.date(), entry=entry, note=wish.note,
        office=deed.office, recorded_at=deed.recorded_at,
    )  # fmt: skip
    return Done(found.tally, posted)


def parties_of_closing(wish: ClosingWish) -> Collection[str]:
    found = dispute_named(wish.dispute).dispute
    return parties_of_tally(found.tally) | {found.claimed_by} | {one.answers for one in wish.lines if one.answers}


def facts_of_dispute(wish: DisputeWish) -> list[tuple[str, str]]:
    return [
        ("tally", wish.tally),
        ("claimed by", wish.claimed_by),
        ("claimed", told(wish.unit, wish.amount)),
        ("why", wish.reason),
    ]


def facts_of_closing(wish: ClosingWish) -> list[tuple[str, str]]:
    return [("dispute", wish.dispute), ("closed by", wish.step), *answers_told(settled(wish)), ("note", wish.note)]


def facts_of_overage(wish: OverageWish) -> list[tuple[str, str]]:
    return [
        ("tally", wish.tally), ("counted above the waybill", told(wish.unit, wish.amount)), ("earmark", wish.earmark),
        ("counted by", wish.counted_by), ("note", wish.note),
    ]  # fmt: skip


DISPUTE = WishKind(
    "dispute", DisputeWish, dispute, subject=lambda wish: str(wish.tally), facts=facts_of_dispute,
    parties=lambda wish: parties_of_tally(wish.tally) | {wish.claimed_by}, again=Again.WHILE_LAST, refused_as=(DisputedAlready,),
)  # fmt: skip
CLOSING = WishKind(
    "dispute_closing", ClosingWish, close, subject=lambda wish: dispute_named(wish.dispute).dispute.tally,
    parties=parties_of_closing, facts=facts_of_closing,
    second=lambda wish: WRITTEN_OFF if wish.step == DisputeStep.WRITE_OFF else "", refused_as=(DisputeStepOutOfOrder,),
)  # fmt: skip
OVERAGE = WishKind(
    "overage", OverageWish, count, subject=lambda wish: str(wish.tally), facts=facts_of_overage,
    parties=lambda wish: parties_of_tally(wish.tally) | {wish.counted_by}, again=Again.AT_ONCE,
)  # fmt: skip
CLEARING = WishKind(
    "overage_clearing", ClearingWish, clear, subject=lambda wish: overage_named(wish.overage).overage.tally,
    parties=lambda wish: parties_of_tally(overage_named(wish.overage).overage.tally),
    facts=lambda wish: [("overage", str(wish.overage)), ("cleared by", str(wish.step)), ("note", str(wish.note))],
    second=lambda wish: "what a giver wrote is corrected" if wish.step == OverageStep.CORRECT else "",
    refused_as=(OverageStepOutOfOrder,),
)  # fmt: skip
