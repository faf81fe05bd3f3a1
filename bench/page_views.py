"""Every page inside, looked at by a member who may: `python -m bench.page_views HOME TIMES AFTER`.

Each address is asked so many TIMES in one process, once it was asked already, and AFTER times directly after something was posted.
Prints for each the seconds of every asking, the processor's seconds, how often it asked the books, and the bytes of its first load:
the page and whatever it has the browser fetch, compressed as a server in front of it would.
"""

import gzip
import itertools
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.addresses import Asked, addresses
from bench.place import PASSPHRASE
from bench.questions import signed_in
from bench.road import DONOR, EARMARK, FUND, UNIT
from tallystick.ops.opening import open_books
from tallystick.vault.keys import Keyring

FETCHED = re.compile(r'<(?:link|script|img)\b[^>]*\b(?:href|src)="([^"]+)"')
FONT = re.compile(r'font-family: "Tallystick Languages".*?url\("?([^")]+)"?\)', re.DOTALL)  # all that an English page fetches
FOREIGN = re.compile(r"""(?:src|href|action)=["'](?:[a-z]+:)?//|url\(["']?(?:[a-z]+:)?//""")


def main() -> None:
    home, times, after = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    keyring = open_books(home, PASSPHRASE)
    from django.db import connection

    from tallystick.ops.serving import begin_serving

    connection.ensure_connection()
    begin_serving()
    browsers: dict[str, Any] = {}
    started = time.perf_counter()
    first = _browser(browsers, "lead").get("/")
    begun = time.perf_counter() - started
    assert first.status_code == 200, f"the first page answered {first.status_code}"
    post, found, absent = _poster(keyring), [], []
    for role in ("lead", "bookkeeper"):
        _browser(browsers, role)
    for asked in addresses():
        status = _browser(browsers, asked.role).get(asked.path).status_code
        assert status < 500, f"{asked.path} answered {status} to a {asked.role}"
        if status == 200:
            found.append(_viewed(asked, _browser(browsers, asked.role), times=times, after=after, post=post))
        else:
            absent.append(asked.path)
    print(json.dumps({"first_seconds": begun, "pages": found, "absent": absent}))


def _browser(browsers: dict[str, Any], role: str) -> Any:
    from django.test import Client

    if role not in browsers:
        browsers[role] = signed_in(Client(headers={"host": "127.0.0.1"}), name=f"BENCH-{role.upper()}", roles=[role])
    return browsers[role]


def _poster(keyring: Keyring) -> Callable[[], None]:
    """What posts one more entry, a gift and a little of it to an agent."""
    from tallystick.core.entry import Entry, Line
    from tallystick.handovers.actions import hand_over

    numbers = itertools.count(1)

    def post() -> None:
        lines = (Line("gift", DONOR, FUND, UNIT, 500, EARMARK), Line("handover", FUND, "A0001", UNIT, 300, EARMARK, "", "REH"))
        number = next(numbers)
        entries = [
            Entry(f"BENCH-{number}-{place}", datetime(2026, 1, 5, tzinfo=UTC), (line,)) for place, line in enumerate(lines)
        ]
        hand_over(entries, office=keyring.office, recorded_at=datetime.now(UTC))

    return post


def _viewed(asked: Asked, browser: Any, *, times: int, after: int, post: Callable[[], None]) -> dict[str, Any]:
    answer = browser.get(asked.path)
    warm = [_timed(browser, asked.path) for _ in range(times)]
    changed = []
    for _ in range(after):
        post()
        changed.append(_timed(browser, asked.path))
    return {
        "page": asked.page,
        "path": asked.path,
        "warm": [one[:2] for one in warm],
        "after": [one[:2] for one in changed],
        "questions": _questions(browser, asked.path),
        "first_load": sum(len(gzip.compress(body)) for body in _load(browser, answer)),
    }


def _timed(browser: Any, path: str) -> tuple[float, float]:
    """The seconds on the clock, and the processor's."""
    started, spent = time.perf_counter(), time.process_time()
    answer = browser.get(path)
    taken = time.perf_counter() - started, time.process_time() - spent
    assert answer.status_code == 200
    return taken


def _questions(browser: Any, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        browser.get(path)
    return len(asked)


def _load(browser: Any, answer: Any) -> Iterator[bytes]:
    """The page, and everything that a browser fetches with it."""
    text = answer.content.decode()
    assert not FOREIGN.search(text), "a page asks another host"
    yield answer.content
    for address in FETCHED.findall(text):
        body = b"".join(browser.get(address).streaming_content)
        yield body
        if address.endswith(".css"):
            sheet = body.decode()
            assert not FOREIGN.search(sheet), f"{address} asks another host"
            for font in FONT.findall(sheet):
                yield b"".join(browser.get(f"{address.rpartition('/')[0]}/{font}").streaming_content)


if __name__ == "__main__":
    main()
