"""What was agreed with custodians, met at the one gateway of all entries: on either database, and for nothing where nothing was."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tallystick.core.agreement import Agreement, ExposureLimit, Override, Upstream, ValueLimit
from tallystick.core.amount import Parts
from tallystick.core.corridor import Tariff
from tallystick.core.party import LaterLimit
from tallystick.core.refusal import Refusal
from tallystick.corridors import actions
from tallystick.handovers.actions import hand_over, weigh_all
from tallystick.journal.actions import lock_stream
from tallystick.ledger.post import EntriesRefused
from tallystick.ledger.queries.book import new_book
from tallystick.vault.keys import unlocked
from tests import books
from tests.questions import Questions

pytestmark = pytest.mark.django_db
FUNDED = """
    E1   1 March   gift       HAEBARAGI → OFFICE   USD 60000.00   SHOPS
    H1   2 March   handover   OFFICE → MAGPIE      USD 10000.00   SHOPS   -   REH-MONEY
    X1   3 March   exchange   MAGPIE → DESK        USD 5000.00    SHOPS
    X1   3 March   exchange   DESK → MAGPIE        CNY 30000.00   SHOPS
"""


@pytest.fixture(autouse=True)
def funded(db: None, tmp_path: Path) -> None:
    """MAGPIE holds USD 5,000 and CNY 30,000 of SHOPS, at six yuan a dollar."""
    books.found()
    books.take(books.without_moves(books.LAMPS, tmp_path / "lamps"))
    books.post(FUNDED)


def agree(custodian: str = "HERON", since: date = date(2016, 3, 1), **more: Any) -> None:
    said = {"commission_ppm": 100_000, "confirm_first": False} | more
    actions.agree_terms(Agreement(custodian, since, **said), **said_here())


def said_here() -> dict[str, Any]:
    return {"office": unlocked().office, "recorded_at": books.POSTED_AT}


def refusal(rows: str) -> Refusal:
    """Why the last of these entries is refused, each posted by itself."""
    *before, last = books.page(rows)
    for entry in before:
        books.post([entry])
    with pytest.raises(EntriesRefused) as refused:
        books.post([last])
    return refused.value.refused[0][1]


def test_a_later_limit_stands_in_the_place_of_the_first_and_the_last_one_said_counts():
    for amount in (Parts(100_00), None, Parts(50_00)):
        actions.set_holding_limit(LaterLimit("HERON", "CNY", amount), **said_here())
    books.post("H2   4 March   handover   MAGPIE → HERON   CNY 50.00   SHOPS")
    assert str(refusal("H3   4 March   handover   MAGPIE → HERON   CNY 0.01   SHOPS")) == (
        "HERON would hold 50.01 CNY; the holding limit is 50.00 CNY."
    )
    actions.set_holding_limit(LaterLimit("HERON", "CNY", None), **said_here())
    books.post("H4   4 March   handover   MAGPIE → HERON   CNY 29950.00   SHOPS")


def test_all_units_count_at_the_earmarks_own_rate_with_what_lies_there_and_on_the_road():
    books.post("""
        H2   4 March   handover   MAGPIE → HERON   CNY 600.00   SHOPS
        T2   4 March   dispatch   MAGPIE → HERON   CNY 600.00   SHOPS
    """)
    actions.set_value_limit(ValueLimit("HERON", Parts(300_00)), **said_here())
    told = refusal("""
        H3   5 March   handover   MAGPIE → HERON   USD 99.99   SHOPS
        T2   6 March   receipt    MAGPIE → HERON   CNY 600.00   SHOPS
        H4   7 March   handover   MAGPIE → HERON   CNY 0.60    SHOPS
    """)
    assert str(told) == (
        "HERON holds USD 299.99 in all units together, what is on the road there included, and would hold USD 300.09;"
        " the limit is USD 300.00."
    )


def test_a_rate_that_the_same_batch_makes_counts_already():
    actions.set_value_limit(ValueLimit("CRANE", Parts(100_00)), **said_here())
    with pytest.raises(EntriesRefused) as refused:
        books.post("""
            E5   4 March   gift       PARISH → OFFICE    USD 1000.00     LIGHT
            X5   5 March   exchange   OFFICE → DESK      USD 1000.00     LIGHT
            X5   5 March   exchange   DESK → OFFICE      KRW 1000000     LIGHT
            H5   6 March   handover   OFFICE → CRANE     KRW 100001      LIGHT
        """)
    assert [(place, one.code) for place, one in refused.value.refused] == [(2, "value_limit_passed")]


def test_all_who_share_an_upstream_count_together_whoever_is_given_next():
    for custodian in ("HERON", "CRANE"):
        agree(custodian, upstreams=(Upstream("YANBANK"),))
    actions.set_exposure_limit(ExposureLimit("YANBANK", Parts(1_000_00)), **said_here())
    told = refusal("""
        H2   4 March   handover   MAGPIE → YANBANK   USD 500.00    SHOPS
        T3   4 March   dispatch   MAGPIE → HERON     CNY 1800.00   SHOPS
        H4   4 March   handover   YANBANK → CRANE    USD 300.00    SHOPS
        H5   4 March   handover   MAGPIE → CRANE     USD 200.01    SHOPS
    """)
    assert str(told) == (
        "CRANE, HERON depend on YANBANK and hold USD 800.00 together, what is on the road there included; it would be"
        " USD 1000.01, and the limit is USD 1000.00."
    )
    agree("CRANE", upstreams=())
    books.post("H6   4 March   handover   MAGPIE → CRANE   USD 200.01   SHOPS")


def test_the_next_transfer_waits_for_the_last_unless_two_allowed_it():
    agree(confirm_first=True)
    told = refusal("""
        T1   4 March   dispatch   MAGPIE → HERON   CNY 100.00   SHOPS
        T2   5 March   dispatch   MAGPIE → HERON   CNY 100.00   SHOPS
    """)
    assert str(told) == "HERON has not confirmed T1 yet, so T2 has to wait."
    actions.give_override(Override("T2", "HERON", reason="the road closes"), **said_here())
    assert str(refusal("""
        T2   5 March   dispatch   MAGPIE → HERON   CNY 100.00   SHOPS
        T3   6 March   dispatch   MAGPIE → HERON   CNY 100.00   SHOPS
    """)) == "HERON has not confirmed T1 yet, so T3 has to wait."  # fmt: skip
    books.post("""
        T1   7 March   receipt    MAGPIE → HERON   CNY 100.00   SHOPS
        T2   7 March   receipt    MAGPIE → HERON   CNY 100.00   SHOPS
        T3   8 March   dispatch   MAGPIE → HERON   CNY 100.00   SHOPS
    """)


def test_what_two_allowed_to_one_goes_to_nobody_else():
    agree(confirm_first=True)
    agree("SWALLOW", confirm_first=True)
    books.post("T1   4 March   dispatch   MAGPIE → HERON   CNY 100.00   SHOPS")
    actions.give_override(Override("T2", "SWALLOW", reason="the road closes"), **said_here())
    assert str(refusal("T2   5 March   dispatch   MAGPIE → HERON   CNY 100.00   SHOPS")) == (
        "HERON has not confirmed T1 yet, so T2 has to wait."
    )


def test_a_day_written_back_does_not_take_a_transfer_out_from_under_the_agreement_in_force():
    agree(since=date(2020, 1, 1), confirm_first=True, leg="YNJ-HYE")
    actions.set_tariff(Tariff("YNJ-HYE", date(2020, 1, 1), 0, Parts(0), 1, limit_each=Parts(100_00)), **said_here())
    books.post("T1   4 March   dispatch   MAGPIE → HERON   CNY 100.00   SHOPS")
    late = "T2   5 March   dispatch   MAGPIE → HERON   CNY 100.00   SHOPS"
    assert refusal(late).code == "last_transfer_unconfirmed"
    books.post("T1   7 March   receipt   MAGPIE → HERON   CNY 100.00   SHOPS")
    assert refusal("T3   8 March   dispatch   MAGPIE → HERON   CNY 100.01   SHOPS").code == "leg_limit_passed"
    books.post(late)


def test_a_folder_tells_what_happened_day_after_day_and_is_held_to_what_was_agreed_then():
    agree(since=date(2020, 1, 1), confirm_first=True)
    rows = """
        T1   4 March   dispatch   MAGPIE → HERON   CNY 100.00   SHOPS
        T2   5 March   dispatch   MAGPIE → HERON   CNY 100.00   SHOPS
    """
    head = lock_stream(unlocked().office)
    book = new_book(head)
    assert book is not None
    assert weigh_all(books.page(rows), book, head=head)[1] == []
    hand_over(books.page(rows), **said_here(), of_folder=True)
    with pytest.raises(EntriesRefused):
        books.post("T3   6 March   dispatch   MAGPIE → HERON   CNY 100.00   SHOPS")


def test_late_papers_are_held_to_the_terms_of_their_day_where_none_are_in_force_any_more():
    agree(since=date(2016, 3, 1), valid_until=date(2016, 3, 31), confirm_first=True)
    assert refusal("""
        T1   4 March   dispatch   MAGPIE → HERON   CNY 100.00   SHOPS
        T2   5 March   dispatch   MAGPIE → HERON   CNY 100.00   SHOPS
    """).code == "last_transfer_unconfirmed"  # fmt: skip
    books.post("T0   28 February   dispatch   OFFICE → HERON   USD 1.00   SHOPS")


def test_an_agreement_that_is_over_and_a_leg_without_a_tariff_let_nothing_through():
    agree("CRANE", valid_until=date(2016, 3, 31))
    assert refusal("H2   1 April   handover   MAGPIE → CRANE   USD 1.00   SHOPS").code == "agreement_over"
    actions.set_tariff(Tariff("YNJ-HYE", date(2016, 3, 1), 0, Parts(0), 1, valid_until=date(2016, 3, 31)), **said_here())
    agree("SWALLOW", leg="YNJ-HYE")
    books.post("T3   31 March   dispatch   MAGPIE → SWALLOW   CNY 1.00   SHOPS")
    assert refusal("T4   1 April   dispatch   MAGPIE → SWALLOW   CNY 1.00   SHOPS").code == "tariff_not_in_force"


def test_a_commission_counts_with_all_that_was_kept_since_the_agreement_began():
    books.post("""
        H2   1 March   handover     OFFICE → HERON               USD 100.00   SHOPS
        C2   2 March   commission   HERON → @commission:HERON    USD 50.00    SHOPS
        H3   5 March   handover     OFFICE → HERON               USD 100.00   SHOPS
        C3   6 March   commission   HERON → @commission:HERON    USD 7.00     SHOPS
        C4   6 March   commission   HERON → @commission:HERON    USD 3.00     SHOPS
        V4   6 March   reversal     @commission:HERON → HERON    USD 3.00     SHOPS   -   -   C4: twice
        T5   7 March   dispatch     HERON → SWALLOW              USD 60.00    SHOPS
        T5   8 March   return       SWALLOW → HERON              USD 20.00    SHOPS
    """)
    agree(since=date(2016, 3, 3))
    told = refusal("""
        C6   9 March    commission   HERON → @commission:HERON   USD 8.00   SHOPS
        C7   10 March   commission   HERON → @commission:HERON   USD 0.02   SHOPS
    """)
    assert str(told) == (
        "HERON would have kept USD 15.02 since 2016-03-03; the agreement allows 10 % of the USD 150.00 that came into its hands,"
        " which is USD 15.00."
    )


def test_a_share_in_two_units_is_put_together_at_the_earmarks_rate():
    agree("MAGPIE", since=date(2016, 3, 1))
    told = refusal("""
        C2   4 March   commission   MAGPIE → @commission:MAGPIE   USD 500.00    SHOPS
        C3   5 March   commission   MAGPIE → @commission:MAGPIE   CNY 3003.00   SHOPS
    """)
    assert str(told).startswith(
        "MAGPIE would have kept USD 1000.50 since 2016-03-01; the agreement allows 10 % of the USD 10000.00"
    )


def test_a_list_of_faults_goes_on_with_what_it_has_counted():
    agree(confirm_first=True)
    actions.set_value_limit(ValueLimit("HERON", Parts(100_00)), **said_here())
    head = lock_stream(unlocked().office)
    book = new_book(head)
    assert book is not None
    rows = (
        "T1   4 March   dispatch     MAGPIE → HERON             CNY 300.00   SHOPS",
        "T2   4 March   dispatch     MAGPIE → HERON             CNY 6.00     SHOPS",
        "T1   5 March   receipt      MAGPIE → HERON             CNY 300.00   SHOPS",
        "C1   6 March   commission   HERON → @commission:HERON  CNY 30.00    SHOPS",
        "H2   7 March   handover     MAGPIE → HERON             CNY 600.00   SHOPS",
    )
    told = [[one.code for _, one in weigh_all(books.page(row), book, head=head)[1]] for row in rows]
    assert told == [[], ["last_transfer_unconfirmed"], [], [], ["last_transfer_unconfirmed"]]
    row = "C2   8 March   commission   HERON → @commission:HERON  CNY 61.00    SHOPS"
    assert [one.code for _, one in weigh_all(books.page(row), book, head=head)[1]] == ["commission_above_ceiling"]


def test_a_leg_takes_no_more_in_one_transfer_than_its_tariff_says_in_a_batch_as_well():
    """YNJ-HYE takes CNY 35,000.00 each time; a tariff of its own takes less from a day on."""
    agree(leg="YNJ-HYE")
    actions.set_tariff(Tariff("YNJ-HYE", date(2016, 3, 5), 0, Parts(0), 1, limit_each=Parts(600_00)), **said_here())
    assert str(refusal("H2   5 March   handover   MAGPIE → HERON   CNY 600.01   SHOPS")) == (
        "The leg YNJ-HYE, on which HERON carries, takes at most CNY 600.00 in one transfer; H2 has CNY 600.01."
    )
    head = lock_stream(unlocked().office)
    book = new_book(head)
    assert book is not None
    rows = books.page("""
        H2   4 March   handover   MAGPIE → HERON   CNY 600.01   SHOPS
        H3   5 March   handover   MAGPIE → HERON   CNY 600.01   SHOPS
        H4   5 March   handover   MAGPIE → HERON   CNY 600.00   SHOPS
    """)
    refused = weigh_all(rows, book, head=head)[1]
    assert [(one.code, one.column) for _, one in refused] == [("leg_limit_passed", "amount")]


def count(rows: str) -> int:
    with Questions() as captured:
        books.post(rows)
    return len([one for one in captured.captured_queries if "EXPLAIN" not in one["sql"]])


def handed(reference: str, *, entries: int = 1) -> str:
    return "\n".join(f"{reference}{number}   4 March   handover   OFFICE → CRANE   USD 0.01   SHOPS" for number in range(entries))


def test_where_nothing_is_agreed_with_those_who_are_touched_no_more_is_asked_than_before():
    books.post(handed("A"))
    before = count(handed("B"))
    agree("HERON", confirm_first=True)
    books.post(handed("C"))  # whatever was kept is read anew after a record
    assert count(handed("D")) == before


def test_as_many_questions_for_many_entries_as_for_one_where_something_is_agreed():
    agree("CRANE", confirm_first=True, upstreams=(Upstream("YANBANK"),))
    actions.set_value_limit(ValueLimit("CRANE", Parts(100_00)), **said_here())
    actions.set_exposure_limit(ExposureLimit("YANBANK", Parts(100_00)), **said_here())
    books.post(handed("A"))
    assert count(handed("B")) == count(handed("C", entries=30))
