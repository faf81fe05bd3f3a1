"""The pages that ask for something about a grant."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tallystick.desk.wishes import Done
from tallystick.web.grants.forms import CancellationForm, CovenantForm, CovenantSeenForm, PromiseForm, ReleaseForm
from tallystick.web.grants.words import GIFT
from tallystick.web.page import desk
from tallystick.web.wishing import Wishing, wishing


def to_grant(done: Done) -> tuple[str, dict[str, Any]]:
    """Where the grant is shown that it was about."""
    return "grant", {"code": done.subject}


PROMISE = Wishing("promise", PromiseForm, title=_("Promise a grant"), goes_to=to_grant, lead=GIFT)
RELEASE = Wishing(
    "release", ReleaseForm, title=_("Release a tranche"), goes_to=to_grant,
    lead=_(
        "A grant is a gift. A tranche waits so that we see what became of the one before, and is released once what it waits for is so."
    ),
)  # fmt: skip
CANCELLATION = Wishing(
    "cancellation", CancellationForm, title=_("Cancel a grant"), goes_to=to_grant,
    lead=_("Nothing more is paid under it. What was paid was a gift, and stays; where something was, a second person has to agree."),
)  # fmt: skip
COVENANT = Wishing(
    "covenant", CovenantForm, title=_("A covenant to pass it on"), goes_to=to_grant,
    lead=_(
        "What the recipient of a gift in kind means to pass on to the next person. It is a word given, and no debt: "
        "nothing of it stands in the books as owed."
    ),
)  # fmt: skip
COVENANT_SEEN = Wishing(
    "covenant_seen", CovenantSeenForm, title=_("A look at a covenant"), goes_to=to_grant,
    lead=_("What a visit found passed on. A covenant that is not kept is told, and costs nobody anything: the grant is a gift."),
)  # fmt: skip


@desk
def promise(request: HttpRequest) -> HttpResponse:
    """A grant promised."""
    return wishing(request, PROMISE)


@desk
def release(request: HttpRequest) -> HttpResponse:
    """A tranche released."""
    return wishing(request, RELEASE)


@desk
def cancellation(request: HttpRequest) -> HttpResponse:
    """A grant cancelled."""
    return wishing(request, CANCELLATION)


@desk
def covenant(request: HttpRequest) -> HttpResponse:
    """A covenant given."""
    return wishing(request, COVENANT)


@desk
def covenant_seen(request: HttpRequest) -> HttpResponse:
    """A look at a covenant."""
    return wishing(request, COVENANT_SEEN, initial={"seen_on": timezone.localdate()})
