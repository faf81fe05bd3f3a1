"""Pages, style sheets and scripts are sent compressed to whoever takes them so. Fonts and archives are so by themselves; answers to
programs are short, and go as they are.

Whoever can listen in could guess at what a page holds from how small it gets, if a page said again what they had a browser ask for.
Django's middleware adds a random length to each answer, tokens against forged requests differ from one answer to the next, and a
browser takes nobody's session along with what another site asks for (SameSite=Lax).
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

WORDS = {"text/html", "text/css", "text/plain", "text/javascript", "application/javascript", "image/svg+xml"}


def compressed(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Compress what is written in words."""
    squeeze = GZipMiddleware(get_response)

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_words = response.get("Content-Type", "").partition(";")[0] in WORDS
        is_whole = response.status_code != HTTPStatus.PARTIAL_CONTENT
        return squeeze.process_response(request, response) if is_words and is_whole else response

    return answer
