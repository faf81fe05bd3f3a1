"""Amounts as large as one number holds, again and again: more passes through a hand than any number of the database's can say."""

from datetime import UTC, datetime, timedelta

import pytest

from tallystick.bundles.digest import state_digest
from tallystick.core.amount import PARTS_MAX, AmountTooLarge
from tallystick.core.entry import Entry, Line
from tallystick.ledger.post import EntriesRefused
from tallystick.ledger.queries.holdings import delivered, held_at, held_now
from tests import books

ROUND = (
    ("gift", "PARISH", "OFFICE"), ("return", "OFFICE", "PARISH"), ("gift", "PARISH", "OFFICE"), ("handover", "OFFICE", "KILN"),
    ("handover", "KILN", "OFFICE"), ("handover", "OFFICE", "KILN"),
)  # fmt: skip


def entry(number: int, kind: str, *, giver: str, taker: str, amount: int = PARTS_MAX) -> Entry:
    line = Line(kind, giver, taker, "KRW", amount, "STALLS", "", "", "")
    return Entry(f"N{number}", books.moment("1 March") + timedelta(hours=number), (line,))


@pytest.fixture
def carried(unmoved: None) -> None:
    books.post([entry(number, kind, giver=giver, taker=taker) for number, (kind, giver, taker) in enumerate(ROUND)])


def test_the_largest_amount_may_go_round(carried: None) -> None:
    now = held_now()
    assert now["KILN", "KRW", "STALLS"].amount == PARTS_MAX
    assert now["PARISH", "KRW", "STALLS"].amount == -PARTS_MAX
    assert {key: one.amount for key, one in held_at(datetime(2100, 1, 1, tzinfo=UTC)).items()} == {
        key: one.amount for key, one in now.items()
    }
    assert delivered() == []
    assert len(state_digest()) == 64


def test_books_that_saw_more_than_a_number_holds_are_proved(carried: None) -> None:
    books.sign()
    assert books.proof().holds


def test_a_hand_that_is_full_takes_no_more(carried: None) -> None:
    with pytest.raises(EntriesRefused) as refused:
        books.post([entry(7, "gift", giver="GWANGMYEONG", taker="KILN", amount=1)])
    assert isinstance(refused.value.refused[0][1], AmountTooLarge)
