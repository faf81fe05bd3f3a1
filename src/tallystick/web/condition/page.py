"""The addresses `/health` and `/metrics`, for whoever shows the token; for everybody else there is nothing there."""

import hmac
from functools import wraps

from django.conf import settings
from django.db import Error, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from tallystick.core.refusal import Refusal
from tallystick.journal.migrated import migrated
from tallystick.web.condition.exposition import CONTENT_TYPE, exposition
from tallystick.web.condition.readings import metrics as read_metrics
from tallystick.web.page import View, page

SCHEME = "Bearer "


def watched(view: View) -> View:
    """A page for whoever shows the token; without it, and where none is set, it is not there."""

    @page
    @wraps(view)
    def shown(request: HttpRequest) -> HttpResponse:
        if not _shows_token(request):
            raise Http404
        return view(request)

    return shown


def _shows_token(request: HttpRequest) -> bool:
    said = request.headers.get("Authorization", "")
    token = settings.MONITOR_TOKEN
    return bool(token) and hmac.compare_digest(said.encode(), f"{SCHEME}{token}".encode())


@watched
def health(request: HttpRequest) -> HttpResponse:
    """Whether this process can show the books: 200, or 503 with the reason."""
    reason = _unready()
    answer = {"live": True, "ready": not reason} | ({"reason": reason} if reason else {})
    return JsonResponse(answer, status=503 if reason else 200)


@watched
def live(request: HttpRequest) -> HttpResponse:
    """That this process answers, whatever its database does."""
    return JsonResponse({"live": True})


@watched
def metrics(request: HttpRequest) -> HttpResponse:
    """What there is to count, in Prometheus' text format."""
    return HttpResponse(exposition(read_metrics(now=timezone.now())), content_type=CONTENT_TYPE)


def _unready() -> str:
    """Why the books cannot be shown; empty where they can."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        steps = migrated()
    except (Error, Refusal):
        return "the database does not answer"
    return "the tables are of another release" if steps.outstanding or steps.unknown else ""
