"""Amounts as large as one number holds, again and again: more passes through a hand than any number of the database's can say."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tallystick.bundles.digest import state_digest
from tallystick.core.amount import PARTS_MAX, AmountTooLarge
from tallystick.core.entry import Entry, Line
from tallystick.ledger.post import EntriesRefused
from tallystick.ledger.queries.hands import dealings_since, losses_of
from tallystick.ledger.queries.holdings import delivered, held_at, held_now
from tallystick.ledger.queries.taken_in import paid_as_taken_in
from tallystick.ledger.queries.turnout import drawn, paid, spent
from tests import books

ROUND = (
    ("gift", "PARISH", "OFFICE"), ("return", "OFFICE", "PARISH"), ("gift", "PARISH", "OFFICE"), ("handover", "OFFICE", "KILN"),
    ("handover", "KILN", "OFFICE"), ("handover", "OFFICE", "KILN"),
)  # fmt: skip


def entry(number: int, kind: str, *, giver: str, taker: str, amount: int = PARTS_MAX, earmark: str = "STALLS") -> Entry:
    basis, grant = ("REH-MONEY" if kind in ("handover", "payout") else ""), {"R04": "G07", "R07": "G08"}.get(taker, "")
    line = Line(kind, giver, taker, "KRW", amount, earmark, grant, basis, "")
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


@pytest.fixture
def spread(unmoved: None) -> None:
    """Every account fits into a number of the database's; what the accounts come to together does not."""
    ways = (
        ("gift", "PARISH", "OFFICE", "STALLS"), ("handover", "OFFICE", "CRANE", "STALLS"), ("payout", "CRANE", "R04", "STALLS"),
        ("gift", "HAEBARAGI", "OFFICE", "STALLS"), ("handover", "OFFICE", "CRANE", "STALLS"), ("payout", "CRANE", "R07", "STALLS"),
        ("gift", "PARISH", "HERON", "SHOPS"), ("commission", "HERON", "@commission:HERON", "SHOPS"),
        ("gift", "HAEBARAGI", "MAGPIE", "SHOPS"), ("commission", "MAGPIE", "@commission:MAGPIE", "SHOPS"),
        ("gift", "GWANGMYEONG", "MAGPIE", "STALLS"), ("loss", "MAGPIE", "@loss:theft", "STALLS"),
        ("gift", "GWANGMYEONG", "MAGPIE", "SHOPS"), ("loss", "MAGPIE", "@loss:theft", "SHOPS"),
    )  # fmt: skip
    books.post(
        entry(number, kind, giver=giver, taker=taker, earmark=earmark)
        for number, (kind, giver, taker, earmark) in enumerate(ways)
    )


def test_what_hands_dealt_in_is_told_whole_however_much_it_is(spread: None) -> None:
    since = date(2016, 1, 1)
    dealings = dealings_since({("OFFICE", since), ("CRANE", since)})
    assert dealings["OFFICE", since].passed_on == {("KRW", "STALLS"): 2 * PARTS_MAX}
    assert dealings["CRANE", since].passed_on == {("KRW", "STALLS"): 2 * PARTS_MAX}
    assert losses_of("MAGPIE") == [("theft", "KRW", 2 * PARTS_MAX)]


def test_what_became_of_value_is_told_whole_however_much_it_is(spread: None) -> None:
    assert paid(lambda sums: dict(sums.whole)) == {("KRW", "STALLS"): 2 * PARTS_MAX}
    assert paid_as_taken_in(lambda sums: sums.up_to("2026-01")) == {("KRW", "STALLS"): 2 * PARTS_MAX}
    assert spent(lambda sums: sums.whole["@commission", "KRW", "SHOPS"]) == 2 * PARTS_MAX
    assert [one.amount for one in drawn()] == [2 * PARTS_MAX]
