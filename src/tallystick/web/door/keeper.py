"""The doorkeeper, a middleware: who asks, whether they are still there, and whether this page is for them.

Being there is shown by a cookie of its own, signed anew with every answer and bound to the session. So an idle page locks after
five minutes without a word written into the books for every page that is read: a reader never waits for whoever writes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.signing import get_cookie_signer
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tallystick.core.role import PAGES, Door, Page, PageNotForRole, Role, check_may
from tallystick.staff.queries import Rights, rights_of
from tallystick.web.page import READING, refused, refused_by_database

IDLE_MAX = timedelta(minutes=5)
FRONT_DOOR = "whose-hands-now"  # what stands at the bare address: whoever signs in there begins where everybody does
SETTING_UP = "mfa_activate_totp"

Answer = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class MemberHere:
    """Whoever is signed in, as the pages name them."""

    name: str
    roles: frozenset[Role]
    party: str = ""  # the custodian they hold for, if they are one
    drawn_by: str = ""  # who was shown their password, where no other lead confirmed them since

    @property
    def is_lead(self) -> bool:
        return Role.LEAD in self.roles


class Doorkeeper:
    """Stands after Django's own middleware for sessions and members, before every page."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.process_view = self._admit  # the name that Django calls it by

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.member = None  # type: ignore[attr-defined]
        response = self._answer(request)
        response.headers.setdefault("Cache-Control", "no-store")
        if _is_sent_by_somebody(request) and request.user.is_authenticated:
            _note_presence(request, response)
        return response

    def _admit(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """None lets the request in. An address that no line of PAGES knows is a fault, and opened to nobody."""
        match = request.resolver_match
        assert match is not None
        assert match.url_name in PAGES, f"nobody has said who may see the page {match.url_name}"
        page = PAGES[match.url_name]
        if page.door in (Door.TOKEN, Door.CLIENT):
            return None  # they look at what is shown to them themselves
        try:
            return _stopped(request, page)
        except Error as problem:
            told = refused_by_database(problem)
            if told is None:
                raise
            return refused(request, told, status=503)


def _stopped(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The answer to whoever may not come in here, or not yet; None where the page may answer."""
    was_here = _lock_if_idle(request)
    request.came_past_the_door = True  # type: ignore[attr-defined]
    if not request.user.is_authenticated:
        return None if page.door is Door.OPEN else _sent_to_sign_in(request, was_here=was_here)
    rights = rights_of(request.user)
    request.member = MemberHere(  # type: ignore[attr-defined]
        request.user.get_username(), rights.roles, request.user.party, drawn_by=request.user.drawn_by
    )
    return _stopped_inside(request, rights) if page.door is Door.INSIDE else None


def _stopped_inside(request: HttpRequest, rights: Rights) -> HttpResponse | None:
    if not rights.has_second_factor:
        return redirect(SETTING_UP)
    assert request.resolver_match is not None
    try:
        check_may(str(request.resolver_match.url_name), roles=rights.roles, writing=request.method not in READING)
    except PageNotForRole as refusal:
        return refused(request, refusal, status=403)
    return None


def _lock_if_idle(request: HttpRequest) -> bool:
    """Ends the session of whoever has not been seen for so long that somebody else may sit there now; whether it did."""
    if not request.user.is_authenticated or _is_present(request):
        return False
    request.session.flush()
    request.user = AnonymousUser()
    return True


def _is_sent_by_somebody(request: HttpRequest) -> bool:
    """Whether a person is behind this request: a page that asks by itself how far something is shows nobody's presence."""
    return getattr(request, "came_past_the_door", False) and not getattr(request, "asked_by_itself", False)


def _sent_to_sign_in(request: HttpRequest, *, was_here: bool) -> HttpResponse:
    """To sign in, and then on; whoever just comes in by the front door is not asked to go on to it.

    Where a part of a page asks, the whole page has to, or the form would stand in the place of that part.
    """
    assert request.resolver_match is not None
    if not was_here and request.resolver_match.url_name == FRONT_DOOR:
        return redirect("account_login")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Refresh": "true"})
    return redirect_to_login(_way_back(request))


def _way_back(request: HttpRequest) -> str:
    """Where to go on after signing in: to the same page; what was about to be sent is not sent by itself."""
    return request.get_full_path() if request.method in READING else request.path


def _is_present(request: HttpRequest) -> bool:
    said = request.get_signed_cookie(presence_cookie(), default=None, salt=_salt(request.session.session_key), max_age=IDLE_MAX)
    return said is not None


def _note_presence(request: HttpRequest, response: HttpResponse) -> None:
    if request.session.session_key is None:
        request.session.save()
    response.set_cookie(
        presence_cookie(),
        presence(request.session.session_key),
        httponly=True,
        samesite="Strict",
    )


def presence_cookie() -> str:
    """The name of the cookie that says somebody was there just now."""
    return f"{settings.SESSION_COOKIE_NAME}-present"


def presence(session_key: str | None) -> str:
    """What the cookie says: that whoever has this session was there at the moment of signing."""
    salt = f"{presence_cookie()}{_salt(session_key)}"  # as Django's own signed cookies are salted, with their name first
    return get_cookie_signer(salt=salt).sign("present")


def _salt(session_key: str | None) -> str:
    return f" of {session_key}"
