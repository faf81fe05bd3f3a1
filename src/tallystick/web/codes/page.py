"""The pages of codes. A code stands on the answer to the form that gave it out, once, and on no page after it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tallystick.core.half import Half, show_half
from tallystick.core.refusal import Refusal
from tallystick.core.slip import Purpose, RulingKind, SlipState, SlipUnknown
from tallystick.core.wish import WISHES
from tallystick.desk.actions import ask
from tallystick.desk.codes import HalvesWish
from tallystick.desk.wishes import Done
from tallystick.handovers.codes.actions import show
from tallystick.handovers.codes.queries import frozen_count, is_name_taken, slip_named, slips_for, slips_listed, tries_of
from tallystick.ledger.post import plain
from tallystick.staff.queries import sign_offs
from tallystick.web.asker import asker_of, may_ask, member_here
from tallystick.web.choices import choices
from tallystick.web.codes.forms import ClaimForm, GivingForm, HalfForm, HalvesForm, ListForm, RulingForm
from tallystick.web.codes.rows import moment_shown, row_of, rows_of
from tallystick.web.codes.words import PURPOSES
from tallystick.web.desk.words import WISH_WORDS
from tallystick.web.figures import apart, day
from tallystick.web.page import desk, page
from tallystick.web.paging import leaf, turn_of
from tallystick.web.wishing import Wishing, initially, wishing


def to_slip(done: Done) -> tuple[str, dict[str, Any]]:
    return "code", {"name": done.subject}


RULING = Wishing(
    "code_ruling", RulingForm, title=gettext_lazy("What becomes of a code"), goes_to=to_slip,
    lead=gettext_lazy("After five wrong codes a slip is frozen. Two people decide whether it serves again or is void."),
)  # fmt: skip


@page
def codes(request: HttpRequest) -> HttpResponse:
    """Every code that was given out, and what came of it; never the code."""
    form = ListForm(request.GET)
    narrowed, today = form.narrowed(), timezone.localdate()
    state = SlipState(narrowed["state"]) if narrowed.get("state") else None
    turn = turn_of(request, fits=is_name_taken)
    found = slips_listed(
        subject=narrowed.get("q", ""), state=state, today=today, most=turn.wanted, at=turn.at, is_back=turn.is_back
    )
    listed = leaf(request, found, turn=turn, place=lambda one: one.slip.slip)
    context = {
        "form": form, "rows": rows_of(listed.rows, today=today), "leaf": listed,
        "is_narrowed": any(narrowed.values()), "frozen": frozen_count(), "may_give_out": may_ask(request, "claim_code"),
    }  # fmt: skip
    return render(request, "web/codes/codes.html", context)


@page
def code(request: HttpRequest, name: str) -> HttpResponse:
    """One slip: what it is good for, who tried it, what was decided, and who confirmed it."""
    found = slip_named(name)
    if found is None:
        raise Http404
    standing, today = found.standing, timezone.localdate()
    state = standing.state(today)
    may_rule = bool(WISHES["code_ruling"].ask & member_here(request).roles)
    context = {
        "one": row_of(standing, today=today), "used": standing.used,
        "taken_back_by": standing.taken_back_by,
        "may_give_out": may_ask(request, "claim_code"),
        "happened_at": moment_shown(standing.used.happened_at) if standing.used else "",
        "recorded_at": moment_shown(standing.used.recorded_at) if standing.used else "",
        "tries": [{"by": one.tried_by, "day": day(one.tried_at), "time": one.tried_at.strftime("%H:%M")} for one in tries_of(name)],
        "signed": [{"wish": str(WISH_WORDS[one.wish]), "by": one} for one in sign_offs(name)],
        "may_unfreeze": may_rule and state is SlipState.FROZEN,
        "may_void": may_rule and not standing.is_ended,
        "unfreeze": RulingKind.UNFREEZE.value, "void": RulingKind.VOID.value,
    }  # fmt: skip
    return render(request, "web/codes/code.html", context)


@desk
def claim_code(request: HttpRequest) -> HttpResponse:
    """A code for a recipient's claim."""
    return _giving(request, "claim_code", form_of=ClaimForm, title=_("A code for a claim"))


@desk
def tally_half(request: HttpRequest) -> HttpResponse:
    """Half of a tally."""
    return _giving(request, "tally_half", form_of=HalfForm, title=_("Half of a tally"))


@desk
def tally_halves(request: HttpRequest) -> HttpResponse:
    """Both halves of a tally were shown together."""
    form = HalvesForm(request.POST or None, known=choices(), initial=initially(request))
    context: dict[str, Any] = {"form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "web/codes/halves.html", context)
    try:
        done = _shown_together(request, form)
    except Refusal as refusal:
        return render(request, "web/codes/halves.html", context | {"refusal": plain(refusal)}, status=409)
    messages.success(
        request, _("Both halves of {tally} fit: it arrived with whom it was meant for.").format(tally=apart(done.subject))
    )
    return redirect("tally-halves")


@desk
def code_ruling(request: HttpRequest) -> HttpResponse:
    """What becomes of a slip, for two people to decide."""
    return wishing(request, RULING)


def _giving(request: HttpRequest, wish: str, *, form_of: type[GivingForm], title: str) -> HttpResponse:
    """The form, or the code that was given out, shown this once."""
    given = request.GET.dict()
    form = form_of(request.POST, known=choices()) if request.method == "POST" else form_of(known=choices(), initial=given)
    context: dict[str, Any] = {"form": form, "title": title}
    if request.method != "POST" or not form.is_valid():
        return render(request, "web/codes/giving.html", context)
    try:
        done = ask(wish, form.wish(), by=asker_of(request), asked_at=timezone.now())
    except Refusal as refusal:
        return render(request, "web/codes/giving.html", context | {"refusal": refusal}, status=409)
    assert isinstance(done, Done), "one person gives a code out"
    found = slip_named(done.subject)
    assert found is not None, "it was given out just now"
    slip = found.standing.slip
    shown = {
        "half": show_half(Half(done.shown_once)), "one": row_of(found.standing, today=timezone.localdate()),
        "tally": slip.subject if slip.purpose != Purpose.CLAIM else "", "purpose": PURPOSES[Purpose(slip.purpose)],
    }  # fmt: skip
    return render(request, "web/codes/given.html", context | shown)


def _shown_together(request: HttpRequest, form: HalvesForm) -> Done:
    by, now, said = asker_of(request), timezone.now(), form.cleaned_data
    slips, proofs = [], []
    for purpose, typed in ((Purpose.GIVER, said["giver_code"]), (Purpose.TAKER, said["taker_code"])):
        slips.append(good_slip(said["tally"], purpose=purpose))
        proofs.append(show(slips[-1], typed, purposes=[purpose], name=by.name, shown_at=now))
    wish = HalvesWish(slips[0], proofs[0], slips[1], proofs[1], form.happened_at())
    done = ask("tally_halves", wish, by=by, asked_at=now)
    assert isinstance(done, Done), "one person confirms both halves"
    return done


def good_slip(asked: str, *, purpose: Purpose) -> str:
    """The slip that was given out for this grant or tally and has not ended, or the one of this name. Raises SlipUnknown."""
    name = asked.strip()
    for one in slips_for(name, purposes=[purpose]):
        if not one.is_ended:
            return one.slip.slip
    if slip_named(name.upper()) is None:
        raise SlipUnknown(slip=name)
    return name.upper()
