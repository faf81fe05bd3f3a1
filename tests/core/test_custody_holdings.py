"""What a custodian and a tally hold is what they can give; what a custodian may hold at once has a limit."""

import pytest

from tallystick.core.amount import PARTS_MAX
from tallystick.core.entry import Entry, Line
from tallystick.core.refusal import Refusal
from tests.core.ledger_page import Page, entry_of, line_to, told


def test_a_custodian_gives_what_it_holds_and_nothing_more():
    page = Page()
    page.play("""
        1 March  E1  gift      Parish → Amina  5.00 USD
        2 March  H1  handover  Amina → Yusuf   5.00 USD
    """)
    assert (page.show("Amina"), page.show("Yusuf")) == ("nothing", "5.00 USD for SHOPS")
    refusal = page.refusal("3 March  H2  handover  Yusuf → Amina  5.01 USD")
    sentence = "Yusuf holds 5.00 USD of SHOPS; 5.01 USD are needed."
    assert told(refusal) == ("holding_too_small", 0, "amount", sentence)
    assert refusal.expectation() == "at most 5.00 USD"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("handover    Amina → Yusuf               5.01 USD", "Amina holds 5.00 USD of SHOPS; 5.01 USD are needed."),
        ("dispatch    Amina → Yusuf               5.01 USD", "Amina holds 5.00 USD of SHOPS; 5.01 USD are needed."),
        ("loss        Amina → @loss:theft         5.01 USD", "Amina holds 5.00 USD of SHOPS; 5.01 USD are needed."),
        ("return      Amina → Parish              5.01 USD", "Amina holds 5.00 USD of SHOPS; 5.01 USD are needed."),
        ("commission  Amina → @commission:Amina   5.01 USD", "Amina holds 5.00 USD of SHOPS; 5.01 USD are needed."),
        ("cost        Amina → @cost:fuel          5.01 USD", "Amina holds 5.00 USD of SHOPS; 5.01 USD are needed."),
        ("payout      Amina → Rahim               5.01 USD  grant G1", "Amina holds 5.00 USD of SHOPS; 5.01 USD are needed."),
        ("handover    Amina → Yusuf               0.01 TRY", "Amina holds 0.00 TRY of SHOPS; 0.01 TRY are needed."),
        ("handover    Amina → Yusuf               0.01 USD  for LIGHT", "Amina holds 0.00 USD of LIGHT; 0.01 USD are needed."),
        ("handover    Amina → Yusuf               1 LAMP", "Amina holds 0 LAMP of SHOPS; 1 LAMP are needed."),
    ],
)
def test_no_kind_of_move_takes_more_than_the_hand_holds_of_this_unit_and_earmark(row: str, sentence: str):
    refusal = Page().refusal(f"""
        1 March  E1  gift  Parish → Amina  5.00 USD
        2 March  X1  {row}
    """)
    assert told(refusal) == ("holding_too_small", 0, "amount", sentence)


def test_lines_that_take_from_one_hand_are_added_up():
    refusal = Page().refusal("""
        1 March  E1  gift        Parish → Amina              5.00 USD
        2 March  H1  gift        Parish → Store              9.00 USD
        2 March  H1  handover    Amina → Yusuf               3.00 USD
        2 March  H1  commission  Amina → @commission:Amina   3.00 USD
    """)
    sentence = "Amina holds 5.00 USD of SHOPS; 6.00 USD are needed."
    assert told(refusal) == ("holding_too_small", 1, "amount", sentence)


def test_what_an_entry_brings_it_may_give_in_whatever_order_its_lines_stand():
    page = Page()
    page.play("""
        1 March  H1  commission  Yusuf → @commission:Yusuf  1.00 USD
        1 March  H1  handover    Amina → Yusuf              8.00 USD
        1 March  H1  gift        Parish → Amina             9.00 USD
    """)
    assert (page.show("Amina"), page.show("Yusuf")) == ("1.00 USD for SHOPS", "7.00 USD for SHOPS")


def test_a_load_that_was_lost_the_moment_it_was_sent_is_one_entry():
    page = Page()
    page.play("""
        1 March  E1  gift      Parish → Amina        5.00 USD
        2 March  T1  loss      Amina → @loss:seizure  5.00 USD
        2 March  T1  dispatch  Amina → Yusuf          5.00 USD
    """)
    assert [page.show(holder) for holder in ("Amina", "@transit:T1", "Yusuf")] == ["nothing"] * 3
    assert page.show("@loss:seizure") == "5.00 USD for SHOPS"


@pytest.mark.parametrize(
    "row",
    [
        "gift        Parish → Amina         7.00 USD",
        "recovery    @loss:theft → Amina    7.00 USD",
    ],
)
def test_donors_and_the_books_own_accounts_may_stand_below_zero(row: str):
    page = Page()
    page.play(f"1 March  E1  {row}")
    assert page.show("Amina") == "7.00 USD for SHOPS"


LIMITED = "Yusuf 100.00 USD, Yusuf 3 LAMP"


def test_a_custodian_holds_up_to_its_limit():
    page = Page(limits=LIMITED)
    page.play("1 March  E1  gift  Parish → Yusuf  100.00 USD")
    refusal = page.refusal("2 March  E2  gift  Parish → Yusuf  0.01 USD")
    sentence = "Yusuf would hold 100.01 USD; the holding limit is 100.00 USD."
    assert told(refusal) == ("holding_limit_passed", 0, "amount", sentence)
    assert refusal.expectation() == "a holding of at most 100.00 USD"


def test_a_limit_of_nothing_lets_nothing_in():
    refusal = Page(limits="Yusuf 0 USD").refusal("1 March  E1  gift  Parish → Yusuf  0.01 USD")
    assert str(refusal) == "Yusuf would hold 0.01 USD; the holding limit is 0.00 USD."


def test_the_limit_is_over_all_earmarks_together():
    refusal = Page(limits=LIMITED).refusal("""
        1 March  E1  gift  Parish → Yusuf  60.00 USD  for SHOPS
        2 March  E2  gift  Marta → Yusuf   40.00 USD  for LIGHT
        3 March  E3  gift  Marta → Yusuf    0.01 USD  for LIGHT
    """)
    assert str(refusal) == "Yusuf would hold 100.01 USD; the holding limit is 100.00 USD."


def test_each_unit_has_its_own_limit():
    page = Page(limits=LIMITED)
    page.play("""
        1 March  E1  gift  Parish → Yusuf  100.00 USD
        1 March  E2  gift  Parish → Yusuf  3 LAMP
        1 March  E3  gift  Parish → Yusuf  99000.00 TRY
    """)
    refusal = page.refusal("2 March  E4  gift  Parish → Yusuf  1 LAMP")
    assert str(refusal) == "Yusuf would hold 4 LAMP; the holding limit is 3 LAMP."


def test_several_lines_of_one_entry_reach_the_limit_together():
    refusal = Page(limits=LIMITED).refusal("""
        1 March  E1  gift  Parish → Amina  60.00 USD
        2 March  H1  gift  Marta → Store    1.00 USD
        2 March  H1  gift  Marta → Yusuf   60.00 USD  for LIGHT
        2 March  H1  handover  Amina → Yusuf  40.01 USD
    """)
    sentence = "Yusuf would hold 100.01 USD; the holding limit is 100.00 USD."
    assert told(refusal) == ("holding_limit_passed", 1, "amount", sentence)


def test_what_passes_through_a_hand_within_one_entry_does_not_count():
    page = Page(limits=LIMITED)
    page.play("""
        1 March  H1  gift      Parish → Yusuf  130.00 USD
        1 March  H1  handover  Yusuf → Amina    30.00 USD
    """)
    assert page.show("Yusuf") == "100.00 USD for SHOPS"


def with_a_limit_passed_before() -> Page:
    """Yusuf held 100.00 dollars when his limit was set at 50.00."""
    page = Page()
    page.play("1 March  E1  gift  Parish → Yusuf  100.00 USD")
    limited = Page(limits="Yusuf 50.00 USD")
    for number, (key, held) in enumerate(page.balances().items()):
        limited.book.know_account(key, held, account=number)
    return limited


def test_whoever_holds_more_than_the_limit_may_give():
    page = with_a_limit_passed_before()
    page.play("2 March  H1  handover  Yusuf → Amina  20.00 USD")
    assert page.show("Yusuf") == "80.00 USD for SHOPS"


def test_whoever_holds_more_than_the_limit_takes_nothing_more():
    refusal = with_a_limit_passed_before().refusal("""
        2 March  H1  handover  Yusuf → Amina  20.00 USD
        3 March  H2  handover  Amina → Yusuf   0.01 USD
    """)
    assert str(refusal) == "Yusuf would hold 80.01 USD; the holding limit is 50.00 USD."


def test_moving_value_between_earmarks_in_one_hand_does_not_pass_the_limit():
    page = with_a_limit_passed_before()
    page.play("""
        2 March  A1  reassign  Yusuf → @earmark  90.00 USD  for SHOPS  “letter of 1 March”
        2 March  A1  reassign  @earmark → Yusuf  90.00 USD  for LIGHT
    """)
    assert page.show("Yusuf") == "90.00 USD for LIGHT, 10.00 USD for SHOPS"


def test_giving_never_passes_a_limit():
    page = with_a_limit_passed_before()
    page.play("""
        2 March  T1  dispatch    Yusuf → Amina               20.00 USD
        3 March  C1  commission  Yusuf → @commission:Yusuf    1.00 USD
        4 March  L1  loss        Yusuf → @loss:theft          1.00 USD
        5 March  R1  return      Yusuf → Parish               1.00 USD
    """)
    assert page.show("Yusuf") == "77.00 USD for SHOPS"


TWICE = "184467440737095516.14 USD is more than the books can hold in one number."


def full_gift(donor: str, *, taker: str) -> Line:
    return line_to("gift", donor, taker=taker, amount=PARTS_MAX)


def refused(page: Page, entry: Entry) -> tuple:
    with pytest.raises(Refusal) as caught:
        page.post(entry)
    return told(caught.value)


def test_what_a_hand_holds_in_all_fits_into_one_number():
    page = Page()
    page.post(entry_of(full_gift("Parish", taker="Store"), reference="E1"))
    again = entry_of(line_to("gift", "Marta", taker="Amina"), full_gift("Marta", taker="Store"), reference="E2")
    sentence = "92233720368547758.08 USD is more than the books can hold in one number."
    assert refused(page, again) == ("amount_too_large", 0, "amount", sentence), "Marta gives a cent too much"
    again = entry_of(line_to("cost", "Store", taker="@cost:fuel"), full_gift("Marta", taker="Store"), reference="E3")
    assert refused(page, again)[0] == "amount_too_large"


def test_what_a_donor_gave_in_all_fits_into_one_number():
    page = Page()
    page.post(entry_of(full_gift("Parish", taker="Store"), reference="E1"))
    assert refused(page, entry_of(full_gift("Parish", taker="Amina"), reference="E2")) == (
        "amount_too_large", 0, "amount", TWICE,
    )  # fmt: skip


def test_lines_of_one_entry_that_add_up_beyond_one_number_are_refused():
    lines = (line_to("gift", "Marta", taker="Yusuf"), full_gift("Parish", taker="Store"), full_gift("Parish", taker="Amina"))
    assert refused(Page(), entry_of(*lines)) == ("amount_too_large", 1, "amount", TWICE)


def test_an_account_beyond_one_number_is_complained_of_once():
    """A list of faults names the first entry that goes too far, not every one after it."""
    page = Page()
    page.post(entry_of(full_gift("Parish", taker="Store"), reference="E1"))
    refused(page, entry_of(full_gift("Parish", taker="Amina"), reference="E2"))
    page.post(entry_of(line_to("gift", "Parish", taker="Yusuf"), reference="E3"))


def test_an_overdrawn_hand_is_complained_of_once_and_its_entry_is_carried():
    """What Yusuf was short of is said once; the entries behind it are judged as if it had been there."""
    page = Page()
    page.play("1 March  E1  gift  Parish → Amina  5.00 USD")
    assert page.refusal("2 March  H1  handover  Amina → Yusuf  8.00 USD").code == "holding_too_small"
    page.play("""
        3 March  H2  handover  Yusuf → Salma  8.00 USD
        4 March  H3  handover  Amina → Salma  1.00 USD
    """)
    assert page.show("Salma") == "9.00 USD for SHOPS"
    assert page.refusal("5 March  H4  handover  Yusuf → Salma  0.01 USD").code == "holding_too_small"


def test_a_passed_limit_is_complained_of_once():
    page = Page(limits=LIMITED)
    assert page.refusal("1 March  E1  gift  Parish → Yusuf  101.00 USD").code == "holding_limit_passed"
    page.play("2 March  E2  gift  Parish → Yusuf  1.00 USD")
    assert page.refusal("3 March  E3  gift  Parish → Yusuf  4 LAMP").code == "holding_limit_passed"


def test_a_large_count_of_goods_is_a_number_like_any_other():
    page = Page()
    page.play("""
        1 March  E1  gift      Parish → Store  9000000000000000000 LAMP
        2 March  T1  dispatch  Store → Yusuf   8999999999999999999 LAMP
    """)
    assert (page.show("Store"), page.show("@transit:T1")) == ("1 LAMP for SHOPS", "8999999999999999999 LAMP for SHOPS")
