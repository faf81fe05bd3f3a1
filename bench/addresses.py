"""Every page inside by its addresses, as the addresses themselves say: a new page is asked without a word here.

Where an address has a name in it, EXAMPLES draws one from the books; MORE are further addresses of a page, which show more of it.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from tallystick.core.role import PAGES, Door, Role

NAMED = re.compile(r"<(?:\w+:)?\w+>")


class Asked(NamedTuple):
    """An address, the page it belongs to, and a role that may read it."""

    page: str
    path: str
    role: Role


def _draft() -> object:
    """A wish that waits: a reversal of an entry of these books, asked for by a bookkeeper."""
    from django.utils import timezone

    from tallystick.desk.actions import ask
    from tallystick.desk.entries import ReversalWish
    from tallystick.desk.models import Draft
    from tallystick.desk.wishes import Asker

    if not Draft.objects.exists():
        wish = ReversalWish("BENCH-BACK", "2026-01-05T09:00:00+00:00", str(_tally()))
        ask("reversal", wish, by=Asker("BENCH-BOOKKEEPER", frozenset({Role.BOOKKEEPER})), asked_at=timezone.now(), reason="twice")
    return Draft.objects.values_list("pk", flat=True).order_by("-pk")[0]


def _tally() -> object:
    """A tally on the road."""
    from tallystick.reports.holdings import open_tallies

    return open_tallies()[-1].reference


def _lost() -> object:
    """An entry by which something was lost."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reference FROM ledger_entry e JOIN ledger_move m ON m.entry_id = e.act_id WHERE m.kind = 'loss' LIMIT 1"
        )
        return cursor.fetchone()[0]


TALLY_PAGES = (
    "tally", "tally-receipt", "tally-loss", "tally-return", "tally-packing", "tally-dispute", "dispute-closing", "tally-overage",
    "overage-clearing", "waybill", "cash-receipt", "entry",
)  # fmt: skip
NOT_IN_THESE = (
    "pay-order", "pay-order-issue", "pay-order-payment", "pay-order-void", "pay-order-paper", "code", "errand", "errand-progress",
    "errand-file", "venture",
)  # fmt: skip
EXAMPLES: dict[str, Callable[[], object]] = {
    "draft": _draft,
    "staff-member": lambda: f"BENCH-{Role.LEAD.upper()}",
    "custodian": lambda: "A0001",
    "party-whole": lambda: "A0001",
    "earmark-whole": lambda: "M003",
    "authorisation": lambda: "REH",
    "vouches-of": lambda: "R000001",
    "vouches-by": lambda: "REF-00001",
    "grant": lambda: "G000001",
    **dict.fromkeys(TALLY_PAGES, _tally),
    **dict.fromkeys(("loss-answer", "loss-recovery"), _lost),
    **dict.fromkeys(NOT_IN_THESE, lambda: "NONE"),
}
"""What to put into the address of a page, by the name of the page; of what the generator makes none, no page is shown."""

MORE: dict[str, tuple[str, ...]] = {
    "whose-hands-now": ("?kind=custodian:carrier", "?kind=custodian:agent&rows=50", "?earmark=M003&unit=SYP", "?code=19"),
    "everyone-else": ("?of=donor", "?of=books", "?of=recipient&code=R0199", "?of=recipient&after=0%1FR018000"),
    "hand-by-hand": ("?kind=custodian:fund", "?kind=custodian:agent", "?kind=custodian:carrier", "?kind=recipient&rows=50"),
    "tallies": ("?rows=100", "?state=done"),
}


def addresses() -> Iterator[Asked]:
    """Every address of every page inside, with an example in the place of what it names."""
    from django.urls import get_resolver

    found = dict(below(get_resolver().url_patterns, before="/"))
    for page, pattern in found.items():
        if PAGES[page].door is not Door.INSIDE:
            continue
        role = min(PAGES[page].read, key=list(Role).index)
        path = NAMED.sub(str(EXAMPLES[page]()), pattern) if NAMED.search(pattern) else pattern
        yield from (Asked(page, f"{path}{more}", role) for more in ("", *MORE.get(page, ())))


def below(patterns: list[Any], *, before: str) -> Iterator[tuple[str, str]]:
    for one in patterns:
        path = f"{before}{one.pattern}"
        if hasattr(one, "url_patterns"):
            yield from below(one.url_patterns, before=path)
        else:
            yield one.name, path
