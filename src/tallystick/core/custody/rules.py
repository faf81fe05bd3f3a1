"""What was agreed about the custodians whom a batch of entries touches, and how much of it is used up. Gathered with the book."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from tallystick.core.agreement import Group, Terms
from tallystick.core.amount import Parts
from tallystick.core.corridor import Way
from tallystick.core.entry import Kind, Move

Account = tuple[str, str, str]
"""Holder, unit, earmark."""

Holding = tuple[str, str]
"""Unit and earmark, of one custodian."""

NOT_PASSED_ON = frozenset(kind.value for kind in (Kind.RETURN, Kind.EXCHANGE, Kind.PURCHASE, Kind.REASSIGN, Kind.REVERSAL))
"""What leaves a hand and is not given on: it goes back, or something else comes for it into the same hand."""


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that some custodians may hold together, in the reporting unit."""

    members: frozenset[str]
    limit: Parts
    upstream: str = ""  # who stands behind them; empty where the limit is one custodian's own


@dataclass(slots=True)
class Dealings:
    """What one custodian gave on since an agreement began (commission included, less what came back), and kept of it.

    With what is still in the hand, what was given on is all that came into it: the whole of which commission is a share.
    """

    passed_on: dict[Holding, int] = field(default_factory=lambda: defaultdict(int))
    kept: dict[Holding, int] = field(default_factory=lambda: defaultdict(int))
    times: dict[Holding, int] = field(default_factory=lambda: defaultdict(int))  # that something was kept

    def take(self, custodian: str, moves: Iterable[Move], *, sign: int = 1) -> None:
        """Count these moves, or with `sign` -1 take them back."""
        for move in moves:
            holding = move.unit, move.earmark
            if move.giver == custodian and move.kind not in NOT_PASSED_ON:
                self.passed_on[holding] += sign * move.amount
            if move.giver == custodian and move.kind == Kind.COMMISSION:
                self.kept[holding] += sign * move.amount
                self.times[holding] += sign
            if move.taker == custodian and move.kind == Kind.RETURN:
                self.passed_on[holding] -= sign * move.amount


@dataclass(slots=True)
class Rules:
    """Agreements and limits in value, and what has been used of them as far as the book goes."""

    reporting_unit: str
    rates: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)  # by (earmark, unit), as core/valuation.py has them
    terms: dict[str, Terms] = field(default_factory=dict)
    ways: dict[str, Way] = field(default_factory=dict)
    overrides: dict[str, str] = field(default_factory=dict)  # references, each with the custodian to whom it may go
    roads: dict[str, dict[Account, int]] = field(default_factory=lambda: defaultdict(dict))  # to a custodian, by what carries it
    caps: dict[str, Cap] = field(default_factory=dict)
    exposed: dict[str, Fraction] = field(default_factory=lambda: defaultdict(Fraction))  # by the name of a cap
    dealings: dict[tuple[str, date], Dealings] = field(default_factory=dict)  # by custodian and first day
    capped: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # custodian to the names of its caps
    told_at: datetime | None = None  # when it is written down; None for a folder, which tells what happened day after day

    def day_of_waiting(self, happened_at: datetime) -> date:
        """The day whose agreement says whether a transfer waits and how much it may be: a day written back ducks neither."""
        if self.told_at is None:
            return happened_at.date()
        return max(happened_at.date(), self.told_at.astimezone(happened_at.tzinfo).date())

    def know_terms(self, terms: Terms) -> list[str]:
        """Take what was agreed with a custodian in; the name of the cap that is new by it, if one is."""
        self.terms[terms.custodian] = terms
        if terms.value_limit is None:
            return []
        return self._know_cap(f"value {terms.custodian}", Cap(frozenset({terms.custodian}), terms.value_limit))

    def know_group(self, group: Group) -> list[str]:
        """The same of those who share an upstream."""
        if group.limit is None:
            return []
        return self._know_cap(f"upstream {group.upstream}", Cap(frozenset(group.members), group.limit, upstream=group.upstream))

    def _know_cap(self, name: str, cap: Cap) -> list[str]:
        if name in self.caps:
            return []
        self.caps[name] = cap
        for member in cap.members:
            self.capped[member].append(name)
        return [name]

    def value(self, parts: int, *, unit: str, earmark: str) -> Fraction:
        """What these parts are worth in the reporting unit; what has no rate is not counted."""
        rate = self.rate(unit, earmark)
        return Fraction(0) if rate is None else rate * parts

    def rate(self, unit: str, earmark: str) -> Fraction | None:
        return Fraction(1) if unit == self.reporting_unit else self.rates.get((earmark, unit))

    def gains(self, changes: Iterable[tuple[str, Holding, int]]) -> dict[str, Fraction]:
        """What each cap gains by (custodian, holding, change) of an entry, what is on the road to a custodian included."""
        gains: dict[str, Fraction] = defaultdict(Fraction)
        for custodian, (unit, earmark), change in changes:
            for name in self.capped.get(custodian, ()):
                gains[name] += self.value(change, unit=unit, earmark=earmark)
        return gains
