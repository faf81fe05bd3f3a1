"""The page of one tally: its story move by move, what is on the road, what is claimed and who answers, papers and next steps."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from tallystick.core.custody.book import TRANSIT
from tallystick.core.dispute import DisputeState
from tallystick.core.dispute import state_of as dispute_state
from tallystick.core.entry import Kind, PostedEntry
from tallystick.core.overage import OverageState
from tallystick.core.overage import state_of as overage_state
from tallystick.core.unit import Unit, UnitKind
from tallystick.handovers.losses import unanswered
from tallystick.handovers.queries import Answered, Counted, Disputed, disputes, liabilities, overages, packed_lines
from tallystick.ledger.queries.records import units
from tallystick.ledger.queries.tallies import TallyLine, tally_story
from tallystick.staff.queries import sign_offs
from tallystick.web.asker import may_ask
from tallystick.web.entries.page import signed
from tallystick.web.figures import age, amount, day, time_there
from tallystick.web.hands.words import cause_name, holder_name, move_kind
from tallystick.web.page import page
from tallystick.web.tallies.lists import since
from tallystick.web.tallies.words import DISPUTE_STATES, OVERAGE_STATES
from tallystick.web.wishing import MoveShown


@dataclass(frozen=True, slots=True)
class LineShown:
    unit: str
    earmark: str
    cites: str
    sent: str
    left: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class DisputeShown:
    code: str
    claimed_by: str
    claimed: str
    unit: str
    amount: str
    reason: str
    state: str
    is_open: bool
    age: str
    closed: str
    note: str


@dataclass(frozen=True, slots=True)
class OverageShown:
    code: str
    unit: str
    amount: str
    counted_by: str
    counted: str
    note: str
    state: str
    is_open: bool
    age: str
    entry: str


@dataclass(frozen=True, slots=True)
class LiabilityShown:
    """Who answers for what, as pages show it; `party` is empty where the programme bears it."""

    code: str
    loss: str
    cause: str
    party: str
    unit: str
    amount: str
    recovered: str
    left: str
    is_open: bool


@page
def tally(request: HttpRequest, name: str) -> HttpResponse:
    """One tally."""
    story = tally_story(name)
    if story is None:
        raise Http404
    now, known = timezone.now(), units()
    claims, counted = disputes(tally=name), overages(tally=name)
    answered = liabilities(losses=[name])
    dispatched = [move for move in story.dispatch.moves if move.kind == Kind.DISPATCH]
    context: dict[str, Any] = {
        "story": story, "dispatched": day(story.dispatched_at), "age": age(story.dispatched_at, now),
        "lines": [_line(one, known[one.unit]) for one in story.lines],
        "entries": [(day(one.happened_at), time_there(one.happened_at), moves_of(one, known)) for one in story.entries],
        "disputes": [_dispute(one, known, now=now) for one in claims],
        "open_dispute": next((one.dispute.dispute for one in claims if one.closing is None), ""),
        "overages": [_overage(one, known, now=now) for one in counted],
        "liabilities": [liability_shown(one, known) for one in answered],
        "unanswered": any(unanswered(one, answered) for one in story.entries),
        "has_goods": any(known[move.unit].kind == UnitKind.GOODS for move in dispatched),
        "has_money": any(known[move.unit].kind == UnitKind.MONEY for move in dispatched),
        "is_packed": bool(packed_lines(name)),
        "may_move": story.is_on_the_road and not any(one.closing is None for one in claims),
        "may_post": may_ask(request, "receipt"), "may_dispute": may_ask(request, "dispute"),
        "may_settle": may_ask(request, "dispute_closing"),
        "may_settle_overage": may_ask(request, "overage_clearing"), "may_answer": may_ask(request, "answer"),
        "may_recover": may_ask(request, "recovery"),
        "sign_offs": [signed(one) for one in sign_offs(name)],
    }  # fmt: skip
    return render(request, "web/tallies/tally.html", context)


def moves_of(posted: PostedEntry, known: dict[str, Unit]) -> list[tuple[MoveShown, str]]:
    """(move, its note): what is on the road, and for a dispatch who carries it there."""
    return [
        (
            MoveShown(
                _hand(one.giver), one.named if one.kind == Kind.DISPATCH else _hand(one.taker), kind=move_kind(one.kind), unit=one.unit,
                amount=amount(one.amount, known[one.unit].places), earmark=one.earmark,
            ),
            one.note,
        )
        for one in posted.moves
    ]  # fmt: skip


def _hand(holder: str) -> str:
    """A holder as the story names it: of a tally's own account there is only one here."""
    return _("the road") if holder.startswith(TRANSIT) else holder_name(holder)


def liability_shown(one: Answered, known: dict[str, Unit]) -> LiabilityShown:
    places = known[one.liability.unit].places
    return LiabilityShown(
        one.liability.liability, one.liability.loss, cause_name(one.liability.cause), one.liability.party, one.liability.unit,
        amount=amount(one.liability.amount, places), recovered=amount(one.recovered, places) if one.recovered else "",
        left=amount(one.left, places), is_open=bool(one.left),
    )  # fmt: skip


def _line(one: TallyLine, unit: Unit) -> LineShown:
    cites = ", ".join(filter(None, (one.grant, one.authorisation)))
    return LineShown(
        one.unit, one.earmark, cites, amount(one.sent, unit.places), amount(one.left, unit.places), is_open=bool(one.left)
    )


def _dispute(one: Disputed, known: dict[str, Unit], *, now: datetime) -> DisputeShown:
    said, closing = one
    state = dispute_state(closing)
    return DisputeShown(
        said.dispute, said.claimed_by, day(said.claimed_on), said.unit, amount(said.amount, known[said.unit].places), said.reason,
        state=str(DISPUTE_STATES[state.value]), is_open=state is DisputeState.OPEN, age=since(said.claimed_on, now=now),
        closed=day(closing.closed_on) if closing else "", note=closing.note if closing else "",
    )  # fmt: skip


def _overage(one: Counted, known: dict[str, Unit], *, now: datetime) -> OverageShown:
    said, clearing = one
    state = overage_state(clearing)
    return OverageShown(
        said.overage, said.unit, amount(said.amount, known[said.unit].places), said.counted_by, day(said.counted_on), said.note,
        state=str(OVERAGE_STATES[state.value]), is_open=state is OverageState.OPEN, age=since(said.counted_on, now=now),
        entry=clearing.entry if clearing else "",
    )  # fmt: skip
