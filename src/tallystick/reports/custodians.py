"""Custodians one by one: what each holds and may hold, what it is worth, what was agreed and how much of that is used up."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple

from tallystick.core.agreement import Agreement, Group, Override, Terms
from tallystick.core.custody.rules import Rules
from tallystick.core.custody.terms import Kept
from tallystick.core.party import Party, is_custodian
from tallystick.core.term import holds_on
from tallystick.corridors.queries import groups_of, overrides_to, terms_of
from tallystick.ledger.queries.hands import (
    InHand,
    OnTheWay,
    dealings_since,
    in_hand,
    losses_of,
    oldest_since,
    on_the_way,
    tallies_to,
)
from tallystick.ledger.queries.holdings import OnTheRoad
from tallystick.ledger.queries.rates import valuation
from tallystick.ledger.queries.records import programme, units
from tallystick.people.queries import parties


@dataclass(slots=True)
class Hand:
    """What one custodian holds of one unit over all earmarks, and what is on the road there; smallest parts."""

    unit: str
    held: int = 0
    road: int = 0
    limit: int | None = None


@dataclass(slots=True)
class Exposure:
    """What is in some hands and on the road there, in the reporting unit; and by unit what has no rate and is not counted."""

    value: Fraction = Fraction(0)
    uncounted: dict[str, int] = field(default_factory=dict)

    def add(self, other: "Exposure") -> None:
        self.value += other.value
        for unit, parts in other.uncounted.items():
            self.uncounted[unit] = self.uncounted.get(unit, 0) + parts


@dataclass(frozen=True, slots=True)
class Standing:
    """How one custodian stands on a day."""

    party: Party
    hands: tuple[Hand, ...]
    exposure: Exposure
    terms: Terms
    agreement: Agreement | None  # of the day, or the one that ended last
    is_over: bool
    tallies: tuple[OnTheRoad, ...]
    since: datetime | None
    or_earlier: bool


class Share(NamedTuple):
    """What was kept in one unit of what came in, and the most that could have been; smallest parts."""

    unit: str
    kept: int
    allowed: int
    came_in: int


class Lost(NamedTuple):
    """What was lost by one cause in one unit, and who bears that by the agreement; empty where nobody agreed on it."""

    cause: str
    unit: str
    amount: int
    bearer: str


@dataclass(frozen=True, slots=True)
class Custodian:
    """One custodian from near: its standing, what it kept, what it lost, whom it depends on and who depends on it."""

    standing: Standing
    shares: tuple[Share, ...]
    losses: tuple[Lost, ...]
    groups: tuple[Group, ...]
    overrides: tuple[Override, ...]


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """All who share an upstream, each with what it holds in value."""

    group: Group
    members: tuple[tuple[str, Exposure], ...]
    exposure: Exposure


def standings(codes: Collection[str], *, day: date) -> list[Standing]:
    """How these custodians stand on a day, in the order of their codes as given; as many questions for many as for one."""
    known, terms = parties(codes=codes), terms_of(codes)
    held, roads, since = in_hand(codes), on_the_way(codes), oldest_since(codes)
    worth, open_tallies = _exposures(held, roads), defaultdict(list)
    for tally in tallies_to(codes):
        open_tallies[tally.carrier].append(tally)
    found = []
    for code in codes:
        agreed = terms.get(code) or Terms(code)
        agreement = agreed.on(day)
        oldest = since.get(code, (None, False))
        found.append(
            Standing(
                known[code], _hands(known[code], held=held, roads=roads), worth[code], agreed, agreement,
                agreement is not None and not holds_on(agreement, day), tuple(open_tallies[code]), *oldest,
            )
        )  # fmt: skip
    return found


def custodian(code: str, *, day: date) -> Custodian | None:
    """One custodian from near; None where no custodian has this code."""
    party = parties(codes=[code]).get(code)
    if party is None or not is_custodian(party.kind):
        return None
    (standing,) = standings([code], day=day)
    behind = groups_of({code, *standing.terms.upstreams})
    return Custodian(standing, _shares(standing), _losses(standing), tuple(behind.values()), tuple(overrides_to(code)))


def group_standings(upstreams: Collection[str] | None = None) -> list[GroupStanding]:
    """All who share an upstream, or those behind whom one of these stands, with what they hold together."""
    groups = groups_of(upstreams)
    members = {member for group in groups.values() for member in group.members}
    worth = _exposures(in_hand(members), on_the_way(members))
    found = []
    for group in groups.values():
        together = Exposure()
        for member in group.members:
            together.add(worth[member])
        found.append(GroupStanding(group, tuple((member, worth[member]) for member in group.members), together))
    return found


def _hands(party: Party, *, held: Sequence[InHand], roads: Sequence[OnTheWay]) -> tuple[Hand, ...]:
    """By unit what is there, what is on the road and what may be; a limit for what is not there stands as well."""
    hands = {limit.unit: Hand(limit.unit, limit=limit.amount) for limit in party.holding_limit}
    for one in held:
        if one.holder == party.party:
            hands.setdefault(one.unit, Hand(one.unit)).held += one.amount
    for way in roads:
        if way.carrier == party.party:
            hands.setdefault(way.unit, Hand(way.unit)).road += way.amount
    return tuple(hands[unit] for unit in sorted(hands))


def _exposures(held: Sequence[InHand], roads: Sequence[OnTheWay]) -> dict[str, Exposure]:
    """By custodian what is in its hands and on the road there, at each earmark's own rate."""
    lying = [*((one.holder, one.unit, one.earmark, one.amount) for one in held),
             *((one.carrier, one.unit, one.earmark, one.amount) for one in roads)]  # fmt: skip
    rules = _rules({earmark for _, _, earmark, _ in lying})
    found: dict[str, Exposure] = defaultdict(Exposure)
    for code, unit, earmark, parts in lying:
        rate = rules.rate(unit, earmark)
        found[code].add(Exposure(uncounted={unit: parts}) if rate is None else Exposure(rate * parts))
    return found


def _rules(earmarks: Collection[str]) -> Rules:
    """What units are worth; books without a programme count in nothing."""
    opened = programme()
    return Rules(opened.reporting_unit, valuation(opened.reporting_unit, earmarks=earmarks).rates) if opened else Rules("")


def _shares(standing: Standing) -> tuple[Share, ...]:
    """What was kept under the agreement of the day, by the unit in which it is measured."""
    agreement = standing.agreement
    if agreement is None:
        return ()
    code = standing.party.party
    dealings = dealings_since({(code, agreement.valid_from)})[code, agreement.valid_from]
    held = {(one.unit, one.earmark): one.amount for one in in_hand([code])}
    rules = _rules({earmark for _, earmark in {*held, *dealings.passed_on}})
    kept = Kept(agreement, dealings, held=held, units=units(), rules=rules)
    found = {}
    for holding in sorted(kept.holdings):
        unit, so_far, allowed, base = kept.shares(holding)
        found[unit] = Share(unit, round(so_far), int(allowed), round(base))
    return tuple(found.values())


def _losses(standing: Standing) -> tuple[Lost, ...]:
    bears = {one.cause: one.bearer for one in standing.agreement.bears} if standing.agreement else {}
    return tuple(Lost(cause, unit, amount, bears.get(cause, "")) for cause, unit, amount in losses_of(standing.party.party))
