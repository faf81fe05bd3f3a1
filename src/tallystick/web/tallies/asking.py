"""The pages that ask for something of a tally: each a form, a look and a word."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from tallystick.desk.wishes import Done
from tallystick.handovers.queries import disputes, overages, packed_lines
from tallystick.ledger.queries.tallies import TallyStory, tally_story
from tallystick.web.entries.page import to_entry
from tallystick.web.page import desk
from tallystick.web.tallies.forms import DispatchForm, HandoverForm, PackingForm
from tallystick.web.tallies.settling import (
    ClearingForm,
    ClosingForm,
    DisputeForm,
    OverageForm,
    ReceiptForm,
    ReturnForm,
    RoadLossForm,
)
from tallystick.web.wishing import Wishing, wishing

ROWS = "web/tallies/form.html"


def to_tally(done: Done) -> tuple[str, dict[str, Any]]:
    """Where the tally is shown of which something was said."""
    return "tally", {"name": done.subject}


DISPATCH = Wishing(
    "dispatch", DispatchForm, title=_("Send a tally on its way"), goes_to=to_tally, template=ROWS,
    lead=_("The giver's half: value leaves a hand and is on the road until the carrier's half says that it came. Lines left empty say nothing; when all are full, look at it and come back for more."),
)  # fmt: skip
HANDOVER = Wishing(
    "handover", HandoverForm, title=_("A handover with both present"), goes_to=to_entry, template=ROWS,
    lead=_("Both were there, both signed: nothing was on the road. Onward, or back to whom it came from."),
)  # fmt: skip
RECEIPT_LEAD = _(
    "What was counted, line by line. Receive a part, and the rest stays on the road. What was lost on the way is written off in the same entry, and then a second person has to agree; what was counted above the waybill is written on the tally and moves nothing."
)
ROAD_LOSS_LEAD = _("What never came, by its cause, and who answers for it. A second person has to agree.")
RETURN_LEAD = _("What is on the road goes back to whoever gave it.")
PACKING_LEAD = _("What the waybill says of the goods. What was written last counts.")
DISPUTE_LEAD = _("From now on nothing of this tally is received, lost, returned or taken back, until the dispute is closed.")
CLOSING_LEAD = _(
    "A dispute ends as paid, recovered, written off or unfounded, and the entry that settles it is posted with it. To write off takes two."
)
OVERAGE_LEAD = _(
    "The books cannot receive what was not sent. So this is written on the tally, and stands there until the giver corrects what it wrote, it goes back, or a second count does not find it."
)
CLEARING_LEAD = _("A correction is a handover from the giver's hand to the carrier's, and takes two.")


@desk
def dispatch(request: HttpRequest) -> HttpResponse:
    """A dispatch."""
    return wishing(request, DISPATCH)


@desk
def handover(request: HttpRequest) -> HttpResponse:
    """A handover with both present."""
    return wishing(request, HANDOVER)


@desk
def receipt(request: HttpRequest, name: str) -> HttpResponse:
    """A receipt, whole or in part."""
    form = partial(ReceiptForm, story=_story(name))
    return _asked(request, "receipt", form=form, title=_("What came of a tally"), lead=RECEIPT_LEAD, of=name)


@desk
def road_loss(request: HttpRequest, name: str) -> HttpResponse:
    """A loss on the road."""
    form = partial(RoadLossForm, story=_story(name))
    return _asked(request, "receipt", form=form, title=_("Lost on the road"), lead=ROAD_LOSS_LEAD, of=name)


@desk
def give_back(request: HttpRequest, name: str) -> HttpResponse:
    """A return of what is on the road."""
    form = partial(ReturnForm, story=_story(name))
    return _asked(request, "return", form=form, title=_("Back to whoever gave it"), lead=RETURN_LEAD, of=name)


@desk
def packing(request: HttpRequest, name: str) -> HttpResponse:
    """How the goods are packed."""
    form = partial(PackingForm, dispatch=_story(name).dispatch, packed=packed_lines(name))
    return _asked(request, "packing", form=form, title=_("How the goods are packed"), lead=PACKING_LEAD, of=name)


@desk
def dispute(request: HttpRequest, name: str) -> HttpResponse:
    """A dispute opened."""
    form = partial(DisputeForm, story=_story(name))
    return _asked(request, "dispute", form=form, title=_("Dispute a tally"), lead=DISPUTE_LEAD, of=name)


@desk
def closing(request: HttpRequest, name: str) -> HttpResponse:
    """A dispute closed."""
    found = disputes(code=name)
    if not found:
        raise Http404
    said = found[0].dispute
    form = partial(ClosingForm, story=_story(said.tally), dispute=said)
    return _asked(request, "dispute_closing", form=form, title=_("Close a dispute"), lead=CLOSING_LEAD, of=name)


@desk
def overage(request: HttpRequest, name: str) -> HttpResponse:
    """An overage."""
    form = partial(OverageForm, story=_story(name))
    return _asked(request, "overage", form=form, title=_("Counted above the waybill"), lead=OVERAGE_LEAD, of=name)


@desk
def clearing(request: HttpRequest, name: str) -> HttpResponse:
    """An overage cleared."""
    found = overages(code=name)
    if not found:
        raise Http404
    form = partial(ClearingForm, overage=found[0].overage)
    return _asked(request, "overage_clearing", form=form, title=_("Clear an overage"), lead=CLEARING_LEAD, of=name)


def _asked(request: HttpRequest, wish: str, *, form: Any, title: object, lead: object, of: str) -> HttpResponse:
    asks = Wishing(wish, form, title=title, goes_to=to_tally, lead=lead, template=ROWS)
    return wishing(request, asks, of=of)


def _story(name: str) -> TallyStory:
    story = tally_story(name)
    if story is None:
        raise Http404
    return story
