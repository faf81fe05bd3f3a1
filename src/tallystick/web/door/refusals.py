"""Who is turned away at the door by somebody else's rule, and told so in our words."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tallystick.core.refusal import Refusal
from tallystick.web.page import refused


class SignInLocked(Refusal):
    code = "sign_in_locked"
    words = "A wrong password was given under this name, from where you are, {count} times."
    expected = "another try in {minutes} minutes, or a lead who resets the password"


class SentFromElsewhere(Refusal):
    code = "sent_from_elsewhere"
    words = "What was sent does not come from a page of these books, or from one that was opened before the last sign-in."
    expected = "the page loaded anew, and the same again"


def locked_out(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """What django-axes answers whoever failed too often."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return refused(request, SignInLocked(count=settings.AXES_FAILURE_LIMIT, minutes=minutes), status=429)


def sent_from_elsewhere(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What Django answers to a form without its token."""
    del reason
    return refused(request, SentFromElsewhere(), status=403)


def name_tried(request: HttpRequest, credentials: dict[str, str] | None = None) -> str:
    """The name that somebody tried to sign in under: in capitals, for it signs in however it is written."""
    said = (credentials or {}).get("username") or request.POST.get("login", "")
    return said.upper()
