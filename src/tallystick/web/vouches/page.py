"""The pages of vouches: the latest, those of a recipient, those by a referee, and one that is written down."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tallystick.core.vouch import AGAINST, Vouch, gravest_first
from tallystick.desk.wishes import Done
from tallystick.people.queries import parties
from tallystick.vetting.actions import RECIPIENT
from tallystick.vetting.queries import vouches_before, vouches_by, vouches_of
from tallystick.web.asker import may_ask
from tallystick.web.figures import day
from tallystick.web.page import desk, page
from tallystick.web.vouches.forms import WORDS, VouchForm
from tallystick.web.wishing import Wishing, wishing

PAGE_ROWS = 100
MOST = 500  # of one recipient or one referee: more than anybody has


def to_recipient(done: Done) -> tuple[str, dict[str, Any]]:
    """Where the vouches of the recipient stand that somebody spoke for or against."""
    return "vouches-of", {"name": done.subject}


VOUCH = Wishing(
    "vouch", VouchForm, title=_("A referee's word"), goes_to=to_recipient,
    lead=_("What somebody who knows a recipient says of them, for or against. It is written down as it was said, and nothing is added up."),
)  # fmt: skip


@desk
def vouch(request: HttpRequest) -> HttpResponse:
    """A vouch written down."""
    return wishing(request, VOUCH)


@page
def vouch_list(request: HttpRequest) -> HttpResponse:
    """The latest vouches, those against first on each page."""
    before = request.GET.get("before", "")
    found = vouches_before(int(before) if before.isdecimal() and len(before) < 16 else None, most=PAGE_ROWS + 1)
    shown = found[:PAGE_ROWS]
    more = shown[-1][0] if len(found) > PAGE_ROWS else None
    context = {"rows": _rows(one for _, one in shown), "next": more, "by_recipient": True, "by_referee": True}
    return render(request, "web/vouches/vouches.html", context | {"is_first": not before, "may_say": may_ask(request, "vouch")})


@page
def of_recipient(request: HttpRequest, name: str) -> HttpResponse:
    """What is said of one recipient."""
    known = parties(codes=[name]).get(name)
    if known is None or known.kind != RECIPIENT:
        raise Http404
    found = vouches_of(name, most=MOST + 1)
    context = {"recipient": name, "by_referee": True, "may_promise": may_ask(request, "promise")}
    return _of_one(request, found, context=context)


@page
def by_referee(request: HttpRequest, name: str) -> HttpResponse:
    """What one referee said, of whomever."""
    found = vouches_by(name, most=MOST + 1)
    if not found:
        raise Http404
    context = {"referee": name, "by_recipient": True}
    return _of_one(request, found, context=context)


def _of_one(request: HttpRequest, found: list[Vouch], *, context: dict[str, Any]) -> HttpResponse:
    context |= {"against": sum(one.word == AGAINST for one in found), "may_say": may_ask(request, "vouch")}
    return render(request, "web/vouches/of_one.html", context | {"rows": _rows(found[:MOST]), "are_more": len(found) > MOST})


def _rows(found: Iterable[Vouch]) -> list[dict[str, Any]]:
    return [
        {"vouch": one, "word": WORDS[one.word], "is_against": one.word == AGAINST, "day": day(one.said_on)}
        for one in gravest_first(found)
    ]
