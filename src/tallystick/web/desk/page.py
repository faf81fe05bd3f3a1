"""The pages “Waiting for you” and of one draft."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tallystick.core.draft import DraftState
from tallystick.core.errand import ErrandKind
from tallystick.core.refusal import Refusal
from tallystick.core.sign_off import Signer
from tallystick.core.wish import WISHES
from tallystick.desk.actions import Look, agree, decline, look, withdraw
from tallystick.desk.models import Draft
from tallystick.desk.queries import draft_numbered, drafts_for, drafts_of, may_see, wish_in
from tallystick.desk.wishes import Asker
from tallystick.errands.kept import wish_of
from tallystick.errands.models import Errand
from tallystick.errands.queries import asked_by, asked_for
from tallystick.ledger.post import plain
from tallystick.ledger.queries.records import units
from tallystick.web.asker import asker_of
from tallystick.web.desk.words import NEEDS, STATES, WISH_WORDS
from tallystick.web.errands.words import KINDS, need_words
from tallystick.web.figures import age, day
from tallystick.web.page import desk, page, posted_text
from tallystick.web.wishing import facts_shown, held_shown, moves_shown

ORDERS = ("pay_order_issue", "pay_order_payment", "pay_order_void")
AGREE, DECLINE, WITHDRAW = "agree", "decline", "withdraw"


@dataclass(frozen=True, slots=True)
class Row:
    """A draft as lists show it."""

    address: str
    number: int
    wish: str
    subject: str
    asked_by: str
    asked: str
    age: str
    state: str
    need: str
    reason: str


@page
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for whoever looks, and what they asked for themselves."""
    by = asker_of(request)
    own = [*map(brought_row, asked_by(by.name)), *map(row_of, drafts_of(by.name))]
    return render(request, "web/desk/inbox.html", {"waiting": waiting_rows(by), "own": own})


STANDS_ON = {"payout_limit": "payout-limits", "exposure_limit": "upstreams"}
"""On which page that stands which is not found by its subject."""


@desk
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """One draft: what would be posted, who asked and why; what is sent agrees, declines or takes it back."""
    by, one = asker_of(request), draft_numbered(number)
    if one is None or not may_see(one, name=by.name, roles=by.roles):
        raise Http404
    if request.method == "POST":
        return _decided(request, one, by=by)
    waits = one.state == DraftState.WAITING
    is_own = one.asked_by == by.name
    may_be_one = by.signer.may_be & Signer(one.asked_by, one.drawn_by).may_be
    may_agree = waits and not may_be_one and bool(WISHES[one.wish].agree & by.roles)
    context: dict[str, Any] = {"one": row_of(one), "answer": one.answer, "decided_by": one.decided_by, "waits": waits}
    if one.state == DraftState.AGREED:
        found = f"{reverse('find')}?{urlencode({'q': one.subject})}"
        context["became"] = reverse(STANDS_ON[one.wish]) if one.wish in STANDS_ON else found
    context |= {
        "is_own": is_own,
        "may_agree": may_agree,
        "may_be_one": bool(may_be_one),
        "facts": facts_shown(one.wish, wish_in(one)),
    }
    if waits:
        context |= _looked_at(one)
    return render(request, "web/desk/draft.html", context)


def _looked_at(one: Draft) -> dict[str, Any]:
    """What would come of it now; asked as whoever asked first, so that it is told to whoever may see it."""
    asked = Asker(one.asked_by, WISHES[one.wish].ask)
    try:
        found: Look = look(one.wish, wish_in(one), by=asked, at=timezone.now())
    except Refusal as refusal:
        return {"refusal": plain(refusal)}
    known = units()
    return {"moves": moves_shown(found, known), "then": held_shown(found, known)}


def _decided(request: HttpRequest, one: Draft, *, by: Asker) -> HttpResponse:
    now, wish = timezone.now(), request.POST.get("wish")
    if wish == AGREE:
        agree(one.pk, by=by, agreed_at=now)
        messages.success(request, _("This stands in the books now."))
    elif wish == DECLINE:
        decline(one.pk, by=by, declined_at=now, answer=posted_text(request, "answer"))
    elif wish == WITHDRAW:
        withdraw(one.pk, by=by, withdrawn_at=now)
    return redirect("draft", number=one.pk)


def _known_as(one: Draft) -> str:
    """What people call the subject: a pay order's code is the office and its number there, and here it goes by the number."""
    return one.subject.rpartition("-")[2] if one.wish in ORDERS else one.subject


def row_of(one: Draft) -> Row:
    """A draft as a row of a list."""
    now = timezone.now()
    return Row(
        address=reverse("draft", args=[one.pk]), number=one.pk, wish=str(WISH_WORDS[one.wish]), subject=_known_as(one),
        asked_by=one.asked_by, asked=day(one.asked_at),
        age=age(one.asked_at, now), state=str(STATES[one.state]), need=str(NEEDS.get(one.need, one.need)), reason=one.reason,
    )  # fmt: skip


def brought_row(one: Errand) -> Row:
    """A file that waits for a second person to be taken in, as a row of the same list."""
    now, wish = timezone.now(), wish_of(one)
    return Row(
        address=reverse("errand", args=[one.code]), number=one.pk, wish=str(KINDS[ErrandKind.TAKE]), subject=wish["name"],
        asked_by=one.asked_by, asked=day(one.asked_at), age=age(one.asked_at, now), state=str(STATES[DraftState.WAITING]),
        need=need_words(one.need), reason=wish["reason"],
    )  # fmt: skip


def waiting_rows(by: Asker) -> list[Row]:
    """Everything to which this member may say yes or no: files first, for they hold the most."""
    return [*map(brought_row, asked_for(by.name, roles=by.roles)), *map(row_of, drafts_for(by.name, roles=by.roles))]
