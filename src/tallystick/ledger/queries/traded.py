"""What gives units their rates: the gifts and the trades of all hands together, kept in this process and brought up with what was said since.

A posting asks for it where a limit is counted in the reporting unit, so it must not take longer the more stands in the books: this
begins at the stock that was kept last, where there is one.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from tallystick.core.entry import Kind
from tallystick.core.flow import Flow, Swap
from tallystick.journal.asking import ask
from tallystick.journal.snapshot import snapshot
from tallystick.ledger.queries.flows import gifts_since, swaps_since
from tallystick.ledger.queries.stock import LAST, kept_stock

TradeEnds = tuple[str, str, str, str, str]


class Traded(NamedTuple):
    """The gifts, and what was exchanged, bought or reassigned; who gave and who took is not told."""

    gifts: list[Flow]
    swaps: list[Swap]


@dataclass(frozen=True, slots=True)
class _Counted:
    """The sums up to one act; nobody changes them."""

    act: int
    digest: bytes
    gifts: Counter[tuple[str, str]]
    given: Counter[TradeEnds]
    got: Counter[TradeEnds]

    def with_more(self, act: int, digest: bytes, *, gifts: Iterable[Flow], swaps: Iterable[Swap]) -> "_Counted":
        found = _Counted(act, digest, self.gifts.copy(), self.given.copy(), self.got.copy())
        for gift in gifts:
            found.gifts[gift.unit, gift.earmark] += gift.amount
        for swap in swaps:
            ends = swap.kind, swap.given_unit, swap.given_earmark, swap.got_unit, swap.got_earmark
            found.given[ends] += swap.given
            found.got[ends] += swap.got
        return found


NOTHING = _Counted(0, b"", Counter(), Counter(), Counter())
_seen: dict[str, _Counted] = {}  # by the name of the database: what this process counted in it last


def traded() -> Traded:
    """All of it up to now."""
    books = str(connection.settings_dict["NAME"])
    with snapshot():
        counted = _brought_up(_still_true(_seen.get(books, NOTHING)))
    _seen[books] = counted
    gifts = [Flow(Kind.GIFT, "", "", *ends, amount) for ends, amount in sorted(counted.gifts.items()) if amount]
    swaps = [
        Swap(kind, "", "", "", *given_ends, counted.given[ends], *got_ends, counted.got[ends])
        for ends in sorted(counted.given)
        for kind, given_ends, got_ends in [(ends[0], ends[1:3], ends[3:])]
        if counted.given[ends] or counted.got[ends]
    ]
    return Traded(gifts, swaps)


def _still_true(counted: _Counted) -> _Counted:
    """What was counted, where the books still hold the act up to which it was; what is kept otherwise."""
    rows = ask("SELECT digest FROM journal_act WHERE id = %s", [counted.act])()
    if [bytes(digest) for (digest,) in rows] == [counted.digest]:
        return counted
    kept = kept_stock()
    if kept is None:
        return NOTHING
    gifts = (flow for flow in kept.sums.each_flow() if flow.kind == Kind.GIFT)
    return NOTHING.with_more(kept.act, kept.digest, gifts=gifts, swaps=kept.sums.each_swap())


def _brought_up(counted: _Counted) -> _Counted:
    """The sums with what was said since."""
    rows = ask(LAST)()
    if not rows or rows[0][0] == counted.act:
        return counted
    (last, digest) = rows[0]
    return counted.with_more(last, bytes(digest), gifts=gifts_since(counted.act), swaps=swaps_since(counted.act))
