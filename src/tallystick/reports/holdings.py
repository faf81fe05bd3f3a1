"""Whose hands now: who holds what, for which earmark, since when and within which limit; and what reached recipients."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from tallystick.core.amount import show_amount
from tallystick.core.custody.book import TRANSIT
from tallystick.core.programme import Programme
from tallystick.journal.bulk import local_moment
from tallystick.ledger.queries import holdings as ledger
from tallystick.ledger.queries.listed import Where, own_accounts
from tallystick.ledger.queries.records import programme as opened_programme
from tallystick.ledger.queries.records import units
from tallystick.people.queries import parties


@dataclass(frozen=True, slots=True)
class Holding:
    """One holder's holding of one unit for one earmark. `amount` and `limit` are smallest parts."""

    holder: str
    kind: str  # the party's kind; `tally` on the road, `books` for the books' own accounts
    place: str
    unit: str
    places: int
    earmark: str
    amount: int
    since: datetime | None  # when the oldest of it came in; custodians and tallies only
    limit: int | None  # the holder's limit in this unit, over all its earmarks
    or_earlier: bool = False  # `since` is as far back as was looked: the oldest of it may be older


@dataclass(frozen=True, slots=True)
class OpenTally:
    """What was dispatched and not yet received, lost or returned."""

    reference: str
    giver: str
    carrier: str
    unit: str
    places: int
    earmark: str
    grant: str
    amount: int
    dispatched_at: datetime


@dataclass(frozen=True, slots=True)
class Delivered:
    grant: str
    recipient: str
    unit: str
    places: int
    amount: int


def programme() -> Programme | None:
    return opened_programme()


def whose_hands(at: datetime | None = None, *, of: Collection[str] | None = None) -> list[Holding]:
    """Everyone who holds anything, or stands below zero, now or at a moment; by holder, unit and earmark in code order.

    With `of`, those of these holders, now.
    """
    held = ledger.held_now(of) if at is None else ledger.held_at(at)
    places = {code: unit.places for code, unit in units().items()}
    known = parties(codes={holder for holder, _, _ in held if not holder.startswith("@")})
    limits = {(party.party, limit.unit): limit.amount for party in known.values() for limit in party.holding_limit}
    holdings = []
    for (holder, unit, earmark), one in sorted(held.items()):
        party = known.get(holder)
        custody = holder.startswith(TRANSIT) or (party is not None and party.kind.startswith("custodian:"))
        holdings.append(
            Holding(
                holder=holder,
                kind=party.kind if party else ("tally" if custody else "books"),
                place=party.place if party else "",
                unit=unit,
                places=places[unit],
                earmark=earmark,
                amount=one.amount,
                since=one.since if custody else None,
                limit=limits.get((holder, unit)),
                or_earlier=one.or_earlier,
            )
        )
    return holdings


def own_holdings(where: Where) -> list[tuple[int, Holding]]:
    """(its place in the list, what lies there) for the books' own accounts that are not empty, a leaf of them."""
    places = {code: unit.places for code, unit in units().items()}
    return [
        (one.id, Holding(one.holder, "books", "", one.unit, places[one.unit], one.earmark, one.amount, None, None))
        for one in own_accounts(where)
    ]


def balances(at: datetime | None = None) -> list[tuple[str, str, str, str]]:
    """(holder, unit, earmark, amount) of every account that is not empty, now or at a moment, in code order; decimals."""
    places = {code: unit.places for code, unit in units().items()}
    now = ledger.balances_now() if at is None else {key: one.amount for key, one in ledger.held_at(at).items()}
    held = sorted(now.items())
    return [(holder, unit, earmark, show_amount(amount, places[unit])) for (holder, unit, earmark), amount in held]


def open_tallies(*, most: int = ledger.NUMBER_MAX) -> list[OpenTally]:
    """Every tally on the road, oldest first; `most` of them."""
    places = {code: unit.places for code, unit in units().items()}
    return [
        OpenTally(
            row.reference, row.giver, row.carrier, row.unit, places[row.unit], row.earmark, row.grant, row.amount,
            local_moment(row.happened_at, row.utc_offset_minutes),
        )
        for row in ledger.open_tallies(most=most)
    ]  # fmt: skip


def open_count() -> int:
    """How many there are of them."""
    return ledger.open_count()


def delivered() -> list[Delivered]:
    """What each grant's recipient was given, by grant, recipient and unit in code order."""
    places = {code: unit.places for code, unit in units().items()}
    return [Delivered(grant, recipient, unit, places[unit], amount) for grant, recipient, unit, amount in ledger.delivered()]
