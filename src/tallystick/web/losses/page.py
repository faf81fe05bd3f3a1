"""The page of losses and of who answers for them, and the pages that post one, say who answers, and bring something back."""

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tallystick.core.entry import LOSS_CAUSES
from tallystick.core.liability import utc_of
from tallystick.core.unit import Unit
from tallystick.handovers.losses import unanswered
from tallystick.handovers.queries import Answered, liabilities
from tallystick.ledger.queries.records import units
from tallystick.ledger.queries.state import entries_of
from tallystick.ledger.queries.tallies import LossRow, losses, taken_back
from tallystick.web.asker import may_ask
from tallystick.web.entries.page import to_entry
from tallystick.web.figures import age, amount, day
from tallystick.web.hands.words import cause_name, causes
from tallystick.web.losses.forms import AnswerForm, LossForm, RecoveryForm
from tallystick.web.page import desk, page
from tallystick.web.paging import BETWEEN, is_number, leaf, place, turn_of
from tallystick.web.tallies.story import liability_shown
from tallystick.web.wishing import Wishing, wishing

LOSS = Wishing(
    "loss", LossForm, title=_("A loss in a hand"), goes_to=to_entry,
    lead=_("Value is gone from a hand. A second person has to agree to write it off. What was lost on the road is said on its tally."),
)  # fmt: skip
ANSWER_LEAD = _(
    "A loss that stands in the books, and who makes it good. A second person has to agree, for nobody charges another alone."
)
RECOVERY_LEAD = _("What came back lowers what is still answered for.")


@dataclass(frozen=True, slots=True)
class Row:
    """A loss as the list shows it, with those who answer for it."""

    reference: str
    is_on_the_road: bool
    giver: str
    cause: str
    unit: str
    amount: str
    earmark: str
    lost: str
    age: str
    note: str
    answers: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Owes:
    """What one party answers for in one unit, of all losses that stand."""

    party: str
    unit: str
    amount: str
    recovered: str
    left: str


@page
def losses_and_answers(request: HttpRequest) -> HttpResponse:
    """What each custodian answers for, and the losses that stand."""
    now, known = timezone.now(), units()
    cause, party = request.GET.get("cause", ""), request.GET.get("party", "").strip()
    cause = cause if cause in LOSS_CAUSES else ""
    answered = _standing(liabilities(party=party) if party else liabilities())
    by_loss: dict[tuple[str, ...], list[Answered]] = defaultdict(list)
    for one in answered:
        by_loss[one.liability.loss, one.liability.lost_at, *one.liability.key].append(one)
    turn = turn_of(request, fits=_fits)
    of_party = {one.liability.loss for one in answered} if party else None
    found = (
        losses(
            cause=cause,
            references=of_party,
            most=turn.wanted,
            is_back=turn.is_back,
            at=(int(turn.parts[0]), int(turn.parts[1])) if turn.at else None,
        )
        if of_party is None or of_party
        else []
    )
    listed = leaf(request, found, turn=turn, place=lambda one: place(*one.place))
    rows = [(one, by_loss[one.reference, utc_of(one.lost_at), one.unit, one.earmark, one.cause]) for one in listed.rows]
    context = {
        "owed": owed_by(answered, known), "cause": cause, "causes": causes(), "party": party,
        "rows": [_row(one, mine, known=known, now=now) for one, mine in rows if mine or not party],
        "leaf": listed, "may_post": may_ask(request, "loss"),
        "may_answer": may_ask(request, "answer"), "may_recover": may_ask(request, "recovery"),
    }  # fmt: skip
    return render(request, "web/losses/losses.html", context)


@desk
def loss(request: HttpRequest) -> HttpResponse:
    """A loss in a hand."""
    return wishing(request, LOSS)


@desk
def answer(request: HttpRequest, name: str) -> HttpResponse:
    """Who answers for a loss that stands."""
    answered = liabilities(losses=[name])
    standing = () if taken_back({name}) else tuple(entries_of(reference=name))
    shares = [(utc_of(one.happened_at), key, left) for one in standing for key, left in sorted(unanswered(one, answered).items())]
    if not shares:
        raise Http404
    form = partial(AnswerForm, loss=name, open_shares=shares)
    asks = Wishing("answer", form, title=_("Who answers for a loss"), goes_to=to_losses, lead=ANSWER_LEAD)
    return wishing(request, asks)


@desk
def recovery(request: HttpRequest, name: str) -> HttpResponse:
    """A recovery of what somebody answers for."""
    found = _standing(liabilities(code=name))
    if not found:
        raise Http404
    form = partial(RecoveryForm, owed=found[0])
    asks = Wishing("recovery", form, title=_("Something came back"), goes_to=to_entry, lead=RECOVERY_LEAD)
    return wishing(request, asks)


def to_losses(done: object) -> tuple[str, dict[str, Any]]:
    """Where the losses are listed."""
    del done
    return "losses", {}


def _fits(at: str) -> bool:
    act, _, line = at.partition(BETWEEN)
    return is_number(act) and is_number(line)


def owed_by(answered: list[Answered], known: dict[str, Unit]) -> list[Owes]:
    """What each party still answers for, unit by unit; what the programme bears is owed by nobody."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for one in answered:
        if one.liability.party:
            sums[one.liability.party, one.liability.unit][0] += one.liability.amount
            sums[one.liability.party, one.liability.unit][1] += one.recovered
    return [
        Owes(
            party, unit, amount=amount(charged, known[unit].places), recovered=amount(back, known[unit].places),
            left=amount(charged - back, known[unit].places),
        )
        for (party, unit), (charged, back) in sorted(sums.items())
    ]  # fmt: skip


def _standing(answered: list[Answered]) -> list[Answered]:
    """Those whose loss was not taken back."""
    gone = taken_back({one.liability.loss for one in answered})
    return [one for one in answered if one.liability.loss not in gone]


def _row(one: LossRow, mine: list[Answered], *, known: dict[str, Unit], now: Any) -> Row:
    giver = one.giver.partition(":")[2] if one.is_on_the_road else one.giver
    return Row(
        one.reference, one.is_on_the_road, giver, cause_name(one.cause), one.unit, amount(one.amount, known[one.unit].places), one.earmark,
        lost=day(one.lost_at), age=age(one.lost_at, now), note=one.note,
        answers=tuple(liability_shown(each, known) for each in mine),
    )  # fmt: skip
