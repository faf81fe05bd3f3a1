"""Races at a counter: one code from two clients, and more tries at once than there are.

Each is run by processes with a connection each, which decide at the same time if nothing keeps them from it.
"""

from functools import partial
from pathlib import Path

import pytest

from faults.bank.crowd import at_once, racing
from tallystick.core.half import Half
from tallystick.core.refusal import Refusal
from tallystick.handovers.codes.queries import slip_named, tries_of
from tallystick.handovers.slips import Exhaustion, Redemption
from tallystick.ledger.post import EntriesRefused
from tallystick.ledger.queries.holdings import balance_of
from tests import codes
from tests.books import proof
from tests.codes import KNOT, WREN, given, other_than, paying, shown

CROWD = 8


@pytest.fixture(autouse=True)
def books(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes.funded(tmp_path)
    codes.cheap(monkeypatch)


def outcome(slip: str, *, proof_shown: str, minute: int) -> str:
    """What one client is told who pays by this code."""
    try:
        done = paying(slip, proof_shown, then=f"2026-01-06T19:{minute}:00+09:00")
    except EntriesRefused as refusal:
        return ", ".join(refused.code for _, refused in refusal.refused)
    except Refusal as refusal:
        return refusal.code
    return "paid" if done.posted and done.posted.entries else "paid already"  # type: ignore[union-attr]


def told(slip: str, half: Half) -> str:
    """What one client is told who shows this code."""
    try:
        shown(slip, half, by=KNOT)
    except Refusal as refusal:
        return refusal.code
    return "right"


@pytest.mark.parametrize(("minutes", "second"), [((30, 31), "slip_used"), ((30, 30), "paid already")])
def test_one_code_from_two_clients_at_once_pays_once(minutes: tuple[int, int], second: str):
    slip, half = given()
    proof_shown = shown(slip, half, by=WREN)
    before = balance_of("WAGTAIL", unit="CNY", earmark="SHOPS")
    said = racing(*(partial(outcome, slip, proof_shown=proof_shown, minute=minute) for minute in minutes))
    assert sorted(said) == sorted(["paid", second])
    assert balance_of("WAGTAIL", unit="CNY", earmark="SHOPS") == before - 1_000_000
    assert Redemption.objects.count() == 1
    assert proof().problems == ()


def test_of_many_who_guess_at_once_every_guess_is_counted_and_no_more_than_five():
    slip, half = given()
    said = at_once(*(partial(told, slip, other_than(half)) for _ in range(CROWD)))
    assert sorted(said) == ["code_wrong"] * 4 + ["slip_frozen"] * (CROWD - 4)
    assert (len(tries_of(slip)), Exhaustion.objects.count()) == (5, 1)
    found = slip_named(slip)
    assert found is not None
    assert found.standing.is_frozen
    assert told(slip, half) == "slip_frozen"
    assert proof().problems == ()
