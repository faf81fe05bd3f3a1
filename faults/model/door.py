"""Books in the database with the parties and promises of the model's page, as a door that the state machine knocks at."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from tallystick.bundles.records import say_known
from tallystick.core.authorisation import Authorisation
from tallystick.core.custody.book import Key
from tallystick.core.earmark import Earmark
from tallystick.core.entry import Entry
from tallystick.core.party import HoldingLimit, Party
from tallystick.core.programme import Programme
from tallystick.core.refusal import Refusal
from tallystick.handovers.actions import hand_over
from tallystick.journal.actions import lock_stream, sign_head
from tallystick.journal.queries import act_count
from tallystick.ledger.post import EntriesRefused
from tallystick.ledger.queries.state import account_rows
from tallystick.vault.keys import unlocked
from tests.core.ledger_page import AUTHORISATIONS, GRANTS, OPENED, PARTIES, UNITS
from tests.core.plain_books import HELD_ALREADY, LIMITS, TAKEN

RECORDED_AT = datetime(2026, 1, 6, 9, 30, tzinfo=UTC)
DONORS = {"SHOPS": "Parish", "LIGHT": "Marta"}


def say_page() -> None:
    """The records of the page, in books that have none yet."""
    limits = {
        name: tuple(HoldingLimit(unit, most) for (party, unit), most in LIMITS.items() if party == name) for name in PARTIES
    }
    since, until = date(2024, 1, 1), date(2030, 12, 31)
    head = lock_stream(unlocked().office)
    said: Sequence[Sequence[Any]] = (
        list(UNITS.values()),
        [Programme("Page", True, "TR", "USD", OPENED)],
        [Party(name, kind, holding_limit=limits[name]) for name, kind in PARTIES.items()],
        [Earmark(code, donor, "USD") for code, donor in DONORS.items()],
        [Authorisation(code, "TR", "rehearsal", "invented", "", since, until, "USD", 1) for code in sorted(AUTHORISATIONS)],
        list(GRANTS.values()),
    )
    for records in said:
        head = say_known(records, head=head, recorded_at=RECORDED_AT)
    sign()


def sign() -> None:
    sign_head(unlocked().office, signing_key=bytes(unlocked().signing_key), signed_at=RECORDED_AT)


@dataclass
class BooksDoor:
    """`refused` counts what was refused; none of it may have left an act."""

    acts: int = field(default_factory=act_count)
    refused: int = 0

    def attempt(self, entry: Entry) -> str:
        """Post one entry by itself: “taken”, “held already”, or the code of a refusal."""
        return self.attempt_all([entry])

    def attempt_all(self, entries: Sequence[Entry]) -> str:
        """Post these together: how many were taken, or the place and code of the first refusal, where there are several."""
        try:
            posted = hand_over(entries, office=unlocked().office, recorded_at=RECORDED_AT)
        except EntriesRefused as refusal:
            self.refused += 1
            self._count(0)
            return said_of(refusal.refused[0], of=len(entries))
        self._count(len(posted.entries))
        if len(entries) == 1:
            return TAKEN if posted.entries else HELD_ALREADY
        return f"{len(posted.entries)} {TAKEN}, {posted.already_count} {HELD_ALREADY}"

    def balances(self) -> dict[Key, int]:
        return {(holder, unit, earmark): held for holder, unit, earmark, _, held in account_rows() if held}

    def _count(self, more: int) -> None:
        self.acts += more
        assert act_count() == self.acts, f"{act_count()} acts stand where {self.acts} were said"


def said_of(refused: tuple[int, Refusal], *, of: int) -> str:
    place, refusal = refused
    return refusal.code if of == 1 else f"entry {place}: {refusal.code}"
