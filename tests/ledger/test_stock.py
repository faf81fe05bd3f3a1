"""The stock: kept at some act and brought up from there it is what it would be from all moves, whatever was said and taken back since."""

from collections import Counter
from collections.abc import Iterator
from time import monotonic

import pytest
from django.db import OperationalError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faults.bank.crowd import at_once, meeting
from tallystick.bundles.digest import state_digest
from tallystick.config.sqlcipher.base import BUSY_SECONDS
from tallystick.core.turnover import Gathering, Names, is_hand
from tallystick.journal.engine import is_server
from tallystick.ledger.apply import stock as keeping
from tallystick.ledger.apply.stock import keep, keep_sums, keep_up, take_stock
from tallystick.ledger.models import Account, Stocktaking, Turnover
from tallystick.ledger.post import EntriesRefused
from tallystick.ledger.queries import stock as reading
from tallystick.ledger.queries.flows import flows_since, swaps_since
from tallystick.ledger.queries.stock import Stock, kept_stock, sort_of, stock_anew, stock_now, turnovers
from tallystick.people.queries import kinds_of
from tests import books
from tests.books import LAMPS, found, post, take, undone

pytestmark = pytest.mark.django_db

SAID = (
    "E{n}   2 March   gift       PARISH → OFFICE     USD 90.00   STALLS",
    "H{n}   3 March   handover   OFFICE → MAGPIE     USD 7.00   SHOPS",
    "X{n}   3 March   exchange   OFFICE → DESK       USD 6.00   STALLS\nX{n}   3 March   exchange   DESK → OFFICE   CNY 36.60   STALLS",
    "T{n}   5 March   dispatch   CRANE → WAGTAIL     CNY 9.00   SHOPS   G05   REH-MONEY",
    "T{n}   6 March   receipt    CRANE → WAGTAIL     CNY 4.00   SHOPS   G05   REH-MONEY",
    "T{n}   7 March   loss       CRANE → @loss:theft   CNY 2.00   SHOPS   G05",
    "T{n}   8 March   return     WAGTAIL → CRANE     CNY 3.00   SHOPS   G05",
    "P{n}   9 March   payout     WAGTAIL → R05       CNY 1.00   SHOPS   G05   REH-MONEY",
)
TAKEN_BACK = {
    "E{n}": "V{n}   12 March   reversal   OFFICE → PARISH     USD 90.00   STALLS   -   -   E{n}",
    "H{n}": "V{n}   12 March   reversal   MAGPIE → OFFICE     USD 7.00   SHOPS   -   -   H{n}",
    "X{n}": "V{n}   12 March   reversal   DESK → OFFICE   USD 6.00   STALLS   -   -   X{n}\n"
    "V{n}   12 March   reversal   OFFICE → DESK   CNY 36.60   STALLS   -   -   X{n}",
    "P{n}": "V{n}   12 March   reversal   R05 → WAGTAIL   CNY 1.00   SHOPS   -   -   P{n}",
}
KEEP = "keep"
WISHES = st.one_of(
    st.just((KEEP, 0)),
    st.tuples(st.sampled_from([*SAID, *TAKEN_BACK.values()]), st.integers(1, 3)),
)


@pytest.fixture(autouse=True)
def fold_early(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Kinds with more than one hand are folded but for the largest of each unit."""
    monkeypatch.setattr(reading, "FOLDED_FROM", 1)
    monkeypatch.setattr(reading, "SHOWN", 1)
    reading._seen.clear()
    yield
    reading._seen.clear()  # what is folded here is folded nowhere else


@pytest.fixture
def lamps(db: None) -> None:
    found()
    take(LAMPS)


def say(line: str, number: int) -> None:
    """Post it where the books take it: what there is nothing for, or was said already, they refuse."""
    try:
        post(line.format(n=number))
    except EntriesRefused:
        return


def as_from_all_moves(stock: Stock) -> None:
    """Every sum of this stock is what all moves and accounts come to."""
    kinds = kinds_of()
    gathering = Gathering(Names(stock.stays, kinds))
    gathering.run(flows_since(0))
    gathering.turn(swaps_since(0))
    assert list(stock.sums.each_flow()) == list(gathering.sums.each_flow())
    assert list(stock.sums.each_swap()) == list(gathering.sums.each_swap())
    mine = turnovers(gathering.hands)
    for hand, sums in gathering.hands.items():
        assert list(mine[hand].each_flow()) == list(sums.each_flow()), hand
        assert list(mine[hand].each_swap()) == list(sums.each_swap()), hand
    lying: Counter[tuple[str, str]] = Counter()
    units: dict[str, set[str]] = {}
    for holder, unit, balance in Account.objects.values_list("holder", "unit_id", "balance"):
        lying[unit, sort_of(holder, kinds)] += balance
        if is_hand(holder) and kinds[holder] in stock.stays and holder not in stock.stays[kinds[holder]]:
            units.setdefault(holder, set()).add(unit)
    assert {key: amount for key, amount in stock.lying.items() if amount} == {key: one for key, one in lying.items() if one}
    hands = Counter((kinds[hand], tuple(sorted(mine))) for hand, mine in units.items())
    assert {key: count for key, count in stock.hands.items() if count} == hands
    assert stock.extent == stock_anew().extent


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wishes=st.lists(WISHES, max_size=14))
def test_a_stock_that_was_kept_and_brought_up_is_the_stock_of_all_moves(lamps: None, wishes: list[tuple[str, int]]):
    with undone():
        for line, number in wishes:
            if line == KEEP:
                assert keep(stock_now())
            else:
                say(line, number)
        reading._seen.clear()
        as_from_all_moves(stock_now())


def test_an_entry_that_was_counted_and_then_taken_back_is_counted_no_more(lamps: None):
    say(SAID[1], 1)
    keep(stock_now())
    say(TAKEN_BACK["H{n}"], 1)
    stock = stock_now()
    assert stock.kept_at and stock.kept_at < stock.act
    as_from_all_moves(stock)


def test_nothing_is_kept_of_books_that_are_quickly_added_up(lamps: None):
    keep_up(stock_now())
    assert (Stocktaking.objects.count(), Turnover.objects.count()) == (0, 0)


def test_a_look_keeps_what_it_added_up_when_that_was_much(lamps: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keeping, "BEHIND_MOST", 10)
    keep_up(stock_now())
    kept = kept_stock()
    assert kept is not None
    assert kept.act == stock_now().act
    say(SAID[0], 1)
    keep_up(stock_now())
    assert kept_stock().act == kept.act, "one entry is read again rather than written down"


@pytest.fixture
def read_only(lamps: None) -> Iterator[None]:
    """Books that may only be read, as the database itself sees to."""
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SET LOCAL transaction_read_only = on" if is_server() else "PRAGMA query_only = ON")
        try:
            yield
        finally:
            if not is_server():
                cursor.execute("PRAGMA query_only = OFF")
            transaction.set_rollback(True)


def test_of_books_that_may_only_be_read_nothing_is_kept_and_they_are_read(read_only: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keeping, "BEHIND_MOST", 0)
    keep_up(stock_now())
    assert not keep(stock_now())
    for running in keeping.SUMS:
        monkeypatch.setattr(running, "to_write", lambda behind: (1, b"", "{}"))
    keep_sums()
    as_from_all_moves(stock_now())
    assert not Stocktaking.objects.exists()


def test_a_fault_of_ours_in_keeping_is_no_matter_of_the_disk(lamps: None, monkeypatch: pytest.MonkeyPatch):
    def broken(stock: Stock) -> None:
        raise ProgrammingError("no such column")

    monkeypatch.setattr(keeping, "_write", broken)
    with pytest.raises(ProgrammingError):
        keep(stock_now())


def test_when_the_books_have_grown_it_is_looked_again_who_is_large(lamps: None, monkeypatch: pytest.MonkeyPatch):
    keep(stock_now())
    before = kept_stock()
    monkeypatch.setattr(keeping, "BEHIND_MOST", 1)
    monkeypatch.setattr(keeping, "GROWN", 1.0)
    post("E9   2 March   gift   PARISH → KILN   USD 99999999.00   STALLS")
    keep_up(stock_now())
    after = kept_stock()
    assert after.told_apart_at == before.told_apart_at + 1
    assert after.act == before.act + 1
    as_from_all_moves(stock_now())


def test_a_stock_of_other_books_under_the_same_name_is_not_read(lamps: None):
    keep(stock_now())
    Stocktaking.objects.update(digest=bytes(32), sums='{"what": "another office had"}')
    reading._seen.clear()
    assert stock_now().kept_at == 0
    as_from_all_moves(stock_now())
    assert keep(stock_now())
    assert kept_stock().act == stock_now().act


def test_a_stock_that_another_look_kept_meanwhile_stays(lamps: None):
    mine = stock_now()
    say(SAID[0], 1)
    theirs = stock_now()
    assert keep(theirs)
    assert not keep(mine)
    assert kept_stock().act == theirs.act


def test_whoever_cannot_write_does_not_and_shows_the_same(lamps: None, monkeypatch: pytest.MonkeyPatch):
    def refuse(stock: Stock) -> None:
        raise OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(keeping, "_write", refuse)
    assert not keep(stock_now())
    as_from_all_moves(stock_now())


def test_sums_that_no_number_holds_are_kept_whole(lamps: None):
    stock = stock_now()
    ends = ("gift", "PARISH", "OFFICE", "USD", "SHOPS")
    stock.sums.flows[ends] += 2**80
    keep(stock)
    assert kept_stock().sums.flows[ends] == stock.sums.flows[ends] >= 2**80


def test_neither_proof_nor_digest_says_anything_of_the_stock(lamps: None):
    books.sign()
    before = state_digest()
    keep(stock_now())
    Turnover.objects.filter(holder="HERON").update(sums="{}")
    assert state_digest() == before
    assert books.proof().holds


def test_an_import_of_very_much_takes_stock(lamps: None, monkeypatch: pytest.MonkeyPatch):
    take_stock(keeping.MANY)
    assert kept_stock() is None
    take_stock(keeping.MANY + 1)
    kept = kept_stock()
    assert kept is not None
    assert kept.act == stock_now().act


def test_a_look_waits_for_nobody_who_writes(transactional_db: None):
    found()
    take(LAMPS)
    place = meeting(2)

    def write() -> bool:
        with transaction.atomic(), connection.cursor() as cursor:
            if is_server():
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [keeping.LOCK])
            place.wait(timeout=20)  # held
            place.wait(timeout=20)  # looked at
        return True

    def look() -> tuple[bool, int, bool]:
        place.wait(timeout=20)
        began = monotonic()
        stock = stock_now()
        answer = keep(stock), stock.extent.entry_count, monotonic() - began < BUSY_SECONDS / 2
        place.wait(timeout=20)
        return answer

    assert at_once(write, look) == [True, (False, 98, True)]
    assert keep(stock_now()), "and afterwards it is kept"
