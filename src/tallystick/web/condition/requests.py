"""Every request counted and timed by the name of its page, and said in one line of the log.

The name of a page is ours and says nothing of what was looked for; an address may, so no address is kept or written.
"""

import logging
from bisect import bisect_left
from collections.abc import Callable
from threading import Lock
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tallystick.web.condition.exposition import Spread

log = logging.getLogger(__name__)

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
NO_PAGE, STATIC = "none", "static"

Answer = Callable[[HttpRequest], HttpResponse]


class Requests:
    """What this process has answered since it began, by page and status."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: dict[tuple[str, int], list[int]] = {}
        self._seconds: dict[tuple[str, int], float] = {}

    def add(self, page: str, status: int, *, seconds: float) -> None:
        with self._lock:
            counts = self._counts.setdefault((page, status), [0] * (len(BOUNDS) + 1))
            counts[bisect_left(BOUNDS, seconds)] += 1
            self._seconds[page, status] = self._seconds.get((page, status), 0.0) + seconds

    def spreads(self) -> list[Spread]:
        """How long the answers took, by page and status."""
        with self._lock:
            return [
                Spread((("page", page), ("status", str(status))), tuple(counts), self._seconds[page, status])
                for (page, status), counts in sorted(self._counts.items())
            ]


answered = Requests()


def counted(answer: Answer) -> Answer:
    """Middleware, the outermost: it sees every request and what became of it."""

    def count(request: HttpRequest) -> HttpResponse:
        started = perf_counter()
        response = answer(request)
        seconds = perf_counter() - started
        page = page_of(request)
        answered.add(page, response.status_code, seconds=seconds)
        log.info(
            "A request was answered.",
            extra={
                "page": page,
                "method": request.method,
                "status": response.status_code,
                "milliseconds": round(1000 * seconds, 1),
            },
        )
        return response

    return count


def page_of(request: HttpRequest) -> str:
    """The name of the page that answered; `static` for style sheets and pictures, `none` where there is no such page."""
    match = request.resolver_match
    if match is not None:
        return match.url_name or NO_PAGE
    return STATIC if request.path_info.startswith(settings.STATIC_URL) else NO_PAGE
