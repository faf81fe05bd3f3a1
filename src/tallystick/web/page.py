"""What every page has in common: nobody keeps a copy, refusals are said in words, and a fault shows nothing of the books."""

import logging
import sys
from collections.abc import Callable, Sequence
from functools import wraps

from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render

from tallystick.bundles.folder.text import read_text
from tallystick.core.refusal import Refusal
from tallystick.journal.medium import refused_by_medium
from tallystick.journal.queries import is_rehearsal
from tallystick.journal.reach import refusal_of

log = logging.getLogger(__name__)

UNREACHABLE = 503
ASKS_NOTHING: dict[str, object] = {"rehearsal": False, "waiting_count": 0, "messages": ()}
"""For pages that stand in for another: they ask the books for nothing, or for no more than whether they are a rehearsal."""

View = Callable[..., HttpResponse]
"""Takes the request, and by its name whatever the address names: a member, a tally."""
READING = ("GET", "HEAD")
NULL, NO_SIGN = "\0", "\ufffd"
READING_AND_WRITING = (*READING, "POST")


def page(view: View) -> View:
    """A read-only page: other methods are not allowed, refusals are shown in words, and faults without any value."""
    return _answering(view, READING)


def desk(view: View) -> View:
    """A page that takes what is sent to it as well."""
    return _answering(view, READING_AND_WRITING)


def _answering(view: View, methods: Sequence[str]) -> View:
    @wraps(view)
    def shown(request: HttpRequest, **named: str) -> HttpResponse:
        if request.method not in methods:
            return _private(HttpResponseNotAllowed(methods))
        if any(NULL in str(one) for one in named.values()):
            raise Http404  # nothing is called so, and PostgreSQL would not even look
        request.GET = _without_null(request.GET)  # type: ignore[assignment]
        try:
            response = view(request, **named)
        except Refusal as refusal:
            response = refused(request, refusal, status=409)
        except Http404:
            raise
        except Exception as problem:
            if refused_by_database(problem) is None:
                log.exception("A page could not be made.")
            response = fault(request)
        return _private(response)

    return shown


def _without_null(asked: QueryDict) -> QueryDict:
    """What stands behind the question mark, with a sign that no code holds in the place of the null, which PostgreSQL takes in no text."""
    return QueryDict(asked.urlencode().replace("%00", "%EF%BF%BD")) if "%00" in asked.urlencode() else asked


def posted_name(request: HttpRequest, name: str) -> str:
    """The name or code that was typed into a field that no form of ours reads; with a null in it, it is nobody's."""
    return request.POST.get(name, "").strip().replace(NULL, NO_SIGN)


def posted_text(request: HttpRequest, name: str) -> str:
    """What was typed into a field that no form of ours reads: its lines as one. Raises as `read_text` does."""
    return read_text(" ".join(request.POST.get(name, "").split()))


def refused(request: HttpRequest, refusal: Refusal, *, status: int) -> HttpResponse:
    """The page that says no, and what would have been taken."""
    told = ASKS_NOTHING | {"refusal": refusal, "rehearsal": status != UNREACHABLE and _says_rehearsal()}
    return _private(render(request, "web/refused.html", told, status=status))


def refused_by_database(problem: BaseException) -> Refusal | None:
    """What a person is told of a database that is lost, busy, or on a disk that fails: nobody's fault here, and it may pass."""
    return refusal_of(problem) or refused_by_medium(problem)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is nothing at this address."""
    return _private(render(request, "web/not_found.html", ASKS_NOTHING | {"rehearsal": _says_rehearsal()}, status=404))


def fault(request: HttpRequest) -> HttpResponse:
    """The page that stands in for one that could not be made, here or before a page of ours was reached."""
    problem = sys.exc_info()[1]
    told = refused_by_database(problem) if problem else None
    if told is not None:
        return refused(request, told, status=UNREACHABLE)
    return _private(render(request, "web/fault.html", ASKS_NOTHING, status=500))


def _says_rehearsal() -> bool:
    """Whether the books are a rehearsal, which says so on every page; where they cannot be asked, the page stands without it."""
    try:
        return is_rehearsal()
    except (Refusal, Error):
        return False


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
