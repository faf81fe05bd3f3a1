"""Wishes that end what is on the road: a receipt, whole or in part, with what was lost or counted above; and a return."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from tallystick.core.amount import Parts, show_apart
from tallystick.core.custody.book import TRANSIT
from tallystick.core.entry import Entry, Kind, Line
from tallystick.core.liability import LossKey, Share
from tallystick.core.moment import read_moment
from tallystick.desk.parties import parties_of_tally
from tallystick.desk.wishes import Deed, Done, WishKind
from tallystick.handovers.losses import post_with_shares
from tallystick.handovers.overages import count_overage
from tallystick.handovers.standing import tally_standing
from tallystick.ledger.queries.records import units
from tallystick.ledger.queries.tallies import TallyStory

WRITTEN_OFF = "value is written off"
NOBODY = "–"
NONE = Parts(0)


@dataclass(frozen=True, slots=True)
class CountedLine:
    """What was counted of one unit of one earmark: what came, what did not and why, and what was above the waybill.

    `answers` is who answers for what was lost; empty where the programme bears it.
    """

    unit: str
    earmark: str
    received: Parts = NONE
    lost: Parts = NONE
    cause: str = ""
    answers: str = ""
    above: Parts = NONE


@dataclass(frozen=True, slots=True)
class ReceiptWish:
    """The taker's half of a tally, or a part of it."""

    tally: str
    happened_at: str
    lines: tuple[CountedLine, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class BackLine:
    unit: str
    earmark: str
    amount: Parts


@dataclass(frozen=True, slots=True)
class ReturnWish:
    """What is on the road goes back to whoever gave it."""

    tally: str
    happened_at: str
    lines: tuple[BackLine, ...]
    note: str = ""


def receive(wish: ReceiptWish, deed: Deed) -> Done:
    """Receive it, write off what was lost, and write down what was counted above.

    Raises TallyUnknown, TallyTakenBack, EntriesRefused, PartyUnknown, NotOnTally.
    """
    story, at = tally_standing(wish.tally), read_moment(wish.happened_at)
    entry = Entry(wish.tally, at, tuple(lines_of(story, wish.lines, note=wish.note)))
    posted = None
    if entry.lines or not any(one.above for one in wish.lines):
        posted = post_with_shares(entry, shares_of(wish.lines), office=deed.office, recorded_at=deed.recorded_at)
    if posted is None or posted.entries:
        _count(wish, story, at=at, deed=deed)
    return Done(wish.tally, posted)


def lines_of(story: TallyStory, counted: Collection[CountedLine], *, note: str) -> list[Line]:
    """What these counts move: receipts and losses, each citing what the dispatch cites."""
    cited = {(one.unit, one.earmark): one for one in story.lines}
    lines: list[Line] = []
    for one in counted:
        sent = cited.get((one.unit, one.earmark))
        more = (sent.grant, sent.authorisation, note) if sent else ("", "", note)
        if one.received:
            lines.append(Line(Kind.RECEIPT.value, story.giver, story.carrier, one.unit, one.received, one.earmark, *more))
        if one.lost:
            ends = TRANSIT + story.reference, f"@loss:{one.cause}"
            lines.append(Line(Kind.LOSS.value, *ends, one.unit, one.lost, one.earmark, more[0], "", note))
    return lines


def shares_of(counted: Collection[CountedLine]) -> list[Share]:
    """Who answers for what was lost."""
    return [Share(LossKey(one.unit, one.earmark, one.cause), one.answers, one.lost) for one in counted if one.lost]


def give_back(wish: ReturnWish, deed: Deed) -> Done:
    """Return it. Raises TallyUnknown, TallyTakenBack, EntriesRefused."""
    story = tally_standing(wish.tally)
    entry = Entry(wish.tally, read_moment(wish.happened_at), tuple(back_lines(story, wish.lines, note=wish.note)))
    return Done(wish.tally, post_with_shares(entry, (), office=deed.office, recorded_at=deed.recorded_at))


def back_lines(story: TallyStory, back: Collection[BackLine], *, note: str) -> list[Line]:
    cited = {(one.unit, one.earmark): one.grant for one in story.lines}
    return [
        Line(
            Kind.RETURN.value, TRANSIT + story.reference, story.giver, one.unit, one.amount, one.earmark,
            cited.get((one.unit, one.earmark), ""), "", note,
        )
        for one in back
    ]  # fmt: skip


def parties_of_receipt(wish: ReceiptWish) -> Collection[str]:
    return parties_of_tally(wish.tally) | {one.answers for one in wish.lines if one.answers}


def second_of_receipt(wish: ReceiptWish) -> str:
    """What is written off is written off by two."""
    return WRITTEN_OFF if any(one.lost for one in wish.lines) else ""


def facts_of_receipt(wish: ReceiptWish) -> list[tuple[str, str]]:
    return answers_told(wish.lines) + [
        ("counted above the waybill", told(one.unit, one.above)) for one in wish.lines if one.above
    ]


def answers_told(counted: Collection[CountedLine]) -> list[tuple[str, str]]:
    return [fact for one in counted if one.lost for fact in lost_told(one.unit, one.lost, cause=one.cause, answers=one.answers)]


def lost_told(unit: str, amount: int, *, cause: str, answers: str) -> list[tuple[str, str]]:
    """What is lost, to which cause, and who answers for it; each by itself, so that each can be said in another language."""
    who = ("answers for it", answers) if answers else ("nobody answers for it", NOBODY)
    return [("what is lost", told(unit, amount)), ("cause", cause), who]


def told(unit: str, amount: int) -> str:
    """“LAMP 20”, for what no move shows."""
    known = units()
    return f"{unit} {show_apart(amount, known[unit].places if unit in known else 0)}"


def _count(wish: ReceiptWish, story: TallyStory, *, at: datetime, deed: Deed) -> None:
    for one in wish.lines:
        if one.above:
            count_overage(
                wish.tally, unit=one.unit, earmark=one.earmark, amount=one.above, counted_by=story.carrier,
                counted_on=at.date(), note=wish.note, office=deed.office, recorded_at=deed.recorded_at,
            )  # fmt: skip


RECEIPT = WishKind(
    "receipt", ReceiptWish, receive,
    subject=lambda wish: str(wish.tally), parties=parties_of_receipt, second=second_of_receipt, facts=facts_of_receipt,
)  # fmt: skip
RETURN = WishKind(
    "return", ReturnWish, give_back, subject=lambda wish: str(wish.tally), parties=lambda wish: parties_of_tally(wish.tally)
)
