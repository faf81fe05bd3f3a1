"""A handover in two halves: what was dispatched is received, lost or sent back, by those whom the dispatch named."""

import pytest

from tests.core.ledger_page import Page, told

ON_THE_ROAD = """
    1 March  E1  gift      Parish → Store  40 LAMP
    1 March  E2  gift      Parish → Amina  40 LAMP
    2 March  T1  dispatch  Store → Yusuf   30 LAMP
"""


def on_the_road() -> Page:
    page = Page()
    page.play(ON_THE_ROAD)
    return page


def test_what_was_dispatched_is_on_the_road_and_in_nobodys_hands():
    page = on_the_road()
    assert page.show("@transit:T1") == "30 LAMP for SHOPS"
    assert (page.show("Store"), page.show("Yusuf")) == ("10 LAMP for SHOPS", "nothing")


def test_a_dispatch_names_its_carrier_and_moves_to_its_own_road():
    (dispatch,) = on_the_road().play("3 March  T2  dispatch  Store → Salma  1 LAMP")
    assert dispatch.moves[0][1:3] == ("Store", "@transit:T2")
    assert dispatch.moves[0].named == "Salma"


def test_a_tally_arrives_in_parts_and_the_rest_is_lost_or_comes_back():
    page = on_the_road()
    page.play("""
        3 March  T1  receipt  Store → Yusuf             12 LAMP
        4 March  T1  receipt  Store → Yusuf             10 LAMP
        5 March  T1  loss     Store → @loss:breakage     3 LAMP
        6 March  T1  return   Yusuf → Store              5 LAMP
    """)
    assert page.show("@transit:T1") == "nothing"
    assert page.show("Yusuf") == "22 LAMP for SHOPS"
    assert page.show("Store") == "15 LAMP for SHOPS"
    assert page.show("@loss:breakage") == "3 LAMP for SHOPS"


def test_a_count_at_the_far_side_and_its_commission_are_one_entry():
    page = on_the_road()
    page.play("""
        3 March  T1  receipt     Store → Yusuf              28 LAMP
        3 March  T1  loss        Store → @loss:shortfall     2 LAMP
        3 March  T1  commission  Yusuf → @commission:Yusuf   1 LAMP
        3 March  T1  cost        Yusuf → @cost:a meal        1 LAMP
    """)
    assert (page.show("Yusuf"), page.show("@transit:T1")) == ("26 LAMP for SHOPS", "nothing")


def test_one_tally_carries_several_goods_and_earmarks():
    page = on_the_road()
    page.play("""
        3 March  E3  gift      Marta → Store  2.500 FLOUR  for LIGHT
        4 March  T2  dispatch  Store → Yusuf  2.500 FLOUR  for LIGHT
        4 March  T2  dispatch  Store → Yusuf  4 LAMP
        5 March  T2  receipt   Store → Yusuf  2.000 FLOUR  for LIGHT
    """)
    assert page.show("@transit:T2") == "0.500 FLOUR for LIGHT, 4 LAMP for SHOPS"


@pytest.mark.parametrize(
    ("rows", "line", "sentence"),
    [
        ("3 March  T1  receipt  Store → Yusuf  31 LAMP", 0, "T1 still has 30 LAMP on the road; 31 LAMP were said to come out of it."),
        (
            """
            3 March  T1  receipt  Store → Yusuf  20 LAMP
            4 March  T1  receipt  Store → Yusuf  11 LAMP
            """,
            0, "T1 still has 10 LAMP on the road; 11 LAMP were said to come out of it.",
        ),
        (
            """
            3 March  T1  commission  Store → @commission:Store  1 LAMP
            3 March  T1  receipt     Store → Yusuf             20 LAMP
            3 March  T1  loss        Store → @loss:theft       11 LAMP
            """,
            1, "T1 still has 30 LAMP on the road; 31 LAMP were said to come out of it.",
        ),
        (
            """
            3 March  T1  receipt  Store → Yusuf  30 LAMP
            4 March  T1  loss     Store → @loss:theft  1 LAMP
            """,
            0, "T1 still has 0 LAMP on the road; 1 LAMP were said to come out of it.",
        ),
        (
            """
            3 March  T1  return  Yusuf → Store  30 LAMP
            4 March  T1  return  Yusuf → Store  1 LAMP
            """,
            0, "T1 still has 0 LAMP on the road; 1 LAMP were said to come out of it.",
        ),
        (
            "3 March  T1  receipt  Store → Yusuf  30 LAMP  for LIGHT",
            0, "T1 still has 0 LAMP on the road; 30 LAMP were said to come out of it.",
        ),
        (
            "3 March  T1  receipt  Store → Yusuf  0.001 FLOUR",
            0, "T1 still has 0.000 FLOUR on the road; 0.001 FLOUR were said to come out of it.",
        ),
    ],
)  # fmt: skip
def test_nothing_comes_off_the_road_that_was_not_sent(rows: str, line: int, sentence: str):
    refusal = on_the_road().refusal(rows)
    assert told(refusal) == ("tally_too_small", line, "amount", sentence)


@pytest.mark.parametrize(
    ("row", "code", "column", "sentence", "expected"),
    [
        (
            "3 March  T9  receipt  Store → Yusuf  1 LAMP", "receipt_without_dispatch", "entry",
            "Nothing was dispatched under T9, so nothing can be received.", "the reference of an earlier dispatch",
        ),
        (
            "3 March  t1  receipt  Store → Yusuf  1 LAMP", "receipt_without_dispatch", "entry",
            "Nothing was dispatched under t1, so nothing can be received.", "the reference of an earlier dispatch",
        ),
        (
            "3 March  T9  receipt  @transit:T1 → Yusuf  1 LAMP", "receipt_without_dispatch", "entry",
            "Nothing was dispatched under T9, so nothing can be received.", "the reference of an earlier dispatch",
        ),
        (
            "3 March  T9  loss  @transit:T9 → @loss:theft  1 LAMP", "receipt_without_dispatch", "entry",
            "Nothing was dispatched under T9, so nothing can be received.", "the reference of an earlier dispatch",
        ),
        (
            "3 March  T1  receipt  Store → Salma  1 LAMP", "tally_names_another", "taker",
            "T1 went from Store to Yusuf; this line names Salma.", "Yusuf",
        ),
        (
            "3 March  T1  receipt  Amina → Yusuf  1 LAMP", "tally_names_another", "giver",
            "T1 went from Store to Yusuf; this line names Amina.", "@transit:T1 or Store",
        ),
        (
            "3 March  T1  receipt  Yusuf → Yusuf  1 LAMP", "tally_names_another", "giver",
            "T1 went from Store to Yusuf; this line names Yusuf.", "@transit:T1 or Store",
        ),
        (
            "3 March  T1  receipt  @transit:T2 → Yusuf  1 LAMP", "tally_names_another", "giver",
            "T1 went from Store to Yusuf; this line names @transit:T2.", "@transit:T1 or Store",
        ),
        (
            "3 March  T1  loss  Amina → @loss:theft  1 LAMP", "tally_names_another", "giver",
            "T1 went from Store to Yusuf; this line names Amina.", "@transit:T1 or Store or Yusuf",
        ),
        (
            "3 March  T1  return  Yusuf → Amina  1 LAMP", "tally_names_another", "taker",
            "T1 went from Store to Yusuf; this line names Amina.", "Store",
        ),
        (
            "3 March  T1  return  Yusuf → Parish  1 LAMP", "tally_names_another", "taker",
            "T1 went from Store to Yusuf; this line names Parish.", "Store",
        ),
        (
            "3 March  T1  return  Amina → Store  1 LAMP", "tally_names_another", "giver",
            "T1 went from Store to Yusuf; this line names Amina.", "@transit:T1 or Store or Yusuf",
        ),
        (
            "3 March  T1  loss  Store → Yusuf  1 LAMP", "ends_wrong", "taker",
            "No loss passes from @transit:T1 (a tally) to Yusuf (custodian).", "a tally → a loss or custodian → a loss",
        ),
        (
            "1 March  T1  receipt  Store → Yusuf  1 LAMP", "tally_out_of_time", "happened_at",
            "T1 was dispatched on 2024-03-02T10:00:00+03:00; this is said to have happened before,"
            " on 2024-03-01T10:00:00+03:00.", "a moment after 2024-03-02T10:00:00+03:00",
        ),
    ],
)  # fmt: skip
def test_a_half_that_does_not_fit_its_tally_is_refused(row: str, code: str, column: str, sentence: str, expected: str):
    page = on_the_road()
    refusal = page.refusal(row)
    line = None if column == "happened_at" else 0
    assert told(refusal) == (code, line, column, sentence)
    assert refusal.expectation() == expected
    assert page.balances() == on_the_road().balances()


@pytest.mark.parametrize("giver", ["Store", "Yusuf", "@transit:T1"])
def test_a_loss_on_the_road_may_name_either_hand_and_is_taken_from_the_road(giver: str):
    """Even when it names a hand that holds as much: under a tally's reference it is the tally's load that was lost."""
    page = on_the_road()
    page.play(f"3 March  T1  loss  {giver} → @loss:seizure  30 LAMP")
    assert (page.show("@transit:T1"), page.show("Store")) == ("nothing", "10 LAMP for SHOPS")


def test_the_road_may_be_written_out():
    page = on_the_road()
    (receipt,) = page.play("3 March  T1  receipt  @transit:T1 → Yusuf  30 LAMP")
    assert receipt.moves[0].named == ""
    assert page.show("Yusuf") == "30 LAMP for SHOPS"


@pytest.mark.parametrize(
    ("row", "giver"),
    [
        ("return  @transit:T1 → Amina        30 LAMP", "@transit:T1"),
        ("return  @transit:T1 → Store        30 LAMP", "@transit:T1"),
        ("loss    @transit:T1 → @loss:theft  30 LAMP", "@transit:T1"),
    ],
)
def test_nobody_takes_from_the_road_of_a_tally_under_another_reference(row: str, giver: str):
    """Otherwise Amina could send home to herself what Store had sent to Yusuf."""
    page = on_the_road()
    refusal = page.refusal(f"3 March  X1  {row}")
    sentence = f"X1 draws on {giver}; only entries under the tally's own reference may."
    assert told(refusal) == ("tally_of_another_reference", 0, "giver", sentence)
    assert refusal.expectation() == "the reference T1"
    assert page.show("@transit:T1") == "30 LAMP for SHOPS"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("dispatch  Store → Salma  1 LAMP", "taker"),
        ("dispatch  Amina → Yusuf  1 LAMP", "giver"),
        ("dispatch  Amina → Store  1 LAMP", "giver"),
    ],
)
def test_a_tally_has_one_giver_and_one_carrier(row: str, column: str):
    refusal = on_the_road().refusal(f"""
        3 March  T2  dispatch  Store → Yusuf  1 LAMP
        3 March  T2  {row}
    """)
    sentence = "The dispatch lines of T2 name different givers or carriers."
    assert told(refusal) == ("tally_of_two_hands", 1, column, sentence)


def test_nobody_dispatches_to_itself():
    """What lies on the road counts for no holding limit, so nobody may park it there."""
    refusal = on_the_road().refusal("3 March  T2  dispatch  Store → Store  1 LAMP")
    assert told(refusal) == ("ends_equal", 0, "taker", "Store cannot give to itself.")


def test_a_tally_is_not_loaded_again():
    refusal = on_the_road().refusal("3 March  T1  dispatch  Store → Yusuf  5 LAMP")
    sentence = "T1 already stands in the books with other content."
    assert told(refusal) == ("reference_reused", None, "entry", sentence)


@pytest.mark.parametrize("row", ["handover  Yusuf → Amina  1 LAMP", "payout  Yusuf → Rahim  1 LAMP  grant G1"])
def test_a_later_half_brings_nothing_else_under_its_reference(row: str):
    refusal = on_the_road().refusal(f"""
        3 March  T1  receipt   Store → Yusuf  30 LAMP
        3 March  T1  {row}
    """)
    assert refusal.code == "reference_reused"


def test_a_commission_alone_is_no_half_of_a_tally():
    assert on_the_road().refusal("3 March  T1  commission  Store → @commission:Yusuf  1 LAMP").code == "reference_reused"


@pytest.mark.parametrize("when", ["3 March", "2 March"])
def test_halves_of_one_moment_are_one_entry_and_it_cannot_grow(when: str):
    """The books keep one entry for a reference and a moment; a second part counted at that moment belongs into it."""
    page = on_the_road()
    page.play("3 March  T1  receipt  Store → Yusuf  5 LAMP")
    refusal = page.refusal(f"{when}  T1  receipt  Store → Yusuf  3 LAMP")
    assert told(refusal) == ("reference_reused", None, "entry", "T1 already stands in the books with other content.")


def test_a_reference_may_hold_any_sign_and_its_road_bears_it_whole():
    page = on_the_road()
    page.play("""
        3 March  @transit:T1  dispatch  Store → Yusuf  1 LAMP
        4 March  @transit:T1  receipt   Store → Yusuf  1 LAMP
        5 March  Amina        dispatch  Store → Yusuf  2 LAMP
        6 March  T 1: ü       dispatch  Store → Yusuf  3 LAMP
    """)
    assert page.show("@transit:T1") == "30 LAMP for SHOPS"
    assert page.show("@transit:Amina") == "2 LAMP for SHOPS"
    assert page.refusal("7 March  T 1: ü  receipt  Store → Yusuf  4 LAMP").facts["tally"] == "T 1: ü"
