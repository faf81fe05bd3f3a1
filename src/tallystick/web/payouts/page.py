"""The pages that pay out. The code is typed once; what goes on from there is a proof that it was right."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tallystick.core.refusal import Refusal
from tallystick.core.slip import Purpose
from tallystick.core.wish import WISHES, ReasonMissing
from tallystick.desk.actions import ask, look
from tallystick.desk.models import Draft
from tallystick.desk.payouts import PayoutByCodeWish
from tallystick.desk.wishes import Done
from tallystick.handovers.codes.actions import show
from tallystick.handovers.codes.payouts import CLAIM
from tallystick.handovers.codes.queries import payout_limits
from tallystick.ledger.post import plain
from tallystick.ledger.queries.records import units
from tallystick.vault.keys import unlocked
from tallystick.web.asker import asker_of, member_here
from tallystick.web.choices import choices
from tallystick.web.codes.page import good_slip
from tallystick.web.entries.page import to_entry
from tallystick.web.figures import amount, apart
from tallystick.web.page import desk, page
from tallystick.web.payouts.forms import CounterForm, LimitForm, ShownForm, WithoutCodeForm
from tallystick.web.wishing import SAY, STEP, Wishing, facts_shown, held_shown, initially, moves_shown, wishing

COUNTER = "web/payouts/counter.html"
LOOK = "web/payouts/look.html"
TITLE = gettext_lazy("Pay out by code")


def to_limits(done: Done) -> tuple[str, dict[str, Any]]:
    del done
    return "payout-limits", {}


WITHOUT_CODE = Wishing(
    "payout_without_code", WithoutCodeForm, title=gettext_lazy("Pay out without a code"), goes_to=to_entry,
    lead=gettext_lazy("Where nobody can show a code, two people pay out and say why."),
)  # fmt: skip
LIMIT = Wishing(
    "payout_limit", LimitForm, title=gettext_lazy("How much one person pays out"), goes_to=to_limits,
    lead=gettext_lazy("Above this a second person agrees to a payout. What one grant is paid within a week counts together."),
)  # fmt: skip


@desk
def payout_by_code(request: HttpRequest) -> HttpResponse:
    """The code typed, a look at what is paid, the word."""
    if request.method == "POST" and request.POST.get(STEP) == SAY:
        return _said(request)
    form = (
        CounterForm(request.POST, known=choices())
        if request.method == "POST"
        else CounterForm(known=choices(), initial=initially(request))
    )
    context: dict[str, Any] = {"form": form, "title": TITLE}
    if request.method != "POST" or not form.is_valid():
        return render(request, COUNTER, context)
    try:
        wish = _shown(request, form)
        return _looked(request, wish)
    except Refusal as refusal:
        return render(request, COUNTER, context | {"refusal": plain(refusal)}, status=409)


@desk
def payout_without_code(request: HttpRequest) -> HttpResponse:
    """A payout that two people answer for."""
    return wishing(request, WITHOUT_CODE)


@page
def payout_limits_set(request: HttpRequest) -> HttpResponse:
    """How much of each unit one person may pay out."""
    known = units()
    rows = [
        {"unit": unit, "name": known[unit].name, "amount": amount(limit.amount or 0, known[unit].places)}
        for unit, limit in payout_limits(unlocked().office).items()
    ]
    may_ask = bool(WISHES[LIMIT.wish].ask & member_here(request).roles)
    return render(
        request, "web/payouts/limits.html", {"rows": rows, "title": LIMIT.title, "lead": LIMIT.lead, "may_ask": may_ask}
    )


@desk
def payout_limit(request: HttpRequest) -> HttpResponse:
    """Another limit, for two people to agree on."""
    return wishing(request, LIMIT)


def _shown(request: HttpRequest, form: CounterForm) -> PayoutByCodeWish:
    """The wish to pay, with a proof in the place of the code. A wrong code is counted here, whatever comes after."""
    said, by = form.cleaned_data, asker_of(request)
    slip = good_slip(said["slip"], purpose=Purpose.CLAIM)
    proof = show(slip, said["code"], purposes=CLAIM, name=by.name, shown_at=timezone.now())
    return PayoutByCodeWish(slip, proof, said["giver"], form.happened_at())


def _looked(request: HttpRequest, wish: PayoutByCodeWish, *, refusal: Refusal | None = None) -> HttpResponse:
    looked, known = look("payout_by_code", wish, by=asker_of(request), at=timezone.now()), units()
    form = ShownForm(initial={"slip": wish.slip, "shown": wish.shown, "giver": wish.giver, "happened_at": wish.happened_at})
    context = {
        "form": form, "title": TITLE, "second": looked.second, "refusal": refusal, "back": f"{request.path}?{urlencode(_typed(wish))}",
        "moves": moves_shown(looked, known), "then": held_shown(looked, known), "facts": facts_shown("payout_by_code", wish),
    }  # fmt: skip
    return render(request, LOOK, context, status=409 if refusal else 200)


def _said(request: HttpRequest) -> HttpResponse:
    form = ShownForm(request.POST)
    if not form.is_valid():
        return redirect("payout-by-code")
    wish = form.wish()
    try:
        done = ask("payout_by_code", wish, by=asker_of(request), asked_at=timezone.now(), reason=form.cleaned_data["reason"])
    except ReasonMissing as refusal:
        return _looked(request, wish, refusal=refusal)
    except Refusal as refusal:
        again = CounterForm(known=choices(), initial=initially(request) | _typed(wish))
        return render(request, COUNTER, {"form": again, "title": TITLE, "refusal": plain(refusal)}, status=409)
    if isinstance(done, Draft):
        messages.info(request, _("This waits for a second person now."))
        return redirect("draft", number=done.pk)
    messages.success(request, _paid(done))
    return HttpResponseRedirect(f"{reverse('payout-by-code')}?{urlencode({'giver': wish.giver})}")


def _typed(wish: PayoutByCodeWish) -> dict[str, str]:
    """What was typed at the counter, for its form; all but the code, which nobody keeps."""
    day, _t, clock = wish.happened_at.partition("T")
    return {"slip": wish.slip, "giver": wish.giver, "happened_on": day, "happened_time": clock[:5], "clock": clock[8:]}


def _paid(done: Done) -> str:
    """What whoever stands at the counter is told."""
    assert done.posted is not None, "a payout is an entry"
    if not done.posted.entries:
        return _("This stood in the books already.")
    move, known = done.posted.entries[0].moves[0], units()
    sum_shown = f"{move.unit} {amount(move.amount, known[move.unit].places)}"
    return _("{amount} paid to {recipient} under {slip}.").format(
        amount=apart(sum_shown), recipient=apart(move.taker), slip=apart(done.subject)
    )
