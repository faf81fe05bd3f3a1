"""Balances carried on by more than one number holds: in one batch an account may go from far below zero to far above."""

import pytest

from tallystick.core.amount import PARTS_MAX
from tallystick.ledger.queries.holdings import balances_now
from tests import books

AMOUNT = f"KRW {PARTS_MAX}  STALLS"


@pytest.mark.usefixtures("unmoved")
def test_a_change_larger_than_a_number_is_carried_to_the_last_part() -> None:
    books.post(f"E1   2 March   gift   PARISH → OFFICE   {AMOUNT}")
    books.post(f"""
        E2   3 March   return   OFFICE → PARISH       {AMOUNT}
        E3   4 March   gift     HAEBARAGI → OFFICE    {AMOUNT}
        E4   5 March   return   OFFICE → PARISH       {AMOUNT}
    """)
    assert balances_now() == {("PARISH", "KRW", "STALLS"): PARTS_MAX, ("HAEBARAGI", "KRW", "STALLS"): -PARTS_MAX}
    books.sign()
    assert books.proof().holds
