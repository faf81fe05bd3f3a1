"""A holding limit counts what is on the way into somebody's hands: from the dispatch on, once, until it is there or is lost."""

import pytest

from tallystick.core.custody.decide import HoldingLimitPassed
from tests.core.ledger_page import Page, entries_of, told

LIMITED = "Yusuf 100.00 USD, Yusuf 3 LAMP"
FUNDED = """
    1 March  E1  gift  Parish → Amina  500.00 USD
    1 March  E2  gift  Marta → Amina   500.00 USD  for LIGHT
    1 March  E3  gift  Parish → Salma  500.00 USD
    1 March  E4  gift  Parish → Store  9 LAMP
"""
SENT = "2 March  T1  dispatch  Amina → Yusuf  70.00 USD"
CODE = "holding_limit_passed_on_the_road"


def funded(*rows: str) -> Page:
    """Yusuf may hold 100.00 dollars and three lamps; others have plenty to send."""
    page = Page(limits=LIMITED)
    page.play("\n".join([FUNDED, *rows]))
    return page


def test_a_dispatch_counts_what_is_on_the_road_already():
    page = funded(SENT)
    refusal = page.refusal("3 March  T2  dispatch  Salma → Yusuf  30.01 USD")
    sentence = "Yusuf would hold 100.01 USD, 100.01 USD of it still on the road; the holding limit is 100.00 USD."
    assert told(refusal) == (CODE, 0, "amount", sentence)
    assert refusal.expectation() == "at most 100.00 USD in hand and on the road there together"
    assert isinstance(refusal, HoldingLimitPassed)


def test_a_dispatch_counts_what_the_carrier_holds():
    page = funded("2 March  H1  handover  Salma → Yusuf  40.00 USD")
    refusal = page.refusal("3 March  T1  dispatch  Amina → Yusuf  60.01 USD")
    sentence = "Yusuf would hold 100.01 USD, 60.01 USD of it still on the road; the holding limit is 100.00 USD."
    assert told(refusal) == (CODE, 0, "amount", sentence)


def test_up_to_the_limit_value_may_be_sent_and_all_of_it_received():
    page = funded("2 March  H1  handover  Salma → Yusuf  40.00 USD")
    page.play("""
        3 March  T1  dispatch  Amina → Yusuf  20.00 USD
        3 March  T2  dispatch  Amina → Yusuf  40.00 USD  for LIGHT
        4 March  T2  receipt   Amina → Yusuf  40.00 USD  for LIGHT
        5 March  T1  receipt   Amina → Yusuf  10.00 USD
        6 March  T1  receipt   Amina → Yusuf  10.00 USD
    """)
    assert page.show("Yusuf") == "40.00 USD for LIGHT, 60.00 USD for SHOPS"


@pytest.mark.parametrize(
    "row",
    [
        "gift        Parish → Yusuf       30.01 USD",
        "handover    Salma → Yusuf        30.01 USD",
        "return      Salma → Yusuf        30.01 USD",
        "recovery    @loss:theft → Yusuf  30.01 USD",
    ],
)
def test_whatever_else_reaches_the_hand_finds_the_road_counted(row: str):
    refusal = funded(SENT).refusal(f"3 March  X1  {row}")
    sentence = "Yusuf would hold 100.01 USD, 70.00 USD of it still on the road; the holding limit is 100.00 USD."
    assert told(refusal) == (CODE, 0, "amount", sentence)


def test_the_road_is_counted_unit_by_unit():
    page = funded(SENT, "2 March  T2  dispatch  Store → Yusuf  3 LAMP")
    assert str(page.refusal("3 March  T3  dispatch  Store → Yusuf  1 LAMP")) == (
        "Yusuf would hold 4 LAMP, 4 LAMP of it still on the road; the holding limit is 3 LAMP."
    )


def test_the_line_that_is_complained_of_is_the_one_that_sends():
    refusal = funded().refusal("""
        2 March  T1  commission  Amina → @commission:Amina   1.00 USD
        2 March  T1  dispatch    Amina → Yusuf              90.00 USD
        2 March  T1  dispatch    Amina → Yusuf              11.00 USD  for LIGHT
    """)
    assert told(refusal)[:3] == (CODE, 1, "amount")


@pytest.mark.parametrize(
    "row",
    [
        "T1  loss      Amina → @loss:theft   70.00 USD",
        "T1  return    Amina → Amina         70.00 USD",
        "V1  reversal  @transit:T1 → Amina   70.00 USD  “T1”",
    ],
)
def test_what_is_no_longer_on_the_road_makes_room(row: str):
    page = funded(SENT, f"3 March  {row}")
    page.play("4 March  T2  dispatch  Salma → Yusuf  100.00 USD")
    assert page.refusal("5 March  T3  dispatch  Salma → Yusuf  0.01 USD").code == CODE


def test_what_is_lost_as_it_is_sent_was_never_on_the_road():
    page = funded()
    page.play("""
        2 March  T1  dispatch  Amina → Yusuf         130.00 USD
        2 March  T1  loss      Amina → @loss:seizure  30.00 USD
    """)
    assert page.show("@transit:T1") == "100.00 USD for SHOPS"


def test_what_somebody_sent_off_no_longer_counts_for_them():
    page = funded("2 March  H1  handover  Amina → Yusuf  100.00 USD", "3 March  T1  dispatch  Yusuf → Salma  60.00 USD")
    page.play("4 March  H2  handover  Amina → Yusuf  60.00 USD")
    refusal = page.refusal("5 March  H3  handover  Amina → Yusuf  0.01 USD")
    assert str(refusal) == "Yusuf would hold 100.01 USD; the holding limit is 100.00 USD."


def test_what_comes_back_finds_the_limit_as_anything_else_does():
    page = funded("2 March  H1  handover  Amina → Yusuf  100.00 USD", "3 March  T1  dispatch  Yusuf → Salma  60.00 USD")
    page.play("4 March  H2  handover  Amina → Yusuf  50.00 USD")
    refusal = page.refusal("5 March  T1  return  Yusuf → Yusuf  60.00 USD")
    assert str(refusal) == "Yusuf would hold 150.00 USD; the holding limit is 100.00 USD."


def test_what_was_refused_at_the_dispatch_is_not_complained_of_again_at_the_receipt():
    """A list of faults says a want once: the refused dispatch is carried in memory, and the entries behind it are judged with it."""
    page = Page(limits="Yusuf 100.00 USD")
    page.play(FUNDED)
    assert page.refusal("2 March  T1  dispatch  Amina → Yusuf  130.00 USD").code == CODE
    page.play("""
        3 March  T1  receipt   Amina → Yusuf  130.00 USD
        4 March  T2  dispatch  Amina → Yusuf    1.00 USD
    """)


def with_an_open_tally(*rows: str) -> Page:
    """T1 lies open with 70.00 dollars for Yusuf, and the books do not know yet that he has a limit."""
    page = funded(SENT, *rows)
    page.book.in_hand.clear()
    return page


def test_a_tally_that_lay_open_counts_as_soon_as_its_carrier_is_known():
    page = with_an_open_tally()
    page.book.know_road("Yusuf", ("@transit:T1", "USD", "SHOPS"), balance=70_00)
    page.book.know_road("Amina", ("@transit:T7", "USD", "SHOPS"), balance=9)
    assert page.book.in_hand == {("Yusuf", "USD"): 70_00}, "Amina has no limit"
    assert page.refusal("4 March  T2  dispatch  Amina → Yusuf  30.01 USD").code == CODE


def test_what_these_books_did_to_an_open_tally_counts_and_not_what_was_stored():
    page = with_an_open_tally("3 March  T1  loss  Amina → @loss:theft  20.00 USD")
    page.book.know_road("Yusuf", ("@transit:T1", "USD", "SHOPS"), balance=70_00)
    assert page.book.in_hand == {("Yusuf", "USD"): 50_00}


def test_what_was_on_the_road_before_there_was_this_rule_can_be_received():
    """Then no dispatch was held against the limit; what it sent can come in, and nothing beside it."""
    page = Page()
    page.play(FUNDED + "2 March  T1  dispatch  Amina → Yusuf  130.00 USD")
    limited = Page(limits=LIMITED)
    for number, (key, held) in enumerate(page.balances().items()):
        limited.book.know_account(key, held, account=number)
    limited.book.know_entry(page.book.standing["T1"][0])
    limited.book.know_road("Yusuf", ("@transit:T1", "USD", "SHOPS"), balance=130_00)
    assert limited.attempt(entries_of("3 March  H1  handover  Salma → Yusuf  0.01 USD")[0]) == CODE
    limited.play("4 March  T1  receipt  Amina → Yusuf  130.00 USD")
    assert limited.show("Yusuf") == "130.00 USD for SHOPS"


def test_in_whatever_order_two_send_to_one_carrier_the_second_is_refused():
    rows = ["2 March  T1  dispatch  Amina → Yusuf  60.00 USD", "2 March  T2  dispatch  Salma → Yusuf  60.00 USD"]
    for first, second in (rows, rows[::-1]):
        assert [funded(first).attempt(entry) for entry in entries_of(second)] == [CODE]
