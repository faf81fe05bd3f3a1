"""A wish to post: what its lines cite must be there and must have been promised, before the ledger is asked at all."""

from pathlib import Path

import pytest

from tallystick.core.authorisation import AuthorisationUnknown
from tallystick.core.custody.decide import HoldingTooSmall
from tallystick.core.custody.ends import PartyUnknown
from tallystick.core.grant import GrantUnknown, PayoutFromAnotherEarmark, PayoutToAnother
from tallystick.handovers.actions import weigh_all
from tallystick.journal.actions import lock_stream
from tallystick.journal.queries import act_count
from tallystick.ledger.post import EntriesRefused
from tallystick.ledger.queries.book import new_book
from tallystick.vault.keys import unlocked
from tests import books

pytestmark = pytest.mark.django_db

GIFT = "E1   1 March   gift   HAEBARAGI → OFFICE   CNY 500.00   SHOPS"


@pytest.fixture(autouse=True)
def funded(db: None, tmp_path: Path) -> None:
    books.found()
    books.take(books.without_moves(books.LAMPS, tmp_path / "lamps"))
    books.post(GIFT)


@pytest.mark.parametrize(
    ("row", "kind", "column"),
    [
        ("payout     OFFICE → R01     CNY 5.00   SHOPS    G99   REH-MONEY", GrantUnknown, "grant"),
        ("payout     OFFICE → R02     CNY 5.00   SHOPS    G01   REH-MONEY", PayoutToAnother, "taker"),
        ("payout     OFFICE → R01     CNY 5.00   STALLS   G01   REH-MONEY", PayoutFromAnotherEarmark, "earmark"),
        ("handover   OFFICE → HERON   CNY 5.00   SHOPS    -     REH-TEA", AuthorisationUnknown, "authorisation"),
        ("dispatch   OFFICE → HERON   CNY 5.00   SHOPS    G99   REH-MONEY", GrantUnknown, "grant"),
    ],
)
def test_what_is_cited_must_be_there(row: str, kind: type[Exception], column: str) -> None:
    before = act_count()
    with pytest.raises(EntriesRefused) as refused:
        books.post(f"N1   2 March   handover   OFFICE → HERON   CNY 1.00   SHOPS\nN2   2 March   {row}")
    ((place, refusal),) = refused.value.refused
    assert (place, type(refusal), refusal.column, refusal.line) == (1, kind, column, 0)
    assert act_count() == before


def test_a_payout_that_was_promised_is_posted() -> None:
    posted = books.post("P1   2 March   payout   OFFICE → R01   CNY 5.00   SHOPS   G01   REH-MONEY   tranche 1")
    assert (posted.move_count, posted.entries[0].moves[0].note) == (1, "tranche 1")


def test_every_refusal_of_a_batch_is_told_in_its_order_and_nothing_is_written() -> None:
    before = act_count()
    entries = books.page("""
        N1   2 March   handover   OFFICE → GULL    CNY 1.00     SHOPS
        N2   3 March   payout     OFFICE → R01     CNY 5.00     SHOPS   G99   REH-MONEY
        N3   4 March   handover   OFFICE → HERON   CNY 501.00   SHOPS
    """)
    head = lock_stream(unlocked().office)
    book = new_book(head)
    assert book is not None
    assert [(place, type(refusal)) for place, refusal in weigh_all(entries, book, head=head)[1]] == [
        (0, PartyUnknown), (1, GrantUnknown), (2, HoldingTooSmall),
    ]  # fmt: skip
    assert act_count() == before
