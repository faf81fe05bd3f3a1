"""What every page has in common: it only reads, nobody keeps a copy, and a fault shows nothing of the books."""

import logging
from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from tallystick.core.refusal import Refusal
from tallystick.journal.medium import refused_by_medium
from tallystick.journal.reach import refusal_of

log = logging.getLogger(__name__)

View = Callable[[HttpRequest], HttpResponse]
METHODS = ["GET", "HEAD"]


def page(view: View) -> View:
    """A read-only page: other methods are not allowed, refusals are shown in words, and faults without any value."""

    @wraps(view)
    def shown(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return _private(HttpResponseNotAllowed(METHODS))
        try:
            response = view(request)
        except Refusal as refusal:
            response = render(request, "web/refused.html", {"refusal": refusal}, status=409)
        except Http404:
            raise
        except Exception as problem:
            out_of_reach = refusal_of(problem) or refused_by_medium(problem)
            if out_of_reach is None:
                log.exception("A page could not be made.")
                response = fault(request)
            else:  # the database is lost, busy, or on a disk that fails: nobody's fault here, and it may pass
                response = render(request, "web/refused.html", {"refusal": out_of_reach}, status=503)
        return _private(response)

    return shown


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is nothing at this address."""
    return _private(render(request, "web/not_found.html", status=404))


def fault(request: HttpRequest) -> HttpResponse:
    """The page that stands in for one that could not be made."""
    return _private(render(request, "web/fault.html", status=500))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
