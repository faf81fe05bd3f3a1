"""The pages of entries: one entry as it stands, a gift, and an entry taken back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tallystick.core.entry import PostedEntry
from tallystick.core.sign_off import SignOff
from tallystick.desk.wishes import Done
from tallystick.ledger.queries.records import units
from tallystick.ledger.queries.state import entries_of
from tallystick.staff.queries import sign_offs
from tallystick.web.desk.words import WISH_WORDS
from tallystick.web.entries.forms import GiftForm, ReversalForm
from tallystick.web.figures import amount, day
from tallystick.web.page import desk, page
from tallystick.web.wishing import MoveShown, Wishing, wishing


def to_entry(done: Done) -> tuple[str, dict[str, Any]]:
    """Where the entry is shown that was just posted; a reversal is shown with what it takes back."""
    return "entry", {"name": done.subject}


GIFT = Wishing(
    "gift", GiftForm, title=_("A gift"), goes_to=to_entry, lead=_("What a donor gave, and whose hand it is in since then.")
)
REVERSAL = Wishing(
    "reversal", ReversalForm, title=_("Take an entry back"), goes_to=to_entry,
    lead=_("No entry is ever changed. A mistake is taken back whole by a new entry, which a second person agrees to."),
)  # fmt: skip


@desk
def gift(request: HttpRequest) -> HttpResponse:
    """A gift."""
    return wishing(request, GIFT)


@desk
def reversal(request: HttpRequest) -> HttpResponse:
    """An entry taken back."""
    return wishing(request, REVERSAL)


@page
def entry(request: HttpRequest, name: str) -> HttpResponse:
    """Everything that stands under one reference, and who signed it off."""
    standing = list(entries_of(reference=name))
    if not standing:
        raise Http404
    known = units()
    context: dict[str, Any] = {
        "reference": name,
        "entries": [
            {"posted": one, "day": day(one.happened_at), "time": one.happened_at.strftime("%H:%M"), "moves": _moves(one, known)}
            for one in standing
        ],
        "sign_offs": [signed(one) for one in sign_offs(name)],
        "may_be_taken_back": len(standing) == 1 and not standing[0].reverses,
    }
    return render(request, "web/entries/entry.html", context)


def _moves(posted: PostedEntry, known: dict[str, Any]) -> list[tuple[MoveShown, str, str]]:
    """(move, what it cites, its note) of every move."""
    return [
        (
            MoveShown(one.giver, one.taker, kind=one.kind, unit=one.unit, amount=amount(one.amount, known[one.unit].places),
                      earmark=one.earmark),
            ", ".join(filter(None, (one.grant, one.authorisation))),
            one.note,
        )
        for one in posted.moves
    ]  # fmt: skip


def signed(one: SignOff) -> dict[str, str]:
    return {
        "wish": str(WISH_WORDS.get(one.wish, one.wish)), "asked_by": one.asked_by, "agreed_by": one.agreed_by,
        "asked_at": one.asked_at[:16].replace("T", " "), "reason": one.reason,
    }  # fmt: skip
