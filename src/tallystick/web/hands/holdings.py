"""The table of whose hands: custodians one by one, their amounts, how long they lay there and how full the hand is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tallystick.core.party import CUSTODIAN_KINDS
from tallystick.reports.holdings import Holding, OpenTally
from tallystick.web.figures import age, amount, day
from tallystick.web.hands.words import holder_name, one_of

CUSTODIANS = [f"custodian:{kind}" for kind in CUSTODIAN_KINDS]
OTHERS = {
    "recipient": gettext_lazy("With recipients"),
    "supplier": gettext_lazy("With suppliers"),
    "changer": gettext_lazy("With changers"),
    "donor": gettext_lazy("Given by donors"),
    "books": gettext_lazy("In the books’ own accounts"),
}


@dataclass(frozen=True, slots=True)
class Gauge:
    """How full a hand is in one unit: `filled` is out of a hundred, and stops there."""

    limit: str
    percent: int
    filled: int


@dataclass(frozen=True, slots=True)
class Row:
    """One amount in a hand. The spans are how many rows the first of a holder or unit speaks for; 0 on the others.

    What the first row of a holder says of them, their role, is empty on the others; `since` is for programs, `day` for people.
    """

    holder: str
    role: str
    place: str
    holder_span: int
    unit: str
    unit_span: int
    earmark: str
    amount: str
    is_below: bool
    since: str
    day: str
    age: str
    gauge: Gauge | None


@dataclass(frozen=True, slots=True)
class TallyRow:
    reference: str
    giver: str
    carrier: str
    unit: str
    earmark: str
    grant: str
    amount: str
    dispatched_at: datetime
    day: str
    age: str


def hand_rows(holdings: Iterable[Holding], *, order: Sequence[str], now: datetime) -> list[Row]:
    """These hands with whatever they hold, in this order."""
    places = {code: place for place, code in enumerate(order)}
    return _rows(sorted(holdings, key=lambda one: (places[one.holder], one.unit, one.earmark)), now=now)


def own_rows(holdings: Iterable[Holding], *, now: datetime) -> list[Row]:
    """The books' own accounts, as they come."""
    return _rows(list(holdings), now=now)


def tally_rows(tallies: Iterable[OpenTally], *, now: datetime) -> list[TallyRow]:
    return [
        TallyRow(
            one.reference, one.giver, one.carrier, one.unit, one.earmark, one.grant, amount(one.amount, one.places),
            one.dispatched_at, day(one.dispatched_at), age(one.dispatched_at, now),
        )
        for one in tallies
    ]  # fmt: skip


def _rows(holdings: Sequence[Holding], *, now: datetime) -> list[Row]:
    rows = []
    for _holder, of_holder in groupby(holdings, key=lambda one: one.holder):
        mine = list(of_holder)
        for _unit, of_unit in groupby(mine, key=lambda one: one.unit):
            amounts = list(of_unit)
            for place, holding in enumerate(amounts):
                spans = (len(mine) if holding is mine[0] else 0, len(amounts) if place == 0 else 0)
                rows.append(_row(holding, spans, now=now, gauge=None if place else _gauge(amounts)))
    return rows


def _row(holding: Holding, spans: tuple[int, int], *, now: datetime, gauge: Gauge | None) -> Row:
    since = holding.since
    return Row(
        holder=holder_name(holding.holder),
        role=one_of(holding.kind) if spans[0] else "",
        place=holding.place,
        holder_span=spans[0],
        unit=holding.unit,
        unit_span=spans[1],
        earmark=holding.earmark,
        amount=amount(holding.amount, holding.places),
        is_below=holding.amount < 0,
        since=since.isoformat() if since else "",
        day=day(since) if since else "",
        age=_age(since, now=now, or_earlier=holding.or_earlier) if since else "",
        gauge=gauge,
    )


def _age(since: datetime, *, now: datetime, or_earlier: bool) -> str:
    """“11 years”, or “11 years or more”."""
    return _or_more(age(since, now), language=get_language()) if or_earlier else age(since, now)


@lru_cache(maxsize=1024)
def _or_more(told: str, *, language: str | None) -> str:
    """A long table says the same ages over and over; what they are called changes with the language alone."""
    return _("{age} or more").format(age=told)


def _gauge(holdings: Sequence[Holding]) -> Gauge | None:
    """The limit is for the hand and the unit, whatever the earmarks."""
    limit = holdings[0].limit
    if not limit:
        return None
    percent = sum(one.amount for one in holdings) * 100 // limit
    return Gauge(amount(limit, holdings[0].places), percent, min(percent, 100))
