"""Wishes about one tally of goods, for the tests that need one on its way: a hundred lamps from KILN to WAGTAIL."""

from datetime import date, timedelta
from typing import Any

from tallystick.core.amount import Parts
from tallystick.core.role import Role
from tallystick.desk.actions import agree, ask
from tallystick.desk.handovers.disputing import ClosingWish, DisputeWish, SettledLine
from tallystick.desk.handovers.receiving import CountedLine, ReceiptWish
from tallystick.desk.handovers.sending import DispatchWish, SentLine
from tallystick.desk.models import Draft
from tallystick.desk.wishes import Asker, Done
from tallystick.ledger.queries.holdings import balance_of
from tests.books import POSTED_AT

PLOVER = Asker("PLOVER", frozenset({Role.BOOKKEEPER}))
DUNLIN = Asker("DUNLIN", frozenset({Role.LEAD}))
LATER = POSTED_AT + timedelta(hours=1)
GIVEN = "E1   3 March   gift   HAEBARAGI → KILN   LAMP 500   LIGHT"
SENT_AT, CAME_AT = "2016-03-05T09:00:00+08:00", "2016-03-07T09:00:00+08:00"


def asked(name: str, wish: Any, *, by: Asker = PLOVER, reason: str = "as the papers say") -> Done | Draft:
    return ask(name, wish, by=by, asked_at=POSTED_AT, reason=reason)


def done(name: str, wish: Any, *, by: Asker = PLOVER) -> Done:
    """What one person does, or two where one is not enough."""
    answer = asked(name, wish, by=by)
    return agree(answer.pk, by=DUNLIN, agreed_at=LATER) if isinstance(answer, Draft) else answer


def dispatch(tally: str = "T1", *, lamps: int = 100, **more: Any) -> DispatchWish:
    line = SentLine("LAMP", Parts(lamps), "LIGHT", "G09", "REH-GOODS", **more)
    return DispatchWish(tally, SENT_AT, "KILN", "WAGTAIL", (line,))


def receipt(tally: str = "T1", *, at: str = CAME_AT, **counted: Any) -> ReceiptWish:
    """`received`, `lost` with its `cause` and who `answers`, and what was `above`."""
    return ReceiptWish(tally, at, (CountedLine("LAMP", "LIGHT", **counted),))


def dispute(tally: str = "T1", *, lamps: int = 5, claimed_by: str = "WAGTAIL") -> DisputeWish:
    return DisputeWish(tally, claimed_by, date(2016, 3, 8), "LAMP", Parts(lamps), "five were never loaded")


def closing(step: str, *, lamps: int = 0, cause: str = "", answers: str = "", dispute: str = "T1-D1") -> ClosingWish:
    lines = (SettledLine("LAMP", "LIGHT", Parts(lamps), cause, answers),) if lamps else ()
    return ClosingWish(dispute, step, "2016-03-20T09:00:00+08:00", lines)


def lamps_of(holder: str) -> int:
    return balance_of(holder, unit="LAMP", earmark="LIGHT")
