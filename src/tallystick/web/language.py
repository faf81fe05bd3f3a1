"""The language of a page: the one chosen on a page before, or else the first of the browser's that we speak.

Django's LocaleMiddleware finds it, from the cookie or from Accept-Language. The choice is a link, `?language=ko`, which works
without scripts and without a form; nothing in the books changes by it, so whoever follows it needs no rights.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import escape_leading_slashes

CHOICE = "language"

Answer = Callable[[HttpRequest], HttpResponse]


def chosen(answer: Answer) -> Answer:
    """Middleware: a request that names a language is sent back to the same page, and the browser keeps the choice."""

    def answered(request: HttpRequest) -> HttpResponse:
        asked = request.GET.get(CHOICE)
        if request.method != "GET" or asked not in dict(settings.LANGUAGES):
            return answer(request)
        return _keeping(HttpResponseRedirect(_without_choice(request)), asked, over_tls=request.is_secure())

    return answered


def _without_choice(request: HttpRequest) -> str:
    """The address that was asked for, on this host and without the choice."""
    query = request.GET.copy()
    del query[CHOICE]
    return escape_leading_slashes(request.path) + (f"?{query.urlencode()}" if query else "")


def _keeping(response: HttpResponse, language: str, *, over_tls: bool) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=over_tls,
        httponly=True,
        samesite="Lax",
    )
    response["Cache-Control"] = "no-store"
    return response
