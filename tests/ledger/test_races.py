"""Races that others lost: two at one tally, one reference from two clients, two who fill one pair of hands.

Each is run by two processes with a connection each, which decide at the same time if nothing keeps them from it (see
faults/bank/crowd.py): without the lock that keeps them apart every one of these tests fails, every time.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from faults.bank.crowd import racing
from tallystick.core.entry import Entry
from tallystick.ledger.models import Account
from tallystick.ledger.models import Entry as EntryRow
from tallystick.ledger.post import EntriesRefused
from tests import books

FUNDED = """
    E1   3 March   gift       HAEBARAGI → OFFICE    USD 60000.00   SHOPS
    E2   3 March   gift       HAEBARAGI → HERON     CNY 50000.00   SHOPS
    E3   3 March   gift       HAEBARAGI → CRANE     CNY 50000.00   SHOPS
    T1   4 March   dispatch   HERON → SWALLOW       CNY 100.00     SHOPS
"""
LATER = ("5 March", "6 March")


@pytest.fixture(autouse=True)
def funded(transactional_db: None, tmp_path: Path) -> None:
    """The lamps programme; HERON and CRANE have yuan, and T1 is on the road to SWALLOW, who may hold 35,000.00."""
    books.found()
    books.take(books.without_moves(books.LAMPS, tmp_path / "lamps"))
    books.post(FUNDED)


def outcome(page: str) -> str:
    """What one client is told: “posted”, “held already”, or why not."""
    try:
        posted = books.post(page)
    except EntriesRefused as refusal:
        return ", ".join(refused.code for _, refused in refusal.refused)
    return "posted" if posted.entries else "held already"


def both(first: str, second: str) -> list[str]:
    """What two clients are told who post these pages at once; the less welcome answer first."""
    return sorted(racing(partial(outcome, first), partial(outcome, second)), key=lambda said: (said == "posted", str(said)))


def held(holder: str, unit: str = "CNY") -> int:
    return sum(Account.objects.filter(holder=holder, unit_id=unit).values_list("balance", flat=True))


@pytest.fixture
def proved() -> Any:
    """Afterwards the books prove, whoever came first."""
    yield
    books.sign()
    assert books.proof().problems == ()


pytestmark = pytest.mark.usefixtures("proved")


@pytest.mark.parametrize(
    ("first", "second", "road"),
    [
        ("receipt   HERON → SWALLOW        CNY 100.00", "receipt   HERON → SWALLOW        CNY 100.00", 0),
        ("receipt   HERON → SWALLOW        CNY 100.00", "loss      HERON → @loss:seizure  CNY 100.00", 0),
        ("receipt   HERON → SWALLOW        CNY 100.00", "return    HERON → HERON          CNY 100.00", 0),
        ("loss      HERON → @loss:theft    CNY 100.00", "return    HERON → HERON          CNY 100.00", 0),
        ("receipt   HERON → SWALLOW        CNY 60.00", "receipt   HERON → SWALLOW        CNY 60.00", 40_00),
        ("receipt   HERON → SWALLOW        CNY 60.00", "loss      HERON → @loss:theft    CNY 60.00", 40_00),
    ],
)
def test_of_two_who_empty_one_tally_one_is_refused(first: str, second: str, road: int) -> None:
    rows = [f"T1   {day}   {row}   SHOPS" for day, row in zip(LATER, (first, second), strict=True)]
    assert both(*rows) == ["tally_too_small", "posted"]
    assert held("@transit:T1") == road
    assert held("SWALLOW") + held("@loss:seizure") + held("@loss:theft") + held("HERON") + road == 50_000_00


def test_two_parts_of_a_tally_can_arrive_at_once() -> None:
    rows = [f"T1   {day}   receipt   HERON → SWALLOW   CNY 50.00   SHOPS" for day in LATER]
    assert both(*rows) == ["posted", "posted"]
    assert (held("@transit:T1"), held("SWALLOW")) == (0, 100_00)


def test_a_dispatch_is_received_or_reversed_and_not_both() -> None:
    reversal = "V1   6 March   reversal   @transit:T1 → HERON   CNY 100.00   SHOPS   -   -   T1"
    said = both("T1   5 March   receipt   HERON → SWALLOW   CNY 100.00   SHOPS", reversal)
    assert said in (["tally_received_in_part", "posted"], ["tally_too_small", "posted"])
    assert held("SWALLOW") + held("HERON") == 50_000_00


def test_an_entry_is_reversed_once_by_two() -> None:
    reversals = [f"{name}   6 March   reversal   OFFICE → HAEBARAGI   USD 60000.00   SHOPS   -   -   E1" for name in ("V1", "V2")]
    assert both(*reversals) == ["reversed_already", "posted"]
    assert held("OFFICE", "USD") == 0


HANDOVER = "H1   5 March   handover   HERON → CRANE   CNY 10.00   SHOPS"


def test_the_same_entry_from_two_clients_stands_once() -> None:
    assert both(HANDOVER, HANDOVER) == ["held already", "posted"]
    assert held("CRANE") == 50_010_00
    assert EntryRow.objects.filter(reference="H1").count() == 1


@pytest.mark.parametrize("other", [HANDOVER.replace("10.00", "10.01"), HANDOVER.replace("5 March", "6 March")])
def test_a_reference_from_two_clients_with_other_content_is_refused_to_one(other: str) -> None:
    assert both(HANDOVER, other) == ["reference_reused", "posted"]
    assert held("CRANE") in (50_010_00, 50_010_01)
    assert EntryRow.objects.filter(reference="H1").count() == 1


def test_the_same_batch_from_two_clients_stands_once() -> None:
    """More entries than fit into one statement of a few rows: they are copied, where the database has a way for that."""
    rows = "\n".join(f"N{number}   5 March   handover   HERON → CRANE   CNY 1.00   SHOPS" for number in range(100))
    assert both(rows, rows) == ["held already", "posted"]
    assert held("CRANE") == 50_100_00


def test_the_same_reference_twice_in_one_batch_stands_once() -> None:
    at = books.page(HANDOVER)
    assert books.post([*at, *at]).already_count == 1
    assert held("CRANE") == 50_010_00


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry._replace(lines=(entry.lines[0]._replace(amount=10_01),)),
        lambda entry: entry._replace(happened_at=books.moment("6 March")),
        lambda entry: entry._replace(lines=entry.lines * 2),
    ],
)
def test_the_same_reference_twice_in_one_batch_with_other_content_leaves_nothing(change: Callable[[Entry], Entry]) -> None:
    (entry,) = books.page(HANDOVER)
    with pytest.raises(EntriesRefused) as refused:
        books.post([entry, change(entry)])
    assert [(place, refusal.code) for place, refusal in refused.value.refused] == [(1, "reference_reused")]
    assert held("CRANE") == 50_000_00
    assert not EntryRow.objects.filter(reference="H1").exists()


FULL = "CNY 20000.00   SHOPS"
ROOM = 35_000_00
"""What SWALLOW may hold; two times 20,000.00 is more."""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"T8   5 March   dispatch   HERON → SWALLOW   {FULL}", f"T9   5 March   dispatch   CRANE → SWALLOW   {FULL}"),
        (f"T8   5 March   dispatch   HERON → SWALLOW   {FULL}", f"H9   5 March   handover   CRANE → SWALLOW   {FULL}"),
        (f"H8   5 March   handover   HERON → SWALLOW   {FULL}", f"H9   5 March   handover   CRANE → SWALLOW   {FULL}"),
    ],
)
def test_two_do_not_fill_one_pair_of_hands_past_its_limit(first: str, second: str) -> None:
    """They touch no account in common: the one is on the road from HERON, the other from CRANE."""
    least, most = both(first, second)
    assert most == "posted"
    assert least in ("holding_limit_passed", "holding_limit_passed_on_the_road")
    assert held("SWALLOW") + held("@transit:T1") + held("@transit:T8") + held("@transit:T9") <= ROOM


def test_what_was_counted_on_the_road_is_not_counted_again_as_it_arrives() -> None:
    """To the last coin of the limit, while somebody else finds no room for another."""
    books.post("T2   4 March   dispatch   CRANE → SWALLOW   CNY 34900.00   SHOPS")
    receipt = "T2   5 March   receipt   CRANE → SWALLOW   CNY 34900.00   SHOPS"
    coin = "H3   5 March   handover   HERON → SWALLOW   CNY 0.01   SHOPS"
    assert both(receipt, coin) == ["holding_limit_passed_on_the_road", "posted"]
    assert outcome("T1   6 March   receipt   HERON → SWALLOW   CNY 100.00   SHOPS") == "posted"
    assert held("SWALLOW") == ROOM


def test_the_road_is_read_from_the_books_and_not_from_the_entries_at_hand() -> None:
    """Of several units and earmarks, in part received, in part lost, and to others: only what is still on the road to SWALLOW."""
    books.post("""
        T3   5 March   dispatch   CRANE → SWALLOW      CNY 20000.00   SHOPS
        T3   6 March   receipt    CRANE → SWALLOW      CNY 5000.00    SHOPS
        T3   7 March   loss       CRANE → @loss:theft  CNY 4000.00    SHOPS
        T4   5 March   dispatch   HERON → CRANE        CNY 9000.00    SHOPS
        T5   5 March   dispatch   OFFICE → SWALLOW     USD 9000.00    SHOPS
        T6   5 March   dispatch   SWALLOW → HERON      CNY 3000.00    SHOPS
    """)
    room = 35_000 - 100 - (20_000 - 4_000) + 3_000
    assert outcome(f"T7   8 March   dispatch   HERON → SWALLOW   CNY {room}.01   SHOPS") == "holding_limit_passed_on_the_road"
    assert outcome(f"T7   8 March   dispatch   HERON → SWALLOW   CNY {room}.00   SHOPS") == "posted"
