"""Questions to open books, each asked several times: `python -m bench.questions HOME`.

Prints the seconds of each asking, the first of which found nothing in the memory of the process or of its connection, and how many
accounts were not empty.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.place import PASSPHRASE
from bench.traced import EARMARK, FUND, UNIT
from tallystick.ops.opening import open_books

MEMBER = "BENCH"
BALANCE, TRACE, HANDS, PAGE = "balance", "trace", "hands", "page"
TIMES = {BALANCE: 300, TRACE: 5, HANDS: 7, PAGE: 5}


def main() -> None:
    open_books(Path(sys.argv[1]), PASSPHRASE)
    from django.db import connection
    from django.test import Client

    from tallystick.ledger.queries.holdings import balance_of, held_now, open_tallies
    from tallystick.reports.trace import trace

    browser = signed_in(Client(headers={"host": "127.0.0.1"}))
    asked: dict[str, Callable[[], Any]] = {
        BALANCE: lambda: balance_of(FUND, unit=UNIT, earmark=EARMARK),
        TRACE: lambda: trace(EARMARK),
        HANDS: lambda: (held_now(), open_tallies()),
        PAGE: lambda: browser.get("/"),
    }
    connection.ensure_connection()
    seconds = {name: timed(question, times=TIMES[name]) for name, question in asked.items()}
    assert asked[BALANCE]() > 0, f"{FUND} holds {UNIT} for {EARMARK}"
    assert asked[PAGE]().status_code == 200, "the page is shown"
    print(json.dumps({"seconds": seconds, "accounts": len(held_now()), "steps": len(trace(EARMARK).trace.steps)}))


def signed_in(browser: Any, *, name: str = MEMBER, roles: Sequence[str] = ("analyst",)) -> Any:
    """The same browser, in which a member made for this has signed in with a second factor."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.conf import settings

    from tallystick.staff.actions import add_member
    from tallystick.staff.models import Member
    from tallystick.web.door.keeper import presence, presence_cookie

    if not Member.objects.filter(username=name).exists():
        add_member(name, roles=roles)
        TOTP.activate(Member.objects.get(username=name), generate_totp_secret())
    browser.force_login(Member.objects.get(username=name), backend=settings.AUTHENTICATION_BACKENDS[-1])
    browser.cookies[presence_cookie()] = presence(browser.cookies[settings.SESSION_COOKIE_NAME].value)
    return browser


def timed(question: Callable[[], Any], *, times: int) -> list[float]:
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        question()
        seconds.append(time.perf_counter() - started)
    return seconds


if __name__ == "__main__":
    main()
