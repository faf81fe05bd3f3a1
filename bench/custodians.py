"""Custodians with plenty in their hands, among whom a little passes: the plainest entry there is, one move between two accounts."""

import random
from datetime import UTC, datetime

from tallystick.core.entry import Entry, Line

EARMARK, UNIT, DONOR, FUND = "M000", "USD", "D000", "OFFICE"
EACH = 10**9  # cents that every custodian holds
HAPPENED_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
GIVEN, FILLED = "GIVEN", "FILLED"  # references


def fill(office: str) -> list[str]:
    """The custodians but the fund, each with the same in its hands; given once, however often this is called."""
    from tallystick.handovers.actions import hand_over
    from tallystick.people.queries import parties

    custodians = sorted(code for code, party in parties().items() if party.kind == "custodian:agent")
    gift = Line("gift", DONOR, FUND, UNIT, EACH * len(custodians), EARMARK)
    given = [Line("handover", FUND, code, UNIT, EACH, EARMARK) for code in custodians]
    entries = [Entry(GIVEN, HAPPENED_AT, (gift,)), Entry(FILLED, HAPPENED_AT, tuple(given))]
    hand_over(entries, office=office, recorded_at=datetime.now(UTC))
    return custodians


def passing(reference: str, custodians: list[str], *, chance: random.Random) -> Entry:
    """One move, between two of the custodians drawn by chance."""
    giver, taker = chance.sample(custodians, 2)
    return Entry(reference, HAPPENED_AT, (Line("handover", giver, taker, UNIT, chance.randrange(1, 100), EARMARK),))
