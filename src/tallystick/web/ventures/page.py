"""The pages of ventures: all of them, one of them, how long they last, and the three things that are said of one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tallystick.core.venture import Fate, Venture, VentureEnd, fate_of
from tallystick.core.visit import Visit
from tallystick.desk.wishes import Done
from tallystick.grants.queries import grants
from tallystick.ledger.queries.records import units
from tallystick.reports.ventures import YEARS, survival
from tallystick.ventures.queries import ends_by_grant, ventures, ventures_after, visits_by_grant
from tallystick.web.asker import may_ask
from tallystick.web.figures import amount, day
from tallystick.web.page import desk, page
from tallystick.web.paging import leaf, turn_of
from tallystick.web.ventures.chart import chart_of, percent
from tallystick.web.ventures.forms import ENDING_WORDS, EndForm, VentureForm, VisitForm
from tallystick.web.wishing import Wishing, wishing


def to_venture(done: Done) -> tuple[str, dict[str, Any]]:
    """Where the venture is shown that something was said of."""
    return "venture", {"name": done.subject}


VISIT = Wishing(
    "visit", VisitForm, title=_("Report a visit"), goes_to=to_venture,
    lead=_("What was seen when somebody came back to look. What nobody said stays empty."),
)  # fmt: skip
KIND = Wishing(
    "venture", VentureForm, title=_("What a venture is"), goes_to=to_venture,
    lead=_("Its kind and its province. Said again, what was said last holds."),
)  # fmt: skip
END = Wishing(
    "venture_end", EndForm, title=_("How a venture ended"), goes_to=to_venture,
    lead=_("That it trades no longer, and why, as far as anybody knows. If a later visit sees it trade, it trades."),
)  # fmt: skip


@desk
def visit(request: HttpRequest) -> HttpResponse:
    """A visit reported."""
    return wishing(request, VISIT)


@desk
def venture_kind(request: HttpRequest) -> HttpResponse:
    """What a venture is and where."""
    return wishing(request, KIND)


@desk
def venture_end(request: HttpRequest) -> HttpResponse:
    """How a venture ended."""
    return wishing(request, END)


@page
def venture_list(request: HttpRequest) -> HttpResponse:
    """The ventures by the code of their grant, a page at a time; of one kind or in one province."""
    asked, turn = {name: request.GET.get(name, "").strip() for name in ("kind", "place")}, turn_of(request)
    found = ventures_after(turn.at, most=turn.wanted, is_back=turn.is_back, **asked)
    listed = leaf(request, found, turn=turn, place=lambda one: one.grant)
    codes = [one.grant for one in listed.rows]
    seen, ended, promised, known = visits_by_grant(codes), ends_by_grant(codes), grants(codes=codes), units()
    rows = [
        {"venture": one, "recipient": promised[one.grant].recipient, "visits": len(seen.get(one.grant, ())),
         **_standing(seen.get(one.grant, []), ended.get(one.grant, [])), "takings": _takings(seen.get(one.grant, []), known)}
        for one in listed.rows
    ]  # fmt: skip
    context = {"rows": rows, "leaf": listed, **asked, "is_filtered": any(asked.values()), "may_say": may_ask(request, "visit")}
    return render(request, "web/ventures/ventures.html", context)


@page
def venture(request: HttpRequest, name: str) -> HttpResponse:
    """One venture: what it is, every visit, and what was said of its end."""
    promised = grants(codes=[name]).get(name)
    if promised is None:
        raise Http404
    seen, ended, known = visits_by_grant([name])[name], ends_by_grant([name])[name], units()
    latest = sorted(seen, key=lambda one: one.visited_on, reverse=True)
    what: Venture = ventures(grants=[name])[name]
    context = {
        "grant": promised, "promised": amount(promised.amount, known[promised.unit].places), "what": what,
        **_standing(seen, ended), "visits": [_visit(one, known) for one in latest],
        "ends": [{"day": day(one.ended_on), "how": ENDING_WORDS[one.how], "note": one.note} for one in ended],
        "may_say": may_ask(request, "visit"), "helped": next((one.helped_others for one in latest if one.helped_others is not None), None),
    }  # fmt: skip
    return render(request, "web/ventures/venture.html", context)


@page
def venture_survival(request: HttpRequest) -> HttpResponse:
    """How long ventures last, and what each kind takes in a month."""
    found, known = survival(), units()
    steps = [
        {"months": one.months, "at_risk": one.at_risk, "ended": one.ended, "last_seen": one.last_seen, "share": percent(one.share),
         "is_few": one.is_few}
        for one in found.steps
    ]  # fmt: skip
    takings = [
        {"kind": one.kind, "unit": one.unit, "count": one.count,
         "amount": "" if one.amount is None else amount(one.amount, known[one.unit].places)}
        for one in found.takings
    ]  # fmt: skip
    kinds = [
        {"kind": one.kind, "seen": one.seen, "ended": one.ended, "shares": ["" if s is None else percent(s) for s in one.shares]}
        for one in found.kinds
    ]
    context = {"found": found, "steps": steps, "takings": takings, "kinds": kinds, "years": YEARS, "chart": chart_of(found.steps)}
    return render(request, "web/ventures/survival.html", context)


def _standing(seen: list[Visit], ended: list[VentureEnd]) -> dict[str, Any]:
    """How it stands with a venture, in a word for a template to say, and since when."""
    fate: Fate = fate_of(seen, ended)
    state = "unseen" if fate.until is None else "ended" if fate.ended else "trading"
    return {"state": state, "until": day(fate.until) if fate.until else ""}


def _takings(seen: list[Visit], known: dict[str, Any]) -> tuple[str, str]:
    """(unit, amount) of what it took in a month when that was told last."""
    told = [one for one in seen if one.takings_month is not None]
    if not told:
        return "", ""
    latest = max(told, key=lambda one: one.visited_on)
    return latest.unit, _amount(latest.takings_month, latest.unit, known=known)


def _visit(one: Visit, known: dict[str, Any]) -> dict[str, Any]:
    return {
        "day": day(one.visited_on), "trading": one.trading, "unit": one.unit, "jobs": one.jobs, "shock": one.shock,
        "helped": one.helped_others, "takings": _amount(one.takings_month, one.unit, known=known),
        "informal": _amount(one.informal_payments_month, one.unit, known=known),
    }  # fmt: skip


def _amount(parts: int | None, unit: str, *, known: dict[str, Any]) -> str:
    return "" if parts is None else amount(parts, known[unit].places)
