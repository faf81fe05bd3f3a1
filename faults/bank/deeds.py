"""What a client of the bank wishes to do next: drawn from its own chance, often more than is there, often of the same tally."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import NamedTuple

from faults.bank.town import DONOR, EARMARK, LAMP, OPENED_AT, OPENING, RECIPIENTS, UNITS, USD, Town, entry_of
from tallystick.core.entry import Entry, Line

LATER = timedelta(days=30)
"""A tally's second halves come so much after the first, whoever's clock is ahead."""

REMEMBERED_MAX = 50


class OpenTally(NamedTuple):
    """A tally that carries something. Its reference says who gave it up and who is to take it."""

    reference: str
    unit: str
    carries: int

    @property
    def ends(self) -> tuple[str, str]:
        _, giver, carrier = self.reference.rsplit("-", 2)
        return giver, carrier


@dataclass
class Client:
    """One client: its chance, how many entries it has written, what stands of them, and the tallies that it has seen open."""

    town: Town
    number: int
    chance: Random
    count: int = 0
    tallies: list[OpenTally] = field(default_factory=list)
    standing: list[Entry] = field(default_factory=list)

    def write(self, letter: str, *lines: Line, reference: str = "", later: bool = False) -> Entry:
        """An entry under a reference and at a moment that no other entry of any client has."""
        self.count += 1
        at = OPENED_AT + timedelta(seconds=self.count, microseconds=self.number) + (LATER if later else timedelta())
        return entry_of(reference or f"{letter}{self.number}-{self.count}", at, *lines)

    def custodians(self, count: int) -> list[str]:
        return self.chance.sample(self.town.custodians, count)

    def unit_and_amount(self) -> tuple[str, int]:
        """Up to three quarters of what a custodian began with: the second or third of such moves finds too little."""
        unit = self.chance.choice(UNITS)
        return unit, self.chance.randint(1, OPENING[unit] * 3 // 4)

    def remember(self, entry: Entry) -> None:
        self.standing = [*self.standing[1 - REMEMBERED_MAX :], entry]


def handover(client: Client) -> Entry:
    giver, taker, other = client.custodians(3)
    unit, amount = client.unit_and_amount()
    lines = [Line("handover", giver, taker, unit, amount, EARMARK)]
    if client.chance.random() < 0.3:
        lines.append(Line("handover", giver, other, unit, max(1, amount // 2), EARMARK))
    if client.chance.random() < 0.3:
        lines.append(Line("commission", taker, f"@commission:{taker}", unit, max(1, amount // 50), EARMARK))
    return client.write("H", *lines)


def dispatch(client: Client) -> Entry:
    giver, carrier = client.custodians(2)
    unit, amount = client.unit_and_amount()
    reference = f"T{client.number}-{client.count}-{giver}-{carrier}"
    return client.write("T", Line("dispatch", giver, carrier, unit, amount, EARMARK), reference=reference)


def arrive(client: Client) -> Entry:
    """A second half, or two in one entry: of a tally that others see open as well, and sometimes of more than it carries."""
    if not client.tallies:
        return dispatch(client)
    tally = client.chance.choice(client.tallies)
    giver, carrier = tally.ends
    amount = client.chance.choice((tally.carries, tally.carries, max(1, tally.carries // 2), tally.carries + 1))
    kind, taker = client.chance.choice((("receipt", carrier),) * 4 + (("loss", "@loss:theft"), ("return", giver)))
    lines = [Line(kind, giver, taker, tally.unit, amount, EARMARK)]
    if kind == "receipt" and amount > 2 and client.chance.random() < 0.3:
        lines[0] = lines[0]._replace(amount=amount - 2)
        lines.append(Line("loss", giver, "@loss:shortfall", tally.unit, 2, EARMARK))
    return client.write("T", *lines, reference=tally.reference, later=True)


def pay_out(client: Client) -> Entry:
    recipient, grant = client.chance.choice(list(RECIPIENTS.items()))
    unit, amount = client.unit_and_amount()
    paid = Line("payout", *client.custodians(1), recipient, unit, max(1, amount // 4), EARMARK, grant, "REH")
    return client.write("P", paid)


def give(client: Client) -> Entry:
    """So that there is something in hand again."""
    unit, amount = client.unit_and_amount()
    return client.write("E", Line("gift", DONOR, *client.custodians(1), unit, amount, EARMARK))


def recover(client: Client) -> Entry:
    unit, amount = client.unit_and_amount()
    return client.write("E", Line("recovery", "@loss:theft", *client.custodians(1), unit, max(1, amount // 4), EARMARK))


def exchange(client: Client) -> Entry:
    (custodian,) = client.custodians(1)
    lamps = client.chance.randint(1, OPENING[LAMP] // 2)
    out = Line("exchange", custodian, f"@changer:{custodian}", USD, lamps * 500, EARMARK)
    return client.write("X", out, Line("exchange", f"@changer:{custodian}", custodian, LAMP, lamps, EARMARK))


def take_back(client: Client) -> Entry:
    """The reversal of something that the client posted: once it works, twice it is refused."""
    chosen = [entry for entry in client.standing if entry.reference.startswith("H")]
    if not chosen:
        return handover(client)
    entry = client.chance.choice(chosen)
    lines = [line._replace(kind="reversal", giver=line.taker, taker=line.giver, note=entry.reference) for line in entry.lines]
    return client.write("V", *lines)


DEEDS: dict[Callable[[Client], Entry], int] = {
    handover: 30, dispatch: 18, arrive: 26, pay_out: 6, give: 8, recover: 2, exchange: 6, take_back: 4,
}  # fmt: skip
"""What is done, and how often of a hundred times."""

WITHOUT_REVERSALS = {deed: often for deed, often in DEEDS.items() if deed is not take_back}


def draw(client: Client, deeds: dict[Callable[[Client], Entry], int] = DEEDS) -> Entry:
    (deed,) = client.chance.choices(list(deeds), weights=list(deeds.values()))
    return deed(client)


def changed(entry: Entry) -> Entry:
    """The same entry with another amount: what nobody may post under its reference."""
    return entry._replace(lines=(entry.lines[0]._replace(amount=entry.lines[0].amount + 1), *entry.lines[1:]))
