"""The part of the books that a decision needs: who the parties are, what they hold, what stands under a reference."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from tallystick.core.custody.rules import Rules
from tallystick.core.entry import Kind, PostedEntry
from tallystick.core.party import Party
from tallystick.core.unit import Unit

Key = tuple[str, str, str]
"""An account's natural key: holder, unit, earmark."""

Hand = tuple[str, str]
"""A party and a unit, over all earmarks: what a holding limit is for."""

TRANSIT = "@transit:"


@dataclass(slots=True)
class Tally:
    """A handover in two halves that is under way or done: who gave it up, who is meant to take it."""

    reference: str
    giver: str
    carrier: str
    dispatch: PostedEntry | None  # None while the dispatch is the entry being decided

    @property
    def transit(self) -> str:
        return TRANSIT + self.reference


@dataclass(slots=True)
class Book:
    """What was gathered for a batch of entries; deciding an entry carries it in here, so the next sees its effect."""

    opened: date
    units: dict[str, Unit] = field(default_factory=dict)
    earmarks: set[str] = field(default_factory=set)
    parties: dict[str, Party] = field(default_factory=dict)
    balances: dict[Key, int] = field(default_factory=dict)
    accounts: dict[Key, int] = field(default_factory=dict)  # the ids that the ledger keeps accounts under
    last_account: int = 0  # the last id that the ledger has given
    in_hand: dict[Hand, int] = field(default_factory=lambda: defaultdict(int))  # of parties with a limit; see gains
    limits: dict[Hand, int] = field(default_factory=dict)
    standing: dict[str, list[PostedEntry]] = field(default_factory=dict)  # by reference, oldest first
    reversed: set[str] = field(default_factory=set)  # references whose (first) entry was taken back
    sorts: dict[str, str] = field(default_factory=dict)  # holder to its sort, see ends.py
    gathered_holders: set[str] = field(default_factory=set)
    gathered_references: set[str] = field(default_factory=set)
    complained: set[object] = field(default_factory=set)  # accounts and limits already refused once
    paid: dict[tuple[str, str], int] = field(default_factory=dict)  # by grant and unit, where a promise has to be kept to
    gathered_grants: set[str] = field(default_factory=set)  # whose payouts are in `paid`
    rules: Rules | None = None  # what was agreed with custodians; None where nothing was

    def know_parties(self, parties: Iterable[Party]) -> None:
        for party in parties:
            self.parties[party.party] = party
            for limit in party.holding_limit:
                self.limits[party.party, limit.unit] = limit.amount

    def know_account(self, key: Key, balance: int, *, account: int) -> None:
        self.balances[key] = balance
        self.accounts[key] = account
        if key[:2] in self.limits:
            self.in_hand[key[:2]] += balance

    def know_road(self, carrier: str, key: Key, *, balance: int) -> None:
        """A tally that lay open when a carrier with a limit became known; what this book did to it since then counts."""
        if (carrier, key[1]) in self.limits:
            self.in_hand[carrier, key[1]] += self.balances.get(key, balance)

    def know_entry(self, posted: PostedEntry) -> None:
        self.standing.setdefault(posted.reference, []).append(posted)
        if posted.reverses:
            self.reversed.add(posted.reverses)

    def left_by(self, changes: dict[Key, int]) -> dict[Key, int]:
        """The balance that each of these accounts would be left with."""
        held = self.balances.get
        return {key: held(key, 0) + change for key, change in changes.items()}

    def carry(self, posted: PostedEntry, left: dict[Key, int], *, gains: dict[Hand, int]) -> None:
        """Take an entry into this book: what it leaves in each account, what hands gain, its reference, and what it reverses."""
        self.balances.update(left)
        for hand, gain in gains.items():
            self.in_hand[hand] += gain
        self.know_entry(posted)

    def gains(self, posted: PostedEntry, changes: dict[Key, int]) -> dict[Hand, int]:
        """What an entry adds, or takes where it is below zero, to what parties with a limit have in hand.

        What is on the road to them counts as theirs from the dispatch on, so that its receipt adds nothing; what is on the
        road from them does not.
        """
        gains: dict[Hand, int] = {}
        for (holder, unit, _), change in changes.items():
            hand = (self.carrier_of(holder, posted) if holder.startswith(TRANSIT) else holder), unit
            if hand in self.limits:
                gains[hand] = gains.get(hand, 0) + change
        return gains

    def carrier_of(self, transit: str, posted: PostedEntry) -> str:
        """Who is meant to take what this transit account carries; its dispatch may be the entry that is being decided."""
        tally = self.tally(transit.removeprefix(TRANSIT))
        if tally is not None:
            return tally.carrier
        return next((move.named for move in posted.moves if move.kind == Kind.DISPATCH), "")

    def tally(self, reference: str) -> Tally | None:
        """The tally that was dispatched under this reference, if one was."""
        for posted in self.standing.get(reference, ()):
            for move in posted.moves:
                if move.kind == Kind.DISPATCH:
                    return Tally(reference, move.giver, move.named, posted)
        return None
