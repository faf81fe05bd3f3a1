"""Whose hands now, and whose hands then: amounts, ages by what came first, tallies on the road, and what was delivered."""

import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tallystick.core.entry import Entry, Line
from tallystick.ledger.queries import holdings as ledger
from tallystick.ledger.queries.holdings import held_at, held_now, open_tallies
from tallystick.reports.holdings import delivered
from tests import books
from tests.questions import Questions

END_OF_TIME = datetime(2100, 1, 1, tzinfo=UTC)
HANDS = ("OFFICE", "HERON", "MAGPIE", "CRANE", "KILN")


def since(holder: str) -> tuple[int, str]:
    """What this hand holds of the dollars for SHOPS, and since which day; the same whether now is asked for or the end of time."""
    key = holder, "USD", "SHOPS"
    now, then = held_now()[key], held_at(END_OF_TIME)[key]
    assert now == then == held_now(of=[holder])[key]
    assert now.since is not None
    return now.amount, f"{now.since.astimezone(books.SEOUL):%-d %B}"


def test_what_came_first_leaves_first(unmoved: None) -> None:
    books.post("""
        E1   1 March    gift       HAEBARAGI → OFFICE   USD 100.00   SHOPS
        H2   2 March    handover   OFFICE → HERON       USD 30.00    SHOPS   -   REH-MONEY
        H3   5 March    handover   OFFICE → HERON       USD 20.00    SHOPS   -   REH-MONEY
        H4   6 March    handover   HERON → MAGPIE       USD 29.00    SHOPS   -   REH-MONEY
    """)
    assert since("HERON") == (21_00, "2 March")
    books.post("H5   7 March   handover   HERON → MAGPIE   USD 1.00   SHOPS   -   REH-MONEY")
    assert since("HERON") == (20_00, "5 March")
    assert since("MAGPIE") == (30_00, "6 March")
    assert since("OFFICE") == (50_00, "1 March")


def test_what_went_and_came_again_is_as_old_as_its_coming(unmoved: None) -> None:
    books.post("""
        E1   1 March    gift       HAEBARAGI → OFFICE   USD 100.00   SHOPS
        H2   2 March    handover   OFFICE → HERON       USD 100.00   SHOPS   -   REH-MONEY
        R3   4 March    return     HERON → OFFICE       USD 100.00   SHOPS
    """)
    assert since("OFFICE") == (100_00, "4 March")
    assert ("HERON", "USD", "SHOPS") not in held_now()
    assert ("HERON", "USD", "SHOPS") not in held_at(END_OF_TIME)


def test_lines_of_one_entry_arrive_together(unmoved: None) -> None:
    books.post("""
        E1   1 March   gift       HAEBARAGI → OFFICE   USD 100.00   SHOPS
        H2   2 March   handover   OFFICE → HERON       USD 10.00    SHOPS   -   REH-MONEY
        H3   3 March   handover   OFFICE → HERON       USD 20.00    SHOPS   -   REH-MONEY
        H3   3 March   handover   OFFICE → HERON       USD 5.00     SHOPS   -   REH-MONEY
        H3   3 March   handover   HERON → MAGPIE       USD 12.00    SHOPS   -   REH-MONEY
    """)
    assert since("HERON") == (23_00, "3 March")


def test_what_is_passed_on_before_it_came_leaves_no_age_behind(unmoved: None) -> None:
    books.post("""
        E1   1 March   gift       HAEBARAGI → OFFICE   USD 100.00   SHOPS
        H3   3 March   handover   HERON → MAGPIE       USD 12.00    SHOPS   -   REH-MONEY
        H3   3 March   handover   OFFICE → HERON       USD 20.00    SHOPS   -   REH-MONEY
        H4   4 March   handover   OFFICE → HERON       USD 5.00     SHOPS   -   REH-MONEY
        H5   5 March   handover   HERON → MAGPIE       USD 9.00     SHOPS   -   REH-MONEY
    """)
    assert since("HERON") == (4_00, "4 March")


def test_what_was_recorded_late_leaves_in_the_order_of_the_books(unmoved: None) -> None:
    books.post("""
        E1   1 March   gift       HAEBARAGI → OFFICE   USD 100.00   SHOPS
        H2   9 March   handover   OFFICE → HERON       USD 20.00    SHOPS   -   REH-MONEY
        H3   5 March   handover   OFFICE → HERON       USD 30.00    SHOPS   -   REH-MONEY
        H4   10 March  handover   HERON → MAGPIE       USD 20.00    SHOPS   -   REH-MONEY
    """)
    assert since("HERON") == (30_00, "5 March")
    assert held_at(books.moment("6 March"))["HERON", "USD", "SHOPS"].amount == 30_00


def test_what_was_taken_back_neither_came_nor_went(unmoved: None) -> None:
    books.post("""
        E1   1 March    gift       HAEBARAGI → OFFICE   USD 100.00   SHOPS
        H2   2 March    handover   OFFICE → HERON       USD 30.00    SHOPS   -   REH-MONEY
        H3   5 March    handover   OFFICE → HERON       USD 70.00    SHOPS   -   REH-MONEY
        V4   7 March    reversal   HERON → OFFICE       USD 70.00    SHOPS   -   -           H3
    """)
    assert since("OFFICE") == (70_00, "1 March")
    assert since("HERON") == (30_00, "2 March")
    before = held_at(books.moment("6 March"))
    assert ("OFFICE", "USD", "SHOPS") not in before, "it was taken back on the 7th"
    assert before["HERON", "USD", "SHOPS"].amount == 100_00


def test_arrivals_that_were_taken_back_are_not_among_those_that_are_looked_at(unmoved: None) -> None:
    books.post("""
        E1   1 March    gift       HAEBARAGI → OFFICE   USD 100.00   SHOPS
        H2   2 March    handover   OFFICE → HERON       USD 1.00     SHOPS   -   REH-MONEY
    """)
    for number in range(ledger.ARRIVALS_MAX):
        books.post(f"""
            M{number}   3 March   handover   OFFICE → HERON   USD 5.00   SHOPS   -   REH-MONEY
            V{number}   4 March   reversal   HERON → OFFICE   USD 5.00   SHOPS   -   -   M{number}
        """)
    assert since("OFFICE") == (99_00, "1 March")
    assert since("HERON") == (1_00, "2 March")


def random_entries(chance: random.Random, count: int) -> list[Entry]:
    """Handovers among five hands in two earmarks, lines of both ways in one entry, several entries at one moment."""
    held: dict[tuple[str, str], int] = defaultdict(int)
    at, entries = books.moment("1 March"), []
    for number in range(count):
        at += timedelta(minutes=chance.choice((0, 0, 7, 60)))
        earmark = chance.choice(("SHOPS", "STALLS"))
        if number % 7 == 0:
            amount = chance.randrange(1, 50)
            held["OFFICE", earmark] += amount
            lines = [Line("gift", "HAEBARAGI", "OFFICE", "CNY", amount, earmark, "", "", "")]
        else:
            lines = [one for _ in range(chance.randrange(1, 5)) if (one := handover(chance, held, earmark=earmark))]
        if lines:
            entries.append(Entry(f"N{number}", at, tuple(lines)))
    return entries


def handover(chance: random.Random, held: dict[tuple[str, str], int], *, earmark: str) -> Line | None:
    giver, taker = chance.sample(HANDS, 2)
    if not held[giver, earmark]:
        return None
    amount = chance.randrange(1, held[giver, earmark] + 1)
    held[giver, earmark] -= amount
    held[taker, earmark] += amount
    return Line("handover", giver, taker, "CNY", amount, earmark, "", "", "")


@pytest.mark.parametrize("seed", range(4))
def test_now_is_the_end_of_time(unmoved: None, seed: int) -> None:
    entries = random_entries(random.Random(seed), 300)
    for start in range(0, len(entries), 50):
        books.post(entries[start : start + 50])
    now, then = held_now(), held_at(END_OF_TIME)
    assert {key: one.amount for key, one in now.items()} == {key: one.amount for key, one in then.items()}
    for key, one in now.items():
        if one.since is None:
            assert key[0] == "HAEBARAGI"
        elif one.or_earlier:
            assert then[key].since <= one.since
        else:
            assert then[key].since == one.since


def test_ages_look_back_so_far_and_no_further(unmoved: None) -> None:
    books.post("E1   1 March   gift   HAEBARAGI → OFFICE   USD 100.00   SHOPS")
    for day in range(2, 22):
        books.post(f"H{day}   {day} March   handover   OFFICE → HERON   USD 1.00   SHOPS   -   REH-MONEY")
    now = held_now()["HERON", "USD", "SHOPS"]
    assert (now.amount, now.or_earlier) == (20_00, True)
    assert now.since == books.moment(f"{22 - ledger.ARRIVALS_MAX} March")
    assert held_at(END_OF_TIME)["HERON", "USD", "SHOPS"].since == books.moment("2 March")
    books.post("H99   22 March   handover   HERON → CRANE   USD 5.00   SHOPS   -   REH-MONEY")
    assert since("HERON") == (15_00, "7 March")


def test_a_tally_is_on_the_road_until_all_of_it_is_told(unmoved: None) -> None:
    books.post("""
        E1    1 March    gift       GWANGMYEONG → KILN   LAMP 100   LIGHT
        T1    2 March    dispatch   KILN → WAGTAIL       LAMP 40    LIGHT   G09   REH-GOODS
        T1    2 March    dispatch   KILN → WAGTAIL       LAMP 2     LIGHT   G10   REH-GOODS
        T2    3 March    dispatch   KILN → SWALLOW       LAMP 5     LIGHT   G10   REH-GOODS
        T3    4 March    dispatch   KILN → SWALLOW       LAMP 7     LIGHT   G10   REH-GOODS
    """)
    assert [(one.reference, one.giver, one.carrier, one.amount, one.grant) for one in open_tallies()] == [
        ("T1", "KILN", "WAGTAIL", 42, "G09"), ("T2", "KILN", "SWALLOW", 5, "G10"), ("T3", "KILN", "SWALLOW", 7, "G10"),
    ]  # fmt: skip
    books.post("""
        T1    4 March    receipt    KILN → WAGTAIL       LAMP 40    LIGHT   G09   REH-GOODS
        T2    5 March    receipt    KILN → SWALLOW       LAMP 4     LIGHT   G10   REH-GOODS
        T2    5 March    loss       KILN → @loss:theft   LAMP 1     LIGHT   G10
        V3    6 March    reversal   @transit:T3 → KILN   LAMP 7     LIGHT   -   -   T3
    """)
    assert [(one.reference, one.amount) for one in open_tallies()] == [("T1", 2)]


def test_a_payout_taken_back_was_not_delivered(unmoved: None) -> None:
    books.post("""
        E1    1 March    gift       HAEBARAGI → OFFICE   CNY 300.00   SHOPS
        P2    2 March    payout     OFFICE → R01         CNY 10.00    SHOPS   G01   REH-MONEY
        P3    3 March    payout     OFFICE → R01         CNY 20.00    SHOPS   G01   REH-MONEY
        P3    3 March    payout     OFFICE → R02         CNY 25.00    SHOPS   G02   REH-MONEY
        P3    3 March    payout     OFFICE → R01         CNY 20.00    SHOPS   G01   REH-MONEY
    """)
    assert [(one.grant, one.recipient, one.amount) for one in delivered()] == [("G01", "R01", 50_00), ("G02", "R02", 25_00)]
    # The reversal names no grant: it is the payout's own that is taken back.
    books.post("""
        V4    4 March    reversal   R01 → OFFICE   CNY 20.00    SHOPS   -   -   P3: counted twice
        V4    4 March    reversal   R02 → OFFICE   CNY 25.00    SHOPS   -   -   P3: counted twice
        V4    4 March    reversal   R01 → OFFICE   CNY 20.00    SHOPS   -   -   P3: counted twice
    """)
    assert [(one.grant, one.recipient, one.amount) for one in delivered()] == [("G01", "R01", 10_00)]


def test_the_reversal_of_something_else_leaves_what_was_delivered(unmoved: None) -> None:
    books.post("""
        E1    1 March    gift       HAEBARAGI → OFFICE   CNY 300.00   SHOPS
        P2    2 March    payout     OFFICE → R01         CNY 10.00    SHOPS   G01   REH-MONEY
        H3    3 March    handover   OFFICE → HERON       CNY 10.00    SHOPS   -     REH-MONEY
        V4    4 March    reversal   HERON → OFFICE       CNY 10.00    SHOPS   G01   -           H3
    """)
    assert [(one.grant, one.amount) for one in delivered()] == [("G01", 10_00)]


def plans(ask: object) -> str:
    """How the database would go about these queries, the tables being large."""
    with Questions() as captured:
        ask()
    told = []
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            if query["sql"].lstrip().startswith(("SELECT", "WITH")):
                cursor.execute(
                    f"{'EXPLAIN QUERY PLAN' if connection.vendor == 'sqlite' else 'EXPLAIN'} {query['sql']}".replace("%", "%%"),
                    (),
                )
                told += [str(row[-1]) for row in cursor.fetchall()]
    return "\n".join(told)


def test_whose_hands_now_is_read_from_the_balances_and_indexes(unmoved: None) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # so few rows that reading all would be quickest
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = plans(ledger.held_now)
    assert "account_held" in plan, plan
    assert "move_by_taker" in plan, plan
    for scan in ("SCAN m", "SCAN ledger_move", "Seq Scan on ledger_move", "SCAN e", "Seq Scan on ledger_entry"):
        assert scan not in plan.replace("SCAN m USING", ""), plan
