"""Two who pay one grant at once do not overdraw it together, nor does one pay what another cancels.

As tests/ledger/test_races.py: two processes with a connection each, which decide at the same time if nothing keeps them from it.
"""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from faults.bank.crowd import racing
from tallystick.core.promise import GrantIsCancelled
from tallystick.core.refusal import Refusal
from tallystick.ledger.queries.payouts import paid_under
from tests import books
from tests.promising import cancelled, fund, outcome, payout, promised


@pytest.fixture(autouse=True)
def funded(transactional_db: None, tmp_path: Path) -> Any:
    fund(tmp_path)
    promised("G20", (5_000, "none"), (5_000, "visited"))
    yield
    books.sign()
    assert books.proof().problems == ()


def cancelling() -> str:
    try:
        cancelled("G20")
    except Refusal as refusal:
        return refusal.code
    return "cancelled"


@pytest.mark.parametrize("amount", ["CNY 50.00", "CNY 30.00", "CNY 25.01"])
def test_of_two_payouts_that_together_pay_more_than_is_released_one_is_refused(amount: str):
    said = sorted(racing(*(partial(outcome, payout(name, amount=amount)) for name in ("P1", "P2"))))
    assert said == ["posted", "tranche_not_released"]


def test_two_payouts_within_what_is_released_both_stand():
    said = racing(*(partial(outcome, payout(name, amount="CNY 25.00")) for name in ("P1", "P2")))
    assert (list(said), paid_under(["G20"])) == (["posted", "posted"], {("G20", "CNY"): 5_000})


def test_of_a_payout_and_a_cancelling_at_once_the_later_sees_the_other():
    said = sorted(racing(partial(outcome, payout("P1")), cancelling))
    assert said in (["cancelled", "posted"], ["cancelled", GrantIsCancelled.code])
