"""The one door to the books: all of a batch or none of it, the same entry once, and as many statements for six hundred as for one."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from tallystick.bundles.digest import state_digest
from tallystick.core.custody.decide import HoldingTooSmall
from tallystick.core.custody.tallies import ReferenceReused
from tallystick.core.entry import Entry, Line
from tallystick.journal.asking import prepared
from tallystick.journal.models import Act
from tallystick.ledger.models import Account
from tallystick.ledger.models import Entry as EntryRow
from tallystick.ledger.post import EntriesRefused, ProgrammeNotOpened
from tallystick.ledger.post import post as post_to_ledger
from tallystick.vault.keys import unlocked
from tests import books
from tests.questions import Questions

GIFT = "E1   3 March   gift   HAEBARAGI → OFFICE   USD 60000.00   SHOPS"
HANDOVER = "H2   4 March   handover   OFFICE → HERON   USD 100.00   SHOPS   -   REH-MONEY"


def held(holder: str) -> int:
    """The cents that this hand holds for SHOPS."""
    return Account.objects.get(holder=holder, unit_id="USD", earmark_id="SHOPS").balance


def handovers(count: int, *, first: int) -> list[Entry]:
    """That many handovers of a dollar, one entry each."""
    at = books.moment("5 March")
    line = Line("handover", "OFFICE", "HERON", "USD", 100, "SHOPS", "", "REH-MONEY", "")
    return [Entry(f"N{number}", at + timedelta(minutes=number), (line,)) for number in range(first, first + count)]


@pytest.fixture
def funded(unmoved: None) -> None:
    """The office has its first gift, and every account that these tests use is open."""
    books.post(f"{GIFT}\n{HANDOVER}")


def test_an_entry_carries_the_balances_of_both_ends(funded: None) -> None:
    assert (held("HAEBARAGI"), held("OFFICE"), held("HERON")) == (-60_000_00, 59_900_00, 100_00)


def test_an_entry_the_books_hold_changes_nothing(funded: None) -> None:
    before = state_digest()
    posted = books.post(f"{GIFT}\n{HANDOVER}", recorded_at=books.POSTED_AT + timedelta(days=1))
    assert (posted.entries, posted.already_count, state_digest()) == ((), 2, before)


def test_an_entry_twice_in_a_batch_is_posted_once(funded: None) -> None:
    batch = handovers(3, first=1)
    posted = books.post([*batch, *batch])
    assert (len(posted.entries), posted.move_count, posted.already_count) == (3, 3, 3)
    assert held("HERON") == 103_00


def test_a_reference_with_other_content_is_refused(funded: None) -> None:
    with pytest.raises(EntriesRefused) as refused:
        books.post(HANDOVER.replace("100.00", "100.01"))
    assert [type(refusal) for _, refusal in refused.value.refused] == [ReferenceReused]


def test_a_refused_entry_leaves_no_trace(funded: None) -> None:
    before, acts = state_digest(), Act.objects.count()
    page = """
        H3   5 March   handover   OFFICE → HERON    USD 10.00      SHOPS   -   REH-MONEY
        H4   6 March   handover   HERON → MAGPIE    USD 99999.00   SHOPS   -   REH-MONEY
        H5   7 March   handover   OFFICE → KILN     USD 10.00      SHOPS   -   REH-MONEY
        H6   7 March   handover   OFFICE → NOBODY   USD 10.00      SHOPS   -   REH-MONEY
    """
    with pytest.raises(EntriesRefused) as refused:
        books.post(page)
    assert [place for place, _ in refused.value.refused] == [1, 3]
    assert isinstance(refused.value.refused[0][1], HoldingTooSmall)
    assert (state_digest(), Act.objects.count()) == (before, acts)
    assert not Account.objects.filter(holder="KILN").exists()


def test_nothing_is_posted_before_the_programme_is_opened(db: None) -> None:
    books.found()
    with pytest.raises(ProgrammeNotOpened):
        post_to_ledger(books.page(GIFT), office=unlocked().office, recorded_at=books.POSTED_AT)
    with pytest.raises(ProgrammeNotOpened):
        books.post(GIFT)


@pytest.mark.parametrize("count", [1, 10, 600])
def test_as_many_statements_for_six_hundred_entries_as_for_one(funded: None, count: int) -> None:
    with Questions() as one:
        books.post(handovers(1, first=1))
    with Questions() as many:
        books.post(handovers(count, first=10))
    assert shapes(many) == shapes(one)
    assert len(many) < 25


def shapes(captured: Any) -> list[str]:
    """The statements without what they are told; a COPY does the work of an INSERT, and executemany that of many."""
    verbs = [one.split(" times: ")[-1].split() for one in statements(captured)]
    return [f"{'INSERT' if words[0] == 'COPY' else words[0]} {table_of(words)}" for words in verbs]


NOT_ITSELF = ("PREPARE ", "EXPLAIN ", "SET enable_seqscan", "RESET enable_seqscan")


def statements(captured: Any) -> list[str]:
    """What was carried out: several statements may go out together, and those that the server keeps go by their names."""
    said = [one for query in captured.captured_queries for one in query["sql"].split(";\n") if not one.startswith(NOT_ITSELF)]
    if connection.vendor == "sqlite":
        return said
    kept = {name: sql for sql, name in prepared(connection.connection).items()}
    return [kept[one.split()[1]] if one.startswith("EXECUTE") else one for one in said]


def table_of(words: list[str]) -> str:
    return next((word.strip('"(') for word in words if word.strip('"(').startswith(("journal_", "ledger_", "people_"))), "")


def test_two_batches_take_twice_the_statements_of_one(funded: None) -> None:
    with Questions() as one:
        books.post(handovers(300, first=1))
    with Questions() as two:
        books.post(handovers(150, first=1000))
        books.post(handovers(150, first=2000))
    assert len(two) == 2 * len(one)


def test_an_entry_of_six_hundred_moves_takes_the_statements_of_one(funded: None) -> None:
    (one,) = handovers(1, first=1)
    (entry,) = handovers(1, first=2)
    with Questions() as small:
        books.post([one])
    with Questions() as large:
        books.post([entry._replace(lines=entry.lines * 600)])
    assert shapes(large) == shapes(small)
    assert held("HERON") == 701_00


@pytest.mark.django_db(transaction=True)
def test_a_writer_on_sqlite_takes_the_lock_before_it_reads() -> None:
    if connection.vendor != "sqlite":
        return  # rows are locked there, see below
    with Questions() as captured, transaction.atomic():
        pass
    assert captured.captured_queries[0]["sql"] == "BEGIN IMMEDIATE"


def test_the_stream_is_locked_before_anything_is_read(funded: None) -> None:
    with Questions() as captured:
        books.post(handovers(1, first=1))
    said = statements(captured)
    words = ("FROM journal_office", "FROM ledger_account")
    head, accounts = (next(place for place, sql in enumerate(said) if word in sql) for word in words)
    assert head < accounts
    assert connection.vendor == "sqlite" or "pg_try_advisory_xact_lock" in said[1]  # after SAVEPOINT


@pytest.fixture
def standing(transactional_db: None, tmp_path: Path) -> None:
    """As `funded`, and seen by other connections too."""
    books.found()
    books.take(books.without_moves(books.LAMPS, tmp_path / "lamps"))
    books.post(f"{GIFT}\n{HANDOVER}")


def test_of_two_who_post_the_same_entry_one_writes_and_the_other_hears_so(standing: None) -> None:
    posted, barrier = [], threading.Barrier(2)

    def post_one() -> None:
        barrier.wait()
        try:
            posted.append(books.post(handovers(40, first=1)))
        finally:
            connection.close()

    writers = [threading.Thread(target=post_one) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=60)
    assert sorted((len(one.entries), one.already_count) for one in posted) == [(0, 40), (40, 0)]
    assert held("HERON") == 140_00
    assert EntryRow.objects.count() == 42
    books.sign()
    assert books.proof().holds


def test_of_two_who_would_spend_the_same_dollar_one_is_refused(standing: None) -> None:
    outcomes, barrier = [], threading.Barrier(2)

    def spend(reference: str, taker: str) -> None:
        barrier.wait()
        try:
            books.post(f"{reference}   6 March   handover   HERON → {taker}   USD 100.00   SHOPS   -   REH-MONEY")
            outcomes.append("posted")
        except EntriesRefused as refusal:
            outcomes.append(type(refusal.refused[0][1]).__name__)
        finally:
            connection.close()

    writers = [threading.Thread(target=spend, args=one) for one in (("S1", "MAGPIE"), ("S2", "CRANE"))]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=60)
    assert sorted(outcomes) == ["HoldingTooSmall", "posted"]
    assert held("HERON") == 0
