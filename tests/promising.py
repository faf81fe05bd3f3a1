"""Grants promised, paid and looked at, as tests need them: the lamps programme before anything moved, and money in HERON's hand."""

from datetime import date
from pathlib import Path

from tallystick.core.amount import Parts
from tallystick.core.grant import Grant
from tallystick.core.promise import Cancellation
from tallystick.core.tranche import Tranche, TranchePlan, TrancheRelease
from tallystick.core.visit import Visit
from tallystick.grants.actions import cancel, promise, release_tranche
from tallystick.journal.actions import lock_stream
from tallystick.journal.records import say_records
from tallystick.ledger.post import EntriesRefused
from tallystick.vault.keys import unlocked
from tallystick.ventures.apply import VISIT_REPORTED
from tallystick.ventures.queries import last_visited_on
from tests import books

FUNDED = """
    E1   1 March   gift   HAEBARAGI → HERON    CNY 50000.00   SHOPS
    E2   1 March   gift   HAEBARAGI → HERON    USD 1000.00    SHOPS
    E3   1 March   gift   GWANGMYEONG → HERON  LAMP 3000      LIGHT
"""


def fund(folder: Path) -> None:
    books.found()
    books.take(books.without_moves(books.LAMPS, folder / "lamps"))
    books.post(FUNDED)


def promised(
    code: str = "G20", *parts: tuple[int, str], recipient: str = "R01", unit: str = "CNY", earmark: str = "SHOPS",
    basis: str = "REH-MONEY",
) -> None:  # fmt: skip
    """Promise a grant in these parts (smallest parts, what each waits for)."""
    tranches = tuple(Tranche(Parts(amount), condition) for amount, condition in parts)
    grant = Grant(
        code, recipient, "noodle shop", earmark, basis, unit, Parts(sum(amount for amount, _ in parts)), tranches=len(parts)
    )
    promise(grant, TranchePlan(code, tranches), office=unlocked().office, recorded_at=books.POSTED_AT)


def released(code: str, number: int) -> None:
    release_tranche(
        TrancheRelease(code, number), last_visited_on=last_visited_on(code), office=unlocked().office,
        recorded_at=books.POSTED_AT,
    )  # fmt: skip


def cancelled(code: str) -> None:
    cancel(Cancellation(code, "the shop never opened"), office=unlocked().office, recorded_at=books.POSTED_AT)


def visited(grant: str, day: date) -> None:
    seen = Visit(grant, day, True, None, "", jobs=None, informal_payments_month=None, shock="", helped_others=None)
    say_records([seen], VISIT_REPORTED, head=lock_stream(unlocked().office), recorded_at=books.POSTED_AT)


def payout(reference: str, grant: str = "G20", *, amount: str = "CNY 50.00", to: str = "R01", day: str = "5 March") -> str:
    earmark = "LIGHT" if "LAMP" in amount else "SHOPS"
    return f"{reference}   {day}   payout   HERON → {to}   {amount}   {earmark}   {grant}   REH-MONEY"


def outcome(page: str, *, keeps_promises: bool = False) -> str:
    """“posted”, “held already”, or the codes of the refusals."""
    try:
        posted = books.post(page, keeps_promises=keeps_promises)
    except EntriesRefused as refusal:
        return ", ".join(refused.code for _, refused in refusal.refused)
    return "posted" if posted.entries else "held already"
