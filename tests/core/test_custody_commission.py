"""A custodian keeps no more than the agreed share of all that came into its hands, however it is split or changed."""

from datetime import date

from tallystick.core.agreement import Terms
from tests.core.agreed_page import agreed, page, with_yusuf
from tests.core.ledger_page import told

HANDED = "3 March  H1  handover  Amina → Yusuf  100.00 USD"


def test_no_more_is_kept_than_the_agreed_share_of_what_came_in():
    books = with_yusuf()
    books.play(f"{HANDED}\n4 March  C1  commission  Yusuf → @commission:Yusuf  10.00 USD")
    refusal = books.refusal("5 March  C2  commission  Yusuf → @commission:Yusuf  0.02 USD")
    assert told(refusal) == (
        "commission_above_ceiling", 0, "amount",
        "Yusuf would have kept USD 10.02 since 2024-03-02; the agreement allows 10 % of the USD 100.00 that came into its hands,"
        " which is USD 10.00.",
    )  # fmt: skip


def test_a_share_of_what_passed_through_counts_whether_it_is_kept_before_or_after():
    books = with_yusuf()
    books.play(f"""
        {HANDED}
        4 March  H2  handover    Yusuf → Salma              90.00 USD
        5 March  C1  commission  Yusuf → @commission:Yusuf  10.00 USD
        6 March  T1  dispatch    Amina → Yusuf              50.00 USD
        7 March  T1  receipt     Amina → Yusuf              50.00 USD
        8 March  C2  commission  Yusuf → @commission:Yusuf   5.00 USD
    """)
    assert "of the USD 150.00" in str(books.refusal("9 March  C3  commission  Yusuf → @commission:Yusuf  1.00 USD"))


def test_what_goes_up_again_or_comes_back_down_is_counted_once():
    books = with_yusuf()
    refusal = books.refusal(f"""
        {HANDED}
        4 March  T1  dispatch    Yusuf → Salma              100.00 USD
        5 March  T1  return      Salma → Yusuf              100.00 USD
        6 March  H2  return      Yusuf → Amina               50.00 USD
        7 March  C1  commission  Yusuf → @commission:Yusuf    5.01 USD
    """)
    assert "10 % of the USD 50.00" in str(refusal)


def test_a_handover_and_a_commission_that_were_taken_back_never_were():
    books = with_yusuf()
    books.play(f"""
        {HANDED}
        4 March  C1  commission  Yusuf → @commission:Yusuf  10.00 USD
        5 March  V1  reversal    @commission:Yusuf → Yusuf  10.00 USD  “C1”
        6 March  C2  commission  Yusuf → @commission:Yusuf  10.00 USD
        7 March  V2  reversal    @commission:Yusuf → Yusuf  10.00 USD  “C2”
        8 March  V3  reversal    Yusuf → Amina             100.00 USD  “H1”
        9 March  H4  handover    Amina → Yusuf              50.00 USD
    """)
    assert "of the USD 50.00" in str(books.refusal("10 March  C3  commission  Yusuf → @commission:Yusuf  5.01 USD"))


def test_one_share_is_not_kept_before_changing_and_another_after_it():
    books = with_yusuf()
    refusal = books.refusal(f"""
        {HANDED}
        4 March  C1  commission  Yusuf → @commission:Yusuf   10.00 USD
        5 March  X1  exchange    Yusuf → @changer:Yusuf      90.00 USD
        5 March  X1  exchange    @changer:Yusuf → Yusuf     900.00 TRY
        6 March  C2  commission  Yusuf → @commission:Yusuf   90.00 TRY
    """)
    assert str(refusal).startswith(
        "Yusuf would have kept USD 19.00 since 2024-03-02; the agreement allows 10 % of the USD 100.00"
    )


def test_a_unit_without_a_rate_is_measured_by_itself_and_no_part_of_goods_is_rounding():
    books = with_yusuf()
    books.play(f"{HANDED}\n4 March  H2  handover  Store → Yusuf  19 LAMP")
    books.play("5 March  C1  commission  Yusuf → @commission:Yusuf  1 LAMP")
    refusal = books.refusal("6 March  C2  commission  Yusuf → @commission:Yusuf  1 LAMP")
    assert "would have kept LAMP 2 since" in str(refusal)
    assert refusal.expectation() == "at most LAMP 1 in all"


def test_what_rounding_to_a_cent_leaves_is_let_pass():
    books = page(Terms("Yusuf", (agreed(commission_ppm=50_000),)))
    for day in range(3, 9):
        books.play(f"""
            {day} March  T{day}  dispatch    Amina → Yusuf             105.26 USD
            {day} March 12:00  T{day}  receipt     Amina → Yusuf             105.26 USD
            {day} March  C{day}  commission  Yusuf → @commission:Yusuf   5.26 USD
        """)


def test_before_the_first_agreement_began_any_commission_was_free():
    books = with_yusuf(valid_from=date(2024, 3, 9))
    books.play(f"{HANDED}\n4 March  C1  commission  Yusuf → @commission:Yusuf  99.00 USD")
    assert books.show("Yusuf") == "1.00 USD for SHOPS"
