"""The page of tallies: on the road, in dispute, done; of one code or of all; each with its age."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tallystick.core.unit import Unit
from tallystick.handovers.queries import disputes, overages
from tallystick.ledger.queries.records import units
from tallystick.ledger.queries.tallies import TallyRow, done_tally_rows, open_tally_rows, tally_rows_of
from tallystick.web.asker import may_ask
from tallystick.web.figures import age, amount, day
from tallystick.web.page import page
from tallystick.web.paging import Turn, is_number, leaf, turn_of
from tallystick.web.tallies.words import STATES

OVERAGES_MOST = 200  # at the head of the list; few are ever open at once
OLD = timedelta(days=14)  # a tally that is longer on the road than any way takes


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of one earmark of a tally, as the list shows it."""

    reference: str
    giver: str
    carrier: str
    unit: str
    earmark: str
    grant: str
    sent: str
    left: str  # empty where nothing is on the road
    dispatched: str
    age: str
    is_old: bool
    dispute: str
    claimed: str  # how long ago


@page
def tallies(request: HttpRequest) -> HttpResponse:
    """Tallies in one of three states."""
    now = timezone.now()
    state = request.GET.get("state", "open")
    state = state if state in STATES else "open"
    code = request.GET.get("code", "").strip()
    claims = {one.dispute.tally: one.dispute.claimed_on for one in disputes(is_open=True)}
    turn = turn_of(request, fits=is_number)
    listed = leaf(request, _rows(state, code, claims=claims, turn=turn), turn=turn, place=lambda one: str(one.place))
    known = units()
    rows = [_row(one, known[one.unit], claimed_on=claims.get(one.reference), now=now) for one in listed.rows]
    return render(
        request,
        "web/tallies/tallies.html",
        {
            "state": state, "states": STATES.items(), "code": code, "rows": rows, "leaf": listed, "may_post": may_ask(request, "dispatch"),
            "disputed_count": len(claims), "overages": [one.overage for one in overages(is_open=True, most=OVERAGES_MOST)],
        },
    )  # fmt: skip


@page
def on_the_road(request: HttpRequest) -> HttpResponse:
    """Where what is on the road was listed before; addresses that were kept lead on."""
    return redirect("tallies", permanent=True)


def _rows(state: str, code: str, *, claims: dict[str, date], turn: Turn) -> list[TallyRow]:
    at = int(turn.at or 0)
    if state == "done":
        return done_tally_rows(naming=code, most=turn.wanted, at=at, is_back=turn.is_back)
    if state == "disputed":
        return tally_rows_of(claims, naming=code, most=turn.wanted, at=at, is_back=turn.is_back) if claims else []
    return open_tally_rows(naming=code, most=turn.wanted, at=at, is_back=turn.is_back)


def _row(one: TallyRow, unit: Unit, *, claimed_on: date | None, now: datetime) -> Row:
    return Row(
        one.reference, one.giver, one.carrier, one.unit, one.earmark, one.grant,
        sent=amount(one.sent, unit.places), left=amount(one.left, unit.places) if one.left else "",
        dispatched=day(one.dispatched_at), age=age(one.dispatched_at, now),
        is_old=bool(one.left) and now - one.dispatched_at > OLD,
        dispute=day(claimed_on) if claimed_on else "", claimed=since(claimed_on, now=now) if claimed_on else "",
    )  # fmt: skip


def since(one: date, *, now: datetime) -> str:
    """How long ago a day was."""
    return age(datetime(one.year, one.month, one.day, tzinfo=now.tzinfo), now)
