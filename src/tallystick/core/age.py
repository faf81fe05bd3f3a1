"""How long value has lain in a pair of hands: what came first leaves first."""

from collections import deque
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from tallystick.core.custody.book import Key


class Arrival(NamedTuple):
    """A move as ages need it, in the order in which the books took it in."""

    happened_at: datetime
    giver: Key
    taker: Key
    amount: int


class Held(NamedTuple):
    amount: int
    since: datetime | None  # when the oldest of what is held came in; None where nothing is
    or_earlier: bool = False  # the oldest came in no later than `since`, and perhaps before


def held_after(arrivals: Iterable[Arrival], *, aged: Iterable[Key] | None = None) -> dict[Key, Held]:
    """What every account holds after these moves, and since when; ages are kept for the accounts in `aged` (all where None).

    First in, first out: a giver lets go of what has lain longest. The lines of an entry count together, so one may give what
    a later one brings; what then comes in makes that up first, and lies in nobody's hands.
    """
    watched = None if aged is None else set(aged)
    balances: dict[Key, int] = {}
    lots: dict[Key, deque[tuple[datetime, int]]] = {}
    for happened_at, giver, taker, amount in arrivals:
        balances[giver] = balances.get(giver, 0) - amount
        balances[taker] = left = balances.get(taker, 0) + amount
        if giver in lots:
            _let_go(lots[giver], amount)
        if left > 0 and (watched is None or taker in watched):
            lots.setdefault(taker, deque()).append((happened_at, min(amount, left)))
    return {key: Held(balance, lots[key][0][0] if lots.get(key) else None) for key, balance in balances.items()}


def _let_go(lots: deque[tuple[datetime, int]], amount: int) -> None:
    while amount and lots:
        since, lot = lots.popleft()
        if lot > amount:
            lots.appendleft((since, lot - amount))
        amount -= min(lot, amount)
