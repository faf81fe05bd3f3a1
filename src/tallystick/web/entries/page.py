"""The pages of entries: one entry as it stands, a gift, and an entry taken back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tallystick.core.entry import Kind, PostedEntry
from tallystick.core.sign_off import SignOff
from tallystick.desk.wishes import Done
from tallystick.ledger.queries.records import units
from tallystick.ledger.queries.state import entries_of
from tallystick.ledger.queries.tallies import taken_back
from tallystick.staff.queries import sign_offs
from tallystick.web.asker import may_ask
from tallystick.web.desk.words import WISH_WORDS
from tallystick.web.entries.cost_forms import CommissionForm, CostForm
from tallystick.web.entries.forms import GiftForm, ReversalForm
from tallystick.web.entries.lines_form import LinesForm
from tallystick.web.entries.trade_forms import ExchangeForm, PurchaseForm, ReassignForm
from tallystick.web.figures import amount, day, left_to_right, time_there
from tallystick.web.hands.words import holder_name, move_kind
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
PURCHASE = Wishing(
    "purchase", PurchaseForm, title=_("A purchase"), goes_to=to_entry,
    lead=_("Money goes to a supplier, goods come back: what was paid for how much, and who has the goods now."),
)  # fmt: skip
EXCHANGE = Wishing(
    "exchange", ExchangeForm, title=_("An exchange"), goes_to=to_entry,
    lead=_("One money for another, as it was shaken on. The look shows the rate that the two amounts come to."),
)  # fmt: skip
COMMISSION = Wishing(
    "commission", CommissionForm, title=_("A commission"), goes_to=to_entry,
    lead=_("What somebody keeps of what passes through a hand."),
)  # fmt: skip
COST = Wishing(
    "cost", CostForm, title=_("A cost"), goes_to=to_entry,
    lead=_("What was paid on the way. A payment that was demanded without any right is said as an informal payment and reported apart."),
)  # fmt: skip
REASSIGN = Wishing(
    "reassign", ReassignForm, title=_("A reassignment"), goes_to=to_entry,
    lead=_("Value may be used for something else when its donor has agreed. The note names the letter in which they did."),
)  # fmt: skip
LINES = Wishing(
    "lines", LinesForm, title=_("A note of several lines"), goes_to=to_entry, template="web/entries/lines_form.html",
    lead=_("For whoever knows the kinds: lines that stand or fall together, as a programme folder writes them."),
)  # fmt: skip


@desk
def purchase(request: HttpRequest) -> HttpResponse:
    """Goods bought."""
    return wishing(request, PURCHASE)


@desk
def exchange(request: HttpRequest) -> HttpResponse:
    """One money changed for another."""
    return wishing(request, EXCHANGE)


@desk
def commission(request: HttpRequest) -> HttpResponse:
    """A commission kept."""
    return wishing(request, COMMISSION)


@desk
def cost(request: HttpRequest) -> HttpResponse:
    """A cost paid."""
    return wishing(request, COST)


@desk
def reassign(request: HttpRequest) -> HttpResponse:
    """Value put under another earmark."""
    return wishing(request, REASSIGN)


@desk
def lines(request: HttpRequest) -> HttpResponse:
    """A note of several lines; asking for more rows goes back to the form."""
    return wishing(request, LINES)


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
    known, gone = units(), taken_back({name}).get(name, "")
    context: dict[str, Any] = {
        "reference": name,
        "entries": [
            {"posted": one, "day": day(one.happened_at), "time": time_there(one.happened_at), "moves": _moves(one, known)}
            for one in standing
        ],
        "is_tally": any(move.kind == Kind.DISPATCH for one in standing for move in one.moves),
        "sign_offs": [signed(one) for one in sign_offs(name)],
        "gone": gone,
        "may_be_taken_back": len(standing) == 1 and not (standing[0].reverses or gone) and may_ask(request, "reversal"),
    }
    return render(request, "web/entries/entry.html", context)


def _moves(posted: PostedEntry, known: dict[str, Any]) -> list[tuple[MoveShown, str, str]]:
    """(move, what it cites, its note) of every move."""
    return [
        (
            MoveShown(holder_name(one.giver), holder_name(one.taker), kind=move_kind(one.kind), unit=one.unit, amount=amount(one.amount, known[one.unit].places),
                      earmark=one.earmark),
            ", ".join(filter(None, (one.grant, one.authorisation))),
            one.note,
        )
        for one in posted.moves
    ]  # fmt: skip


def signed(one: SignOff) -> dict[str, str]:
    """A sign-off as pages show it."""
    return {
        "wish": str(WISH_WORDS.get(one.wish, one.wish)), "asked_by": one.asked_by, "agreed_by": one.agreed_by,
        "asked_at": left_to_right(f"{one.asked_at[:16].replace('T', ' ')} UTC"), "reason": one.reason,
    }  # fmt: skip
