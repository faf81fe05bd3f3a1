"""Cookies: sent over https alone wherever https is spoken."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def kept_to_https(answer: Answer) -> Answer:
    """Middleware. The page of this machine is plain http, and some browsers would drop a cookie that was marked for https there."""

    def mark(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if request.is_secure():
            for cookie in response.cookies.values():
                cookie["secure"] = True
        return response

    return mark
