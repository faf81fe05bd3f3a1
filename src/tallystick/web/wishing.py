"""How a page asks for something: a form, a plain look at what would come of it, and the word itself.

Every step is a form of its own, so that it works without scripts. The look is carried out and undone, so what it tells is what
would be; between it and the word, the books may have changed, and the word may be refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext as _

from tallystick.core.moment import by_the_clock_there
from tallystick.core.refusal import Refusal
from tallystick.core.unit import Unit
from tallystick.desk.actions import Look, ask, look
from tallystick.desk.models import Draft
from tallystick.desk.registry import WISH_KINDS
from tallystick.desk.wishes import Done
from tallystick.ledger.post import plain
from tallystick.web.asker import asker_of
from tallystick.web.choices import choices
from tallystick.web.figures import amount
from tallystick.web.forms import MORE, WishForm
from tallystick.web.hands.words import holder_name, move_kind
from tallystick.web.refusals import FACT

STEP, SAY, EDIT = "step", "say", "edit"
DAYS = ("claimed_on", "counted_on", "drawn_on", "said_on")  # what wishes call the day of what has no moment


@dataclass(frozen=True, slots=True)
class Wishing:
    """A page that asks for one kind of wish: its name in core/wish.py, its form, and its words.

    `goes_to` gives the address (name of the page and what it names) of what was done.
    """

    wish: str
    form: Callable[..., WishForm]
    title: object  # a lazy text
    goes_to: Callable[[Done], tuple[str, dict[str, Any]]]
    lead: object = ""  # a lazy text: what this is for
    template: str = "web/desk/form.html"
    about: str = ""  # what in the books it is about, above the title; where it is about nothing that is there yet, nothing


@dataclass(frozen=True, slots=True)
class MoveShown:
    giver: str
    taker: str
    kind: str
    unit: str
    amount: str
    earmark: str
    cites: str = ""  # the grant it is for, and its lawful basis


@dataclass(frozen=True, slots=True)
class HeldShown:
    """`has_given` where it stands below zero, as whoever gave stands: then the amount is what was given."""

    holder: str
    unit: str
    amount: str
    earmark: str
    has_given: bool


def wishing(request: HttpRequest, asks: Wishing, *, initial: dict[str, Any] | None = None, **more: Any) -> HttpResponse:
    """The form, the look or the word, as the request has it; `more` goes to the template."""
    known = choices()
    if request.method != "POST":
        return _form(request, asks, form=asks.form(known=known, initial=initially(request) | (initial or {})), **more)
    form = asks.form(request.POST, known=known)
    if request.POST.get(MORE):
        return _form(request, asks, form=asks.form(known=known, initial=request.POST.dict()), **more)
    if request.POST.get(STEP) == EDIT or not form.is_valid():
        return _form(request, asks, form=form, **more)
    try:
        wish = form.wish()
        if request.POST.get(STEP) == SAY:
            return _said(request, asks, wish=wish, form=form)
        looked = look(asks.wish, wish, by=asker_of(request), at=timezone.now())
    except Refusal as refusal:
        return _form(request, asks, form=form, refusal=plain(refusal), status=409, **more)
    shown = {
        "facts": facts_shown(asks.wish, wish),
        "moves": moves_shown(looked, known.units),
        "then": held_shown(looked, known.units),
    }
    return render(request, "web/desk/look.html", {"asks": asks, "form": form, "second": looked.second, **shown, **more})


def facts_shown(name: str, wish: Any) -> list[tuple[str, str]]:
    """(what it is, what stands there), in the reader's language, of what no move shows; what is empty is left out."""
    said = WISH_KINDS[name].facts(wish)
    known = {label for label, _value in said}
    entry = [(label, value) for label, value in _of_its_entry(wish) if label not in known]
    facts = [*entry, *said, *([("note", getattr(wish, "note", ""))] if "note" not in known else [])]
    return [(gettext(label), pgettext(FACT, value)) for label, value in facts if value]


def _of_its_entry(wish: Any) -> list[tuple[str, str]]:
    """Under which reference, when it happened and with which note: every wish that has these says so in the same fields."""
    happened_at = getattr(wish, "happened_at", "")
    day = next((value for name in DAYS if (value := getattr(wish, name, None))), None)
    return [
        ("reference", getattr(wish, "reference", "")),
        ("happened at", by_the_clock_there(happened_at) if happened_at else ""),
        ("day", day.isoformat() if day else ""),
    ]


def moves_shown(looked: Look, units: dict[str, Unit]) -> list[MoveShown]:
    return [
        MoveShown(
            holder_name(one.giver), holder_name(one.taker), kind=move_kind(one.kind), unit=one.unit,
            amount=amount(one.amount, units[one.unit].places), earmark=one.earmark,
            cites=", ".join(filter(None, (one.grant, one.authorisation))),
        )
        for one in looked.moves
    ]  # fmt: skip


def held_shown(looked: Look, units: dict[str, Unit]) -> list[HeldShown]:
    """What everybody whom the moves touch would hold, the books' own accounts left out."""
    return [
        HeldShown(
            one.holder, one.unit, amount(abs(one.amount), units[one.unit].places), one.earmark, has_given=one.amount < 0
        )
        for one in looked.then
        if not one.holder.startswith("@")
    ]  # fmt: skip


def _said(request: HttpRequest, asks: Wishing, *, wish: Any, form: WishForm) -> HttpResponse:
    reason = form.cleaned_data.get("reason", "")
    done = ask(asks.wish, wish, by=asker_of(request), asked_at=timezone.now(), reason=reason)
    if isinstance(done, Draft):
        messages.info(request, _("This waits for a second person now."))
        return redirect("draft", number=done.pk)
    messages.success(request, _("This stood in the books already.") if done.already else _("This stands in the books now."))
    page, named = asks.goes_to(done)
    return HttpResponseRedirect(reverse(page, kwargs=named))


def _form(request: HttpRequest, asks: Wishing, *, form: WishForm, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, asks.template, {"asks": asks, "form": form, **more}, status=status)


def initially(request: HttpRequest) -> dict[str, Any]:
    """What the link that led here fills in, and the moment."""
    now = timezone.localtime()
    return {"happened_on": now.date(), "happened_time": now.time(), "clock": "+00:00"} | request.GET.dict()
